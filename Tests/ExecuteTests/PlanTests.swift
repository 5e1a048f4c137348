import Plan
import Resolve
import Syntax
import Testing
import Types

/// What the rules of the optimizer make of a question. That the answers stay the same is tested with the operators.
@Suite("The optimizer") struct PlanTests {
    private func lines(_ question: ResolvedQuestion, _ rules: OptimizerRule...) -> [String] {
        plan(question, schema: Fixture.store.schema, options: OptimizerOptions(rules: Set(rules))).lines(
            schema: Fixture.store.schema)
    }

    private let gold = equal(.field(theAccount, Fixture.accountTier), text("gold"))
    private let revenue = sum(.toMany(theAccount, Fixture.accountDeals), Fixture.dealAmount)
    private let columns: [(String, Int, ValueType)] = [("a", 0, .record(Fixture.account)), ("n", 1, .number)]

    @Test("computes constants and drops what always holds")
    func folding() {
        let always = Term.binary(.less, number(1), .binary(.add, number(1), number(1), .number), .bool)
        let asked = question(accounts(), [.filter(.binary(.and, always, gold, .bool)), .filter(.not(.not(always)))], columns)
        #expect(lines(asked, .constantFolding) == ["scan accounts", "filter (account.tier = \"gold\")"])
    }

    @Test("turns the brackets of a source into a filter, and a key into a look-up")
    func lookup() {
        let key = equal(.field(each(1, Fixture.account), Fixture.accountKey), text("A3"))
        let asked = question(.records(.filter(.all(Fixture.account), level: 1, condition: key), slot: row), [], columns)
        #expect(lines(asked, .sourceConditions) == ["scan accounts", "filter (account.id = \"A3\")"])
        #expect(lines(asked, .sourceConditions, .keyLookup) == ["look up accounts by id = \"A3\""])
    }

    @Test("filters before it computes, sorts and combines")
    func pushdown() {
        let person = SlotID(2)
        let source = ResolvedSource.combinations([
            (row, .all(Fixture.account)), (person, .toMany(theAccount, Fixture.accountPeople)),
        ])
        let steps: [Step] = [
            .extend([(SlotID(1), revenue)]), .sort([TermSortKey(.slot(SlotID(1), .number), descending: true)]), .filter(gold),
        ]
        #expect(
            lines(question(source, steps, columns), .filterPushdown) == [
                "scan accounts", "filter (account.tier = \"gold\")", "for each #2 in account.people",
                "extend n = sum(account.deals.(each.amount))", "sort -n",
            ])
        let limited = question(accounts(), [.take(3), .filter(gold)], columns)
        #expect(lines(limited, .filterPushdown) == ["scan accounts", "take 3", "filter (account.tier = \"gold\")"])
    }

    @Test("computes once what two steps need, behind the cheaper conditions")
    func common() {
        let rich = Term.binary(.greater, revenue, number(100), .bool)
        let steps: [Step] = [.filter(.binary(.and, rich, gold, .bool)), .extend([(SlotID(1), revenue)])]
        #expect(
            lines(question(accounts(), steps, columns), .filterPushdown, .commonTerms) == [
                "scan accounts", "filter (account.tier = \"gold\")", "extend #2 = sum(account.deals.(each.amount))",
                "filter (#2 > 100)", "extend n = #2",
            ])
    }

    @Test("computes columns that are only shown for the rows that are shown")
    func late() {
        let key = TermSortKey(.field(theAccount, Fixture.accountName), descending: false)
        let asked = question(accounts(), [.extend([(SlotID(1), revenue)]), .sort([key]), .take(2)], columns)
        #expect(
            lines(asked, .lateExtension, .topRows) == [
                "scan accounts", "top 2 by account.name", "extend n = sum(account.deals.(each.amount))",
            ])
        #expect(
            lines(question(accounts(), [.sort([key]), .skip(1), .take(2)], columns), .topRows) == [
                "scan accounts", "top 3 by account.name", "skip 1",
            ])
    }

    @Test("tries cheap conditions first and leaves out what nobody reads")
    func orderAndUnused() {
        let rich = Term.binary(.greater, revenue, number(100), .bool)
        let asked = question(accounts(), [.filter(rich), .filter(gold), .extend([(SlotID(5), revenue)])], columns)
        #expect(
            lines(asked, .filterPushdown, .conditionOrder, .unusedSlots) == [
                "scan accounts", "filter (account.tier = \"gold\") and (sum(account.deals.(each.amount)) > 100)",
            ])
    }
}
