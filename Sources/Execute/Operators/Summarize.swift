import Columns
import Resolve
import Types

/// One row a group, in the order of first appearance; one row in all where there are no keys.
///
/// Where several workers give the rows, each groups its own, and the groups are merged in the end; where there are very many groups, the
/// rows are shared out by their keys instead. If few groups have an aggregate that depends on the order of the rows, these come one after
/// another all the same.
final class Summarize: CollectingOperator {
    private let keys: [(slot: SlotID, value: NodeID)]
    private let aggregates: [AggregatePlan]
    private let workers: ParallelRows?
    private var grouped = GroupedColumns(keys: [], aggregates: [], groupCount: 0)

    init(
        keys: [(slot: SlotID, value: NodeID)], aggregates: [AggregatePlan], input: any RowOperator, context: ExecutionContext
    ) {
        self.keys = keys
        self.aggregates = aggregates
        workers = input as? ParallelRows
        super.init(input: input, context: context)
    }

    override func collectAll() throws {
        // What the first rows are tells whether and how the others can be shared out. Only then is it known how many come from an operator
        // that collects, too.
        let first = try firstRows()
        if let placed = placedGroups(first) {
            let makeRows = { GroupedRows(placed, self.aggregates, context: self.context) }
            let rows = makeRows()
            try take(first, into: rows)
            grouped = try collected(into: rows, makePart: makeRows)
        } else {
            grouped = try groupedByTables(first)
        }
    }

    override func finish() throws -> any RowOperator {
        var slots: [SlotID: Evaluated] = [:]
        for (key, values) in zip(keys, grouped.keys) { slots[key.slot] = .vector(values) }
        for (aggregate, values) in zip(aggregates, grouped.aggregates) { slots[aggregate.slot] = .vector(values) }
        return KeptRows(Batch(count: grouped.groupCount, slots: slots), context: context)
    }

    /// What the terms give for the first batches, each in one part or several, as far as there is a row.
    private func firstRows() throws -> [[EvaluatedRows]] {
        var first: [[EvaluatedRows]] = []
        while let more = try workers.map(evaluatedWave) ?? evaluatedBatch(), !more.isEmpty {
            first += more
            if more.contains(where: { !$0.isEmpty }) { break }
        }
        return first
    }

    private func evaluatedBatch() throws -> [[EvaluatedRows]]? {
        while let batch = try input.next() {
            try context.cancellation.check()
            var parts: [EvaluatedRows] = []
            try reader(context).read(batch) { parts.append($0) }
            if !parts.isEmpty { return [parts] }
        }
        return nil
    }

    private func evaluatedWave(from workers: ParallelRows) throws -> [[EvaluatedRows]] {
        let start = workers.batchesTaken
        let batches = TaskResults<EvaluatedRows>(count: workers.waveSize)
        let readers = workers.contexts.map(reader)
        _ = try workers.consumeWave { batch, number, worker in
            try readers[worker].read(batch) { batches.append($0, number - start) }
        }
        return (0..<workers.batchesTaken - start).map { batches[$0] }
    }

    private func reader(_ context: ExecutionContext) -> RowReader {
        RowReader(keys: keys.map(\.value), aggregates: aggregates, evaluator: context.evaluator)
    }

    private func take<Groups>(_ first: [[EvaluatedRows]], into rows: GroupedRows<Groups>) throws {
        for (number, parts) in first.enumerated() {
            for part in parts { try rows.take(part, number: number) }
        }
    }

    /// Takes in all further rows; workers have parts of their own.
    private func collected<Groups>(
        into rows: GroupedRows<Groups>, makePart: () -> GroupedRows<Groups>
    ) throws -> GroupedColumns {
        if let workers, workers.hasHelp, rows.canMerge {
            let readers = workers.contexts.map(reader)
            let parts = [rows] + readers.dropFirst().map { _ in makePart() }
            // Nothing is kept of a batch but its groups, so that all can be worked on without a pause.
            while try workers.consumeWave(
                atMost: .max,
                { batch, number, worker in try readers[worker].read(batch) { try parts[worker].take($0, number: number) } })
            {}
            for part in parts.dropFirst() { try rows.merge(part) }
            if parts.count > 1, !keys.isEmpty { context.evaluator.note("the groups of \(parts.count) workers merged") }
        } else {
            let reader = reader(context)
            while let batch = try input.next() {
                try context.cancellation.check()
                try reader.read(batch) { try rows.take($0, number: workers?.batchesTaken ?? 0) }
            }
        }
        if let strategy = rows.groups.strategy { context.evaluator.note(strategy) }
        return try rows.finish()
    }
}

extension Summarize {
    /// Groups that are numbered as the records that they belong to, where that takes less time than looking for them in a table.
    private func placedGroups(_ first: [[EvaluatedRows]]) -> PlacedGroups? {
        guard keys.count == 1, case .record(let entity) = context.evaluator.graph[keys[0].value].type else { return nil }
        let rowCount = first.joined().reduce(0) { $0 + $1.count }
        let expectedRows = workers?.expectedResults(after: rowCount) ?? max(rowCount, input.expectedRows ?? 0)
        let domain = context.store.schema[entity].rowCount
        // They take a fraction of the memory of a table, so that up to eight times as many do not have to be shared out.
        guard domain / 8 < context.options.sharedGroupMinimum, PlacedGroups.pays(domain: domain, expectedRows: expectedRows)
        else { return nil }
        return PlacedGroups(entity, domain: domain)
    }

    private func makeTable(expectedRows: Int, expectedGroups: Int = 0) -> GroupedRows<RowGrouper> {
        let types = keys.map { context.evaluator.graph[$0.value].type }
        let grouper = RowGrouper(types, in: context.store.schema, expectedRows: expectedRows, expectedGroups: expectedGroups)
        return GroupedRows(grouper, aggregates, context: context)
    }

    private func groupedByTables(_ first: [[EvaluatedRows]]) throws -> GroupedColumns {
        let expectedRows = input.expectedRows ?? 0
        let minimum = context.options.sharedGroupMinimum
        let makePart = { self.makeTable(expectedRows: expectedRows) }
        guard let workers, workers.hasHelp, expectedRows >= minimum else {
            let rows = makePart()
            try take(first, into: rows)
            return try collected(into: rows, makePart: makePart)
        }
        // A table that has a place for every combination of keys may be large, and not be needed: where many rows are to come, a small one
        // foretells how many groups there will be.
        let rowCount = first.joined().reduce(0) { $0 + $1.count }
        var rows = makeTable(expectedRows: rowCount)
        try take(first, into: rows)
        let foretold = Int(Double(rows.groups.groupCount) / Double(max(1, rowCount)) * Double(expectedRows))
        let groups = min(foretold, rows.groups.combinationCount ?? .max)
        if groups < minimum {
            if !rows.groups.hasLargestTable {
                rows = makePart()
                try take(first, into: rows)
            }
        } else if let shared = sharedGroups(first, expectedRows: expectedRows, expectedGroups: groups) {
            try shared.collectAll(first: first, from: workers, readers: workers.contexts.map(reader))
            context.evaluator.note(shared.strategy)
            return try shared.finish()
        }
        return try collected(into: rows, makePart: makePart)
    }

    private func sharedGroups(_ first: [[EvaluatedRows]], expectedRows: Int, expectedGroups: Int) -> SharedGroups? {
        let makeShare = {
            self.makeTable(
                expectedRows: expectedRows / RowShares.count, expectedGroups: min(expectedGroups / RowShares.count, 1 << 16))
        }
        return SharedGroups(first: first, makeRows: makeShare, context: context)
    }
}
