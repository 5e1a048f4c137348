#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads files, folders of files and databases into typed tables.
///
/// Of a folder, every file of a known kind is read; sub-folders, hidden files and unknown endings are passed over. A file of a folder
/// that cannot be read is a problem of the data, reported beside the others; one that was named itself is an error.
public func loadTables(from paths: [String], options: LoadOptions = LoadOptions()) throws(LoadError) -> LoadedSources {
    guard !paths.isEmpty else { throw .nothingGiven }
    var result = LoadedSources()
    var files: [SourceFile] = []
    for path in paths {
        if try FileState(path: path).kind == .folder {
            let folder = try SourceFolder(path)
            files += folder.files
            if result.schemaText == nil { result.schemaText = try folder.schemaText() }
        } else {
            files.append(SourceFile(path: path, size: try FileState(path: path).size, isNamed: true))
        }
    }
    let contents = try SourceFile.load(files, LoadContext(options: options, bytesTotal: files.reduce(0) { $0 + $1.size }))
    for content in contents {
        result.tables += content.tables
        result.problems += content.problems
    }
    return result
}

/// A folder of exports.
struct SourceFolder {
    let path: String
    var files: [SourceFile] = []
    private var hasSchema = false

    init(_ path: String) throws(LoadError) {
        self.path = path
        var others: [String] = []
        for name in try Self.names(in: path) where !name.hasPrefix(".") {
            if name == "schema.crmq" {
                hasSchema = true
                continue
            }
            let endings = FileName.endings(name)
            let inner = endings.first == "gz" ? endings.dropFirst().first : endings.first
            guard let inner, FileKind(ending: inner) != nil, !isProse(name, ending: inner) else {
                others.append(name)
                continue
            }
            let full = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            // A file may vanish between being listed and being looked at; reading it says so.
            guard let state = try? FileState(path: full) else {
                files.append(SourceFile(path: full, size: 0, isNamed: false))
                continue
            }
            if state.kind != .folder { files.append(SourceFile(path: full, size: state.size, isNamed: false)) }
        }
        if files.isEmpty { throw .nothingInFolder(path: path, others: Array(others.prefix(5))) }
    }

    /// Whether a text file of a folder is one of those that come along with data without being any.
    private func isProse(_ name: String, ending: String) -> Bool {
        let prose: Set<String> = [
            "license", "licence", "copying", "notice", "readme", "changelog", "authors", "contributing", "requirements",
        ]
        return ending == "txt" && prose.contains(name.prefix { $0 != "." }.lowercased())
    }

    private static func names(in path: String) throws(LoadError) -> [String] {
        guard let folder = opendir(path) else { throw .fromSystem(errno, path: path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                let capacity = MemoryLayout.size(ofValue: tuple.pointee)
                return tuple.withMemoryRebound(to: CChar.self, capacity: capacity) { String(cString: $0) }
            }
            names.append(name)
        }
        return names.sorted()
    }

    func schemaText() throws(LoadError) -> (path: String, text: String)? {
        guard hasSchema else { return nil }
        let full = path.hasSuffix("/") ? path + "schema.crmq" : "\(path)/schema.crmq"
        let source = ByteSource(try OpenFile(path: full))
        return (full, try source.head(source.size).withElements { String(decoding: $0, as: UTF8.self) })
    }
}
