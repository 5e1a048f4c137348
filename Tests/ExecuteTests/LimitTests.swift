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

    @Test("Statistics say what operators did where they had a choice, on any number of threads")
    func strategies() throws {
        let count = RowAggregate(kind: .count, argument: nil)
        let step = Step.summarize(keys: [(SlotID(1), .toOne(theDeal, Fixture.dealAccount))], aggregates: [(SlotID(2), count)])
        let asked = question(deals(), [step], [("a", 1, .record(Fixture.account)), ("n", 2, .number)])
        func strategies(threads: Int, _ asked: ResolvedQuestion) throws -> [[String]] {
            let plan = plan(asked, schema: Fixture.store.schema)
            let way = Way(batchSize: 2, optimizes: true, derives: true, threads: threads)
            return try executeMeasured(plan, store: Fixture.store, options: way.options).statistics.operators.map(\.strategies)
        }
        let (alone, merged, shared) = try (
            strategies(threads: 1, asked), strategies(threads: 2, asked), strategies(threads: 3, asked)
        )
        // Five accounts, none, and a place for what is missing.
        #expect(alone == [[], ["groups in an array of 7 places"]])
        #expect(merged == [[], ["the groups of 2 workers merged", "groups in an array of 7 places"]])
        // With three threads every number of groups counts as many.
        #expect(shared == [[], ["rows shared out by key into 16 parts, groups in an array of 7 places each"]])

        // Of users there are less than half as many as deals.
        let owner = Term.toOne(.toOne(theDeal, Fixture.dealAccount), Fixture.accountOwner)
        let byOwner = question(
            deals(), [.summarize(keys: [(SlotID(1), owner)], aggregates: [(SlotID(2), count)])],
            [("u", 1, .record(Fixture.user)), ("n", 2, .number)])
        let placed = "groups numbered as their records"
        #expect(try strategies(threads: 1, byOwner).last == [placed])
        #expect(try strategies(threads: 2, byOwner).last == ["the groups of 2 workers merged", placed])
    }

    @Test("Values over links say how they were computed")
    func linkStrategies() throws {
        let amounts = Term.map(
            .toMany(theAccount, Fixture.accountDeals), level: 1, body: .field(each(1, Fixture.deal), Fixture.dealAmount))
        let asked = question(
            accounts(), [.extend([(SlotID(1), .aggregate(.sum, over: amounts))])], [("total", 1, .number)])
        func strategies(derives: Bool) throws -> [String] {
            let plan = plan(asked, schema: Fixture.store.schema)
            let way = Way(batchSize: 2, optimizes: true, derives: derives)
            let statistics = try executeMeasured(plan, store: Fixture.store, options: way.options).statistics
            return statistics.operators[1].strategies
        }
        let (whole, own) = try (strategies(derives: true), strategies(derives: false))
        #expect(whole == ["for all accounts at once", "account.deals scattered"])
        #expect(own == ["account.deals gathered"])
    }
}
