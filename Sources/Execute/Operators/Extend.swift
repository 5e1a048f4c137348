import Columns
import Resolve

/// Adds columns. A later one may read an earlier one.
final class Extend: BatchOperator {
    private let columns: [(slot: SlotID, value: NodeID)]
    private let live: LiveSlots

    init(_ columns: [(slot: SlotID, value: NodeID)], live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        self.columns = columns
        self.live = live
        super.init(input: input, context: context)
    }

    override func process(_ batch: Batch, emit: (Batch) -> Void) throws {
        try context.evaluator.inParts(batch) { part in
            let frame = context.evaluator.frame(of: part)
            for column in columns {
                frame.slots[column.slot] = try context.evaluator.evaluate(column.value, in: frame)
            }
            emit(Batch(count: part.count, slots: frame.slots).keeping(live))
        }
    }
}
