/// Counts the rows and the time of an operator. Time is taken once a batch, which costs nothing beside the work on one.
final class Measured: RowOperator {
    private let inner: any RowOperator
    private(set) var rows = 0
    /// Time in the operator and all before it.
    private(set) var duration: Swift.Duration = .zero
    private let clock = ContinuousClock()

    init(_ inner: any RowOperator) { self.inner = inner }

    var expectedRows: Int? { inner.expectedRows }

    func next() throws -> Batch? {
        let start = clock.now
        defer { duration += clock.now - start }
        let batch = try inner.next()
        rows += batch?.count ?? 0
        return batch
    }

    var nanoseconds: UInt64 { Execute.nanoseconds(duration) }
}

/// A length of time as a number.
func nanoseconds(_ duration: Swift.Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
}
