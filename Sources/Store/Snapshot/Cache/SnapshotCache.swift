#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Snapshots of what was loaded before, so that the same files open at once the next time.
///
/// A snapshot is found by the names, sizes and times of change of its sources, `schema.crmq` among them; whatever differs, it is not found,
/// and what takes its place replaces it. There are no locks: a snapshot is complete when its name appears, and two processes that write the
/// same one do the same work twice, no more.
public struct SnapshotCache: Sendable {
    /// The folder, made when it is first written to.
    public var folder: String
    /// What wrote the snapshots: another version may infer otherwise.
    public var program: String
    /// Loading that took less is not worth a snapshot: the sources of 50 ms are a few megabytes, whose snapshot would hardly be opened faster
    /// than noticed.
    public var leastMilliseconds = 50
    /// The snapshots that were used longest ago are removed beyond this many bytes.
    public var mostBytes = 4 << 30
    /// A source that changed less than this before it was read could change again without its time showing it.
    public var settlingSeconds = 2
    /// Whether to write beside the process that asked, where the system can do that.
    public var writesAside = true

    public init(folder: String, program: String) {
        self.folder = folder
        self.program = program
    }

    /// The person's own folder for caches; none where not even a home is known.
    public static func usualFolder() -> String? {
        func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
        // A path that is not absolute is to be passed over, says the XDG Base Directory Specification.
        if let folder = value("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder + "/crmq" }
        #if canImport(Darwin)
            return value("HOME").map { $0 + "/Library/Caches/crmq" }
        #else
            return value("HOME").map { $0 + "/.cache/crmq" }
        #endif
    }

    /// The store that was kept for the sources, if nothing about them has changed.
    func store(for state: SourcesState, threads: Int) -> Store? {
        let path = path(state)
        guard let file = try? SnapshotFile(path: path, threads: threads, isCached: true) else { return nil }
        guard let directory = try? SnapshotDirectory(of: file) else {
            unlink(path)
            return nil
        }
        // The time of change serves as the time of the last use.
        utimensat(AT_FDCWD, path, nil, 0)
        return Store(
            schema: directory.schema,
            contents: SnapshotContents(file, directory, piecesUpTo: SnapshotContents.usualShare),
            problems: directory.problems, suggestions: directory.suggestions)
    }

    /// Keeps a store for the next time, without a word where that is not possible.
    func keep(_ store: Store, for state: SourcesState, loadedIn milliseconds: Int) {
        guard milliseconds >= leastMilliseconds, state.isSettled(seconds: settlingSeconds), state.isCurrent, makeFolder() else {
            return
        }
        let path = path(state)
        let write = {
            guard (try? writeSnapshot(of: store, to: path, isPrivate: true)) != nil else { return }
            // Sources that changed while they were loaded or written would give a name to something else.
            if !state.isCurrent { unlink(path) }
            tidy(keeping: state)
        }
        if !writesAside || !Self.aside(write) { write() }
    }

    // MARK: Files

    private func path(_ state: SourcesState) -> String { "\(folder)/\(state.place)-\(state.version(of: program)).crmdb" }

    private func makeFolder() -> Bool {
        var made = ""
        for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "" : "\(part)"
            if !made.isEmpty { mkdir(made, 0o700) }
            made += "/"
        }
        return access(folder, W_OK) == 0
    }

    /// Removes what no longer serves: earlier snapshots of the same sources, what a process left behind that was killed, and what was used
    /// longest ago where there is too much.
    private func tidy(keeping state: SourcesState) {
        guard let listing = opendir(folder) else { return }
        defer { closedir(listing) }
        let own = "\(state.place)-\(state.version(of: program)).crmdb"
        let now = time(nil)
        var kept: [(path: String, size: Int, used: Int)] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            let path = "\(folder)/\(name)"
            guard let file = try? FileState(path: path), file.kind == .file else { continue }
            if name.hasSuffix(".partial") {
                if file.seconds < now - 3600 { unlink(path) }
            } else if name.hasSuffix(".crmdb"), name != own {
                if name.hasPrefix(state.place + "-") { unlink(path) } else { kept.append((path, file.size, file.seconds)) }
            } else if name == own {
                kept.append((path, file.size, Int.max))
            }
        }
        var total = kept.reduce(0) { $0 + $1.size }
        for file in kept.sorted(by: { $0.used < $1.used }).dropLast() where total > mostBytes {
            unlink(file.path)
            total -= file.size
        }
    }

    /// Does something in a process of its own that outlives this one and holds none of its pipes; false where that cannot be done.
    private static func aside(_ body: () -> Void) -> Bool {
        #if canImport(Glibc)
            // Loading has ended and answering not begun, so there is no other thread that could hold a lock which the copy would wait for.
            let child = fork()
            guard child == 0 else {
                guard child > 0 else { return false }
                var status: Int32 = 0
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                return true
            }
            // The child's child belongs to nobody, so nobody needs to wait for it.
            guard fork() == 0 else { _exit(0) }
            setsid()
            for number in [SIGINT, SIGHUP, SIGQUIT] { signal(number, SIG_IGN) }
            let null = open("/dev/null", O_RDWR)
            for descriptor in Int32(0)...2 where null >= 0 { dup2(null, descriptor) }
            // A pipe held open here would keep its reader waiting; no more are open than these.
            for descriptor in 3..<Int32(256) { close(descriptor) }
            nice(5)
            body()
            _exit(0)
        #else
            return false
        #endif
    }
}
