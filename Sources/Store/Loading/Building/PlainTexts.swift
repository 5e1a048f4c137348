import Columns

/// The texts of all pieces of a column one after another, without a dictionary.
struct PlainTexts {
    let storage: TextStorage

    init(_ column: ColumnFinish) {
        let rowCount = column.rowCount
        let total = Self.byteCount(column)
        var bytes: Buffer<UInt8>?
        let offsets = Buffer<Int64>(capacity: rowCount + 1) { ends in
            ends[0] = 0
            // Room to load whole words at the end.
            bytes = Buffer<UInt8>(capacity: total + 64) { memory in
                var row = 0
                var end = 0
                for piece in column.pieces {
                    let target = memory.baseAddress! + end
                    let pieceEnds = ends.baseAddress! + row + 1
                    end += Self.append(piece, column.coders, to: target, ends: pieceEnds, base: end)
                    row += piece.rowCount
                }
                return end
            }
            return rowCount + 1
        }
        storage = TextStorage(offsets: offsets, bytes: bytes!)
    }

    private static func byteCount(_ column: ColumnFinish) -> Int {
        var total = 0
        for piece in column.pieces where piece.values != nil {
            if let bytes = piece.bytes {
                total += bytes.byteCount
            } else {
                let coder = column.coders[piece.coder]!
                for row in 0..<piece.rowCount where isPresent(piece, row) {
                    total += coder.text(piece.code(row)).count
                }
            }
        }
        return total
    }

    @inline(__always)
    private static func isPresent(_ piece: Piece, _ row: Int) -> Bool {
        guard let validity = piece.validity else { return true }
        return validity.elements(UInt64.self)[row >> 6] &>> UInt64(row & 63) & 1 != 0
    }

    /// Copies the texts of a piece and returns their bytes; `ends` takes where each ends, counted from `base` before the first.
    private static func append(
        _ piece: Piece, _ coders: [TextCoder?], to target: UnsafeMutablePointer<UInt8>, ends: UnsafeMutablePointer<Int64>,
        base: Int
    ) -> Int {
        guard let values = piece.values else {
            ends.update(repeating: Int64(base), count: piece.rowCount)
            return 0
        }
        if let bytes = piece.bytes {
            target.update(from: bytes.elements(UInt8.self), count: bytes.byteCount)
            let offsets = values.elements(UInt32.self)
            for row in 0..<piece.rowCount { ends[row] = Int64(base) &+ Int64(offsets[row + 1]) }
            return bytes.byteCount
        }
        let coder = coders[piece.coder]!
        var length = 0
        for row in 0..<piece.rowCount {
            if isPresent(piece, row) {
                let text = coder.text(piece.code(row))
                (target + length).update(from: text.baseAddress!, count: text.count)
                length += text.count
            }
            ends[row] = Int64(base + length)
        }
        return length
    }
}
