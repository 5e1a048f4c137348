#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells one state of some sources from the next: their files' names, sizes and times of change.
struct SourcesState: Sendable, Equatable {
    private let paths: [String]
    /// The paths with all links followed: the sources have one snapshot, whatever they are called by.
    private let places: [String]
    private let files: [String]
    private let newest: Int

    /// None where the sources cannot be looked at; loading them says why.
    init?(paths: [String]) {
        var files: [String] = []
        var newest = 0
        func add(_ path: String, to source: Int) -> Bool {
            guard let state = try? FileState(path: path), state.kind == .file else { return false }
            // The folder is named by its place already, however it was written.
            files.append("\(source) \(FileName.last(path)) \(state.size) \(state.seconds) \(state.nanoseconds)")
            newest = max(newest, state.seconds)
            return true
        }
        var places: [String] = []
        for (source, path) in paths.enumerated() {
            guard let place = realpath(path, nil) else { return nil }
            places.append(String(cString: place))
            free(place)
            guard let state = try? FileState(path: path) else { return nil }
            var own = [path]
            if state.kind == .folder {
                guard let folder = try? SourceFolder(path) else { return nil }
                own = folder.files.map(\.path)
                _ = add("\(path)/schema.crmq", to: source)
            }
            for file in own {
                guard add(file, to: source) else { return nil }
                // What a database has not yet taken into its file.
                _ = add("\(file)-wal", to: source)
                _ = add("\(file)-journal", to: source)
            }
        }
        self.paths = paths
        self.places = places
        self.files = files
        self.newest = newest
    }

    /// A name for the sources as such.
    var place: String { Self.name(places.joined(separator: "\n")) }

    /// A name for this state of them.
    func version(of program: String) -> String {
        Self.name(([program, "\(SnapshotFormat.version)"] + files).joined(separator: "\n"))
    }

    /// Whether nothing has changed since.
    var isCurrent: Bool { SourcesState(paths: paths) == self }

    /// Whether every change was so long ago that a later one shows.
    func isSettled(seconds: Int) -> Bool { newest + seconds <= time(nil) }

    /// 128 bits, of which two different texts do not share all.
    private static func name(_ text: String) -> String {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let bytes = Array(text.utf8)
        let first = bytes.withUnsafeBufferPointer { BlockHash.hash($0) }
        let second = (bytes + [1]).withUnsafeBufferPointer { BlockHash.hash($0) }
        return hex(first) + hex(second)
    }
}

/// What tells one build of this program from the next; nothing where the system does not say which file it runs from.
public func programStamp() -> String {
    guard let state = try? FileState(path: "/proc/self/exe") else { return "" }
    return "\(state.size) \(state.seconds) \(state.nanoseconds)"
}
