/// Why nothing could be loaded. What concerns a part of the data only is a `DataProblem` instead.
public enum LoadError: Error, Equatable, Sendable {
    /// No paths were given.
    case nothingGiven
    case noSuchFile(path: String)
    case permissionDenied(path: String)
    /// A FIFO, a socket or a device.
    case notAFile(path: String)
    /// A folder without a single file of a known kind; `others` are names of what lies there instead.
    case nothingInFolder(path: String, others: [String])
    /// Not text, and no database either.
    case notData(path: String)
    case emptyFile(path: String)
    case brokenGzip(path: String, reason: String)
    /// SQLite refused the file: damaged, locked, or not a database.
    case database(path: String, reason: String)
    /// The file was cut short or written to while it was being read.
    case changedWhileReading(path: String)
    /// A row of more than a gigabyte.
    case rowTooLong(path: String)
    case tooManyRows(path: String)
    case tooManyColumns(path: String, count: Int)
    case outOfMemory(path: String, bytes: Int)
    /// Anything else the system said, with its number.
    case system(path: String, number: Int32)
    case cancelled
}
