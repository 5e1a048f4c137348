import Columns

/// What `summarize` has seen of some rows: the groups that they form and the aggregates of each. Several workers have one each, which
/// are merged in the end.
final class GroupedRows {
    private let keys: [NodeID]
    let evaluator: Evaluator
    private let context: ExecutionContext
    private var grouper: RowGrouper
    private(set) var states: [RowAggregator]
    private(set) var order = GroupOrder()
    private var hasPlainKeys = true

    init(keys: [NodeID], aggregates: [AggregatePlan], context: ExecutionContext, expectedRows: Int, expectedGroups: Int = 0) {
        self.keys = keys
        self.context = context
        evaluator = context.evaluator
        let types = keys.map { context.evaluator.graph[$0].type }
        grouper = RowGrouper(types, in: context.store.schema, expectedRows: expectedRows, expectedGroups: expectedGroups)
        states = aggregates.map { RowAggregator($0, evaluator: context.evaluator) }
    }

    var groupCount: Int { grouper.groupCount }
    /// How many groups there can be with the keys so far, where that is known.
    var combinationCount: Int? { grouper.combinationCount }

    /// Whether no other table would be made for the keys so far if more rows were expected.
    var hasLargestTable: Bool { grouper.hasLargestTable }

    /// How groups were found, in plain words.
    var strategy: String? { grouper.strategy }

    /// Whether rows may be shared out: no aggregate depends on which came first, and equal keys look alike.
    var canMerge: Bool { hasPlainKeys && states.allSatisfy(\.canMerge) }

    /// What the terms give for a batch's rows.
    func evaluated(_ batch: Batch) throws -> EvaluatedRows {
        let frame = evaluator.frame(of: batch)
        return EvaluatedRows(
            count: batch.count, keys: try keys.map { try evaluator.vector($0, in: frame) },
            arguments: try states.map { try $0.arguments(in: frame) })
    }

    /// Takes in rows of the batch with this number; all of a batch one after another.
    func collect(_ batch: Batch, number: Int) throws {
        // Everything that may fail comes before anything is taken in, since a batch that fails is tried again in parts.
        let rows = try evaluated(batch)
        if try take(rows, number: number, rowCount: rows.count, at: nil) { try context.checkRows(grouper.groupCount) }
    }

    /// Takes in some of the `rowCount` rows of a batch, or of the next part of one: those at some places, all where none are given. Tells
    /// whether there are more groups now.
    @discardableResult
    func take(_ rows: EvaluatedRows, number: Int, rowCount: Int, at places: Buffer<Int32>?) throws -> Bool {
        hasPlainKeys = hasPlainKeys && rows.keys.allSatisfy(\.looksAlikeWhereEqual)
        let assigned = grouper.assign(rows.keys, count: rows.count)
        order.note(places.map(assigned.firsts.composed(with:)) ?? assigned.firsts, batch: number, rowCount: rowCount)
        for index in states.indices {
            states[index].update(rows.arguments[index], groups: assigned.groups, groupCount: grouper.groupCount)
        }
        return assigned.firsts.count > 0
    }

    /// Takes in what another worker has seen.
    func merge(_ other: GroupedRows) throws {
        guard canMerge, other.canMerge else { throw NeedsOrder() }
        let count = other.groupCount
        let groups: Buffer<Int32>
        if keys.isEmpty {
            groups = Buffer([0])
        } else {
            if count == 0 { return }
            let assigned = grouper.assign(other.grouper.keys(), count: count)
            groups = assigned.groups
            order.merge(other.order, numbers: groups, groupCount: grouper.groupCount)
        }
        try context.checkRows(grouper.groupCount)
        for index in states.indices {
            states[index].merge(other.states[index], groups: groups, groupCount: grouper.groupCount)
        }
    }

    /// The keys and the aggregates, a row a group, in the order in which the groups first appeared.
    func finish() throws -> GroupedColumns {
        var keys = grouper.keys()
        // Lists of millions of values take a moment each.
        var values = try states.map { state in
            try context.cancellation.check()
            return state.finish(groupCount: groupCount)
        }
        if let order = order.permutation {
            keys = keys.map { $0.gathered(order) }
            values = values.map { $0.gathered(order) }
        }
        return GroupedColumns(keys: keys, aggregates: values, groupCount: groupCount)
    }
}

/// What grouped rows became, a row a group.
struct GroupedColumns {
    let keys: [Vector]
    let aggregates: [Vector]
    let groupCount: Int
}

/// What the keys and the arguments of the aggregates are for some rows.
struct EvaluatedRows {
    let count: Int
    let keys: [Vector]
    let arguments: [RowAggregator.Arguments]
}

/// Rows cannot be shared out after all: something that depends on their order came up while they were. The question is then answered
/// anew on one thread.
struct NeedsOrder: Error {}

extension Vector {
    /// Whether equal values look the same, so that any of them can stand for its group. Durations of one length may be written in two
    /// ways, and doubles have two zeros.
    fileprivate var looksAlikeWhereEqual: Bool {
        switch storage {
        case .duration, .double, .set, .list, .table: false
        default: true
        }
    }
}
