import Synchronization

/// Reads one delimited file: parts of it in parallel, each by the formats that the first rows speak for.
///
/// A part begins at the first row that seems to begin in it. Whether one does depends on quotes opened before, so it is checked
/// afterwards that each part began where the part before it ended, and where not, the part is read again.
final class DelimitedReader: @unchecked Sendable {
    let source: ByteSource
    let header: DelimitedHeader
    let options: LoadOptions
    let context: LoadContext
    private var workers: [DelimitedWorker] = []
    private var chunks: [DelimitedChunk] = []
    private var results: [ChunkResult] = []
    private var formats: [ColumnFormat] = []
    private var classifications: [Classification] = []
    private var taste = FormatTaste()
    private var codersHoldStrays = false
    private(set) var problems: [DataProblem] = []

    init(_ source: ByteSource, header: DelimitedHeader, context: LoadContext) {
        self.source = source
        self.header = header
        self.context = context
        options = context.options
        taste.prefersComma = header.dialect.separator == 0x3b
    }

    var columnCount: Int { header.names.count }

    /// Values that were not UTF-8 and have been repaired.
    private(set) var repairedCount = 0

    func columns() throws(LoadError) -> [LoadedTable.Column] {
        cutIntoChunks()
        try lookAtFirstRows()
        try readAll()
        try settleFormats()
        return try finish()
    }

    var rowCount: Int { results.reduce(0) { $0 + $1.rowCount } }

    /// The rows' oddities, over the whole file.
    var findings: RowFindings {
        var all = RowFindings()
        for result in results { all.merge(result.findings) }
        return all
    }

    private func cutIntoChunks() {
        let size = source.size - header.dataStart
        let count = max(1, (size + options.chunkSize - 1) / options.chunkSize)
        chunks = (0..<count).map { index in
            let lower = header.dataStart + index * options.chunkSize
            return DelimitedChunk(lower: lower, upper: min(source.size, lower + options.chunkSize))
        }
        chunks[0].start = header.dataStart
        workers = (0..<max(1, min(context.threads, count))).map {
            DelimitedWorker(index: $0, header: header, options: options)
        }
    }

    private func lookAtFirstRows() throws(LoadError) {
        classifications = Array(repeating: Classification(), count: columnCount)
        var sample = chunks[0]
        sample.upper = min(sample.upper, sample.lower + (64 << 10))
        var prefixes: [[UInt8]?] = Array(repeating: nil, count: columnCount)
        let result = try readChunk(sample, workers[0]) { batch, result in
            result.classifications = self.classify(batch, Array(0..<self.columnCount))
            prefixes = (0..<self.columnCount).map { self.workers[0].builder.numberedPrefix(batch, $0) }
        }
        let bytesPerRow = (result.next - result.start) / max(1, result.rowCount)
        for worker in workers { worker.expectedRows = source.size / max(1, bytesPerRow) }
        if !result.classifications.isEmpty { classifications = result.classifications }
        taste.noteDateOrder(of: classifications)
        formats = zip(classifications, prefixes).map { classification, prefix in
            let format = taste.format(classification)
            if let prefix, classification.formats.isEmpty { return .numbered(prefix: prefix) }
            // Texts that could still be something else are left to the rows that show it.
            return format == .text && !classification.formats.isEmpty ? .empty : format
        }
    }

    private func classify(_ batch: FieldBatch, _ columns: [Int]) -> [Classification] {
        columns.map { column in
            var classification = Classification()
            classification.add(batch, column: column)
            return classification
        }
    }

    /// Reads all parts, then those again that began in the wrong place.
    private func readAll() throws(LoadError) {
        let columns = Array(0..<columnCount)
        context.advance(by: header.dataStart)
        results = try inParallel(chunks) { [context] chunk, worker throws(LoadError) in
            defer { context.advance(by: chunk.upper - chunk.lower) }
            return try self.parse(chunk, worker, columns)
        }
        var expected = header.dataStart
        for index in chunks.indices {
            chunks[index].start = expected
            if results[index].start != expected {
                if results[index].rowCount > 0 { codersHoldStrays = true }
                results[index] = try parse(chunks[index], workers[0], columns)
            }
            expected = results[index].next
        }
        try context.check()
    }

    private func parse(_ chunk: DelimitedChunk, _ worker: DelimitedWorker, _ columns: [Int]) throws(LoadError) -> ChunkResult {
        let formats = formats
        let taste = taste
        return try readChunk(chunk, worker) { batch, result in
            result.pieces = Array(repeating: nil, count: formats.count)
            result.isText = Array(repeating: false, count: formats.count)
            for column in columns {
                let (piece, isText) = worker.piece(batch, column, formats[column], taste)
                result.pieces[column] = piece
                result.isText[column] = isText
            }
        }
    }

