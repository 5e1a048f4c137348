import Columns
import Types

extension ColumnFinish {
    /// The texts, coded unless so many differ that codes would not pay, and how many differ, exactly or nearly.
    func texts(_ validity: Bitmap?) -> (Vector.Storage, distinctCount: Int?, estimate: Int?) {
        if pieces.contains(where: { $0.coder < 0 && $0.values != nil }) {
            let plain = PlainTexts(self).storage
            let estimate = DistinctCount.estimate(plain, validity)
            if TextCoder.isMostlyDistinct(estimate, of: rowCount) { return (.text(plain), nil, estimate) }
            let merged = coded(plain, validity)
            return (merged.storage, merged.distinctCount, nil)
        }
        let joint = JointCoder(coders, pieces, dropStrays: codersHoldStrays)
        if TextCoder.isMostlyDistinct(joint.count, of: rowCount) { return (.text(PlainTexts(self).storage), joint.count, nil) }
        return (coded(SortedCoders(joint)), joint.count, nil)
    }

    /// Codes for texts that were kept plain at first but turned out to repeat.
    private func coded(_ storage: TextStorage, _ validity: Bitmap?) -> (storage: Vector.Storage, distinctCount: Int) {
        let coder = TextCoder()
        let codes = Block(byteCount: rowCount * 4)
        let target = codes.base.bindMemory(to: UInt32.self, capacity: rowCount)
        let offsets = storage.offsets.base
        let bytes = storage.bytes.base
        let words = validity?.words.base
        for row in 0..<rowCount {
            if let words, words[row >> 6] &>> UInt64(row & 63) & 1 == 0 {
                target[row] = 0
            } else {
                target[row] = coder.code(bytes + Int(offsets[row]), Int(offsets[row + 1] - offsets[row]))
            }
        }
        // One piece of all rows, as if it had been coded from the start.
        let piece = Piece(format: .text, rowCount: rowCount, values: codes, width: 4, coder: 0)
        let whole = ColumnFinish(
            header: header, format: format, pieces: [piece], coders: [coder], codersHoldStrays: false, rowCount: rowCount)
        return (whole.coded(SortedCoders(JointCoder([coder], [], dropStrays: false))), coder.count)
    }

    private func coded(_ sorted: SortedCoders) -> Vector.Storage {
        switch sorted.dictionary.count {
        case ...0x100: .coded(.uint8(joinCodes(sorted, UInt8.self)), sorted.dictionary)
        case ...0x10000: .coded(.uint16(joinCodes(sorted, UInt16.self)), sorted.dictionary)
        default: .coded(.uint32(joinCodes(sorted, UInt32.self)), sorted.dictionary)
        }
    }

    private func joinCodes<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ sorted: SortedCoders, _ type: Element.Type
    ) -> Buffer<Element> {
        Buffer(capacity: rowCount) { memory in
            var target = memory.baseAddress!
            for piece in pieces {
                let count = piece.rowCount
                if let values = piece.values {
                    let ranks = sorted.ranks[piece.coder]
                    switch piece.width {
                    case 1: Self.translate(values.elements(UInt8.self), target, count, ranks)
                    case 2: Self.translate(values.elements(UInt16.self), target, count, ranks)
                    default: Self.translate(values.elements(UInt32.self), target, count, ranks)
                    }
                } else {
                    target.update(repeating: 0, count: count)
                }
                target += count
            }
            return rowCount
        }
    }

    @inline(__always)
    private static func translate<Source: FixedWidthInteger, Target: FixedWidthInteger>(
        _ source: UnsafePointer<Source>, _ target: UnsafeMutablePointer<Target>, _ count: Int, _ ranks: [UInt32]
    ) {
        ranks.withUnsafeBufferPointer { ranks in
            let base = ranks.baseAddress!
            for index in 0..<count { target[index] = Target(truncatingIfNeeded: base[Int(truncatingIfNeeded: source[index])]) }
        }
    }
}
