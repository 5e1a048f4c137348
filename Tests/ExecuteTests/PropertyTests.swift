import Columns
import Execute
import Plan
import Resolve
import Testing
import Types

@Suite("Terms of any shape") struct PropertyTests {
    @Test("agree with a row-at-a-time interpreter in every way of running them")
    func agreement() throws {
        let sources: [(EntityID, Term)] = [
            (Fixture.account, theAccount), (Fixture.deal, theDeal), (Fixture.person, thePerson),
        ]
        for seed in 0..<400 {
            let (entity, start) = sources[seed % sources.count]
            var terms = RandomTerms(seed: UInt64(seed), row: (entity, start))
            let depth = seed % 4
            let condition = terms.bool(depth)
            let value = terms.number(depth)
            let name = terms.textTerm(depth)
            let record = terms.record(depth, of: Fixture.account)
            let set = terms.set(depth)
            let source = ResolvedSource.records(.all(entity), slot: row)
            let steps: [Step] = [
                .filter(condition),
                // The same term in two steps, so that the optimizer computes it once.
                .filter(.not(.binary(.less, value, number(0), .bool))),
                .extend([(SlotID(1), value), (SlotID(2), name), (SlotID(3), record), (SlotID(4), set.term)]),
            ]
            let columns: [(String, Int, ValueType)] = [
                ("r", 0, .record(entity)), ("n", 1, .number), ("t", 2, .text), ("a", 3, .record(Fixture.account)),
                ("s", 4, .set(set.entity)),
            ]
            let expected = try naiveRows(entity, condition, [value, name, record, set.term])
            for way in Way.all {
                let answer = try ask(question(source, steps, columns), way)
                let found = (0..<answer.rowCount).map { row in answer.columns.map { $0.values.value(at: row) } }
                let same = found.count == expected.count && zip(found, expected).allSatisfy { isSame($0, $1) }
                #expect(same, "seed \(seed), \(way.testDescription)\n\(condition)\n\(found)\n\(expected)")
                if !same { return }
            }
        }
    }

    private func naiveRows(_ entity: EntityID, _ condition: Term, _ values: [Term]) throws -> [[Value]] {
        var rows: [[Value]] = []
        for index in 0..<Fixture.store.schema[entity].rowCount {
            let record = Value.record(entity, row: Int32(index))
            let interpreter = NaiveInterpreter(store: Fixture.store, slots: [row: record])
            guard try interpreter.value(condition) == .bool(true) else { continue }
            let found = try values.map { try interpreter.value($0) }
            if case .number(let first) = found[0], Number.compare(first, Number(0)) < 0 { continue }
            rows.append([record] + found)
        }
        return rows
    }

    /// Numbers are equal by value: batches may hold the same number at different scales.
    private func isSame(_ left: [Value], _ right: [Value]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { a, b in
                if case .number(let x) = a, case .number(let y) = b { return Number.compare(x, y) == 0 }
                return a == b
            }
    }
}
