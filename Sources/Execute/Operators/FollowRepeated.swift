import Columns
import Resolve
import Types

/// The records that lie some hops from the nearest of the rows' records, the nearest first, with their distance.
final class FollowRepeated: CollectingOperator {
    private let from: SlotID
    private let steps: Steps
    private let hops: Hops
    private let into: (record: SlotID, hops: SlotID)
    private let entity: EntityID
    private var starts: DistinctRows

    init(
        from: SlotID, steps: Steps, hops: Hops, into: (record: SlotID, hops: SlotID), input: any RowOperator,
        context: ExecutionContext
    ) {
        self.from = from
        self.steps = steps
        self.hops = hops
        self.into = into
        guard case .set(let entity) = context.evaluator.graph[steps.nodes[0]].type else {
            preconditionFailure("a step leads to records")
        }
        self.entity = entity
        starts = DistinctRows(domain: context.store.schema[entity].rowCount)
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws {
        starts.insert(context.evaluator.rows(batch.slots[from] ?? .constant(.none), count: batch.count).buffer)
    }

    override func finish() throws -> any RowOperator {
        let evaluator = context.evaluator
        let found = try evaluator.reached(from: starts.rows(), entity, steps, hops)
        try context.checkRows(found.rows.count)
        let slots: [SlotID: Evaluated] = [
            into.record: .vector(evaluator.record(entity, found.rows)), into.hops: .vector(evaluator.numbers(found.hops)),
        ]
        return KeptRows(Batch(count: found.rows.count, slots: slots), context: context)
    }
}
