import Testing
import Types

@testable import Columns

/// Planted duplicates are found, and looking at candidates only finds what comparing all with all would.
struct DuplicateTests {
    /// People with planted second records, each with a slip of one kind.
    struct People {
        var names: [String] = []
        var emails: [String?] = []
        var planted: Set<[Int32]> = []

        init(count: Int, seed: UInt64) {
            var generator = Random(seed: seed)
            let syllables = [
                "an", "be", "co", "da", "el", "fi", "go", "ha", "il", "jo", "ka", "lu", "mo", "ne", "or", "pe", "ri", "su",
            ]
            func word(_ length: Int) -> String {
                (0..<length).map { _ in syllables[Int(generator.next() % UInt64(syllables.count))] }.joined()
            }
            let firsts = (0..<60).map { _ in "A" + word(2) }
            let lasts = (0..<1000).map { _ in "B" + word(3) }
            let domains = (0..<80).map { _ in word(3) + ".com" }
            for _ in 0..<count {
                let first = firsts[Int(generator.next() % 60)]
                let last = lasts[Int(generator.next() % 1000)]
                names.append("\(first) \(last)")
                emails.append("\(first).\(last)@\(domains[Int(generator.next() % 80)])".lowercased())
            }
            for index in 0..<count / 10 {
                let original = index * 10
                let name = Array(names[original])
                let words = names[original].split(separator: " ")
                switch index % 5 {
                case 0: add("\(words[1]), \(words[0])", emails[original], of: original)
                case 1: add(names[original].uppercased(), nil, of: original)
                case 2:
                    var typed = name
                    typed.swapAt(name.count - 2, name.count - 3)
                    add(String(typed), emails[original], of: original)
                case 3: add(names[original].replacing("a", with: "á"), emails[original]?.uppercased(), of: original)
                default: add(String(name.dropLast()), emails[original], of: original)
                }
            }
        }

        private mutating func add(_ name: String, _ email: String?, of original: Int) {
            planted.insert([Int32(original), Int32(names.count)])
            names.append(name)
            emails.append(email)
        }

        var columns: [Vector] { [texts(names), texts(emails)] }
    }

    private static func texts(_ values: [String?]) -> Vector {
        var builder = VectorBuilder(type: .text)
        for value in values { builder.append(value.map { .text($0) } ?? .none) }
        return builder.finish()
    }

    private static func pairs(_ columns: [Vector], count: Int, threshold: Double) -> [DuplicatePair] {
        let finder = DuplicateFinder(columns, count: count, threshold: threshold)
        var scratch = DuplicateFinder.Scratch(finder)
        var found: [DuplicatePair] = []
        finder.appendPairs(of: 0..<count, to: &found, &scratch)
        return ranked(found)
    }

    @Test func plantedDuplicatesAreFound() {
        let people = People(count: 2000, seed: 11)
        let found = Self.pairs(people.columns, count: people.names.count, threshold: 0.85)
        let pairs = Set(found.map { [$0.a, $0.b] })
        let recall = Double(people.planted.intersection(pairs).count) / Double(people.planted.count)
        // Namesakes without an e-mail to tell them apart are taken for one, which is why precision is counted among those with one.
        let told = found.filter { people.emails[Int($0.a)] != nil && people.emails[Int($0.b)] != nil }
        let right = told.filter { people.planted.contains([$0.a, $0.b]) }.count
        #expect(recall >= 0.99, "recall \(recall)")
        // The names are made of few syllables, so that some of different people differ by a letter.
        #expect(Double(right) / Double(told.count) >= 0.75, "\(right) of \(told.count)")
        #expect(found.allSatisfy { $0.a < $0.b && $0.score >= 850 && $0.score <= 1000 })
        #expect(pairs.count == found.count)
    }

