import Columns
import Types

// MARK: Yes and no in numbers

extension ColumnFinish {
    /// Whether the header asks something that is answered by yes or no, as in `IsWon` and `has_children`, and the values are nothing but
    /// 1 and 0, or nothing at all. CRMs export their checkboxes so; of a column that is never ticked nothing but the header tells what it is.
    var asksYesNo: Bool {
        let words = SnakeCase.words(header)
        guard words.count > 1, words[0] == "is" || words[0] == "has" else { return false }
        switch format {
        case .empty: return true
        case .number:
            return pieces.allSatisfy { $0.values == nil || ($0.scale == 0 && $0.minimum >= 0 && $0.maximum <= 1) }
        default: return false
        }
    }

    /// The rows of a column of 1 and 0 that hold 1.
    func ones() -> Bitmap {
        let wordCount = (rowCount + 63) / 64
        let words = Buffer<UInt64>(capacity: wordCount) { memory in
            memory.update(repeating: 0)
            var first = 0
            for piece in pieces {
                // Numbers up to 127 stand in bytes.
                if let values = piece.values?.elements(Int8.self) {
                    for row in 0..<piece.rowCount where values[row] == 1 {
                        memory[(first + row) >> 6] |= 1 << UInt64((first + row) & 63)
                    }
                }
                first += piece.rowCount
            }
            return wordCount
        }
        return Bitmap(words: words, count: rowCount)
    }
}
