import Synchronization

/// A file to be loaded.
struct SourceFile: Sendable {
    let path: String
    let size: Int
    /// Whether it was named itself, rather than found in a folder.
    let isNamed: Bool

    /// Files of this size are worked on by all threads together; smaller ones each by one.
    private static let bigSize = 4 << 20

    /// What each of the files holds, in their order.
    static func load(_ files: [SourceFile], _ context: LoadContext) throws(LoadError) -> [FileContents] {
        let slots = Slots<FileContents>(files.count)
        let failure = Mutex<LoadError?>(nil)
        @Sendable func load(_ index: Int, threads: Int) {
            if failure.withLock({ $0 != nil }) { return }
            do throws(LoadError) {
                slots[index] = try files[index].contents(context.of(files[index].path, threads: threads))
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        // The larger first: the columns of the others then find room in what the parts of the largest needed, and no thread is left
        // with a long one at the end.
        let all = files.indices.sorted { (files[$1].size, $0) < (files[$0].size, $1) }
        for index in all where files[index].size >= bigSize { load(index, threads: context.threads) }
        let bySize = all.filter { files[$0].size < bigSize }
        let isWorthThreads = bySize.reduce(0) { $0 + files[$1].size } > 256 << 10
        Parallel.forEach(bySize.count, threads: isWorthThreads ? context.threads : 1) { task, _ in load(bySize[task], threads: 1)
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return files.indices.map { slots[$0]! }
    }

    /// What the file holds. In a folder, a file that cannot be read is a problem rather than an error.
    private func contents(_ context: LoadContext) throws(LoadError) -> FileContents {
        do throws(LoadError) {
            return try read(context)
        } catch {
            if isNamed || error == .cancelled { throw error }
            var contents = FileContents()
            if case .emptyFile = error {
                contents.problems.append(DataProblem(.emptyFile, origin: context.origin(path)))
            } else {
                contents.problems.append(DataProblem(.unreadableFile, origin: context.origin(path), detail: error.message))
            }
            return contents
        }
    }

    private func read(_ context: LoadContext) throws(LoadError) -> FileContents {
        try context.check()
        let file = try OpenFile(path: path)
        guard file.size > 0 else { throw .emptyFile(path: path) }
        var source = ByteSource(file)
        var head = try source.head(64 << 10)
        if head.withElements(DatabaseLoader.isDatabase) { return try DatabaseLoader.load(path, context: context) }
        let isPacked = head.withElements(Gzip.isPacked)
        if isPacked {
            source = ByteSource(try Gzip.unpack(source, context: context), path: path)
            guard source.size > 0 else { throw .emptyFile(path: path) }
            head = try source.head(64 << 10)
            if head.withElements(DatabaseLoader.isDatabase) {
                throw .database(path: path, reason: "it is packed; gunzip it first")
            }
        }
        let contents = try readText(source, head, isPacked ? context.silent() : context)
        try file.checkUnchanged()
        return contents
    }

    private func readText(_ original: ByteSource, _ head: Growing<UInt8>, _ context: LoadContext) throws(LoadError)
        -> FileContents
    {
        guard let encoding = head.withElements(Encoding.sniff) else { throw .notData(path: path) }
        var source = original
        if encoding != .utf8 {
            source = ByteSource(try original.head(original.size).withElements(encoding.transcode), path: path)
        }
        let endings = FileName.endings(FileName.last(path))
        let kind = (endings.first == "gz" ? endings.dropFirst().first : endings.first).flatMap(FileKind.init(ending:))
        switch kind {
        case .json: return try JSONLoader.load(source, context: context)
        case .delimited(let prefersTab): return try readDelimited(source, prefersTab, context)
        case .database: throw .database(path: path, reason: "it does not begin as one")
        case nil:
            let first = try source.head(4096).withElements { bytes in
                bytes.first { $0 != 0x20 && $0 != 0x0a && $0 != 0x0d && $0 != 0x09 }
            }
            if first == 0x7b || first == 0x5b { return try JSONLoader.load(source, context: context) }
            return try readDelimited(source, false, context)
        }
    }

    /// Reads the file as UTF-8, and once more as Windows-1252 if it shows that it is that.
    private func readDelimited(_ source: ByteSource, _ prefersTab: Bool, _ context: LoadContext) throws(LoadError) -> FileContents
    {
        let contents = try DelimitedLoader.load(source, prefersTab: prefersTab, context: context)
        guard contents.problems.contains(where: { $0.kind == .invalidEncoding }) else { return contents }
        let bytes = try source.head(source.size)
        guard bytes.withElements(Encoding.isWindows1252) else { return contents }
        let transcoded = ByteSource(bytes.withElements(Encoding.windows1252.transcode), path: path)
        var again = try DelimitedLoader.load(transcoded, prefersTab: prefersTab, context: context)
        again.problems.append(DataProblem(.otherEncoding, origin: context.origin(path), detail: "Windows-1252"))
        return again
    }
}
