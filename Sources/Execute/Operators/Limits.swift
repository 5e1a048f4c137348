/// The first rows. Once it has them, nothing before it is asked again.
final class Take: RowOperator {
    private let input: any RowOperator
    private let context: ExecutionContext
    private var left: Int
    private var hasAsked = false

    init(_ count: Int, input: any RowOperator, context: ExecutionContext) {
        self.input = input
        self.context = context
        left = max(0, count)
    }

    func next() throws -> Batch? {
        // `take 0` asks once too, because a pivot before it knows its columns only then.
        defer { hasAsked = true }
        guard left > 0 || !hasAsked, let batch = try input.next() else { return nil }
        let taken = min(left, batch.count)
        left -= taken
        return context.evaluator.part(batch, 0..<taken)
    }
}

/// All rows but the first.
final class Skip: RowOperator {
    private let input: any RowOperator
    private let context: ExecutionContext
    private var left: Int

    init(_ count: Int, input: any RowOperator, context: ExecutionContext) {
        self.input = input
        self.context = context
        left = max(0, count)
    }

    func next() throws -> Batch? {
        while let batch = try input.next() {
            let skipped = min(left, batch.count)
            left -= skipped
            if skipped < batch.count { return context.evaluator.part(batch, skipped..<batch.count) }
        }
        return nil
    }
}
