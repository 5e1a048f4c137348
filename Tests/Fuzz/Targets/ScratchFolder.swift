#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder in which the files of one input lie. There is one in a process, emptied before each input and removed at its end.
final class ScratchFolder: Sendable {
    static let shared = ScratchFolder()

    let path: String

    private init() {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = "\(base)/crmq-fuzz-\(getpid())"
        mkdir(path, 0o700)
        atexit {
            ScratchFolder.shared.empty()
            rmdir(ScratchFolder.shared.path)
        }
    }

    func empty() {
        guard let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(path)/\(name)") }
        }
    }

    func write(_ name: String, _ bytes: ArraySlice<UInt8>) {
        guard let file = fopen("\(path)/\(name)", "wb") else { fatalError("\(path)/\(name) cannot be written") }
        bytes.withUnsafeBytes { _ = fwrite($0.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!, 1, $0.count, file) }
        fclose(file)
    }
}
