import Columns
import Execute
import Plan
import Resolve
import Syntax
import Testing
import Types

@Suite("Operators") struct OperatorTests {
    @Test("A scan gives every record in its order", arguments: Way.all)
    func scan(way: Way) throws {
        let answer = try ask(question(accounts(), [], [("account", 0, .record(Fixture.account))]), way)
        #expect(rows(answer) == ["Acme", "Bolt", "Crux", "Dune", "Echo"])
    }

    @Test("A filter keeps rows; missing equals only missing", arguments: Way.all)
    func filter(way: Way) throws {
        let gold = Step.filter(equal(.field(theAccount, Fixture.accountTier), text("gold")))
        #expect(rows(try ask(question(accounts(), [gold], [("a", 0, .record(Fixture.account))]), way)) == ["Acme", "Crux"])
        let notGold = Step.filter(.binary(.notEqual, .field(theAccount, Fixture.accountTier), text("gold"), .bool))
        #expect(
            rows(try ask(question(accounts(), [notGold], [("a", 0, .record(Fixture.account))]), way)) == ["Bolt", "Dune", "Echo"])
    }

    @Test("A key names a record", arguments: Way.all)
    func key(way: Way) throws {
        let byKey = Step.filter(equal(.field(theAccount, Fixture.accountKey), text("A3")))
        #expect(rows(try ask(question(accounts(), [byKey], [("a", 0, .record(Fixture.account))]), way)) == ["Crux"])
    }

    @Test("Columns are added, one from another", arguments: Way.all)
    func extend(way: Way) throws {
        let steps: [Step] = [
            .extend([(SlotID(1), sum(.toMany(theAccount, Fixture.accountDeals), Fixture.dealAmount))]),
            .extend([(SlotID(2), .binary(.add, .slot(SlotID(1), .number), number(1), .number))]),
        ]
        let answer = try ask(question(accounts(), steps, [("n", 1, .number), ("m", 2, .number)]), way)
        #expect(rows(answer).count == 5)
        #expect(rows(answer)[0].hasPrefix("217.8"))
        #expect(rows(answer)[0].contains("|218.8"))
        #expect(rows(answer)[3] == "0|1" || rows(answer)[3] == "0.00|1.00")
    }

    @Test("Sorting keeps ties in order and puts missing last either way", arguments: Way.all)
    func sort(way: Way) throws {
        let key = Term.field(theAccount, Fixture.accountTier)
        let columns: [(String, Int, ValueType)] = [("a", 0, .record(Fixture.account))]
        let ascending = try ask(question(accounts(), [.sort([TermSortKey(key, descending: false)])], columns), way)
        #expect(rows(ascending) == ["Acme", "Crux", "Bolt", "Echo", "Dune"])
        let descending = try ask(question(accounts(), [.sort([TermSortKey(key, descending: true)])], columns), way)
        #expect(rows(descending) == ["Bolt", "Echo", "Acme", "Crux", "Dune"])
    }

    @Test("Sorting, skipping and taking", arguments: Way.all)
    func top(way: Way) throws {
        let key = TermSortKey(.field(theDeal, Fixture.dealAmount), descending: true)
        let columns: [(String, Int, ValueType)] = [("d", 0, .record(Fixture.deal))]
        #expect(rows(try ask(question(deals(), [.sort([key]), .take(3)], columns), way)) == ["D2", "D9", "D6"])
        #expect(rows(try ask(question(deals(), [.sort([key]), .skip(2), .take(3)], columns), way)) == ["D6", "D1", "D4"])
        #expect(rows(try ask(question(deals(), [.skip(7)], columns), way)) == ["D8", "D9"])
        #expect(rows(try ask(question(deals(), [.take(0)], columns), way)) == [])
    }

    @Test("Groups come in the order of their first row; without keys there is one", arguments: Way.all)
    func summarize(way: Way) throws {
        let count = RowAggregate(kind: .count, argument: nil)
        let total = RowAggregate(kind: .sum, argument: .field(theDeal, Fixture.dealAmount))
        let won = RowAggregate(
            kind: .count, argument: nil, condition: equal(.field(theDeal, Fixture.dealStage), text("won")))
        let byAccount: Step = .summarize(
            keys: [(SlotID(1), .toOne(theDeal, Fixture.dealAccount))],
            aggregates: [(SlotID(2), count), (SlotID(3), total), (SlotID(4), won)])
        let columns: [(String, Int, ValueType)] = [("a", 1, .record(Fixture.account)), ("n", 2, .number), ("won", 4, .number)]
        let answer = try ask(question(deals(), [byAccount], columns), way)
        #expect(rows(answer) == ["Acme|3|1", "Bolt|1|1", "Crux|3|2", "|1|0", "Echo|1|0"])
        let nothing = question(
            deals(), [.filter(.constant(.bool(false), .bool)), .summarize(keys: [], aggregates: [(SlotID(2), count)])],
            [("n", 2, .number)])
        #expect(rows(try ask(nothing, way)) == ["0"])
    }

    @Test("Sets are united over a group, each record once", arguments: Way.all)
    func unitedSets(way: Way) throws {
        // The people who are a contact of a deal, by the deals' accounts' owners; their touches, counted once.
        let touches = Term.toMany(.toOne(theDeal, Fixture.dealContact), Fixture.personTouches)
        let owner = Term.toOne(.toOne(theDeal, Fixture.dealAccount), Fixture.accountOwner)
        let ids = Term.map(touches, level: 1, body: .field(each(1, Fixture.touch), FieldID(Fixture.touch, 0)))
        let step: Step = .summarize(
            keys: [(SlotID(1), owner)],
            aggregates: [
                (SlotID(2), RowAggregate(kind: .count, argument: touches)), (SlotID(3), RowAggregate(kind: .sum, argument: ids)),
            ])
        let answer = try ask(
            question(deals(), [step], [("o", 1, .record(Fixture.user)), ("n", 2, .number), ("s", 3, .number)]), way)
        #expect(rows(answer) == ["Uma|5|21", "Ugo|3|9", "|0|0"])
    }

    @Test("Distinct rows", arguments: Way.all)
    func distinct(way: Way) throws {
        let steps: [Step] = [.extend([(SlotID(1), .field(theAccount, Fixture.accountTier))]), .distinct([SlotID(1)])]
        #expect(rows(try ask(question(accounts(), steps, [("tier", 1, .text)]), way)) == ["gold", "silver", ""])
    }

    @Test("Following a link gives each record once", arguments: Way.all)
    func follow(way: Way) throws {
        let steps: [Step] = [.follow(from: row, links: [Fixture.dealAccount], into: SlotID(1))]
        #expect(
            rows(try ask(question(deals(), steps, [("a", 1, .record(Fixture.account))]), way)) == [
                "Acme", "Bolt", "Crux", "Echo",
            ])
        let back: [Step] = [.follow(from: row, links: [Fixture.accountPeople], into: SlotID(1))]
        #expect(
            rows(try ask(question(accounts(), back, [("p", 1, .record(Fixture.person))]), way)) == [
                "Ann", "Ben", "Cleo", "Eve", "Fay",
            ])
    }

    @Test("A set as a source gives each record once, in the entity's order", arguments: Way.all)
    func setSource(way: Way) throws {
        let gold = Term.filter(
            .all(Fixture.account), level: 1, condition: equal(.field(each(1, Fixture.account), Fixture.accountTier), text("gold"))
        )
        let source = ResolvedSource.records(.toMany(gold, Fixture.accountPeople), slot: row)
        #expect(rows(try ask(question(source, [], [("p", 0, .record(Fixture.person))]), way)) == ["Ann", "Ben", "Cleo", "Fay"])
        let owners = ResolvedSource.records(.toMany(gold, Fixture.accountOwner), slot: row)
        #expect(rows(try ask(question(owners, [], [("o", 0, .record(Fixture.user))]), way)) == ["Uma", "Ugo"])
        let filtered = ResolvedSource.records(gold, slot: row)
        #expect(rows(try ask(question(filtered, [], [("a", 0, .record(Fixture.account))]), way)) == ["Acme", "Crux"])
    }

    @Test("Combinations of several variables", arguments: Way.all)
    func combinations(way: Way) throws {
        let second = SlotID(1)
        let third = SlotID(2)
        let source = ResolvedSource.combinations([
            (row, .all(Fixture.person)), (second, .toMany(thePerson, Fixture.personKnows)),
            (third, .toMany(.slot(second, .record(Fixture.person)), Fixture.personKnows)),
        ])
        let closes = Term.contains(
            set: .toMany(.slot(third, .record(Fixture.person)), Fixture.personKnows), record: thePerson)
        let columns: [(String, Int, ValueType)] = [
            ("a", 0, .record(Fixture.person)), ("b", 1, .record(Fixture.person)), ("c", 2, .record(Fixture.person)),
        ]
        #expect(
            rows(try ask(question(source, [.filter(closes)], columns), way)) == ["Ann|Ben|Cleo", "Ben|Cleo|Ann", "Cleo|Ann|Ben"])
        let everything = ResolvedSource.combinations([(row, .all(Fixture.person)), (second, .all(Fixture.account))])
        #expect(try ask(question(everything, [], [("p", 0, .record(Fixture.person))]), way).rowCount == 30)
    }

    @Test("Windows", arguments: Way.all)
    func windows(way: Way) throws {
        let tier = Term.field(theAccount, Fixture.accountTier)
        let dealCount = Term.aggregate(.count, over: .toMany(theAccount, Fixture.accountDeals))
        let key = TermSortKey(dealCount, descending: true)
        let steps: [Step] = [
            .sort([key]),
            .window([
                (
                    SlotID(1),
                    WindowCall(kind: .aggregate(RowAggregate(kind: .sum, argument: dealCount)), partition: [tier], order: [])
                ),
                (SlotID(2), WindowCall(kind: .rank, partition: [], order: [key])),
                (SlotID(3), WindowCall(kind: .rank, partition: [tier], order: [key])),
                (SlotID(4), WindowCall(kind: .runningSum(dealCount), partition: [], order: [key])),
                (SlotID(5), WindowCall(kind: .previous(dealCount), partition: [], order: [key])),
            ]),
        ]
        let columns: [(String, Int, ValueType)] = [("a", 0, .record(Fixture.account))] + (1...5).map { ("w\($0)", $0, .number) }
        let expected = ["Acme|6|1|1|3|", "Crux|6|1|1|6|3", "Bolt|2|3|1|7|3", "Echo|2|3|1|8|1", "Dune|0|5|1|8|1"]
        #expect(rows(try ask(question(accounts(), steps, columns), way)) == expected)
    }

    @Test("Pivot spreads values; a missing key comes last", arguments: Way.all)
    func pivot(way: Way) throws {
        let count = RowAggregate(kind: .count, argument: nil)
        let steps: [Step] = [
            .summarize(
                keys: [(SlotID(1), .toOne(theDeal, Fixture.dealAccount)), (SlotID(2), .field(theDeal, Fixture.dealStage))],
                aggregates: [(SlotID(3), count)]),
            .pivot(key: SlotID(2), keep: [SlotID(1)], value: SlotID(3)),
            .sort([TermSortKey(.field(.slot(SlotID(1), .record(Fixture.account)), Fixture.accountName), descending: true)]),
        ]
        let answer = try ask(question(deals(), steps, [("a", 1, .record(Fixture.account))]), way)
        #expect(answer.columns.map(\.name) == ["a", "lost", "open", "won", "none"])
        #expect(rows(answer) == ["Echo|1|||", "Crux||1|2|", "Bolt|||1|", "Acme|1|1|1|", "||||1"])
    }

    @Test("Going on from an earlier answer", arguments: Way.all)
    func bound(way: Way) throws {
        let first = try ask(
            question(accounts(), [.take(2)], [("a", 0, .record(Fixture.account))], record: row, entity: Fixture.account), way)
        let next = question(
            .bound("it", slots: [SlotID(7)]),
            [.filter(equal(.field(.slot(SlotID(7), .record(Fixture.account)), Fixture.accountTier), text("silver")))],
            [("a", 7, .record(Fixture.account))])
        #expect(rows(try ask(next, way) { $0 == "it" ? first : nil }) == ["Bolt"])
        #expect(throws: ExecuteError.unknownAnswer("it")) { try ask(next, way) }
    }

    @Test("A single value", arguments: Way.all)
    func value(way: Way) throws {
        let source = ResolvedSource.value(.binary(.add, number(2), number(2), .number), slot: row)
        #expect(rows(try ask(question(source, [], [("n", 0, .number)]), way)) == ["4"])
    }
}
