#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A directory of its own for each test, gone with everything in it when the test is over.
final class TemporaryDirectory {
    let path: String

    init() {
        var template = Array("/tmp/crmq-demo-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/crmq-demo"
    }

    deinit {
        for name in entries() { unlink(path + "/" + name) }
        rmdir(path)
    }

    func entries() -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// All bytes of a file, or nothing if it cannot be read.
func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk[..<count])
    }
}

/// Makes a file with that content.
func makeFile(_ path: String, _ content: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(content, file)
    fclose(file)
}

/// 64-bit FNV-1a, to pin the bytes of whole files in one number.
func fingerprint(_ bytes: [UInt8], from seed: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
    var hash = seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
}

/// A table as read by a parser of RFC 4180 that is independent of all code under test.
struct Table {
    let header: [String]
    let rows: [[String]]

    init(_ directory: String, _ name: String) {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuote = false
        for byte in contents(of: directory + "/" + name + ".csv") {
            if isQuoted && !wasQuote {
                if byte == UInt8(ascii: "\"") { wasQuote = true } else { field.append(byte) }
                continue
            }
            if wasQuote {
                wasQuote = false
                if byte == UInt8(ascii: "\"") {
                    field.append(byte)
                    continue
                }
                isQuoted = false
            }
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
            case UInt8(ascii: ","), UInt8(ascii: "\n"):
                record.append(String(decoding: field, as: UTF8.self))
                field = []
                if byte == UInt8(ascii: "\n") {
                    records.append(record)
                    record = []
                }
            default: field.append(byte)
            }
        }
        header = records.first ?? []
        rows = Array(records.dropFirst())
    }

    /// The values of a column; an unknown name gives none, which no test expects.
    subscript(column: String) -> [String] {
        guard let index = header.firstIndex(of: column) else { return [] }
        return rows.map { $0[index] }
    }

    /// How many values of a column are as asked.
    func count(_ column: String, where condition: (String) -> Bool) -> Int {
        self[column].count(where: condition)
    }
}
