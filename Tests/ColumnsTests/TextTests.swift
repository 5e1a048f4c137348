import Testing
import Types

@testable import Columns

struct TextTests {
    private func constant(_ text: String) -> Operand { .constant(.text(text)) }
    private func number(_ number: Int) -> Operand { .constant(.number(Number(number))) }

    /// A function over a random column agrees with itself applied to each value alone, whatever the representation.
    private func check(_ seed: UInt64, _ name: String, _ function: (Operand, Int) -> Vector, _ expected: (String) -> Value) {
        var random = Random(seed: seed)
        for size in sizes {
            let operand = random.operand(.text, size)
            let values = operand.vector(count: size).values
            let result = function(operand, size)
            #expect(result.isSound)
            let wanted = values.map { value -> Value in if case .text(let text) = value { expected(text) } else { .none } }
            #expect(same(result.values, wanted), "\(name)")
        }
    }

    @Test func functionsAgreeWithSwiftStrings() {
        check(41, "upper", { upper($0, count: $1) }, { .text($0.uppercased()) })
        check(42, "lower", { lower($0, count: $1) }, { .text($0.lowercased()) })
        check(43, "length", { length($0, count: $1) }, { .number(Number($0.count)) })
        check(44, "left", { left($0, number(2), count: $1) }, { .text(String($0.prefix(2))) })
        check(45, "right", { right($0, number(3), count: $1) }, { .text(String($0.suffix(3))) })
        check(46, "substring", { substring($0, number(2), number(3), count: $1) }, { .text(String($0.dropFirst(1).prefix(3))) })
        check(47, "trim", { trim($0, count: $1) }, { .text($0.trimmingWhitespace) })
        check(48, "fold", { fold($0, count: $1) }, { .text(folded($0)) })
        check(49, "digits", { digits($0, count: $1) }, { $0.contains { $0.isASCII && $0.isNumber } ? .text($0) : .none })
        check(50, "textOf", { textOf($0, count: $1) }, { .text($0) })
    }

    @Test func parametersMayDifferByRow() {
        var random = Random(seed: 51)
        let values = random.values(.text, 200, missing: 10)
        let sizes = (0..<200).map { _ in random.chance(10) ? Value.none : .number(Number(random.int(0...4))) }
        let result = left(.vector(random.vector(.text, values)), .vector(makeVector(.number, sizes)), count: 200)
        for row in 0..<200 {
            var expected = Value.none
            if case .text(let text) = values[row], case .number(let size) = sizes[row] {
                expected = .text(String(text.prefix(Int(size.doubleValue))))
            }
            #expect(result.value(at: row) == expected)
        }
    }

    @Test func examples() {
        func text(_ vector: Vector) -> String { vector.value(at: 0) == .none ? "none" : vector.texts[0] }
        #expect(text(capitalize(constant("ann LEE o'neil-smith"), count: 1)) == "Ann Lee O'neil-Smith")
        #expect(text(initials(constant("ann van Lee"), count: 1)) == "AVL")
        #expect(text(domain(constant("Ann@Acme.com"), count: 1)) == "acme.com")
        #expect(text(domain(constant("https://www.acme.com:80/about?x=a@b"), count: 1)) == "acme.com")
        #expect(text(domain(constant("Ann <ann@acme.com>"), count: 1)) == "acme.com")
        #expect(text(domain(constant("none of it"), count: 1)) == "none")
        #expect(text(digits(constant("+49 (0)30-12"), count: 1)) == "4903012")
        #expect(text(replace(constant("a-b-c"), constant("-"), constant("/"), count: 1)) == "a/b/c")
        #expect(text(replace(constant("abc"), constant(""), constant("/"), count: 1)) == "abc")
        #expect(text(splitPart(constant("ann@acme.com"), constant("@"), number(2), count: 1)) == "acme.com")
        #expect(text(splitPart(constant("a/b/c"), constant("/"), number(-1), count: 1)) == "c")
        #expect(text(splitPart(constant("a/b/c"), constant("/"), number(4), count: 1)) == "none")
        #expect(text(splitPart(constant("a/b/c"), constant("/"), number(0), count: 1)) == "none")
        #expect(split(constant("Golf; ;Chess"), constant(";"), count: 1).values == [.list([.text("Golf"), .text("Chess")])])
        #expect(text(position(constant("Berlin"), constant("lin"), count: 1)) == "4")
        #expect(text(position(constant("Zoë x"), constant("x"), count: 1)) == "5")
        #expect(text(position(constant("Berlin"), constant("x"), count: 1)) == "none")
        #expect(text(padLeft(constant("42"), number(5), constant("0"), count: 1)) == "00042")
        #expect(text(padLeft(constant("42"), number(1), constant("0"), count: 1)) == "42")
        #expect(text(trim(constant("\u{FEFF}\u{A0} Ann\t\n"), count: 1)) == "Ann")
        #expect(text(numberOf(constant("1,250.50"), count: 1)) == "1250.5")
        #expect(text(numberOf(.constant(.bool(true)), count: 1)) == "1")
        #expect(text(numberOf(.constant(.period(Period(unit: .year, index: 56))), count: 1)) == "2026")
        #expect(text(dateOf(constant("30.06.2026"), count: 1)) == "2026-06-30")
        #expect(text(timeOf(constant("2026-06-30T14:05:00Z"), count: 1)) == "2026-06-30T14:05:00Z")
    }

