import Columns
import Resolve
import Types

/// An aggregate whose terms are nodes.
struct AggregatePlan {
    let slot: SlotID
    let kind: AggregateKind
    let argument: NodeID?
    let condition: NodeID?
    /// The type of what is aggregated: of an element, where the argument is a set or a list.
    let type: ValueType
    /// Whether the argument's sets are united over the rows of a group.
    let unites: Bool
}

/// One row a group, in the order of first appearance; one row in all where there are no keys.
///
/// Where several workers give the rows, each groups its own, and the groups are merged in the end; where there are very many groups, the
/// rows are shared out by their keys instead. If few groups have an aggregate that depends on the order of the rows, these come one after
/// another all the same.
final class Summarize: CollectingOperator {
    private let keys: [(slot: SlotID, value: NodeID)]
    private let aggregates: [AggregatePlan]
    private var rows: GroupedRows
    private let workers: ParallelRows?
    /// In place of `rows`, where there are very many groups.
    private var sharedGroups: SharedGroups?

    init(
        keys: [(slot: SlotID, value: NodeID)], aggregates: [AggregatePlan], input: any RowOperator, context: ExecutionContext
    ) {
        self.keys = keys
        self.aggregates = aggregates
        workers = input as? ParallelRows
        rows = GroupedRows(
            keys: keys.map(\.value), aggregates: aggregates, context: context, expectedRows: input.expectedRows ?? 0)
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws { try rows.collect(batch, number: workers?.batchesTaken ?? 0) }

    override func collectAll() throws {
        guard let workers else { return try super.collectAll() }
        // What the first rows are tells whether and how the others can be shared out.
        var first = try evaluatedWave(from: workers, by: [rows])
        guard workers.hasHelp else {
            for (number, parts) in first.enumerated() { try take(parts, number) }
            return try super.collectAll()
        }
        let expected = workers.expectedRows ?? 0
        var parts = [rows] + workers.contexts.dropFirst().map { makeRows($0, expectedRows: expected) }
        while first.allSatisfy(\.isEmpty) {
            let more = try evaluatedWave(from: workers, by: parts)
            if more.isEmpty { return }
            first += more
        }
        let groups = try takeFirst(first, expectedRows: expected)
        if groups >= context.options.sharedGroupMinimum {
            let makeShare = {
                self.makeRows(
                    self.context, expectedRows: expected / RowShares.count, expectedGroups: min(groups / RowShares.count, 1 << 16)
                )
            }
            sharedGroups = SharedGroups(first: first, makeRows: makeShare, context: context)
        }
        if let sharedGroups {
            try sharedGroups.collectAll(first: first, from: workers, readers: parts)
            return
        }
        parts[0] = rows
        guard rows.canMerge else { return try super.collectAll() }
        // Nothing is kept of a batch but its groups, so that all can be worked on without a pause.
        while try workers.consumeWave(atMost: .max, { batch, number, worker in try collect(batch, number, parts[worker]) }) {}
        for part in parts.dropFirst() { try rows.merge(part) }
        if parts.count > 1, !keys.isEmpty { context.evaluator.note("the groups of \(parts.count) workers merged") }
    }

    /// Takes in the first batches, and tells how many groups there will be. Where many rows are to come, it begins with a small table: one
    /// that has a place for every combination of keys may be large, and not be needed.
    private func takeFirst(_ batches: [[EvaluatedRows]], expectedRows: Int) throws -> Int {
        func takeAll() throws { for (number, parts) in batches.enumerated() { try take(parts, number) } }
        let rowCount = batches.joined().reduce(0) { $0 + $1.count }
        let mayBeShared = expectedRows >= context.options.sharedGroupMinimum
        if mayBeShared { rows = makeRows(context, expectedRows: rowCount) }
        try takeAll()
        let groups = expectedGroups(ofRows: rowCount, expectedRows: expectedRows)
        if mayBeShared, groups < context.options.sharedGroupMinimum, !rows.hasLargestTable {
            rows = makeRows(context, expectedRows: expectedRows)
            try takeAll()
        }
        return groups
    }

    /// What the terms give for the batches of a wave, each in one part or several; no batches where there are no more.
    private func evaluatedWave(from workers: ParallelRows, by readers: [GroupedRows]) throws -> [[EvaluatedRows]] {
        let start = workers.batchesTaken
        let batches = TaskResults<EvaluatedRows>(count: workers.waveSize)
        _ = try workers.consumeWave { batch, number, worker in
            let reader = readers[worker]
            try reader.evaluator.inParts(batch) { batches.append(try reader.evaluated($0), number - start) }
        }
        return (0..<workers.batchesTaken - start).map { batches[$0] }
    }

    private func take(_ parts: [EvaluatedRows], _ number: Int) throws {
        for part in parts { try rows.take(part, number: number, rowCount: part.count, at: nil) }
        try context.checkRows(rows.groupCount)
    }

    /// How many groups there will be, if the rows to come are like the first ones.
    private func expectedGroups(ofRows rowCount: Int, expectedRows: Int) -> Int {
        let foretold = Int(Double(rows.groupCount) / Double(max(1, rowCount)) * Double(expectedRows))
        return min(foretold, rows.combinationCount ?? .max)
    }

    private func makeRows(_ context: ExecutionContext, expectedRows: Int, expectedGroups: Int = 0) -> GroupedRows {
        GroupedRows(
            keys: keys.map(\.value), aggregates: aggregates, context: context, expectedRows: expectedRows,
            expectedGroups: expectedGroups)
    }

    private func collect(_ batch: Batch, _ number: Int, _ rows: GroupedRows) throws {
        if batch.count > 0 { try rows.evaluator.inParts(batch) { try rows.collect($0, number: number) } }
    }

    override func finish() throws -> any RowOperator {
        if let strategy = sharedGroups?.strategy ?? rows.strategy { context.evaluator.note(strategy) }
        let grouped = try sharedGroups?.finish() ?? rows.finish()
        var slots: [SlotID: Evaluated] = [:]
        for (key, values) in zip(keys, grouped.keys) { slots[key.slot] = .vector(values) }
        for (aggregate, values) in zip(aggregates, grouped.aggregates) { slots[aggregate.slot] = .vector(values) }
        return KeptRows(Batch(count: grouped.groupCount, slots: slots), context: context)
    }
}

/// What an aggregate over rows has seen so far.
struct RowAggregator {
    /// The values of some rows: of each row one, or of each row a list, whose elements say which row is theirs.
    struct Arguments {
        var values: Vector?
        /// The row of each value; none where each row has one value.
        var parents: Buffer<Int32>?
        /// The records that the values were computed for, where sets are united.
        var records: Buffer<Int32>?
    }

