#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension LoadError {
    /// What went wrong, as one sentence without a full stop.
    public var message: String {
        switch self {
        case .nothingGiven: "no data was named"
        case .noSuchFile(let path): "`\(path)` does not exist"
        case .permissionDenied(let path): "`\(path)` may not be read: permission denied"
        case .notAFile(let path): "`\(path)` is neither a file nor a folder"
        case .nothingInFolder(let path, _): "the folder `\(path)` holds no data files"
        case .notData(let path): "`\(path)` is not text, nor a SQLite database"
        case .emptyFile(let path): "`\(path)` is empty"
        case .brokenGzip(let path, let reason): "`\(path)` cannot be unpacked: \(reason)"
        case .database(let path, let reason): "`\(path)` cannot be read as a SQLite database: \(reason)"
        case .changedWhileReading(let path): "`\(path)` changed while it was being read"
        case .rowTooLong(let path): "`\(path)` has a row of more than a gigabyte"
        case .tooManyRows(let path): "`\(path)` holds more than 2,147,483,647 rows"
        case .tooManyColumns(let path, let count): "`\(path)` has \(count) columns, more than the 16,384 that are supported"
        case .outOfMemory(let path, let bytes): "there is not enough memory for `\(path)`: \(bytes) bytes were asked for"
        case .system(let path, let number): "`\(path)` cannot be read: \(Self.describe(number))"
        case .cancelled: "loading was interrupted"
        }
    }

    /// What to do about it, where there is something to say.
    public var help: String? {
        switch self {
        case .nothingGiven: "name a folder of exports, a file or a SQLite database; `crmq demo DIR` makes one to play with"
        case .noSuchFile: "check the spelling, and the folder you are in"
        case .permissionDenied: "`chmod u+r` gives you the right to read a file of yours, `chmod u+rx` a folder"
        case .notAFile: "crmq reads a file more than once, so save what comes from a pipe to a file first"
        case .nothingInFolder(_, let others):
            "files ending in .csv, .tsv, .json, .jsonl, .ndjson, .sqlite, .sqlite3 or .db are read, also with .gz"
                + (others.isEmpty ? "" : "; there are " + others.map { "`\($0)`" }.joined(separator: ", "))
        case .notData: "export the table as CSV; spreadsheets (.xlsx) and archives (.zip) are not read"
        case .emptyFile: "an export has at least a line of headers"
        case .brokenGzip: "`gzip -t` tests a file; perhaps it was not downloaded to its end"
        case .database: "`sqlite3 FILE 'pragma integrity_check'` tests a database"
        case .changedWhileReading: "wait until the export is written, then load again"
        case .rowTooLong: "is the separator, or a quote, really what it should be?"
        case .tooManyRows: "split the table"
        case .tooManyColumns: "is the separator or the first line really what it should be?"
        case .outOfMemory: "load fewer files, or pack them one by one with `crmq pack`"
        case .system, .cancelled: nil
        }
    }

    private static func describe(_ number: Int32) -> String {
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }

    /// The error that stands for an `errno`.
    static func fromSystem(_ number: Int32, path: String) -> LoadError {
        switch number {
        case ENOENT, ENOTDIR: .noSuchFile(path: path)
        case EACCES, EPERM: .permissionDenied(path: path)
        default: .system(path: path, number: number)
        }
    }
}
