import CSQLite

/// A SQLite database, open for reading.
final class Database {
    let path: String
    private let handle: OpaquePointer

    init(path: String) throws(LoadError) {
        self.path = path
        // A database with a write-ahead log needs its folder to be writable, unless it is declared not to change.
        if let handle = Self.open(path, 0)
            ?? Self.open(Self.immutableURI(path), SQLITE_OPEN_URI)
        {
            self.handle = handle
        } else {
            throw .database(path: path, reason: "it cannot be opened")
        }
        sqlite3_busy_timeout(handle, 2000)
        // The schema of a stranger's file may name functions and views that do harm.
        for pragma in ["trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"] {
            sqlite3_exec(handle, "PRAGMA \(pragma)", nil, nil, nil)
        }
        sqlite3_exec(handle, "BEGIN", nil, nil, nil)
    }

    deinit { sqlite3_close_v2(handle) }

    private static func open(_ name: String, _ flags: Int32) -> OpaquePointer? {
        var handle: OpaquePointer?
        let status = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        // Opening alone touches nothing: only a look at the schema shows whether the file can be read.
        if status == SQLITE_OK {
            let look = sqlite3_exec(handle, "SELECT count(*) FROM sqlite_schema", nil, nil, nil)
            if look != SQLITE_CANTOPEN && look != SQLITE_READONLY { return handle }
        }
        sqlite3_close_v2(handle)
        return nil
    }

    private static func immutableURI(_ path: String) -> String {
        var uri = "file:"
        for byte in path.utf8 {
            let isPlain = (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a) || (byte >= 0x2d && byte <= 0x39) || byte == 0x5f
            uri += isPlain ? String(UnicodeScalar(byte)) : "%" + String(0x100 + Int(byte), radix: 16).dropFirst()
        }
        return uri + "?immutable=1"
    }

    func prepare(_ sql: String) throws(LoadError) -> Statement {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        return Statement(statement, of: self)
    }

    func failure() -> LoadError {
        switch sqlite3_errcode(handle) & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: .database(path: path, reason: "another program keeps it locked")
        case SQLITE_NOMEM: .outOfMemory(path: path, bytes: 0)
        default: .database(path: path, reason: String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// A name as SQL writes it.
    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// A query at work.
final class Statement {
    private let handle: OpaquePointer
    private let database: Database

    init(_ handle: OpaquePointer, of database: Database) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    /// Goes on to the next row; false behind the last.
    func step() throws(LoadError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw database.failure()
        }
    }

    func reset() { sqlite3_reset(handle) }

    var columnCount: Int { Int(sqlite3_column_count(handle)) }
    func name(_ column: Int) -> String { sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? "" }
    func declaredType(_ column: Int) -> String {
        sqlite3_column_decltype(handle, Int32(column)).map { String(cString: $0).uppercased() } ?? ""
    }

    func type(_ column: Int) -> Int32 { sqlite3_column_type(handle, Int32(column)) }
    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }
    func double(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

    /// Valid until the next step.
    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    }

    func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
