import Columns
import Resolve
import Types

/// Rows that agree in some columns become one, the first.
final class Distinct: BatchOperator {
    private let keys: [SlotID]
    private let live: LiveSlots
    private var grouper: RowGrouper

    init(_ keys: [(slot: SlotID, type: ValueType)], live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        self.keys = keys.map(\.slot)
        self.live = live
        grouper = RowGrouper(keys.map(\.type), in: context.store.schema)
        super.init(input: input, context: context)
    }

    override func process(_ batch: Batch, emit: (Batch) -> Void) throws {
        let evaluator = context.evaluator
        let columns = keys.map { evaluator.vector(batch.slots[$0] ?? .constant(.none), count: batch.count) }
        let assigned = grouper.assign(columns, count: batch.count)
        if assigned.firsts.count > 0 { emit(evaluator.picked(batch.keeping(live), at: assigned.firsts)) }
    }
}
