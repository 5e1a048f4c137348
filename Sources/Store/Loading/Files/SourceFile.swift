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
        for index in files.indices where files[index].size >= bigSize { load(index, threads: context.threads) }
        let small = files.indices.filter { files[$0].size < bigSize }
        // The larger first, so that no thread is left with a long one at the end.
        let bySize = small.sorted { files[$0].size > files[$1].size }
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
        let prefersTab = FileName.endings(path).first == "tsv"
        let contents = try DelimitedLoader.load(ByteSource(file), prefersTab: prefersTab, context: context)
        try file.checkUnchanged()
        return contents
    }
}
