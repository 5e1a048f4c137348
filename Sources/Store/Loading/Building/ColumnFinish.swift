import Columns
import Types

/// Puts the pieces of a column together. The pieces agree on their format, but for those that hold nothing.
struct ColumnFinish {
    let header: String
    let format: ColumnFormat
    var pieces: [Piece]
    let coders: [TextCoder?]
    /// Whether texts may have been coded that no piece uses, since a part of the file was read twice.
    let codersHoldStrays: Bool
    let rowCount: Int

    func column() -> LoadedTable.Column {
        let missingCount = pieces.reduce(0) { $0 + $1.missingCount }
        let asksYesNo = asksYesNo
        var type = asksYesNo ? .bool : format.type
        if missingCount == rowCount {
            return LoadedTable.Column(
                header: header, type: type, values: .missing(count: rowCount), distinctCount: 0, missingCount: missingCount)
        }
        let validity = missingCount == 0 ? nil : self.validity()
        let storage: Vector.Storage
        var distinctCount: Int?
        var estimate: Int?
        switch format {
        case .empty, .text: (storage, distinctCount, estimate) = texts(validity)
        case .numbered(let prefix): (storage, distinctCount) = numbered(prefix, validity)
        case .number where asksYesNo: storage = .bool(ones())
        case .number, .decorated:
            let (integers, scale) = numbers()
            storage = .decimal(integers, scale: scale)
        case .double: storage = .double(doubles())
        case .bool: storage = .bool(bools())
        case .date: storage = .date(days())
        case .time: storage = pieces.allSatisfy { $0.isMidnight || $0.values == nil } ? .date(midnights()) : .time(instants())
        }
        if case .date = storage { type = .date }
        let values = Vector(count: rowCount, storage, validity: validity)
        return LoadedTable.Column(
            header: header, type: type, values: values,
            distinct: DistinctValues(of: values, known: distinctCount, estimate: estimate), missingCount: missingCount)
    }

    /// The bits of all pieces one after another; `bits` is none where all rows of a piece are `fallback`.
    private func joinBits(_ bits: (Piece) -> Block?, fallback: (Piece) -> Bool) -> Bitmap {
        let wordCount = (rowCount + 63) / 64
        let words = Buffer<UInt64>(capacity: wordCount) { memory in
            memory.update(repeating: 0)
            var row = 0
            for piece in pieces {
                let source = bits(piece)?.elements(UInt64.self)
                let blank: UInt64 = fallback(piece) ? ~0 : 0
                var done = 0
                while done < piece.rowCount {
                    let width = min(64, piece.rowCount - done)
                    var word = source.map { $0[done / 64] } ?? blank
                    if width < 64 { word &= (1 << UInt64(width)) - 1 }
                    let shift = UInt64(row % 64)
                    memory[row / 64] |= word << shift
                    if shift > 0, row / 64 + 1 < wordCount { memory[row / 64 + 1] |= word >> (64 - shift) }
                    row += width
                    done += width
                }
            }
            return wordCount
        }
        return Bitmap(words: words, count: rowCount)
    }

    private func validity() -> Bitmap {
        joinBits({ $0.validity }, fallback: { $0.missingCount == 0 })
    }

    private func bools() -> Bitmap {
        joinBits({ $0.values }, fallback: { _ in false })
    }

    /// Copies elements of the same width, and zeros for pieces without values.
    private func join<Element: BitwiseCopyable & Sendable>(_ type: Element.Type, zero: Element) -> Buffer<Element> {
        Buffer(capacity: rowCount) { memory in
            var target = memory.baseAddress!
            for piece in pieces {
                if let values = piece.values {
                    target.update(from: values.elements(type), count: piece.rowCount)
                } else {
                    target.update(repeating: zero, count: piece.rowCount)
                }
                target += piece.rowCount
            }
            return rowCount
        }
    }

    private func doubles() -> Buffer<Double> { join(Double.self, zero: 0) }
    private func days() -> Buffer<Int32> { join(Int32.self, zero: 0) }
    private func instants() -> Buffer<Int64> { join(Int64.self, zero: 0) }

    private func midnights() -> Buffer<Int32> {
        Buffer(capacity: rowCount) { memory in
            var row = 0
            for piece in pieces {
                let values = piece.values?.elements(Int64.self)
                for index in 0..<piece.rowCount {
                    let instant = values.map { $0[index] } ?? 0
                    memory[row + index] = Int32(truncatingIfNeeded: Calendar.floorDivide(instant, Calendar.microsecondsPerDay))
                }
                row += piece.rowCount
            }
            return rowCount
        }
    }
}

// MARK: Numbers

extension ColumnFinish {
    /// The scale that all pieces share, or none where one of them does not fit it; doubles are needed then.
    static func commonScale(_ pieces: [Piece]) -> (scale: Int, minimum: Int64, maximum: Int64)? {
        let filled = pieces.filter { $0.values != nil }
        let scale = filled.map(\.scale).max() ?? 0
        var minimum = Int64.max
        var maximum = Int64.min
        for piece in filled {
            let factor = powersOfTen[scale - piece.scale]
            let low = piece.minimum.multipliedReportingOverflow(by: factor)
            let high = piece.maximum.multipliedReportingOverflow(by: factor)
            if low.overflow || high.overflow { return nil }
            minimum = min(minimum, low.partialValue)
            maximum = max(maximum, high.partialValue)
        }
        return (scale, minimum, maximum)
    }

    func numbers() -> (Integers, scale: Int) {
        guard let common = Self.commonScale(pieces) else { preconditionFailure("pieces that do not fit one scale") }
        let low = min(common.minimum, 0)
        let high = max(common.maximum, 0)
        if low >= -128, high <= 127 { return (.int8(widen(to: Int8.self, common.scale)), common.scale) }
        if low >= -32_768, high <= 32_767 { return (.int16(widen(to: Int16.self, common.scale)), common.scale) }
        if low >= Int64(Int32.min), high <= Int64(Int32.max) {
            return (.int32(widen(to: Int32.self, common.scale)), common.scale)
        }
        return (.int64(widen(to: Int64.self, common.scale)), common.scale)
    }

    private func widen<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        to type: Element.Type, _ scale: Int
    ) -> Buffer<Element> {
        Buffer(capacity: rowCount) { memory in
            var target = memory.baseAddress!
            for piece in pieces {
                let count = piece.rowCount
                if let values = piece.values {
                    let factor = powersOfTen[scale - piece.scale]
                    switch piece.width {
                    case 1: Self.copy(values.elements(Int8.self), target, count, factor)
                    case 2: Self.copy(values.elements(Int16.self), target, count, factor)
                    case 4: Self.copy(values.elements(Int32.self), target, count, factor)
                    default: Self.copy(values.elements(Int64.self), target, count, factor)
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
    private static func copy<Source: FixedWidthInteger, Target: FixedWidthInteger>(
        _ source: UnsafePointer<Source>, _ target: UnsafeMutablePointer<Target>, _ count: Int, _ factor: Int64
    ) {
        if factor == 1 {
            for index in 0..<count { target[index] = Target(truncatingIfNeeded: source[index]) }
        } else {
            for index in 0..<count {
                target[index] = Target(truncatingIfNeeded: Int64(truncatingIfNeeded: source[index]) &* factor)
            }
        }
    }
}
