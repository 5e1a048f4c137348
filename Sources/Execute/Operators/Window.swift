import Columns
import Resolve
import Types

/// A window value whose terms are nodes.
struct WindowPlan {
    enum Kind {
        case aggregate(AggregatePlan)
        case rank
        case runningSum(NodeID)
        case previous(NodeID)
    }
    let slot: SlotID
    let kind: Kind
    let partition: [NodeID]
    let order: [NodeID]
}

/// Adds values that are computed from the rows sharing a key, or from the rows so far.
final class Window: CollectingOperator {
    private var rows = RowCollector()
    private var states: [WindowState]
    private let live: LiveSlots

    init(_ calls: [WindowPlan], live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        states = calls.map { WindowState($0, evaluator: context.evaluator) }
        self.live = live
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws {
        let frame = context.evaluator.frame(of: batch)
        let inputs = try states.map { try $0.input(in: frame) }
        try rows.append(batch.keeping(live), context: context)
        for index in states.indices { states[index].take(inputs[index], count: batch.count) }
    }

    override func finish() throws -> any RowOperator {
        var all = rows.finish(context)
        for index in states.indices { all.slots[states[index].plan.slot] = .vector(states[index].finish()) }
        return KeptRows(all, context: context)
    }
}

/// What a window value has seen so far.
private struct WindowState {
    struct Input {
        var partition: [Vector]
        var order: [Vector] = []
        var value: Vector?
        var arguments: AggregateArguments?
    }

    let plan: WindowPlan
    private let evaluator: Evaluator
    private var partitions: RowGrouper
    private var aggregator: RowAggregator?
    /// For each row its partition, the values of the order, and the values, piece by piece.
    private var partitionPieces: [Buffer<Int32>] = []
    private var orderPieces: [[Vector]]
    private var valuePieces: [Vector] = []

    init(_ plan: WindowPlan, evaluator: Evaluator) {
        self.plan = plan
        self.evaluator = evaluator
        partitions = RowGrouper(plan.partition.map { evaluator.graph[$0].type }, in: evaluator.store.schema)
        orderPieces = plan.order.map { _ in [] }
        if case .aggregate(let aggregate) = plan.kind { aggregator = RowAggregator(aggregate) }
    }

    /// What the terms give for the rows of a frame.
    func input(in frame: Frame) throws -> Input {
        var input = Input(partition: try plan.partition.map { try evaluator.vector($0, in: frame) })
        switch plan.kind {
        case .aggregate(let aggregate): input.arguments = try aggregate.arguments(in: frame, evaluator)
        case .rank: input.order = try plan.order.map { try evaluator.vector($0, in: frame) }
        case .runningSum(let value), .previous(let value): input.value = try evaluator.vector(value, in: frame)
        }
        return input
    }

    mutating func take(_ input: Input, count: Int) {
        let groups = partitions.assign(input.partition, count: count).groups
        partitionPieces.append(groups)
        if let arguments = input.arguments {
            aggregator?.update(arguments, groups: groups, groupCount: partitions.groupCount)
        }
        for index in input.order.indices { orderPieces[index].append(input.order[index]) }
        if let value = input.value { valuePieces.append(value) }
    }

    /// The value of each row.
    func finish() -> Vector {
        let partition = Buffer(partitionPieces.flatMap { $0.pointer })
        let groupCount = partitions.groupCount
        let values = Vector.joined(valuePieces)
        switch plan.kind {
        case .aggregate(let aggregate):
            let results = aggregator?.finish(groupCount: groupCount)
            return results?.gathered(partition) ?? .concatenated([], type: aggregate.type)
        case .rank: return rank(orderPieces.map(Vector.joined), groups: partition, groupCount: groupCount)
        case .runningSum: return runningSum(values, groups: partition, groupCount: groupCount)
        case .previous: return values.gathered(previousRow(groups: partition, groupCount: groupCount))
        }
    }
}
