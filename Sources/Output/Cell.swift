import Columns
import Types

/// One value of a column as a person reads it, in UTF-8. A missing value leaves nothing. Lists are joined by `; `, and a nested answer
/// is written as `{stage: won, amount: 3}; {…}`.
func appendCell(_ values: Vector, _ row: Int, to bytes: inout [UInt8]) {
    switch values.storage {
    case .list(let segments, let elements):
        for index in elementRange(segments, row) {
            if index > elementRange(segments, row).lowerBound { bytes.append(contentsOf: "; ".utf8) }
            appendCell(elements, index, to: &bytes)
        }
    case .table(let segments, let columns):
        for index in elementRange(segments, row) {
            if index > elementRange(segments, row).lowerBound { bytes.append(contentsOf: "; ".utf8) }
            bytes.append(UInt8(ascii: "{"))
            for (position, column) in columns.enumerated() {
                if position > 0 { bytes.append(contentsOf: ", ".utf8) }
                bytes.append(contentsOf: "\(column.name): ".utf8)
                appendCell(column.values, index, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    default:
        if values.isPresent(row) { values.appendText(of: row, to: &bytes) }
    }
}

/// The elements of one row of a segmented vector.
func elementRange(_ segments: Segments, _ row: Int) -> Range<Int> {
    Int(segments.offsets[row])..<Int(segments.offsets[row + 1])
}

/// The cells of one column, for whoever writes many of them: looking into the column anew for every cell costs more than writing it.
final class Cells {
    private let values: Vector
    /// Whether every cell is a number, a date or the like, in which no separator, quote or line break can stand.
    let arePlain: Bool
    /// None for lists and nested answers, whose cells are put together from others.
    private let writer: CellWriter?

    init(_ values: Vector) {
        self.values = values
        switch values.storage {
        case .list, .table: writer = nil
        default: writer = CellWriter(values)
        }
        arePlain =
            switch values.storage {
            case .none, .bool, .decimal, .double, .date, .time, .period: true
            default: false
            }
    }

    /// As `appendCell` does.
    func append(_ row: Int, to bytes: inout [UInt8]) {
        if let writer { writer.append(row, to: &bytes) } else { appendCell(values, row, to: &bytes) }
    }

    func showsMissing(_ row: Int) -> Bool { values.showsMissing(row) }
}

extension Vector {
    /// Whether a cell shows that nothing is known, rather than an empty text or list.
    func showsMissing(_ row: Int) -> Bool {
        switch storage {
        case .list, .table, .set: false
        default: !isPresent(row)
        }
    }
}
