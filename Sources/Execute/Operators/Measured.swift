/// Counts the rows and the time of an operator, and has what it chooses noted under its name. Time is taken once a batch, which costs nothing
/// beside the work on one.
final class Measured: RowOperator {
    private let inner: any RowOperator
    private let context: ExecutionContext
    private let log: StrategyLog?
    private(set) var rows = 0
    /// Time in the operator and all before it.
    private(set) var duration: Swift.Duration = .zero
    private let clock = ContinuousClock()

    /// Sources do much of their work when they are made, which counts as theirs.
    init(_ context: ExecutionContext, _ make: () throws -> any RowOperator) rethrows {
        self.context = context
        let log = context.notesStrategies ? StrategyLog() : nil
        let evaluator = context.evaluator
        let outer = evaluator.strategies
        evaluator.strategies = log
        defer { evaluator.strategies = outer }
        let start = ContinuousClock.now
        inner = try make()
        duration = ContinuousClock.now - start
        self.log = log
    }

    var expectedRows: Int? { inner.expectedRows }

    func next() throws -> Batch? {
        let start = clock.now
        // The operators before this one are asked for rows from within it, and note what they do under their own names.
        let outer = context.evaluator.strategies
        context.evaluator.strategies = log
        defer {
            context.evaluator.strategies = outer
            duration += clock.now - start
        }
        let batch = try inner.next()
        rows += batch?.count ?? 0
        return batch
    }

    var nanoseconds: UInt64 { Execute.nanoseconds(duration) }
    var strategies: [String] { log?.lines ?? [] }
}

/// A length of time as a number.
func nanoseconds(_ duration: Swift.Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
}
