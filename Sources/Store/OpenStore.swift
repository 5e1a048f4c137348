import Syntax
import Types

/// Opens a snapshot, or loads folders, files and databases and makes one store of them. A `schema.crmq` in a loaded folder is put over
/// what is inferred. Where there is a cache, what was loaded is kept there as a snapshot, and opened from it the next time.
///
/// Throws a `LoadError` where nothing could be read, a `SchemaFileError` where the schema file does not fit, and a `SnapshotError` for a
/// snapshot that is damaged or not alone.
public func openStore(paths: [String], options: LoadOptions = LoadOptions(), cache: SnapshotCache? = nil) throws -> Store {
    if let snapshot = paths.first(where: SnapshotFile.isSnapshot) {
        guard paths.count == 1 else { throw SnapshotError.mixed(path: snapshot) }
        return try openSnapshot(snapshot, threads: options.threads)
    }
    guard let cache, let state = SourcesState(paths: paths) else { return try loadStore(paths: paths, options: options) }
    if let kept = cache.store(for: state, threads: options.threads) { return kept }
    let start = ContinuousClock.now
    let store = try loadStore(paths: paths, options: options)
    cache.keep(store, for: state, loadedIn: Int((ContinuousClock.now - start) / .milliseconds(1)))
    return store
}

private func loadStore(paths: [String], options: LoadOptions) throws -> Store {
    let loaded = try loadTables(from: paths, options: options)
    let file = try loaded.schemaText.map { try SchemaFile(SourceText(name: $0.path, text: $0.text)) }
    return try inferStore(loaded.tables, schemaFile: file, problems: loaded.problems, threads: options.threads)
}

/// Opens a snapshot: what it says of itself is read, its columns and links are when they are asked for.
///
/// Where a few records are looked at, only what is said of them is read, until that becomes more than `piecesUpTo` of a column's rows;
/// then the whole column is, which costs less from there on.
public func openSnapshot(_ path: String, threads: Int = 1, piecesUpTo: Double? = nil) throws(SnapshotError) -> Store {
    let file = try SnapshotFile(path: path, threads: threads)
    let directory = try SnapshotDirectory(of: file)
    return Store(
        schema: directory.schema,
        contents: SnapshotContents(file, directory, piecesUpTo: piecesUpTo ?? SnapshotContents.usualShare),
        problems: directory.problems, suggestions: directory.suggestions)
}