    private let plan: AggregatePlan
    private let evaluator: Evaluator
    private let aggregator: any Aggregator
    private var united = PairSet()

    init(_ plan: AggregatePlan, evaluator: Evaluator) {
        self.plan = plan
        self.evaluator = evaluator
        aggregator = makeAggregator(kind: plan.kind, type: plan.type)
    }

    /// What the terms give for the rows of a frame.
    func arguments(in frame: Frame) throws -> Arguments {
        guard let argument = plan.argument else {
            return try kept(Arguments(values: nil), frame)
        }
        guard plan.unites else { return try kept(Arguments(values: try evaluator.vector(argument, in: frame)), frame) }
        var list = try evaluator.valueList(argument, in: frame)
        // Row by row, each in the order of its set, so that the answer does not depend on how the rows are batched.
        if plan.kind.dependsOnOrder { list = evaluator.ordered(list) }
        let values = evaluator.vector(list.values, count: list.membership.elementCount)
        let records = list.records?.rows.buffer
        return try kept(Arguments(values: values, parents: list.membership.parents, records: records), frame)
    }

    /// Only the rows for which the condition holds.
    private func kept(_ arguments: Arguments, _ frame: Frame) throws -> Arguments {
        guard let condition = plan.condition else { return arguments }
        let holds = try evaluator.truth(condition, in: frame)
        if holds.isFull { return arguments }
        let chosen = arguments.parents.map { holds.contains($0).rows() } ?? holds.rows()
        return Arguments(
            values: arguments.values?.gathered(chosen), parents: arguments.parents?.picked(at: chosen) ?? chosen,
            records: arguments.records?.picked(at: chosen))
    }

    mutating func update(_ arguments: Arguments, groups: Buffer<Int32>, groupCount: Int) {
        var values = arguments.values
        var ownGroups = arguments.parents.map { $0.composed(with: groups) } ?? groups
        if let records = arguments.records {
            let new = united.insert(groups: ownGroups, records: records)
            values = values?.gathered(new)
            ownGroups = ownGroups.picked(at: new)
        } else if !ownGroups.isComplete {
            let present = ownGroups.presence().rows()
            values = values?.gathered(present)
            ownGroups = ownGroups.picked(at: present)
        }
        aggregator.update(values, groups: ownGroups, groupCount: groupCount)
    }

    /// Sets that are united know of each record only that it was there, not in which row first.
    var canMerge: Bool { !plan.unites && aggregator.canMerge }

    mutating func merge(_ other: RowAggregator, groups: Buffer<Int32>, groupCount: Int) {
        aggregator.merge(other.aggregator, groups: groups, groupCount: groupCount)
    }

    func finish(groupCount: Int) -> Vector { aggregator.finish(groupCount: groupCount) }
}

extension AggregateKind {
    /// Whether the same values in another order give something else.
    var dependsOnOrder: Bool {
        switch self {
        case .list, .join, .first, .last: true
        default: false
        }
    }
}
