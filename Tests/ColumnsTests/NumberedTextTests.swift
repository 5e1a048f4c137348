import Testing
import Types

@testable import Columns

/// Numbered texts must answer everything as plain texts do.
struct NumberedTextTests {
    private struct Sample {
        var numbered: Vector
        var plain: Vector
        var texts: [String?]
    }

    private static let forms = [
        NumberedForm(prefix: Array("ACC-".utf8), digits: 6), NumberedForm(prefix: Array("T".utf8), digits: 1),
        NumberedForm(prefix: [], digits: 3),
    ]

    private func sample(_ random: inout Random, _ form: NumberedForm, _ count: Int) -> Sample {
        let limit = random.pick([9, 120, 5000])
        let numbers = (0..<count).map { _ in Int64(random.int(0...limit)) }
        let missing = random.pick([0, 20])
        let present = (0..<count).map { _ in !random.chance(missing) }
        let validity = present.allSatisfy { $0 } ? nil : Bitmap(present)
        var integers: [Integers] = [.int64(Buffer(numbers)), .int32(Buffer(numbers.map { Int32($0) }))]
        if limit < 128 { integers.append(.int8(Buffer(numbers.map { Int8($0) }))) }
        let texts = zip(numbers, present).map { $1 ? form.text(of: $0) : nil }
        return Sample(
            numbered: Vector(count: count, .numbered(random.pick(integers), form), validity: validity),
            plain: makeVector(.text, texts.map { $0.map(Value.text) ?? .none }), texts: texts)
    }

    private func forEachSample(_ body: (inout Random, Sample, NumberedForm) -> Void) {
        var random = Random(seed: 11)
        for form in Self.forms {
            for size in sizes { body(&random, sample(&random, form, size), form) }
        }
    }

    private func values(_ vector: Vector) -> [Value] { (0..<vector.count).map { vector.value(at: $0) } }

    @Test func formsWriteAndReadBack() {
        let form = NumberedForm(prefix: Array("ACC-".utf8), digits: 6)
        #expect(form.text(of: 123) == "ACC-000123")
        #expect(form.text(of: 1_234_567) == "ACC-1234567")
        #expect(form.text(of: 999_999_999_999_999_999) == "ACC-999999999999999999")
        for text in ["ACC-000123", "ACC-1234567", "ACC-000000", "ACC-999999999999999999"] {
            #expect(form.number(of: text).map(form.text) == text)
        }
        for text in ["", "ACC-", "ACC-00123", "ACC-0123456", "ACC-00012x", "acc-000123", "ACC-1000000000000000000", "ACC-000 23"]
        {
            #expect(form.number(of: text) == nil, "\(text)")
        }
        let short = NumberedForm(prefix: form.prefix, digits: 1)
        #expect(form.number(123, in: short) == nil)
        #expect(form.number(123_456, in: short) == 123_456)
        #expect(short.number(123, in: NumberedForm(prefix: [], digits: 1)) == nil)
    }

    @Test func valuesRangesAndGathersAgree() {
        forEachSample { random, sample, _ in
            #expect(values(sample.numbered) == values(sample.plain))
            let count = sample.texts.count
            let rows = Buffer((0..<40).map { _ in Int32(count == 0 ? -1 : random.int(-1...count - 1)) })
            #expect(values(sample.numbered.gathered(rows)) == values(sample.plain.gathered(rows)))
            #expect(values(sample.numbered.range(count / 3, count)) == values(sample.plain.range(count / 3, count)))
            let writer = CellWriter(sample.numbered)
            for row in 0..<count {
                var cell: [UInt8] = []
                var other: [UInt8] = []
                writer.append(row, to: &cell)
                sample.numbered.appendText(of: row, to: &other)
                #expect(String(decoding: cell, as: UTF8.self) == sample.texts[row] ?? "")
                #expect(cell == other)
            }
        }
    }

    @Test func comparisonsAgree() {
        forEachSample { random, sample, form in
            let count = sample.texts.count
            let other = self.sample(&random, random.chance(70) ? form : Self.forms[0], count)
            let constants = [form.text(of: 5), form.text(of: 4321), "T05", "", "zzz"].map { Operand.constant(.text($0)) }
            let sides = constants + [.vector(other.numbered), .vector(other.plain), .vector(sample.numbered)]
            for comparison in Comparison.allCases {
                for side in sides {
                    let numbered = compare(comparison, .vector(sample.numbered), side, count: count)
                    #expect(numbered.words.array == compare(comparison, .vector(sample.plain), side, count: count).words.array)
                    let turned = compare(comparison, side, .vector(sample.numbered), count: count)
                    #expect(turned.words.array == compare(comparison, side, .vector(sample.plain), count: count).words.array)
                }
            }
            let few: [Value] = [.text(form.text(of: 5)), .text("x"), .none]
            let many = few + (0..<12).map { Value.text(form.text(of: Int64($0) * 3)) }
            for list in [few, many] {
                let members = isMember(.vector(sample.numbered), of: list, count: count)
                #expect(members.words.array == isMember(.vector(sample.plain), of: list, count: count).words.array)
            }
        }
    }

    @Test func ordersAgree() {
        forEachSample { random, sample, _ in
            let count = sample.texts.count
            for descending in [false, true] {
                let numbered = sortedRows([(sample.numbered, descending)], count: count)
                #expect(numbered.array == sortedRows([(sample.plain, descending)], count: count).array)
                let top = topRows([(sample.numbered, descending)], count: count, limit: 7)
                #expect(top.array == topRows([(sample.plain, descending)], count: count, limit: 7).array)
            }
        }
    }

    /// Batches of one column may hold the same texts in different ways.
    @Test func groupsAgree() {
        forEachSample { random, sample, form in
            let others = (0..<4).map { _ in self.sample(&random, random.chance(70) ? form : Self.forms[1], 50) } + [sample]
            let encoder = KeyEncoder()
            let reference = KeyEncoder()
            for other in others {
                let batch = random.chance(50) ? other.numbered : random.vector(.text, values(other.plain))
                #expect(encoder.encode(batch).array == reference.encode(other.plain).array)
            }
            #expect(encoder.count == reference.count)
        }
    }

    @Test func joinedTextsAgree() {
        forEachSample { random, sample, form in
            let other = self.sample(&random, random.chance(50) ? form : Self.forms[1], 33)
            for part in [other.numbered, other.plain, .missing(count: 5)] {
                let joined = Vector.concatenated([sample.numbered, part], type: .text)
                #expect(values(joined) == values(Vector.concatenated([sample.plain, part], type: .text)))
            }
        }
    }

    @Test func functionsOfTextsAgree() {
        forEachSample { _, sample, form in
            let count = sample.texts.count
            let (numbered, plain) = (Operand.vector(sample.numbered), Operand.vector(sample.plain))
            #expect(values(upper(numbered, count: count)) == values(upper(plain, count: count)))
            #expect(values(length(numbered, count: count)) == values(length(plain, count: count)))
            #expect(values(textOf(numbered, count: count)) == values(textOf(plain, count: count)))
            #expect(values(numberOf(numbered, count: count)) == values(numberOf(plain, count: count)))
            let other = Operand.constant(.text(form.text(of: 7)))
            #expect(values(similarity(numbered, other, count: count)) == values(similarity(plain, other, count: count)))
            let start = startsWith(numbered, other, count: count)
            #expect(start.words.array == startsWith(plain, other, count: count).words.array)
        }
    }
}
