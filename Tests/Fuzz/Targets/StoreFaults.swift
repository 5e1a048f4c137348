import Columns
import Store
import Syntax
import Types

/// A store keeps its rules: columns as long as their entity, links within their targets, and names that are told apart.
func soundnessFault(_ store: Store) -> String? {
    let schema = store.schema
    for entity in schema.entities {
        for field in entity.fields.indices {
            let vector = store.vector(FieldID(entity.id, field))
            if vector.count != entity.rowCount { return "\(entity.name).\(entity.fields[field].name) has \(vector.count) values" }
        }
        let names =
            entity.fields.flatMap { [$0.name] + $0.aliases }
            + entity.links.flatMap { [schema[$0].name] + schema[$0].aliases }
        if Set(names).count != names.count { return "\(entity.name) has a name twice: \(names)" }
    }
    for link in schema.links {
        let near = schema[link.from].rowCount
        let far = Int32(schema[link.to].rowCount)
        switch store.index(of: link.id) {
        case .one(let rows):
            if rows.count != near || !rows.array.allSatisfy({ $0 >= -1 && $0 < far }) { return "\(link.name) leads elsewhere" }
        case .many(let segments, let rows, let edges):
            if segments.count != near || rows.count != segments.elementCount || (edges.map { $0.count != rows.count } ?? false)
                || !rows.array.allSatisfy({ $0 >= 0 && $0 < far })
            {
                return "\(link.name) leads elsewhere"
            }
        }
    }
    return nil
}

/// Loading gives the same store however it is shared out, one that keeps its rules, that a snapshot of it and its schema's text give again.
///
/// The input holds several files, one behind another with a byte 0x1e between them.
func loadingFault(_ input: [UInt8], names: [String]) -> String? {
    let folder = ScratchFolder.shared
    folder.empty()
    let parts = input.split(separator: 0x1e, maxSplits: names.count - 1, omittingEmptySubsequences: false)
    for (part, name) in zip(parts, names) { folder.write(name, part) }
    var options = LoadOptions(threads: 1)
    let first = opened(folder.path, options)
    options.threads = 2
    options.chunkSize = 1 + input.count % 61
    let second = opened(folder.path, options)
    if let difference = difference(first, second) { return "parts of \(options.chunkSize) bytes differ: \(difference)" }
    guard case .success(let store) = first else { return nil }
    if let fault = soundnessFault(store) { return fault }
    for problem in store.problems where problem.message.isEmpty { return "a problem without words" }
    // Each of these costs as much as all before it, so that an input gets one of them.
    return input.count % 2 == 0 ? snapshotDifference(of: store, folder) : schemaDifference(of: store, folder)
}

func opened(_ path: String, _ options: LoadOptions) -> Result<Store, StoreFailure> {
    do {
        return .success(try openStore(paths: [path], options: options))
    } catch {
        return .failure(StoreFailure(error))
    }
}

/// Why there is no store, in words.
struct StoreFailure: Error {
    let text: String
    init(_ error: any Error) {
        switch error {
        case let error as LoadError: text = error.message
        case let error as SnapshotError: text = error.message
        case let error as SchemaFileError: text = DiagnosticRenderer().render(error.diagnostics)
        default: text = "\(error)"
        }
    }
}

func difference(_ a: Result<Store, StoreFailure>, _ b: Result<Store, StoreFailure>) -> String? {
    switch (a, b) {
    case (.success(let a), .success(let b)): difference(a.contentsText, b.contentsText)
    case (.failure(let a), .failure(let b)): a.text == b.text ? nil : "`\(a.text)` and `\(b.text)`"
    case (.success, .failure(let error)), (.failure(let error), .success): "only one says `\(error.text)`"
    }
}

func difference(_ a: [String], _ b: [String]) -> String? {
    for (x, y) in zip(a, b) where x != y {
        // From a little before the first difference on.
        let common = max(0, zip(x.utf8, y.utf8).prefix { $0 == $1 }.count - 80)
        func rest(_ text: String) -> String {
            String(decoding: text.utf8.dropFirst(common).prefix(400), as: UTF8.self).debugDescription
        }
        return "\(rest(x))\nand\n\(rest(y))"
    }
    return a.count == b.count ? nil : "\(a.count) lines and \(b.count)"
}

private func snapshotDifference(of store: Store, _ folder: ScratchFolder) -> String? {
    let path = folder.path + "/.book.crmdb"
    do {
        try writeSnapshot(of: store, to: path)
        let whole = try openSnapshot(path)
        if let difference = difference(store.contentsText, whole.contentsText) { return "the snapshot differs: \(difference)" }
        let pieces = try openSnapshot(path, piecesUpTo: 1_000_000)
        if let difference = difference(store.readInPieces(), pieces.readInPieces()) {
            return "the snapshot's pieces differ: \(difference)"
        }
        return (whole.failure ?? pieces.failure).map { "the snapshot says \($0.message)" }
    } catch {
        return "the snapshot says \(error.message)"
    }
}

/// What `crmq schema` prints is a schema file, under which the same data have the same schema.
private func schemaDifference(of store: Store, _ folder: ScratchFolder) -> String? {
    let text = schemaText(store)
    folder.write("schema.crmq", Array(text.utf8)[...])
    switch opened(folder.path, LoadOptions(threads: 1)) {
    case .failure(let error): return "the schema's own text says \(error.text)\n\(text)"
    case .success(let again): return difference(declarations(text), declarations(schemaText(again)))
    }
}

/// The text without the comments, which are about one inference.
private func declarations(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
        var declared = line.range(ofComment: "--").map { line[..<$0] } ?? line
        while declared.last == " " { declared.removeLast() }
        return String(declared)
    }.filter { !$0.isEmpty }
}

extension Substring {
    /// Where a comment begins: behind spaces or at the start, so that a name in backquotes with dashes is none.
    fileprivate func range(ofComment mark: String) -> Index? {
        if hasPrefix(mark) { return startIndex }
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix("  " + mark) { return index }
            index = self.index(after: index)
        }
        return nil
    }
}

/// A schema file is read without harm, whatever it says, and one that holds gives a store that keeps its rules.
func schemaFault(_ text: String) -> String? {
    let source = SourceText(name: "schema.crmq", text: text)
    do {
        let store = try inferStore(SchemaTables.shared, schemaFile: SchemaFile(source))
        return soundnessFault(store)
    } catch {
        return renderingFault(error.diagnostics)
    }
}

/// The tables that schema files are held against: few rows with keys, links, dates, pairs and broken values.
private enum SchemaTables {
    static let shared: [LoadedTable] = {
        let folder = ScratchFolder.shared
        folder.empty()
        let files = [
            "accounts.csv": "Id,Name,OwnerId,ParentId,Since,arr\nA1,Acme,U1,,2024-01-02,5\nA2,Bolt,U2,A1,2024-02-30,x\n",
            "users.csv": "id,name,active\nU1,Ann,yes\nU2,Bob,no\n",
            "people.csv": "id,email,account_id,born\n1,a@x,A1,1990-01-01\n2,,A2,\n3,c@y,A9,2000-12-31\n",
            "knows.csv": "from_id,to_id,strength,since\n1,2,0.5,2020-01-01\n2,3,1,\n",
        ]
        for (name, text) in files { folder.write(name, Array(text.utf8)[...]) }
        return (try? loadTables(from: [folder.path], options: LoadOptions(threads: 1)).tables) ?? []
    }()
}
