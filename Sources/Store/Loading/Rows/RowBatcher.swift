/// Gathers the values of rows that come one by one, from JSON or a database, into batches like those of delimited files.
final class RowBatcher {
    private struct Cell: BitwiseCopyable {
        let row: Int32
        let column: Int32
        let field: Field
    }

    /// The bytes of the values; at least 64 bytes may be read past the last.
    let bytes = Growing<UInt8>(capacity: 1 << 16)
    private let cells = Growing<Cell>(capacity: 1 << 12)
    private let fields = Growing<Field>()
    private(set) var rowCount = 0

    static let mostRows = 8192
    static let mostBytes = 4 << 20
    /// Longer values cannot be told by a field.
    static let longestValue = 1 << 28

    var isFull: Bool { rowCount >= Self.mostRows || bytes.count >= Self.mostBytes }

    /// Adds the bytes from `start` on, which were appended to `bytes`, as the value of a column of the row at work.
    func add(column: Int, from start: Int, isString: Bool) {
        let field = Field(start, bytes.count, isString: isString)
        cells.append(Cell(row: Int32(rowCount), column: Int32(column), field: field))
    }

    func add(column: Int, _ text: UnsafeBufferPointer<UInt8>, isString: Bool) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        add(column: column, from: start, isString: isString)
    }

    func endRow() { rowCount += 1 }

    /// Forgets the values of the row at work.
    func dropRow() {
        while cells.count > 0, cells.base[cells.count - 1].row == Int32(rowCount) { cells.count -= 1 }
    }

    /// Hands over the rows gathered so far, and starts anew. A column named twice in a row has its last value.
    func flush(columnCount: Int, to use: (FieldBatch) -> Void) {
        defer {
            rowCount = 0
            bytes.count = 0
            cells.count = 0
        }
        guard rowCount > 0 else { return }
        fields.reserve(rowCount * columnCount)
        for index in 0..<rowCount * columnCount { fields.base[index] = Field(0, 0) }
        for index in 0..<cells.count {
            let cell = cells.base[index]
            fields.base[Int(cell.row) * columnCount + Int(cell.column)] = cell.field
        }
        use(FieldBatch(bytes: bytes.base, fields: fields.base, columnCount: columnCount, rowCount: rowCount))
    }
}
