import Columns

/// What the keys and the arguments of the aggregates are for some rows.
struct EvaluatedRows {
    let count: Int
    let keys: [Vector]
    let arguments: [AggregateArguments]
}

/// Evaluates what `summarize` needs of each row; every worker has its own.
struct RowReader {
    private let keys: [NodeID]
    private let aggregates: [AggregatePlan]
    private let evaluator: Evaluator

    init(keys: [NodeID], aggregates: [AggregatePlan], evaluator: Evaluator) {
        self.keys = keys
        self.aggregates = aggregates
        self.evaluator = evaluator
    }

    /// Gives a batch to `body`, in one part or several. What may fail for want of room comes before `body`, since a batch that fails is
    /// tried again in parts.
    func read(_ batch: Batch, _ body: (EvaluatedRows) throws -> Void) throws {
        if batch.count == 0 { return }
        try evaluator.inParts(batch) { part in
            let frame = evaluator.frame(of: part)
            let rows = EvaluatedRows(
                count: part.count, keys: try keys.map { try evaluator.vector($0, in: frame) },
                arguments: try aggregates.map { try $0.arguments(in: frame, evaluator) })
            try body(rows)
        }
    }
}
