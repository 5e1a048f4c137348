import Columns
import Execute
import Plan
import Resolve
import Synchronization
import Testing
import Types

@Suite("Limits and interruptions") struct LimitTests {
    @Test("An interruption ends a question")
    func interruption() throws {
        let everything = question(
            .combinations((0..<12).map { (SlotID($0), .all(Fixture.person)) }), [.filter(.constant(.bool(false), .bool))], [])
        let polls = Mutex(0)
        let cancellation = Cancellation {
            polls.withLock { count in
                count += 1
                return count > 50
            }
        }
        let plan = plan(everything, schema: Fixture.store.schema, options: .none)
        #expect(throws: ExecuteError.interrupted) {
            try execute(plan, store: Fixture.store, options: ExecutionOptions(batchSize: 16), cancellation: cancellation)
        }
    }

    @Test("More rows than may be kept end in a message")
    func tooManyRows() throws {
        let everything = question(
            .combinations((0..<6).map { (SlotID($0), .all(Fixture.person)) }), [], [("p", 0, .record(Fixture.person))])
        let plan = plan(everything, schema: Fixture.store.schema)
        #expect(throws: ExecuteError.tooManyRows(limit: 1000)) {
            try execute(plan, store: Fixture.store, options: ExecutionOptions(rowLimit: 1000))
        }
    }

    @Test("A regular expression that is none is said to be none")
    func invalidPattern() throws {
        let matches = Term.binary(.matches, .field(theAccount, Fixture.accountName), text("(unclosed"), .bool)
        let asked = question(accounts(), [.filter(matches)], [("a", 0, .record(Fixture.account))])
        do {
            _ = try ask(asked, Way.all[4])
            Issue.record("the expression was taken")
        } catch ExecuteError.invalidPattern(let pattern, _) {
            #expect(pattern == "(unclosed")
        }
    }

    @Test("Statistics count the rows of each operator")
    func statistics() throws {
        let gold = Step.filter(equal(.field(theAccount, Fixture.accountTier), text("gold")))
        let asked = question(accounts(), [gold, .take(1)], [("a", 0, .record(Fixture.account))])
        let plan = plan(asked, schema: Fixture.store.schema)
        let (answer, statistics) = try executeMeasured(plan, store: Fixture.store)
        #expect(answer.rowCount == 1)
        #expect(statistics.operators.map(\.text) == ["scan accounts", "filter (account.tier = \"gold\")", "take 1"])
        #expect(statistics.operators.map(\.rowsOut) == [5, 2, 1])
    }
}
