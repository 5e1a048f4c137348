import Columns

/// Keeps the rows for which every condition holds. Each condition is tried on the rows that the ones before it left.
final class Filter: BatchOperator {
    private let conditions: [NodeID]
    private let live: LiveSlots

    init(_ conditions: [NodeID], live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        self.conditions = conditions
        self.live = live
        super.init(input: input, context: context)
    }

    override func process(_ batch: Batch, emit: (Batch) -> Void) throws {
        try context.evaluator.inParts(batch) { part in
            let kept = try filtered(part)
            if kept.count > 0 { emit(kept.keeping(live)) }
        }
    }

    private func filtered(_ batch: Batch) throws -> Batch {
        let evaluator = context.evaluator
        var rows = batch
        var frame = evaluator.frame(of: rows)
        for condition in conditions where rows.count > 0 {
            let holds = try evaluator.truth(condition, in: frame)
            if holds.isFull { continue }
            rows = evaluator.picked(rows, at: holds.rows())
            frame = evaluator.frame(of: rows)
        }
        return rows
    }
}