    @Test func folding() {
        for (text, expected) in [
            ("Élan Café", "elan cafe"), ("Straße", "strasse"), ("SØREN Łukasz Đ", "soren lukasz d"),
            ("Ænima œuvre Þor", "aenima oeuvre thor"),
            ("e\u{301}", "e"), ("İstanbul ılık", "istanbul ilik"), ("Ω ώ ς", "ω ω σ"), ("ЁЖ Й", "еж и"), ("Việt Nam", "viet nam"),
            ("ÅÄÖ", "aao"),
            ("日本", "日本"), ("Ǆ", "dz"), ("Ա", "ա"), ("😀", "😀"), ("\u{1E9E}", "ss"), ("ﬁ", "ﬁ"),
        ] { #expect(folded(text) == expected, "\(text)") }
        // Nothing that comes out changes when folded again.
        for point in (0x80...0x2FFF).compactMap({ Unicode.Scalar($0) }) {
            let once = folded(String(point))
            #expect(folded(once) == once, "U+\(String(point.value, radix: 16))")
        }
    }

    @Test func searching() {
        var random = Random(seed: 52)
        for size in sizes {
            for part in ["", "an", "ELA", "ss", "won", "q"] {
                let operand = random.operand(.text, size)
                let texts = operand.vector(count: size).values.map { value -> String? in
                    if case .text(let text) = value { text } else { nil }
                }
                func found(_ text: String?, _ condition: (String) -> Bool) -> Bool { text.map(condition) ?? false }
                #expect(contains(operand, constant(part), count: size).bools == texts.map { found($0) { occurs(part, in: $0) } })
                #expect(
                    startsWith(operand, constant(part), count: size).bools
                        == texts.map { found($0) { $0.utf8.starts(with: part.utf8) } })
                #expect(
                    endsWith(operand, constant(part), count: size).bools
                        == texts.map { found($0) { $0.utf8.reversed().starts(with: part.utf8.reversed()) } })
                let loose = texts.map { found($0) { occurs(folded(part), in: folded($0)) } }
                #expect(textContains(operand, constant(part), count: size).bools == loose)
                // The part as a column gives the same.
                let column = Operand.vector(.constant(.text(part), count: size))
                #expect(textContains(operand, column, count: size).bools == loose)
                #expect(contains(operand, column, count: size).bools == texts.map { found($0) { occurs(part, in: $0) } })
            }
            #expect(contains(random.operand(.text, size), .constant(.none), count: size).popCount == 0)
        }
    }

    @Test func plainTextsAreSearchedInOneGo() {
        var random = Random(seed: 77)
        let letters = Array("aabAB .")
        for round in 0..<300 {
            // Few letters, so that pieces occur often, also across the border between two texts.
            let texts = (0..<random.int(0...300)).map { _ in String((0..<random.int(0...40)).map { _ in random.pick(letters) }) }
            let isASCII = round % 3 > 0
            let values = texts.map { random.chance(10) ? Value.none : .text(isASCII || random.chance(95) ? $0 : $0 + "É") }
            let part = String((0..<random.int(0...5)).map { _ in random.pick(letters) })
            let whole = makeVector(.text, values)
            let start = random.int(0...values.count)
            let vector = whole.range(start, values.count)
            let own = values[start...]
            #expect(contains(.vector(vector), .constant(.text(part)), count: own.count).bools == own.map { text($0, has: part) })
            let loose = own.map { value in
                if case .text(let text) = value { occurs(folded(part), in: folded(text)) } else { false }
            }
            #expect(textContains(.vector(vector), .constant(.text(part)), count: own.count).bools == loose)
        }
    }

    @Test func entriesOfADictionaryAreSearchedForAllRows() {
        var random = Random(seed: 78)
        for texts in [["abc", "", "b"], ["Müller", "MULLER", "miller"], (0..<300).map { "text \($0)" }] {
            var builder = TextDictionaryBuilder()
            for text in texts { _ = Array(text.utf8).withUnsafeBufferPointer { builder.code(of: $0) } }
            let dictionary = builder.finish()
            let rows = (0..<500).map { _ in random.int(0...texts.count - 1) }
            let codes = Codes.uint32(Buffer(rows.map { UInt32($0) }))
            for part in ["", "b", "mull", "1"] {
                for foldsCase in [true, false] {
                    let entries = dictionary.entries(containing: part, foldsCase: foldsCase)
                    let expected = rows.map { row in
                        foldsCase ? occurs(folded(part), in: folded(texts[row])) : occurs(part, in: texts[row])
                    }
                    #expect(codes.rows(in: entries).bools == expected)
                }
            }
        }
    }

    private func text(_ value: Value, has part: String) -> Bool {
        if case .text(let text) = value { occurs(part, in: text) } else { false }
    }

    private func occurs(_ part: String, in text: String) -> Bool {
        let (part, text) = (Array(part.utf8), Array(text.utf8))
        return part.isEmpty
            || (text.count >= part.count
                && (0...(text.count - part.count)).contains { Array(text[$0..<($0 + part.count)]) == part })
    }

    @Test func patterns() throws {
        let texts = makeVector(.text, [.text("Deal 42 of 50"), .none, .text("none"), .text("ann@acme.com")])
        #expect(matches(.vector(texts), try TextPattern("[0-9]+"), count: 4).bools == [true, false, false, false])
        #expect(try matches(.vector(texts), "(?i)ANN", count: 4).bools == [false, false, false, true])
        #expect(extract(.vector(texts), try TextPattern("[0-9]+"), count: 4).texts == ["42", "", "", ""])
        #expect(extract(.vector(texts), try TextPattern("@([a-z]+)"), count: 4).texts == ["", "", "", "acme"])
        #expect(throws: PatternError.self) { try TextPattern("(") }
        do { _ = try TextPattern("(") } catch { #expect(error.description.hasPrefix("\"(\" is not a regular expression: ")) }
    }

    @Test func similarities() {
        #expect(similarity("Ann Lee", "ann léé") == 1)
        #expect(similarity("abc", "xyz") == 0)
        #expect(similarity("", "") == 1)
        #expect(similarity("", "a") == 0)
        // Winkler's own examples.
        #expect((similarity("MARTHA", "MARHTA") - 0.9611).magnitude < 1e-4)
        #expect((similarity("DWAYNE", "DUANE") - 0.84).magnitude < 1e-4)
        #expect((similarity("DIXON", "DICKSONX") - 0.8133).magnitude < 1e-4)
        var random = Random(seed: 53)
        for size in sizes {
            let (a, b) = (random.operand(.text, size), random.operand(.text, size))
            let (left, right) = (a.vector(count: size).values, b.vector(count: size).values)
            let result = similarity(a, b, count: size)
            for row in 0..<size {
                var expected = Value.none
                if case .text(let x) = left[row], case .text(let y) = right[row] { expected = .number(.double(similarity(x, y))) }
                #expect(same(result.value(at: row), expected))
            }
        }
    }

    @Test func joining() {
        var random = Random(seed: 54)
        for (typeA, typeB) in [(ValueType.text, ValueType.text), (.text, .number), (.date, .text), (.bool, .duration)] {
            for size in sizes {
                let (a, b) = (random.operand(typeA, size), random.operand(typeB, size))
                let expected = zip(a.vector(count: size).texts, b.vector(count: size).texts).map { $0 + $1 }
                let joined = textJoin(a, b, count: size)
                #expect(joined.texts == expected && joined.validity == nil)
            }
        }
    }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        var text = self[...]
        while let last = text.unicodeScalars.last, last.properties.isWhitespace { text.unicodeScalars.removeLast() }
        return String(text.drop { $0.isWhitespace })
    }
}
