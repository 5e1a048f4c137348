/// What one thread needs to read parts of a delimited file.
final class DelimitedWorker: @unchecked Sendable {
    let window = Growing<UInt8>()
    let scanner: FieldScanner
    let builder = PieceBuilder()
    /// By column, where texts have come.
    let coders: Slots<TextCoder>
    /// Which of all workers this is.
    let index: Int
    /// How many rows the file is likely to have, once that can be guessed.
    var expectedRows: Int?

    init(index: Int, header: DelimitedHeader, options: LoadOptions) {
        self.index = index
        scanner = FieldScanner(
            dialect: header.dialect, columnCount: header.names.count, longestQuoted: options.longestQuoted)
        coders = Slots(header.names.count)
    }

    func coder(_ column: Int) -> TextCoder {
        if let coder = coders[column] { return coder }
        let coder = TextCoder(expectedRows: expectedRows)
        coders[column] = coder
        return coder
    }

    /// Reads a column of the rows last scanned. A format that does not fit gives way to the one that these rows speak for.
    func piece(_ batch: FieldBatch, _ column: Int, _ format: ColumnFormat, _ taste: FormatTaste) -> (piece: Piece, isText: Bool) {
        if let piece = piece(batch, column, format) { return (piece, format == .text) }
        var classification = Classification()
        classification.add(batch, column: column)
        if let piece = piece(batch, column, taste.format(classification)) { return (piece, classification.formats.isEmpty) }
        return (piece(batch, column, .text)!, false)
    }

    private func piece(_ batch: FieldBatch, _ column: Int, _ format: ColumnFormat) -> Piece? {
        let coder = format == .text ? coder(column) : nil
        return builder.piece(batch, column: column, format: format, coder: coder, coderIndex: index)
    }
}

/// How formats that leave a choice are decided in a file.
struct FormatTaste: Sendable {
    var prefersComma = false
    /// What other columns of the file say about days and months.
    private(set) var dateOrder: DateOrder?
    /// Whether the columns that show an order disagree.
    private(set) var isDisputed = false

    /// The order of the columns that show one, if all of these agree; otherwise the day comes first, as in most of the world.
    mutating func noteDateOrder(of classifications: [Classification]) {
        let certain = Set(classifications.compactMap(\.certainDateOrder))
        isDisputed = certain.count > 1
        dateOrder = isDisputed ? .dayFirst : certain.first
    }

    func format(_ classification: Classification) -> ColumnFormat {
        classification.format(preferringComma: prefersComma, preferredOrder: dateOrder)
    }
}

/// A place for the result of each task, filled by several threads, each its own.
final class Slots<Element>: @unchecked Sendable {
    private let base: UnsafeMutablePointer<Element?>
    let count: Int

    init(_ count: Int) {
        self.count = count
        base = .allocate(capacity: count)
        base.initialize(repeating: nil, count: count)
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    subscript(_ index: Int) -> Element? {
        get { base[index] }
        set { base[index] = newValue }
    }
}
