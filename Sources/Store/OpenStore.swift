import Syntax
import Types

/// Loads folders, files and databases, and makes one store of them. A `schema.crmq` in a loaded folder is put over what is inferred.
///
/// Throws a `LoadError` where nothing could be read, and a `SchemaFileError` where the schema file does not fit.
public func openStore(paths: [String], options: LoadOptions = LoadOptions()) throws -> Store {
    let loaded = try loadTables(from: paths, options: options)
    let file = try loaded.schemaText.map { try SchemaFile(SourceText(name: $0.path, text: $0.text)) }
    return try inferStore(loaded.tables, schemaFile: file, problems: loaded.problems, threads: options.threads)
}
