/// How questions are executed. No choice changes an answer.
public struct ExecutionOptions: Sendable {
    /// How many rows run through the operators at a time.
    public var batchSize: Int
    /// How many threads may share the work.
    public var threads: Int
    /// Nanoseconds of work from which on other threads are called upon.
    public var parallelMinimum: UInt64
    /// From how many expected groups on rows are shared out by their keys rather than groups merged; fewer fit into a cache in one piece. Of
    /// groups that are numbered as records it takes eight times as many.
    public var sharedGroupMinimum: Int
    /// Whether a value that depends on one record only is computed once for all records of the entity, where many rows need it.
    public var derivesWholeEntities: Bool
    /// How many rows may be kept at once; a question that combines everything with everything should end with a message, not by
    /// taking all memory.
    public var rowLimit: Int
    /// How many elements the sets of a batch may have together before the batch is worked on in parts.
    public var elementLimit: Int

    public init(
        batchSize: Int = 16_384, threads: Int = 1, parallelMinimum: UInt64 = 200_000, sharedGroupMinimum: Int = 1 << 18,
        derivesWholeEntities: Bool = true, rowLimit: Int = 200_000_000, elementLimit: Int = 1 << 26
    ) {
        self.batchSize = max(1, batchSize)
        self.threads = max(1, threads)
        self.parallelMinimum = parallelMinimum
        self.sharedGroupMinimum = sharedGroupMinimum
        self.derivesWholeEntities = derivesWholeEntities
        self.rowLimit = min(rowLimit, Int(Int32.max))
        self.elementLimit = min(elementLimit, Int(Int32.max))
    }
}

/// Whether the person has asked to stop. Asked at least once a batch, so it has to be cheap: a signal handler sets an atomic flag, and
/// this reads it.
public struct Cancellation: Sendable {
    private let request: @Sendable () -> Bool
    public init(_ isRequested: @escaping @Sendable () -> Bool) { request = isRequested }

    public static let never = Cancellation { false }

    var isRequested: Bool { request() }

    /// Throws `ExecuteError.interrupted` where the person has asked to stop.
    func check() throws(ExecuteError) {
        if isRequested { throw .interrupted }
    }
}
