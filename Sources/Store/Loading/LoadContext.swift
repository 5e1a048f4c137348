import Synchronization

/// What all loaders share: the options, how far things have come, and whether to go on.
final class LoadContext: Sendable {
    let options: LoadOptions
    let threads: Int
    private let bytesTotal: Int
    private let path: String
    private let state: Mutex<Int>
    private let parent: LoadContext?
    /// Whether what is done here was counted elsewhere.
    private let isSilent: Bool

    init(options: LoadOptions, bytesTotal: Int) {
        self.options = options
        self.bytesTotal = bytesTotal
        threads = options.threads
        path = ""
        state = Mutex(0)
        parent = nil
        isSilent = false
    }

    /// For one file, worked on by so many threads.
    private init(parent: LoadContext, path: String, threads: Int, isSilent: Bool = false) {
        self.isSilent = isSilent
        self.parent = parent
        self.path = path
        self.threads = threads
        options = parent.options
        bytesTotal = parent.bytesTotal
        state = Mutex(0)
    }

    func of(_ path: String, threads: Int) -> LoadContext { LoadContext(parent: self, path: path, threads: threads) }

    /// For work on bytes that were counted when they were unpacked.
    func silent() -> LoadContext { LoadContext(parent: parent ?? self, path: path, threads: threads, isSilent: true) }

    /// Throws once loading is to end.
    func check() throws(LoadError) {
        if let isCancelled = options.isCancelled, isCancelled() { throw .cancelled }
    }

    func advance(by byteCount: Int) {
        guard let progress = options.progress, !isSilent else { return }
        let root = parent ?? self
        root.state.withLock { done in
            done = min(done + byteCount, bytesTotal)
            progress(LoadProgress(path: path, bytesDone: done, bytesTotal: bytesTotal))
        }
    }

    /// How problems name a file.
    func origin(_ path: String) -> String { FileName.last(path) }
}

/// Taking paths apart.
enum FileName {
    static func last(_ path: String) -> String {
        var trimmed = Substring(path)
        while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
        return String(trimmed.split(separator: "/").last ?? trimmed)
    }

    /// The endings that name the kind, outermost first: `x.csv.gz` has `gz`, then `csv`.
    static func endings(_ name: String) -> [String] {
        var parts = name.split(separator: ".", omittingEmptySubsequences: false).map { $0.lowercased() }
        if parts.first?.isEmpty == true { parts.removeFirst() }
        return parts.dropFirst().reversed()
    }

    /// The name of the table that a file holds.
    static func table(_ name: String) -> String {
        var stem = Substring(last(name))
        var isFirst = true
        while let dot = stem.lastIndex(of: "."), dot != stem.startIndex {
            let ending = stem[stem.index(after: dot)...].lowercased()
            guard FileKind(ending: ending) != nil || (isFirst && ending == "gz") else { break }
            stem = stem[..<dot]
            isFirst = false
        }
        return String(stem)
    }
}

/// What a file's ending says it holds.
enum FileKind: Equatable {
    case delimited(prefersTab: Bool)
    case json
    case database

    init?(ending: String) {
        switch ending {
        case "csv", "txt": self = .delimited(prefersTab: false)
        case "tsv", "tab": self = .delimited(prefersTab: true)
        case "json", "jsonl", "ndjson": self = .json
        case "sqlite", "sqlite3", "db": self = .database
        default: return nil
        }
    }
}
