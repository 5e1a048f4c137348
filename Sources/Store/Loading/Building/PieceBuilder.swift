/// Turns a column of a batch into a piece. One a thread; keeps its scratch memory.
final class PieceBuilder {
    let integers = Growing<Int64>()
    private let doubles = Growing<Double>()
    let validity = Growing<UInt64>()
    let offsets = Growing<UInt32>()
    let bytes = Growing<UInt8>()
    var missingCount = 0
    /// Texts put into this plain piece that were not UTF-8.
    var repairedCount = 0

    /// The piece, or none where a value does not fit the format. Text takes every value.
    func piece(_ batch: FieldBatch, column: Int, format: ColumnFormat, coder: TextCoder?, coderIndex: Int) -> Piece? {
        missingCount = 0
        repairedCount = 0
        let repairedBefore = coder?.repairedCount ?? 0
        var piece: Piece?
        switch format {
        case .empty: piece = isEmpty(batch, column) ? Piece(format: .empty, rowCount: batch.rowCount) : nil
        case .text: piece = text(batch, column, coder!, coderIndex)
        case .numbered(let prefix): piece = numbered(batch, column, prefix)
        case .number: piece = numbers(batch, column)
        case .double: piece = doubles(batch, column)
        case .decorated(let style): piece = decorated(batch, column, style)
        case .bool(let words): piece = bools(batch, column, words)
        case .date(let order): piece = dates(batch, column, order)
        case .time(let order): piece = times(batch, column, order)
        }
        guard piece != nil else { return nil }
        if case .empty = format { missingCount = batch.rowCount }
        piece!.missingCount = missingCount
        piece!.repairedCount = repairedCount + (coder?.repairedCount ?? 0) - repairedBefore
        if missingCount == batch.rowCount {
            piece!.values = nil
        } else if missingCount > 0 {
            piece!.validity = Block(copying: validity.base, count: (batch.rowCount + 63) / 64)
        }
        return piece
    }

