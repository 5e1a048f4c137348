/// A table whose rows come one by one, twice: to find the formats of its columns, and to read them.
final class RowTable {
    private(set) var headers: [String] = []
    private var columnsByHeader: [String: Int] = [:]
    private var classifications: [Classification] = []
    private(set) var formats: [ColumnFormat] = []
    private var pieces: [[Piece]] = []
    private var coders: [TextCoder] = []
    private let builder = PieceBuilder()
    private(set) var rowCount = 0
    /// The columns to be read in the next reading; all at first, then those whose format turned out not to do.
    private var pending: Set<Int> = []
    private var failed: Set<Int> = []

    /// The number of a column, which is new if its header is.
    func column(_ header: String) -> Int {
        if let column = columnsByHeader[header] { return column }
        columnsByHeader[header] = headers.count
        headers.append(header)
        classifications.append(Classification())
        return headers.count - 1
    }

    /// Values that were not UTF-8 and have been repaired, as long as the columns have not been taken.
    var repairedCount: Int { pieces.joined().reduce(0) { $0 + $1.repairedCount } }

    /// The first time: looks at the values.
    func classify(_ batch: FieldBatch) {
        rowCount += batch.rowCount
        for column in 0..<batch.columnCount { classifications[column].add(batch, column: column) }
    }

    /// Between the times. `declared` names formats that are known otherwise.
    func settle(declared: [Int: ColumnFormat] = [:]) {
        var taste = FormatTaste()
        taste.noteDateOrder(of: classifications)
        formats = classifications.enumerated().map { index, classification in
            declared[index] ?? taste.format(classification)
        }
        pieces = headers.map { _ in [] }
        pending = Set(headers.indices)
        coders = headers.map { _ in TextCoder(expectedRows: rowCount) }
    }

    /// The second time: reads the values.
    func read(_ batch: FieldBatch) {
        for column in pending { pieces[column].append(piece(batch, column)) }
    }

    private func piece(_ batch: FieldBatch, _ column: Int) -> Piece {
        let coder = coders[column]
        let format = formats[column]
        if let piece = builder.piece(batch, column: column, format: format, coder: coder, coderIndex: 0) { return piece }
        failed.insert(column)
        return Piece(format: format, rowCount: batch.rowCount, missingCount: batch.rowCount)
    }

    /// Whether columns have to be read once more, as texts: amounts in one batch too exact for the size of those in another.
    func needsAnotherReading() -> Bool {
        for column in pending {
            if case .decorated = formats[column], ColumnFinish.commonScale(pieces[column]) == nil { failed.insert(column) }
        }
        pending = failed
        failed = []
        for column in pending {
            formats[column] = .text
            pieces[column] = []
        }
        return !pending.isEmpty
    }

    /// The columns, once all has been read.
    func columns() -> [LoadedTable.Column] {
        headers.indices.map { column in
            var format = formats[column]
            if format == .number || format == .double { format = evenOut(column) }
            let finish = ColumnFinish(
                header: headers[column], format: format, pieces: pieces[column], coders: [coders[column]],
                codersHoldStrays: false,
                rowCount: rowCount)
            pieces[column] = []
            return finish.column()
        }
    }

    /// Makes doubles of all pieces unless all are exact and fit one scale.
    private func evenOut(_ column: Int) -> ColumnFormat {
        let isExact = pieces[column].allSatisfy { $0.format == .number || $0.values == nil }
        if isExact, ColumnFinish.commonScale(pieces[column]) != nil { return .number }
        pieces[column] = pieces[column].map { $0.format == .number ? $0.asDoubles() : $0 }
        return .double
    }
}

extension Piece {
    /// The same numbers as doubles. Up to 2^53 units the division rounds once; beyond that it may be off by one in the last place.
    func asDoubles() -> Piece {
        var piece = self
        piece.format = .double
        guard let values else { return piece }
        let block = Block(byteCount: rowCount * 8)
        let target = block.base.bindMemory(to: Double.self, capacity: rowCount)
        let divisor = NumberText.powersOfTen[scale]
        for row in 0..<rowCount {
            let units: Int64 =
                switch width {
                case 1: Int64(values.elements(Int8.self)[row])
                case 2: Int64(values.elements(Int16.self)[row])
                case 4: Int64(values.elements(Int32.self)[row])
                default: values.elements(Int64.self)[row]
                }
            target[row] = Double(units) / divisor
        }
        piece.values = block
        piece.width = 8
        return piece
    }
}