    @Test(arguments: [0.85, 0.95]) func candidatesLoseNextToNothing(threshold: Double) {
        let people = People(count: 250, seed: 5)
        let count = people.names.count
        let found = Set(Self.pairs(people.columns, count: count, threshold: threshold))
        let finder = DuplicateFinder(people.columns, count: count, threshold: threshold)
        var scratch = DuplicateFinder.Scratch(finder)
        var all: Set<DuplicatePair> = []
        for a in 0..<count {
            for b in (a + 1)..<count {
                guard let score = finder.score(a, b, &scratch), Double(score) >= threshold * 1000 else { continue }
                all.insert(DuplicatePair(a: Int32(a), b: Int32(b), score: score))
            }
        }
        #expect(found.isSubset(of: all))
        // What is lost are words that are alike by Jaro and Winkler and yet more than one slip apart.
        #expect(all.subtracting(found).count * 20 <= all.count, "\(all.count - found.count) of \(all.count) lost")
    }

    @Test func shapesTurnAwayNoWordThatIsLikeAnother() {
        var random = Random(seed: 61)
        var matcher = JaroWinkler()
        var turnedAway = 0
        for _ in 0..<20_000 {
            func word() -> [UInt32] {
                (0..<random.int(1...9)).map { _ in random.pick([97, 98, 99, 100, 101, 161, 233]) }
            }
            let (a, b) = (word(), word())
            if WordShape(a).mayBeLike(WordShape(b)) { continue }
            turnedAway += 1
            #expect(matcher.similarity(a, b) < WordField.closeness)
        }
        #expect(turnedAway > 5000)
    }

    @Test func legalFormsWeighLittle() {
        let names = (0..<40).map {
            "Firma\($0 < 10 ? "abcdefghij".map(String.init)[$0] : "kl\($0)") Nr\($0) \($0 % 2 == 0 ? "GmbH" : "AG")"
        }
        let all = names + ["Nordlicht GmbH", "Nordlicht AG", "Südwind GmbH"]
        let finder = DuplicateFinder([Self.texts(all)], count: all.count, threshold: 0.5)
        var scratch = DuplicateFinder.Scratch(finder)
        let same = finder.score(40, 41, &scratch) ?? 0
        let other = finder.score(40, 42, &scratch) ?? 0
        #expect(same > 600)
        #expect(other < 350)
    }

    @Test func missingValuesCountNeitherWay() {
        let names = Self.texts(["Ann Lee", "ann lee", nil, nil])
        let emails = Self.texts(["ann@x.com", nil, "ann@x.com", nil])
        let finder = DuplicateFinder([names, emails], count: 4, threshold: 0.85)
        var scratch = DuplicateFinder.Scratch(finder)
        #expect(finder.score(0, 1, &scratch) == 1000)
        #expect(finder.score(0, 2, &scratch) == 1000)
        #expect(finder.score(1, 2, &scratch) == nil)
        #expect(finder.score(0, 3, &scratch) == nil)
    }

    @Test func telephoneNumbersGoByTheirDigits() {
        let phones = Self.texts(["+49 30 1234567", "030 / 123 45 67", "030 1234576", "+1 555 9876543"])
        let finder = DuplicateFinder([phones], count: 4, threshold: 0.85)
        var scratch = DuplicateFinder.Scratch(finder)
        #expect(finder.score(0, 1, &scratch) == 1000)
        #expect(finder.score(1, 2, &scratch) == 900)
        #expect(finder.score(0, 3, &scratch) == 0)
    }

    @Test func datesAndNumbersHaveTheirMeasures() {
        let dates = Vector(
            count: 4,
            .date(
                Buffer([
                    Calendar.day(year: 1980, month: 3, day: 4), Calendar.day(year: 1980, month: 4, day: 3),
                    Calendar.day(year: 1981, month: 3, day: 4), Calendar.day(year: 1999, month: 12, day: 31),
                ])))
        let finder = DuplicateFinder([dates], count: 4, threshold: 0.85)
        var scratch = DuplicateFinder.Scratch(finder)
        #expect(finder.score(0, 1, &scratch) == 800)
        #expect(finder.score(0, 2, &scratch) == 800)
        #expect(finder.score(0, 3, &scratch) == 0)
        let numbers = Vector(count: 3, .double(Buffer([100, 99, 80])))
        let other = DuplicateFinder([numbers], count: 3, threshold: 0.85)
        #expect(other.score(0, 1, &scratch) == 900)
        #expect(other.score(0, 2, &scratch) == 0)
    }
}
