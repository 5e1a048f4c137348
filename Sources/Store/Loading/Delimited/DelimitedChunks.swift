/// A part of a delimited file: the rows that begin in it.
struct DelimitedChunk: Sendable {
    var lower: Int
    var upper: Int
    /// Where its first row begins, once that is known for sure.
    var start: Int?
}

/// What came of a part.
struct ChunkResult: Sendable {
    /// Where its first row was taken to begin; -1 if no row's start was found.
    var start: Int
    /// Where the first row of the next part begins.
    var next: Int
    var rowCount = 0
    /// By column; none where the column was not asked for.
    var pieces: [Piece?] = []
    /// By column: whether a value cannot be anything but text.
    var isText: [Bool] = []
    /// By column, if classifications were asked for.
    var classifications: [Classification] = []
    var findings = RowFindings()
}

extension DelimitedReader {
    /// Scans the rows of a part and hands them to `use`.
    func readChunk(_ chunk: DelimitedChunk, _ worker: DelimitedWorker, use: (FieldBatch, inout ChunkResult) -> Void)
        throws(LoadError) -> ChunkResult
    {
        if let start = chunk.start, start >= chunk.upper { return ChunkResult(start: start, next: start) }
        // To find a row's start, the byte before the part is needed too: it may be a line's end.
        let offset = chunk.start ?? chunk.lower - 1
        var slack = max(16, options.chunkSize / 16)
        while true {
            let end = min(source.size, chunk.upper + slack)
            let isLast = end == source.size
            guard end - offset <= Self.longestWindow else { throw .rowTooLong(path: source.path) }
            worker.window.reserve(end - offset)
            let bytes = worker.window.base
            try source.read(from: offset, count: end - offset, into: bytes)
            let start: Int
            if chunk.start != nil {
                start = 0
            } else if let guess = guessStart(UnsafeBufferPointer(start: bytes, count: end - offset)) {
                start = guess
            } else {
                return ChunkResult(start: -1, next: -1)
            }
            if offset + start >= chunk.upper { return ChunkResult(start: offset + start, next: offset + start) }
            let ending = worker.scanner.scan(
                bytes, end: end - offset, isLast: isLast, offset: offset, start: start, limit: chunk.upper - offset)
            if case .complete(let next) = ending {
                var result = ChunkResult(start: offset + start, next: offset + next)
                result.rowCount = worker.scanner.rowCount
                result.findings = worker.scanner.findings
                use(worker.scanner.batch, &result)
                return result
            }
            // A guess that leads far astray is dropped; the part is read again once its start is known.
            if chunk.start == nil, slack > Self.longestGuess { return ChunkResult(start: -1, next: -1) }
            slack *= 4
        }
    }

    static var longestWindow: Int { 1 << 30 }
    static var longestGuess: Int { 4 << 20 }

    /// Where a row begins, if no quote is open at the start of the window: behind the first line end after which rows have as many
    /// values as the header.
    private func guessStart(_ window: UnsafeBufferPointer<UInt8>) -> Int? {
        var first: Int?
        var position = 0
        for _ in 0..<16 {
            while position < window.count, window[position] != header.dialect.newline { position += 1 }
            guard position < window.count else { break }
            position += 1
            if first == nil { first = position }
            if isPlausibleStart(window, position) { return position }
        }
        return first
    }

    private func isPlausibleStart(_ window: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var position = start
        for _ in 0..<2 where position < window.count {
            let row = PlainRow.read(window, from: position, header.dialect)
            if row.next < window.count, row.values.count != header.names.count { return false }
            position = row.next
        }
        return true
    }
}
