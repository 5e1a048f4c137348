import Columns
import Resolve
import Types

/// Makes of each row one for every record that it is combined with: a further variable of `for`.
class RowExpander: BatchOperator {
    private let slot: SlotID
    private let live: LiveSlots
    /// Rows are taken so many at a time that what they combine to is a batch or so.
    private var step = 64

    init(slot: SlotID, live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        self.slot = slot
        self.live = live
        super.init(input: input, context: context)
    }

    /// The records that rows are combined with, in order, and beside each its row.
    func records(of part: Batch) throws -> (entity: EntityID, rows: Buffer<Int32>, parents: Buffer<Int32>) {
        preconditionFailure("an operator that expands says what to")
    }

    final override func process(_ batch: Batch, emit: (Batch) -> Void) throws {
        let evaluator = context.evaluator
        let outerLimit = evaluator.elementLimit
        evaluator.elementLimit = min(outerLimit, max(context.options.batchSize * 4, 1024))
        defer { evaluator.elementLimit = outerLimit }
        var position = 0
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
                step = min(step * 2, context.options.batchSize)
            } else if made > context.options.batchSize * 2 {
                step = max(1, step / 2)
            }
        }
    }

    private func combinations(of part: Batch) throws -> Batch {
        let records = try records(of: part)
        let rows = context.evaluator.picked(part.keeping(live), at: records.parents)
        var slots = rows.slots
        if live.contains(slot) { slots[slot] = .vector(context.evaluator.record(records.entity, records.rows)) }
        return Batch(count: records.rows.count, slots: slots)
    }
}

/// A row for every record of the set that a row has. A set that depends on no row is combined with every row.
final class Combinations: RowExpander {
    private let set: NodeID

    init(slot: SlotID, set: NodeID, live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        self.set = set
        super.init(slot: slot, live: live, input: input, context: context)
    }

    override func records(of part: Batch) throws -> (entity: EntityID, rows: Buffer<Int32>, parents: Buffer<Int32>) {
        let evaluator = context.evaluator
        let records = evaluator.ordered(try evaluator.recordSet(set, in: evaluator.frame(of: part)))
        return (records.entity, records.rows.buffer, records.membership.parents)
    }
}
