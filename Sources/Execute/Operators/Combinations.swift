import Columns
import Resolve

/// A row for every record of the set that a row has: the further variables of `for`. A set that depends on no row is combined with every
/// row.
final class Combinations: BatchOperator {
    private let slot: SlotID
    private let set: NodeID
    private let live: LiveSlots

    init(slot: SlotID, set: NodeID, live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        self.slot = slot
        self.set = set
        self.live = live
        super.init(input: input, context: context)
    }

    override func process(_ batch: Batch, emit: (Batch) -> Void) throws {
        let evaluator = context.evaluator
        let outerLimit = evaluator.elementLimit
        evaluator.elementLimit = min(outerLimit, max(context.options.batchSize * 4, 1024))
        defer { evaluator.elementLimit = outerLimit }
        // Rows are taken few at a time, so that what they combine to stays a batch or so.
        var position = 0
        var step = min(batch.count, 64)
        while position < batch.count {
            try context.cancellation.check()
            let end = min(batch.count, position + step)
            var made = 0
            try evaluator.inParts(evaluator.part(batch, position..<end)) { part in
                let combined = try combinations(of: part)
                made += combined.count
                if combined.count > 0 { emit(combined) }
            }
            position = end
            if made < context.options.batchSize / 2 {
                step *= 2
            } else if made > context.options.batchSize * 2 {
                step = max(1, step / 2)
            }
        }
    }

    private func combinations(of part: Batch) throws -> Batch {
        let evaluator = context.evaluator
        let records = evaluator.ordered(try evaluator.recordSet(set, in: evaluator.frame(of: part)))
        let rows = evaluator.picked(part.keeping(live), at: records.membership.parents)
        var slots = rows.slots
        if live.contains(slot) {
            slots[slot] = .vector(evaluator.record(records.entity, records.rows.buffer))
        }
        return Batch(count: records.rows.count, slots: slots)
    }
}