    /// Does the same for all parts, on all threads.
    private func inParallel(
        _ chunks: [DelimitedChunk], _ body: @escaping @Sendable (DelimitedChunk, DelimitedWorker) throws(LoadError) -> ChunkResult
    ) throws(LoadError) -> [ChunkResult] {
        let slots = Slots<ChunkResult>(chunks.count)
        let failure = Mutex<LoadError?>(nil)
        let workers = workers
        withoutActuallyEscaping(body) { body in
            Parallel.forEach(chunks.count, threads: workers.count) { [context] index, thread in
                if failure.withLock({ $0 != nil }) { return }
                do throws(LoadError) {
                    try context.check()
                    slots[index] = try body(chunks[index], workers[thread])
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return (0..<chunks.count).map { slots[$0]! }
    }
}

// MARK: Formats

extension DelimitedReader {
    /// Decides on one format a column, reading parts again that were read by another.
    private func settleFormats() throws(LoadError) {
        var unsettled: [Int] = []
        for column in 0..<columnCount {
            if let format = agreement(column) { formats[column] = format } else { unsettled.append(column) }
        }
        if !unsettled.isEmpty { try classifyAgain(unsettled) }
        for column in 0..<columnCount where formats[column] == .text { spellOut(column) }
        // Exact numbers may turn out to need doubles, and the last resort is text, so this ends soon.
        while true {
            let stale = (0..<columnCount).filter { !isSettled($0) }
            if stale.isEmpty { return }
            try readAgain(stale)
            for column in stale where !isSettled(column) { formats[column] = formats[column] == .number ? .double : .text }
        }
    }

    /// Makes plain texts of numbered ones, where other parts of the file have other texts.
    private func spellOut(_ column: Int) {
        for index in results.indices where !results[index].pieces.isEmpty {
            if let spelled = results[index].pieces[column]?.spelledOut() { results[index].pieces[column] = spelled }
        }
    }

    private func pieces(_ column: Int) -> [Piece] { results.compactMap { $0.pieces.isEmpty ? nil : $0.pieces[column] } }

    /// Whether all parts were read by the format decided on.
    private func isSettled(_ column: Int) -> Bool {
        let pieces = pieces(column)
        guard pieces.allSatisfy({ $0.format == formats[column] || $0.format == .empty }) else { return false }
        switch formats[column] {
        case .number, .decorated: return ColumnFinish.commonScale(pieces) != nil
        default: return true
        }
    }

    /// The format that all parts agree on; none if all values have to be looked at.
    private func agreement(_ column: Int) -> ColumnFormat? {
        if results.contains(where: { !$0.isText.isEmpty && $0.isText[column] }) { return .text }
        var agreed = ColumnFormat.empty
        for piece in pieces(column) where piece.format != .empty && piece.format != agreed {
            switch (agreed, piece.format) {
            case (.empty, let format): agreed = format
            case (.number, .double), (.double, .number): agreed = .double
            default: return nil
            }
        }
        switch agreed {
        case .date(.dayFirst), .date(.monthFirst), .time(.dayFirst), .time(.monthFirst):
            return classifications[column].isAmbiguousDate || classifications[column].typedCount == 0 ? nil : agreed
        case .numbered: return DigitCounts(pieces(column)).digits == nil ? .text : agreed
        // Parts of nothing but `t` and of nothing but `f` are texts each, but together a column of yes and no.
        case .text: return pieces(column).count { $0.format == .text } > 1 ? nil : agreed
        default: return agreed
        }
    }

    private func classifyAgain(_ columns: [Int]) throws(LoadError) {
        let classified = try inParallel(chunks) { chunk, worker throws(LoadError) in
            try self.readChunk(chunk, worker) { batch, result in result.classifications = self.classify(batch, columns) }
        }
        for (index, column) in columns.enumerated() {
            var all = Classification()
            for result in classified where !result.classifications.isEmpty { all.merge(result.classifications[index]) }
            classifications[column] = all
        }
        taste.noteDateOrder(of: classifications)
        for column in columns {
            formats[column] = taste.format(classifications[column])
            let isDoubtful = taste.dateOrder == nil || taste.isDisputed
            if isDoubtful, classifications[column].isAmbiguousDate { noteAmbiguity(column) }
        }
    }

    private func noteAmbiguity(_ column: Int) {
        let isDayFirst = formats[column] == .date(.dayFirst) || formats[column] == .time(.dayFirst)
        problems.append(
            DataProblem(
                .ambiguousDate, origin: context.origin(source.path), column: header.names[column],
                count: classifications[column].typedCount,
                detail:
                    "read as \(isDayFirst ? "day, month, year" : "month, day, year"); written as 2024-12-31 they leave no doubt"))
    }

    private func readAgain(_ columns: [Int]) throws(LoadError) {
        for column in columns {
            for worker in workers { worker.coders[column] = nil }
        }
        let again = try inParallel(chunks) { chunk, worker throws(LoadError) in try self.parse(chunk, worker, columns) }
        for column in columns {
            for index in results.indices where !results[index].pieces.isEmpty {
                results[index].pieces[column] = again[index].pieces[column]
            }
        }
    }

    private func finish() throws(LoadError) -> [LoadedTable.Column] {
        let rowCount = rowCount
        guard rowCount <= Int(Int32.max) else { throw .tooManyRows(path: source.path) }
        let columns = Slots<LoadedTable.Column>(columnCount)
        let pieces = Slots<[Piece]>(columnCount)
        for column in 0..<columnCount {
            let own = self.pieces(column)
            repairedCount += own.reduce(0) { $0 + $1.repairedCount }
            pieces[column] = own
        }
        results = results.map { ChunkResult(start: $0.start, next: $0.next, rowCount: $0.rowCount, findings: $0.findings) }
        let formats = formats
        // The largest first, so that no thread is left with a long one at the end.
        let order = (0..<columnCount).map { column in (column: column, bytes: pieces[column]!.reduce(0) { $0 + $1.byteCount }) }
            .sorted { $0.bytes > $1.bytes }.map(\.column)
        Parallel.forEach(columnCount, threads: context.threads) { [header, workers, codersHoldStrays] task, _ in
            let column = order[task]
            let finish = ColumnFinish(
                header: header.names[column], format: formats[column], pieces: pieces[column]!,
                coders: workers.map { $0.coders[column] }, codersHoldStrays: codersHoldStrays, rowCount: rowCount)
            pieces[column] = nil
            columns[column] = finish.column()
            for worker in workers { worker.coders[column] = nil }
        }
        return (0..<columnCount).map { columns[$0]! }
    }
}
