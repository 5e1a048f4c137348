import CSQLite

/// A database in memory: a second opinion from an engine that shares nothing with crmq.
public final class Database {
    private let handle: OpaquePointer

    public init() throws {
        var opened: OpaquePointer?
        guard sqlite3_open(":memory:", &opened) == SQLITE_OK, let opened else { throw DatabaseError(message: "cannot open") }
        handle = opened
    }

    deinit { sqlite3_close(handle) }

    public func run(_ sql: String) throws { _ = try rows(sql) }

    /// The rows of a query.
    public func rows(_ sql: String, _ parameters: [Cell] = []) throws -> [[Cell]] {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &prepared, nil) == SQLITE_OK, let statement = prepared else { throw error(sql) }
        defer { sqlite3_finalize(statement) }
        for (index, parameter) in parameters.enumerated() { bind(parameter, at: Int32(index + 1), of: statement) }
        var rows: [[Cell]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { cell(statement, $0) })
            case SQLITE_DONE: return rows
            default: throw error(sql)
            }
        }
    }

    private func bind(_ cell: Cell, at index: Int32, of statement: OpaquePointer) {
        switch cell {
        case .null: sqlite3_bind_null(statement, index)
        case .number(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text):
            // The destructor of -1 makes SQLite copy the text before the call returns.
            let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), copies)
        }
    }

    private func cell(_ statement: OpaquePointer, _ column: Int32) -> Cell {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER, SQLITE_FLOAT: return .number(sqlite3_column_double(statement, column))
        default: return .text(sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "")
        }
    }

    private func error(_ sql: String) -> DatabaseError {
        DatabaseError(message: String(cString: sqlite3_errmsg(handle)) + " in " + sql)
    }
}

/// What SQLite knows of values: bools are 0 and 1, dates and times are texts.
public enum Cell: Hashable, Sendable {
    case null
    case number(Double)
    case text(String)
}

public struct DatabaseError: Error, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}
