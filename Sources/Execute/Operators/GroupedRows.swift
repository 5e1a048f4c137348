import Columns

/// What `summarize` has seen of some rows: the groups that they form and the aggregates of each. Several workers have one each, which
/// are merged in the end.
final class GroupedRows {
    private let keys: [NodeID]
    let evaluator: Evaluator
    private let context: ExecutionContext
    private var grouper: RowGrouper
    private(set) var states: [RowAggregator]
    /// Where each group came up first: the number of the batch, and the row in it.
    private var firstPlaces: [Int64] = []
    /// How many rows of the batch at hand came before.
    private var batchNumber = -1
    private var rowsOfBatch = 0
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
        notePlaces(assigned.firsts, number: number, rowCount: batch.count)
        for index in states.indices {
            states[index].update(arguments[index], groups: assigned.groups, groupCount: grouper.groupCount)
        }
    }

    private func notePlaces(_ firsts: Buffer<Int32>, number: Int, rowCount: Int) {
        if number != batchNumber { rowsOfBatch = 0 }
        batchNumber = number
        let base = Int64(number) << 32 + Int64(rowsOfBatch)
        for row in firsts.pointer { firstPlaces.append(base + Int64(row)) }
        rowsOfBatch += rowCount
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
            firstPlaces = Self.earlier(firstPlaces, other.firstPlaces, groups)
        }
        try context.checkRows(grouper.groupCount)
        for index in states.indices {
            states[index].merge(other.states[index], groups: groups, groupCount: grouper.groupCount)
        }
    }

    /// The first places of groups, of which some were seen by another worker too, or only by it.
    private static func earlier(_ own: [Int64], _ others: [Int64], _ groups: Buffer<Int32>) -> [Int64] {
        var places = own
        let fresh = Int(groups.pointer.max() ?? -1) + 1 - places.count
        if fresh > 0 { places.append(contentsOf: repeatElement(.max, count: fresh)) }
        for group in others.indices {
            let place = Int(groups.base[group])
            places[place] = min(places[place], others[group])
        }
        return places
    }

    /// The keys and the aggregates, a row a group, in the order in which the groups first appeared.
    func finish() -> (keys: [Vector], aggregates: [Vector], groupCount: Int) {
        var keys = grouper.keys()
        var values = states.map { $0.finish(groupCount: groupCount) }
        if zip(firstPlaces, firstPlaces.dropFirst()).contains(where: { $0 > $1 }) {
            let places = Vector(count: firstPlaces.count, .decimal(.int64(Buffer(firstPlaces)), scale: 0))
            let order = sortedRows([(values: places, descending: false)], count: places.count)
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
