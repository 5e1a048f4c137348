import Columns

/// What `summarize` has seen of some rows: the groups that they form and the aggregates of each. Several workers have one each, which
/// are merged in the end.
final class GroupedRows<Groups: RowGroups> {
    private(set) var groups: Groups
    private var states: [RowAggregator]
    private(set) var order: GroupOrder
    private var hasPlainKeys = true
    private let context: ExecutionContext

    init(_ groups: Groups, _ aggregates: [AggregatePlan], context: ExecutionContext) {
        self.groups = groups
        self.context = context
        states = aggregates.map { RowAggregator($0) }
        order = GroupOrder(numbersInOrder: Groups.numbersInOrder, expectedGroups: groups.numberCount)
    }

    /// Whether rows may be shared out: no aggregate depends on which came first, and equal keys look alike.
    var canMerge: Bool { hasPlainKeys && states.allSatisfy(\.canMerge) }

    /// Takes in rows of the batch with this number; all of a batch one after another.
    func take(_ rows: EvaluatedRows, number: Int) throws {
        if take(rows, number: number, rowCount: rows.count, at: nil) { try context.checkRows(groups.groupCount) }
    }

    /// Takes in some of the `rowCount` rows of a batch, or of the next part of one: those at some places, all where none are given. Tells
    /// whether there are more groups now.
    @discardableResult
    func take(_ rows: EvaluatedRows, number: Int, rowCount: Int, at places: Buffer<Int32>?) -> Bool {
        hasPlainKeys = hasPlainKeys && rows.keys.allSatisfy(\.looksAlikeWhereEqual)
        let assigned = groups.assign(rows.keys, count: rows.count)
        let begun = Groups.numbersInOrder ? nil : assigned.firsts.composed(with: assigned.groups)
        order.note(places.map(assigned.firsts.composed(with:)) ?? assigned.firsts, of: begun, batch: number, rowCount: rowCount)
        for index in states.indices {
            states[index].update(rows.arguments[index], groups: assigned.groups, groupCount: groups.numberCount)
        }
        return assigned.firsts.count > 0
    }

    /// Takes in what another worker has seen.
    func merge(_ other: GroupedRows) throws {
        guard canMerge, other.canMerge else { throw NeedsOrder() }
        if other.groups.groupCount == 0 { return }
        let numbers = groups.merge(other.groups)
        order.merge(other.order, numbers: numbers, groupCount: groups.numberCount)
        try context.checkRows(groups.groupCount)
        for index in states.indices {
            states[index].merge(other.states[index], groups: numbers, groupCount: groups.numberCount)
        }
    }

    /// The keys and the aggregates, a row a group, in the order in which the groups first appeared.
    func finish() throws -> GroupedColumns {
        let order = order.permutation
        // Lists of millions of values take a moment each.
        let aggregates = try states.map { state in
            try context.cancellation.check()
            let values = state.finish(groupCount: groups.numberCount)
            return order.map { values.gathered($0) } ?? values
        }
        return GroupedColumns(keys: groups.keys(of: order), aggregates: aggregates, groupCount: groups.groupCount)
    }
}

/// What grouped rows became, a row a group.
struct GroupedColumns {
    let keys: [Vector]
    let aggregates: [Vector]
    let groupCount: Int
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
