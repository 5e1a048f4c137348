#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a snapshot cannot be read or written.
public enum SnapshotError: Error, Equatable, Sendable {
    /// Written by a version of crmq with another format.
    case otherVersion(path: String, found: Int)
    /// Shorter or longer than it says itself.
    case cutShort(path: String, expected: Int, found: Int)
    /// Its bytes are not those that were written, or do not make sense; `part` says where.
    case damaged(path: String, part: String)
    /// As above, for a snapshot of the cache, which has been removed.
    case damagedCache(path: String, part: String)
    /// A snapshot beside other sources.
    case mixed(path: String)
    /// The system could not open, map, write or rename a file, with its number.
    case system(path: String, action: String, number: Int32)
}

extension SnapshotError {
    /// What went wrong, as one sentence without a full stop.
    public var message: String {
        switch self {
        case .otherVersion(let path, let found):
            "`\(path)` has format \(found) of snapshots, and this version of crmq knows format \(SnapshotFormat.version)"
        case .cutShort(let path, let expected, let found):
            "`\(path)` has \(found) bytes where it should have \(expected)"
        case .damaged(let path, let part): "`\(path)` is damaged: \(part)"
        case .damagedCache(let path, let part): "the cached snapshot `\(path)` is damaged: \(part)"
        case .mixed(let path): "`\(path)` is a snapshot, and a snapshot is opened alone"
        case .system(let path, let action, let number):
            "`\(path)` cannot be \(action): \(strerror(number).map { String(cString: $0) } ?? "error \(number)")"
        }
    }

    /// What to do about it, where there is something to say.
    public var help: String? {
        switch self {
        case .otherVersion: "write it again from its sources with `crmq pack`"
        case .cutShort: "it was not copied to its end; copy it again, or write it again with `crmq pack`"
        case .damaged: "write it again from its sources with `crmq pack`"
        case .damagedCache: "it has been removed; ask again, and the data are loaded anew"
        case .mixed: "put all sources into one folder and pack that: `crmq pack FOLDER -o book.crmdb`"
        case .system: nil
        }
    }
}
