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
final class Summarize: CollectingOperator {
    private let keys: [(slot: SlotID, value: NodeID)]
    private var grouper: RowGrouper
    private var states: [RowAggregator]
    private let slots: [SlotID]

    init(
        keys: [(slot: SlotID, value: NodeID)], aggregates: [AggregatePlan], input: any RowOperator, context: ExecutionContext
    ) {
        self.keys = keys
        grouper = RowGrouper(keys.map { context.evaluator.graph[$0.value].type })
        states = aggregates.map { RowAggregator($0, evaluator: context.evaluator) }
        slots = aggregates.map(\.slot)
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws {
        let evaluator = context.evaluator
        let frame = evaluator.frame(of: batch)
        let columns = try keys.map { try evaluator.vector($0.value, in: frame) }
        // Everything that may fail comes before anything is taken in, since a batch that fails is tried again in parts.
        let arguments = try states.map { try $0.arguments(in: frame) }
        let assigned = grouper.assign(columns, count: batch.count)
        if assigned.firsts.count > 0 { try context.checkRows(grouper.groupCount) }
        for index in states.indices {
            states[index].update(arguments[index], groups: assigned.groups, groupCount: grouper.groupCount)
        }
    }

    override func finish() throws -> any RowOperator {
        var slots: [SlotID: Evaluated] = [:]
        for (key, values) in zip(keys, grouper.keys()) { slots[key.slot] = .vector(values) }
        for index in states.indices {
            slots[self.slots[index]] = .vector(states[index].finish(groupCount: grouper.groupCount))
        }
        return KeptRows(Batch(count: grouper.groupCount, slots: slots), context: context)
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

    func finish(groupCount: Int) -> Vector { aggregator.finish(groupCount: groupCount) }
}

extension AggregateKind {
    /// Whether the same values in another order give something else.
    fileprivate var dependsOnOrder: Bool {
        switch self {
        case .list, .join, .first, .last: true
        default: false
        }
    }
}
