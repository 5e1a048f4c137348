import Columns

/// The texts of all pieces of a column one after another, without a dictionary, and the hash of each.
struct PlainTexts {
    let storage: TextStorage
    private let hashes: Block
    private let validity: Bitmap?

    init(_ column: ColumnFinish, _ validity: Bitmap?) {
        self.validity = validity
        let rowCount = column.rowCount
        let hashes = Block(byteCount: rowCount * 8)
        let hash = hashes.base.bindMemory(to: UInt64.self, capacity: rowCount)
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
                    let length = Self.append(piece, column.coders, to: target, ends: pieceEnds, base: end, hashes: hash + row)
                    end += length
                    row += piece.rowCount
                }
                return end
            }
            return rowCount + 1
        }
        storage = TextStorage(offsets: offsets, bytes: bytes!)
        self.hashes = hashes
    }

    private static func byteCount(_ column: ColumnFinish) -> Int {
        var total = 0
        for piece in column.pieces where piece.values != nil {
            if let bytes = piece.bytes {
                total += bytes.byteCount
            } else {
                let coder = column.coders[piece.coder]!
                for row in 0..<piece.rowCount where isPresent(piece, row) {
                    total += coder.text(MergedCoders.code(piece, row)).count
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
        base: Int,
        hashes: UnsafeMutablePointer<UInt64>
    ) -> Int {
        guard let values = piece.values else {
            ends.update(repeating: Int64(base), count: piece.rowCount)
            hashes.update(repeating: 0, count: piece.rowCount)
            return 0
        }
        if let bytes = piece.bytes {
            target.update(from: bytes.elements(UInt8.self), count: bytes.byteCount)
            let offsets = values.elements(UInt32.self)
            let source = bytes.elements(UInt8.self)
            for row in 0..<piece.rowCount {
                ends[row] = Int64(base) &+ Int64(offsets[row + 1])
                let lower = Int(offsets[row])
                hashes[row] = TextHash.hash(source + lower, Int(offsets[row + 1]) &- lower)
            }
            return bytes.byteCount
        }
        let coder = coders[piece.coder]!
        var length = 0
        for row in 0..<piece.rowCount {
            hashes[row] = 0
            if isPresent(piece, row) {
                let text = coder.text(MergedCoders.code(piece, row))
                (target + length).update(from: text.baseAddress!, count: text.count)
                hashes[row] = TextHash.hash(text.baseAddress!, text.count)
                length += text.count
            }
            ends[row] = Int64(base + length)
        }
        return length
    }
}

// MARK: Counting

extension PlainTexts {
    /// How many texts differ. Texts that ascend, as keys in exports mostly do, need no table. Others are told apart by hashes of 64
    /// bits, and by their bytes only where the answer is whether all differ.
    func distinctCount(present: Int) -> Int {
        if ascends() { return present }
        let count = DistinctCount.hashed(storage.count, validity) { hashes.elements(UInt64.self)[$0] }
        return count < present && count + 8 >= present ? DistinctCount.exactly(storage, validity) : count
    }

    private func ascends() -> Bool {
        var last: UnsafeBufferPointer<UInt8>?
        let offsets = storage.offsets.base
        let bytes = storage.bytes.base
        for row in 0..<storage.count where validity?[row] ?? true {
            let text = UnsafeBufferPointer(start: bytes + Int(offsets[row]), count: Int(offsets[row + 1] - offsets[row]))
            if let last, !TextOrder.isLess(last, text) { return false }
            last = text
        }
        return true
    }
}
