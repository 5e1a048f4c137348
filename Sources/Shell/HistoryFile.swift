import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The file that keeps statements between sessions: UTF-8, one statement a line, with newlines and backslashes inside a statement
/// escaped. Sessions that run at once append under a lock and never overwrite each other. Whatever is wrong with the file is
/// no reason not to start: it then only counts as empty, and says so in `problem`.
public final class HistoryFile {
    public static let entryLimit = 10_000
    /// Rewriting the file for each statement beyond the limit would cost more than it saves; it may grow by a fifth.
    private static let slack = entryLimit / 5
    private static let byteLimit = 32 << 20

    /// Nothing if history is kept in memory only.
    public let path: String?
    /// What kept the file from being read or written, for a person to see.
    public private(set) var problem: String?

    public init(path: String?) {
        self.path = path.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `$CRMQ_HISTORY`, if set (empty: none), or `crmq/history` in `$XDG_STATE_HOME` (default `~/.local/state`).
    public static var defaultPath: String? {
        if let path = Environment.value("CRMQ_HISTORY") { return path.isEmpty ? nil : path }
        // The XDG specification has relative paths ignored.
        if let state = Environment.value("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/crmq/history" }
        guard let home = Environment.value("HOME", orEmpty: false) else { return nil }
        return "\(home)/.local/state/crmq/history"
    }

    /// The statements in the file, the oldest first, at most `entryLimit`. Compacts a file that has grown beyond that.
    public func load() -> [String] {
        guard let path, access(path, F_OK) == 0 else { return [] }
        return withLock(path, O_RDWR) { descriptor -> [String] in
            let lines = Self.lines(of: descriptor)
            let kept = lines.suffix(Self.entryLimit)
            if lines.count > Self.entryLimit + Self.slack { rewrite(path, kept) }
            return kept.map { Self.unescape($0) }
        } ?? []
    }

    public func append(_ statement: String) {
        guard let path else { return }
        makeDirectory(for: path)
        _ = withLock(path, O_RDWR | O_CREAT) { descriptor in
            var line = Self.escape(statement) + "\n"
            // A session that was killed while it wrote, or an editor, may have left a last line without its newline.
            var last: UInt8 = 0x0A
            let end = lseek(descriptor, 0, SEEK_END)
            if end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != 0x0A { line = "\n" + line }
            let failure = writeAll(line, to: descriptor)
            if failure != 0 { note(failure) }
        }
    }

    // MARK: Lines

    static func escape(_ statement: String) -> String {
        var line = ""
        for scalar in statement.unicodeScalars {
            switch scalar {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\0": break
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    static func unescape(_ line: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        var escaped = false
        for byte in line where byte != 0 {
            if escaped {
                switch byte {
                case UInt8(ascii: "n"): bytes.append(0x0A)
                case UInt8(ascii: "r"): bytes.append(0x0D)
                case UInt8(ascii: "\\"): bytes.append(byte)
                default: bytes += [UInt8(ascii: "\\"), byte]
                }
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = true
            } else {
                bytes.append(byte)
            }
        }
        if escaped { bytes.append(UInt8(ascii: "\\")) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The lines that are not empty, out of the file's last 32 MB.
    private static func lines(of descriptor: Int32) -> [ArraySlice<UInt8>] {
        let end = lseek(descriptor, 0, SEEK_END)
        let isCut = end > byteLimit
        _ = lseek(descriptor, isCut ? end - off_t(byteLimit) : 0, SEEK_SET)
        guard let bytes = PlainLineReader.readAll(descriptor: descriptor) else { return [] }
        let lines = bytes.split(separator: 0x0A)
        return isCut ? Array(lines.dropFirst()) : lines
    }

    // MARK: Files

    /// Runs the body with the file open and locked. A file that another session replaced while we waited for the lock is let go
    /// and opened anew.
    private func withLock<Result>(_ path: String, _ flags: Int32, _ body: (Int32) -> Result) -> Result? {
        for _ in 0..<10 {
            // A pipe in place of the file must not make us wait for its other end.
            let descriptor = open(path, flags | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
            guard descriptor >= 0 else {
                note(errno)
                return nil
            }
            defer { close(descriptor) }
            var opened = stat()
            var current = stat()
            guard fstat(descriptor, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG else {
                problem = "history: \(path) is not a regular file"
                return nil
            }
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else {
                    note(errno)
                    return nil
                }
            }
            if stat(path, &current) == 0 && current.st_ino == opened.st_ino && current.st_dev == opened.st_dev {
                return body(descriptor)
            }
        }
        return nil
    }

    /// Writes beside the file and renames, so that a crash leaves the old file or the new one. Called under the lock.
    private func rewrite(_ path: String, _ lines: ArraySlice<ArraySlice<UInt8>>) {
        // The file a link points to is what is replaced, not the link.
        guard let resolved = realpath(path, nil) else { return }
        defer { free(resolved) }
        let target = String(cString: resolved)
        let temporary = "\(target).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        var bytes: [UInt8] = []
        for line in lines {
            bytes += line
            bytes.append(0x0A)
        }
        let failure = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
        if fsync(descriptor) != 0 || close(descriptor) != 0 || failure != 0 || rename(temporary, target) != 0 {
            unlink(temporary)
        }
    }

    /// Makes the directories on the way to the file that are missing, for their owner only.
    private func makeDirectory(for path: String) {
        for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
            let directory = String(decoding: path.utf8.prefix(index), as: UTF8.self)
            if mkdir(directory, 0o700) != 0 && errno != EEXIST { return }
        }
    }

    private func note(_ error: Int32) {
        guard let path, problem == nil else { return }
        problem = "history: \(path): \(String(cString: strerror(error)))"
    }
}
