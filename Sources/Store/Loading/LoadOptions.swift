/// How far loading has come.
public struct LoadProgress: Sendable {
    /// The file at work, as given.
    public var path: String
    /// Bytes done and to be done, over all files.
    public var bytesDone: Int
    public var bytesTotal: Int
}

public struct LoadOptions: Sendable {
    /// How many threads share the work.
    public var threads: Int
    /// Called now and then while loading, from any of the threads, one call at a time.
    public var progress: (@Sendable (LoadProgress) -> Void)?
    /// Asked now and then; loading ends with `LoadError.cancelled` once it says yes.
    public var isCancelled: (@Sendable () -> Bool)?
    /// How many bytes of a file are worked on at a time. Tests make it tiny, so that every value crosses a border somewhere.
    package var chunkSize = 512 << 10
    /// A quoted value longer than this counts as never closed, so that one stray quote cannot swallow a whole file.
    var longestQuoted = 16 << 20

    public init(
        threads: Int = 2, progress: (@Sendable (LoadProgress) -> Void)? = nil, isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.threads = max(1, threads)
        self.progress = progress
        self.isCancelled = isCancelled
    }
}

/// What was read.
public struct LoadedSources: Sendable {
    public var tables: [LoadedTable]
    public var problems: [DataProblem]
    /// A `schema.crmq` that lies in a loaded folder.
    public var schemaText: (path: String, text: String)?

    public init(tables: [LoadedTable] = [], problems: [DataProblem] = [], schemaText: (path: String, text: String)? = nil) {
        self.tables = tables
        self.problems = problems
        self.schemaText = schemaText
    }
}
