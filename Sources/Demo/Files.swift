#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the operating system says about the call that failed last.
func lastReason() -> String {
    String(cString: strerror(errno))
}

/// Opens a file for writing, empty, or returns a negative number and leaves the reason to `lastReason`.
func openForWriting(_ path: String) -> Int32 {
    while true {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if descriptor >= 0 || errno != EINTR { return descriptor }
    }
}

/// Writes all bytes, going on after signals and partial writes; a full disk and a closed pipe are errors like any other.
///
/// A closed pipe arrives here only if the process ignores SIGPIPE, which is for `main` to decide and not for a library.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(DemoError) {
    var rest = bytes
    while rest.count > 0 {
        let written = write(descriptor, rest.baseAddress, rest.count)
        if written < 0 {
            if errno == EINTR { continue }
            throw .cannotWrite(path: path, reason: lastReason())
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
}

/// Makes a directory and those above it, as `mkdir -p` does.
func createDirectory(_ directory: String) throws(DemoError) {
    if directory.isEmpty { throw .cannotCreate(directory: "\"\"", reason: "the name is empty") }
    var ends = directory.utf8.indices.filter { directory.utf8[$0] == UInt8(ascii: "/") && $0 > directory.startIndex }
    ends.append(directory.endIndex)
    for end in ends where mkdir(String(directory[..<end]), 0o777) != 0 {
        // Some systems answer EROFS or EACCES for a directory that exists, so only the last one's absence counts.
        let reason = lastReason()
        if end == directory.endIndex && !isDirectory(directory) { throw .cannotCreate(directory: directory, reason: reason) }
    }
}

private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Refuses to write where tables of the same names stand that the demo did not write: they may be somebody's only export.
func refuseForeignFiles(in directory: String) throws(DemoError) {
    if begins(directory + "/" + Schema.name, with: Schema.mark) { return }
    for name in [Schema.name] + Schema.tables {
        let path = directory + "/" + name
        if access(path, F_OK) == 0 { throw .notOurs(path: path) }
    }
}

private func begins(_ path: String, with mark: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return false }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: mark.utf8.count)
    let count = head.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return count == head.count && head.elementsEqual(mark.utf8)
}

/// Writes the schema file.
func writeSchema(to directory: String) throws(DemoError) -> DemoFile {
    let path = directory + "/" + Schema.name
    let descriptor = openForWriting(path)
    if descriptor < 0 { throw .cannotWrite(path: path, reason: lastReason()) }
    defer { close(descriptor) }
    let bytes = Array(Schema.text.utf8)
    // A closure in `withUnsafeBytes` would lose the type of the error, so the failure is carried out by hand.
    let failure = bytes.withUnsafeBytes { raw -> DemoError? in
        do throws(DemoError) {
            try writeAll(raw, to: descriptor, path: path)
            return nil
        } catch { return error }
    }
    if let failure { throw failure }
    return DemoFile(name: Schema.name, rows: 0, bytes: bytes.count)
}
