import Columns
import Execute
import Foundation
import Oracle
import Resolve
import Store
import Syntax
import Testing
import Types

/// `each` gives for every period what `as of` its end gives, whether it is computed in one pass or not.
struct EachTests {
    /// What is computed in one pass over the data.
    private static let passed = [
        "count(orders)", "count(orders[at in this UNIT])", "sum(orders[at in this UNIT].revenue)",
        "sum(orders[at > 90 days ago and product ~ \"licence\"].(revenue - cost))", "avg(orders.revenue)",
        "count(orders[at in this UNIT].account)", "count(orders[account.tier = \"gold\" and at in last 6 months])",
        "count(tickets[closed = none])", "count(tickets[closed != none and not closed in this UNIT])",
        "count(tickets[closed >= opened and closed in this UNIT or closed = none])", "count(tickets[closed <= 10 days ago])",
        "count(accounts[no orders])", "count(accounts[any orders[at > 30 days ago] and tier != \"bronze\"])",
        "count(accounts[no people.touches[at > 60 days ago]])", "count(accounts[tier = \"gold\"].people.touches)",
        "sum(accounts[any tickets[closed = none]].orders.revenue)", "count(people[any knows[any touches]])",
        "count(people[left_on = none].knows)", "any touches[at in this UNIT and kind = \"call\"]",
        "no tickets[opened in this UNIT]",
        "count(accounts.orders.account.people) + count(users)", "count(people[any account.people])", "count(accounts.renewal)",
        "sum(orders[at in this UNIT].revenue) / count(orders[at in this UNIT].account)", "count(touches[at <= today])",
        "if any orders[at in this UNIT] then count(deals[closed > today]) else 0", "count(accounts[\"ACC-1\"].orders)",
        "count(tickets[satisfaction < 5])", "count(knows[since > 2 years ago])",
    ]
    /// What is asked again for every period: fields with a history, other aggregates, conditions that count.
    private static let asked = [
        "count(deals[stage = \"won\"])", "median(orders[at in this UNIT].revenue)", "count(accounts[count(orders) > 2])",
        "max(orders.at)", "count(distinct orders[at in this UNIT].product)", "sum(accounts.(count(people)))",
        "count(deals[age > 90])", "first(accounts by -arr).name",
    ]

    @Test func eachPeriodIsAsOfItsEnd() throws {
        let present = try Workbench(try PastStores().present)
        var passes = 0
        for (unit, range) in [("month", "2024-01..2026-06"), ("week", "2024-W40..2026-W26"), ("year", "2019..2025")] {
            for expression in Self.passed + Self.asked {
                let expression = expression.replacing("UNIT", with: unit).replacing("age > 90", with: "today - opened > 90 days")
                let (answer, notes) = try each("each \(unit) in \(range) with v = \(expression)", present)
                if notes.contains(where: { $0.contains("in one pass") }) { passes += 1 }
                let values = answer.columns[1].values
                for row in stride(from: 0, to: answer.rowCount, by: max(1, answer.rowCount / 10)) {
                    guard case .period(let period) = answer.columns[0].values.value(at: row) else { continue }
                    var bytes: [UInt8] = []
                    Vector.constant(.date(period.lastDay), count: 1).appendText(of: 0, to: &bytes)
                    let day = String(decoding: bytes, as: UTF8.self)
                    let question = try present.resolved("\(expression) as of \(day)")
                    let single = try present.answer(question, Configuration.all[0]).columns[0].values.value(at: 0)
                    let found = values.value(at: row)
                    #expect(Agreement.same(found, single), "\(expression) as of \(day): \(found), \(single)")
                }
            }
        }
        // An expression that ceases to be computed in one pass would still be right, only slow.
        #expect(passes >= 3 * (Self.passed.count - 1))
    }

    private func each(_ text: String, _ bench: Workbench) throws -> (Answer, [String]) {
        guard case .question(let question)? = parse(SourceText(name: "question", text: text)).statements.first?.kind else {
            throw Misunderstood(messages: text)
        }
        do {
            let first = try resolve(question, in: bench.environment).question
            let questions = try (first.each?.periods ?? []).indices.map { index in
                try resolve(question, in: bench.environment, period: index).question
            }
            let found = try executeEach(questions, store: bench.store, today: Fixtures.today)
            return (found.answer, found.notes)
        } catch let error as ResolveErrors {
            throw Misunderstood(messages: text + "\n" + DiagnosticRenderer().render(error.diagnostics))
        }
    }
}