    @inline(__always)
    func markMissing(_ row: Int, of rowCount: Int) {
        if missingCount == 0 { startValidity(rowCount) }
        missingCount &+= 1
        validity.base[row >> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: row & 63))
    }

    @inline(never)
    private func startValidity(_ rowCount: Int) {
        let words = (rowCount + 63) / 64
        validity.reserve(words)
        for index in 0..<words { validity.base[index] = ~0 }
        if rowCount % 64 != 0 { validity.base[words - 1] = (1 << UInt64(rowCount % 64)) - 1 }
    }

    private func isEmpty(_ batch: FieldBatch, _ column: Int) -> Bool {
        for row in 0..<batch.rowCount {
            let field = batch.field(row, column)
            if field.isString ? field.length > 0 : !MissingWords.alwaysMissing(batch.bytes + field.start, field.length) {
                return false
            }
        }
        return true
    }

    // MARK: Numbers

    private func numbers(_ batch: FieldBatch, _ column: Int) -> Piece? {
        let rowCount = batch.rowCount
        integers.reserve(rowCount)
        let values = integers.base
        var pieceScale = 0
        var minimum = Int64.max
        var maximum = Int64.min
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            let n = field.length
            values[row] = 0
            if n == 0 {
                markMissing(row, of: rowCount)
                continue
            }
            var units: Int64 = 0
            var scale = 0
            var shape = NumberText.plain(p, n, &units, &scale)
            if shape == .text || field.isString {
                let trimmed = MissingWords.trimmed(p, n)
                if !field.isString, MissingWords.missingAmongTyped(p, n) {
                    markMissing(row, of: rowCount)
                    continue
                }
                guard !field.isString, trimmed.count < n else { return nil }
                shape = NumberText.plain(trimmed.baseAddress!, trimmed.count, &units, &scale)
                if shape == .text { return nil }
            }
            if shape == .wide { return doubles(batch, column) }
            if scale != pieceScale {
                if scale > pieceScale {
                    guard rescale(row, minimum, maximum, by: scale - pieceScale) else { return doubles(batch, column) }
                    if minimum <= maximum {
                        minimum *= powersOfTen[scale - pieceScale]
                        maximum *= powersOfTen[scale - pieceScale]
                    }
                    pieceScale = scale
                } else {
                    let (product, overflow) = units.multipliedReportingOverflow(by: powersOfTen[pieceScale - scale])
                    if overflow { return doubles(batch, column) }
                    units = product
                }
            }
            values[row] = units
            minimum = min(minimum, units)
            maximum = max(maximum, units)
        }
        return integerPiece(.number, rowCount, scale: pieceScale, minimum, maximum)
    }

    /// Brings the values before `row` to a larger scale, unless one overflows.
    private func rescale(_ row: Int, _ minimum: Int64, _ maximum: Int64, by exponent: Int) -> Bool {
        guard minimum <= maximum else { return true }
        let factor = powersOfTen[exponent]
        guard !minimum.multipliedReportingOverflow(by: factor).overflow, !maximum.multipliedReportingOverflow(by: factor).overflow
        else { return false }
        for index in 0..<row { integers.base[index] &*= factor }
        return true
    }

    func integerPiece(_ format: ColumnFormat, _ rowCount: Int, scale: Int, _ minimum: Int64, _ maximum: Int64) -> Piece {
        // The rows without a value hold 0, so 0 has to fit too.
        let narrowed = Block.narrowed(integers.base, count: rowCount, minimum: min(minimum, 0), maximum: max(maximum, 0))
        return Piece(
            format: format, rowCount: rowCount, values: narrowed.block, width: narrowed.width, scale: scale, minimum: minimum,
            maximum: maximum)
    }

    private func doubles(_ batch: FieldBatch, _ column: Int) -> Piece? {
        let rowCount = batch.rowCount
        doubles.reserve(rowCount)
        missingCount = 0
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            var p = batch.bytes + field.start
            var n = field.length
            doubles.base[row] = 0
            var units: Int64 = 0
            var scale = 0
            if n == 0 || (!field.isString && MissingWords.missingAmongTyped(p, n)) {
                markMissing(row, of: rowCount)
                continue
            }
            if field.isString { return nil }
            let trimmed = MissingWords.trimmed(p, n)
            p = trimmed.baseAddress!
            n = trimmed.count
            if NumberText.plain(p, n, &units, &scale) == .text { return nil }
            doubles.base[row] = NumberText.double(p, n)
        }
        return Piece(format: .double, rowCount: rowCount, values: Block(copying: doubles.base, count: rowCount), width: 8)
    }

    private func decorated(_ batch: FieldBatch, _ column: Int, _ style: DecoratedNumber) -> Piece? {
        let rowCount = batch.rowCount
        integers.reserve(rowCount)
        var pieceScale = 0
        var minimum = Int64.max
        var maximum = Int64.min
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            integers.base[row] = 0
            let trimmed = MissingWords.trimmed(p, field.length)
            let reading = DecoratedNumber.read(trimmed.baseAddress!, trimmed.count, hasDecimalComma: style.hasDecimalComma)
            guard let reading, !field.isString, reading.isPercent == style.isPercent,
                reading.currency == 0 || reading.currency == style.currency
            else {
                guard !field.isString, MissingWords.missingAmongTyped(p, field.length) else { return nil }
                markMissing(row, of: rowCount)
                continue
            }
            if reading.scale > pieceScale {
                guard rescale(row, minimum, maximum, by: reading.scale - pieceScale) else { return nil }
                if minimum <= maximum {
                    minimum *= powersOfTen[reading.scale - pieceScale]
                    maximum *= powersOfTen[reading.scale - pieceScale]
                }
                pieceScale = reading.scale
            }
            let (units, overflow) = reading.units.multipliedReportingOverflow(by: powersOfTen[pieceScale - reading.scale])
            if overflow { return nil }
            integers.base[row] = units
            minimum = min(minimum, units)
            maximum = max(maximum, units)
        }
        return integerPiece(.decorated(style), rowCount, scale: pieceScale, minimum, maximum)
    }

    // MARK: Yes and no, dates, instants

    private func bools(_ batch: FieldBatch, _ column: Int, _ words: BoolWords) -> Piece? {
        let rowCount = batch.rowCount
        let block = Block(byteCount: (rowCount + 63) / 64 * 8)
        let bits = block.base.bindMemory(to: UInt64.self, capacity: (rowCount + 63) / 64)
        for index in 0..<(rowCount + 63) / 64 { bits[index] = 0 }
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let trimmed = MissingWords.trimmed(batch.bytes + field.start, field.length)
            let value = field.isString ? -1 : words.value(trimmed.baseAddress!, trimmed.count)
            if value == 1 {
                bits[row >> 6] |= 1 << UInt64(row & 63)
            } else if value < 0 {
                guard isMissing(batch, field) else { return nil }
                markMissing(row, of: rowCount)
            }
        }
        return Piece(format: .bool(words), rowCount: rowCount, values: block)
    }

    private func isMissing(_ batch: FieldBatch, _ field: Field) -> Bool {
        field.length == 0 || (!field.isString && MissingWords.missingAmongTyped(batch.bytes + field.start, field.length))
    }

    private func dates(_ batch: FieldBatch, _ column: Int, _ order: DateOrder) -> Piece? {
        let rowCount = batch.rowCount
        let block = Block(byteCount: rowCount * 4)
        let days = block.base.bindMemory(to: Int32.self, capacity: rowCount)
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            let n = field.length
            days[row] = 0
            if n == 0 {
                markMissing(row, of: rowCount)
                continue
            }
            var day = DateText.day(p, n, order)
            if day == DateText.noDay {
                let trimmed = MissingWords.trimmed(p, n)
                day = trimmed.count < n && trimmed.count > 0 ? DateText.day(trimmed.baseAddress!, trimmed.count, order) : day
                if day == DateText.noDay {
                    guard isMissing(batch, field) else { return nil }
                    markMissing(row, of: rowCount)
                    continue
                }
            }
            if field.isString, n != 10 { return nil }
            days[row] = day
        }
        return Piece(format: .date(order), rowCount: rowCount, values: block, width: 4)
    }

    private func times(_ batch: FieldBatch, _ column: Int, _ order: DateOrder) -> Piece? {
        let rowCount = batch.rowCount
        let block = Block(byteCount: rowCount * 8)
        let instants = block.base.bindMemory(to: Int64.self, capacity: rowCount)
        var isMidnight = true
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            let n = field.length
            instants[row] = 0
            if n == 0 {
                markMissing(row, of: rowCount)
                continue
            }
            var instant = TimeText.instant(p, n, order)
            if instant == TimeText.noInstant {
                let trimmed = MissingWords.trimmed(p, n)
                if trimmed.count < n, trimmed.count > 0 { instant = TimeText.instant(trimmed.baseAddress!, trimmed.count, order) }
                if instant == TimeText.noInstant {
                    guard isMissing(batch, field) else { return nil }
                    markMissing(row, of: rowCount)
                    continue
                }
            }
            if isMidnight, instant % TimeText.microsecondsPerDay != 0 { isMidnight = false }
            instants[row] = instant
        }
        return Piece(format: .time(order), rowCount: rowCount, values: block, width: 8, isMidnight: isMidnight)
    }
}

/// 10 to the power of 0...18, as integers.
let powersOfTen: [Int64] = (0...18).map { exponent in (0..<exponent).reduce(Int64(1)) { power, _ in power * 10 } }
