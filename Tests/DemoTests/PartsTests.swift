import Testing

@testable import Demo

@Suite("The parts that the tables are made of")
struct PartsTests {
    @Test("days and their texts agree with the calendar")
    func days() {
        #expect(Day.of(2000, 1, 1) == 0 && Day.of(2000, 3, 1) == 60 && Day.of(1999, 12, 31) == -1)
        #expect(Day.weekday(Day.of(2026, 6, 30)) == 1)
        var expected = (year: 1990, month: 1, day: 1)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for day in Day.of(1990, 1, 1)..<Day.of(2031, 1, 1) {
            #expect(Day.civil(day) == expected && Day.of(expected.year, expected.month, expected.day) == day)
            let isLeap = expected.month == 2 && expected.year % 4 == 0
            if expected.day < lengths[expected.month - 1] + (isLeap ? 1 : 0) {
                expected.day += 1
            } else {
                expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
        }
        DayTexts.all.withText(of: Day.today) { #expect(String(decoding: $0, as: UTF8.self) == "2026-06-30") }
    }

    @Test("one row of every full block is hit", arguments: [2, 3, 50, 333])
    func hitsAreExact(every: Int) {
        let stream = Stream("test")
        for block in 0..<20 {
            #expect((block * every..<(block + 1) * every).count { stream.hits($0, oneIn: every) } == 1)
        }
    }

    @Test("splitmix64 gives the numbers that its authors publish for the state 1234567")
    func splitmix() {
        var dice = Dice(state: 1_234_567)
        #expect(dice.next() == 6_457_827_717_110_365_317 && dice.next() == 3_203_168_211_198_807_973)
    }

    @Test("the alias table draws by weight and never what weighs nothing")
    func aliasTable() {
        let table = AliasTable([1, 0, 6, 3])
        var counts = [0, 0, 0, 0]
        var dice = Stream("alias").dice(0)
        for _ in 0..<10_000 { counts[table.pick(&dice)] += 1 }
        #expect(counts[1] == 0)
        #expect(abs(counts[0] - 1000) < 120 && abs(counts[2] - 6000) < 200 && abs(counts[3] - 3000) < 200)
    }

    @Test(
        "fields are quoted where they must be",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("5\" \"x\"", "\"5\"\" \"\"x\"\"\""),
            ("a\nb", "\"a\nb\""), ("", ""),
        ])
    func quoting(text: String, expected: String) throws {
        let directory = TemporaryDirectory()
        var file = try CSVFile("t.csv", in: directory.path, header: "a,b")
        let mark = file.mark
        for byte in text.utf8 { file.put(byte) }
        file.endText(mark)
        file.money(cents: -105)
        try file.endRow()
        let made = try file.finish()
        #expect(contents(of: directory.path + "/t.csv") == Array("a,b\n\(expected),-1.05\n".utf8))
        #expect(made.rows == 1 && made.bytes == contents(of: directory.path + "/t.csv").count)
    }

    @Test(
        "names are spelled in ASCII for addresses",
        arguments: [("Jörg", "joerg"), ("Błażej", "blazej"), ("D'Amico", "damico")])
    func spelling(name: String, expected: String) {
        #expect(addressSpelling(name) == Array(expected.utf8))
    }

    @Test("every name in the lists has a spelling, and its letters are all known")
    func namesAreSpelled() {
        for names in PersonNames.all {
            #expect(names.first.count == names.firstAddress.count && names.last.count == names.lastAddress.count)
            for (words, spelled) in [(names.first, names.firstAddress), (names.last, names.lastAddress)] {
                for index in 0..<words.count where !names.familyFirst {
                    let letters = words.text(index).unicodeScalars.count { $0.properties.isAlphabetic }
                    #expect(spelled.length(of: index) >= letters, "\(words.text(index))")
                }
                #expect(Set((0..<words.count).map(words.text)).count == words.count)
            }
        }
    }
}
