import Columns

/// What `summarize` has seen of some rows: the groups that they form and the aggregates of each. Several workers have one each, which
/// are merged in the end.
final class GroupedRows {
    private let keys: [NodeID]
    let evaluator: Evaluator
    private let context: ExecutionContext
    private var grouper: RowGrouper
    private(set) var states: [RowAggregator]
    private var order = GroupOrder()
    private var hasPlainKeys = true

    init(keys: [NodeID], aggregates: [AggregatePlan], context: ExecutionContext, expectedRows: Int) {
        self.keys = keys
        self.context = context
        evaluator = context.evaluator
        let types = keys.map { context.evaluator.graph[$0].type }
        grouper = RowGrouper(types, in: context.store.schema, expectedRows: expectedRows)
        states = aggregates.map { RowAggregator($0, evaluator: context.evaluator) }
    }

    var groupCount: Int { grouper.groupCount }

    /// Whether rows may be shared out: no aggregate depends on which came first, and equal keys look alike.
    var canMerge: Bool { hasPlainKeys && states.allSatisfy(\.canMerge) }

    /// Takes in rows of the batch with this number; all of a batch one after another.
    func collect(_ batch: Batch, number: Int) throws {
        let frame = evaluator.frame(of: batch)
        let columns = try keys.map { try evaluator.vector($0, in: frame) }
        // Everything that may fail comes before anything is taken in, since a batch that fails is tried again in parts.
        let arguments = try states.map { try $0.arguments(in: frame) }
        hasPlainKeys = hasPlainKeys && columns.allSatisfy(\.looksAlikeWhereEqual)
        let assigned = grouper.assign(columns, count: batch.count)
        if assigned.firsts.count > 0 { try context.checkRows(grouper.groupCount) }
        order.note(assigned.firsts, batch: number, rowCount: batch.count)
        for index in states.indices {
            states[index].update(arguments[index], groups: assigned.groups, groupCount: grouper.groupCount)
        }
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
    func finish() -> (keys: [Vector], aggregates: [Vector], groupCount: Int) {
        var keys = grouper.keys()
        var values = states.map { $0.finish(groupCount: groupCount) }
        if let order = order.permutation {
            keys = keys.map { $0.gathered(order) }
            values = values.map { $0.gathered(order) }
        }
        return (keys, values, groupCount)
    }
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
