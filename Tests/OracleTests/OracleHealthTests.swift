import Foundation
import Oracle
import Syntax
import Testing
import Types

/// Whether the oracles see anything: an oracle that never complains proves nothing.
struct OracleHealthTests {
    @Test func wrongAnswersAreNoticed() throws {
        let bench = try Workbench(Fixtures.nastyStore())
        let database = try Database(bench.reference)
        let configuration = [Configuration.all[0]]
        for wrong in [
            QueryPair("deals where amount > 300 select id", "SELECT id FROM deals WHERE amount >= 300"),
            QueryPair("deals select id, amount", "SELECT id, amount + 0.01 FROM deals"),
            QueryPair("deals select id sort -amount", "SELECT id FROM deals ORDER BY amount", isOrdered: true),
            QueryPair("accounts select name", "SELECT lower(name) FROM accounts"),
        ] {
            #expect(bench.complaint(wrong, database, configuration) != nil, "\(wrong.question)")
        }
        let answer = try bench.answer(bench.resolved("deals sort -amount"), configuration[0])
        let other = try bench.reference.answer(bench.resolved("deals sort amount"))
        #expect(Agreement.difference(answer, other) != nil)
    }

    /// Most questions find something, and all kinds of clauses and terms occur among them.
    @Test func generatedQuestionsReachEverything() throws {
        let bench = try Workbench(Fixtures.nastyStore())
        var generator = QuestionGenerator(bench.reference, today: Fixtures.today, seed: 5)
        var texts = ""
        var found = 0
        for _ in 0..<600 {
            let text = generator.question().joined()
            texts += text + "\n"
            if try bench.reference.answer(bench.resolved(text)).rowCount > 0 { found += 1 }
        }
        #expect(found > 360)
        let words = [
            "where ", "with ", "select ", "summarize ", " by ", "sort ", "take ", "skip ", "distinct", "follow ", "pivot ",
            "for ", "any ",
            "no ", " in (", "..", "last ", "next ", "this ", "??", "if ", " & ", " ~ ", " matches ", "per all", "rank()",
            "running(",
            "previous(", "first(", "last(", "top(", "edge.", "share(", "median(", "percentile(", "stdev(", "count(distinct ",
            "list(", "join(",
            " {", ".(", "not ", "none_if(", "least(", "greatest(", " ago", "round(", "months_between(",
        ]
        for word in words { #expect(texts.contains(word), "no generated question has \(word)") }
    }

    /// The reference takes the calendar from Types, so that has to be right by another authority.
    @Test func calendarAgreesWithFoundation() {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC") ?? .gmt
        for day in stride(from: Int32(-100_000), to: 100_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            // Foundation has the Julian calendar before October 1582.
            if parts.year ?? 0 < 1583 { continue }
            let own = Types.Calendar.civil(day)
            #expect(own.year == parts.year && own.month == parts.month && own.day == parts.day)
            #expect(Types.Calendar.weekday(day) == ((parts.weekday ?? 0) + 5) % 7 + 1)
            let later = calendar.date(byAdding: .month, value: 13, to: date) ?? date
            #expect(Types.Calendar.add(months: 13, to: day) == Int32(later.timeIntervalSince1970 / 86_400))
        }
    }
}
