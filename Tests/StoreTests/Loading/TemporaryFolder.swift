import Synchronization

@testable import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder for the files of one test, removed with it.
final class TemporaryFolder: Sendable {
    let path: String
    private static let counter = Atomic<Int>(0)

    init() {
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = "\(base)/crmq-test-\(getpid())-\(number)"
        mkdir(path, 0o700)
    }

    deinit { Self.remove(path) }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) -> String {
        let full = "\(path)/\(name)"
        guard let file = fopen(full, "wb") else { fatalError("\(full) cannot be written") }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return full
    }

    @discardableResult
    func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

    func read(_ path: String) throws -> [UInt8] {
        let source = ByteSource(try OpenFile(path: path))
        return try source.head(source.size).withElements { Array($0) }
    }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                    tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(folder)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
