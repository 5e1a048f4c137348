import Columns
import Types

extension PackedColumn {
    /// The days and instants that calendars can be computed with: the years 0 to 9999, and a little more than that on both sides.
    static let dayBounds: ClosedRange<Int64> = -800_000...3_000_000
    static let instantBounds =
        (dayBounds.lowerBound * Calendar.microsecondsPerDay)...(dayBounds.upperBound * Calendar.microsecondsPerDay)

    /// The whole column, but for `.keys`, which need the link and the keys it leads to.
    func vector(in file: SnapshotFile) throws(SnapshotError) -> Vector {
        let validity = try bitmap(validity, in: file)
        switch values {
        case .missing: return .missing(count: rowCount)
        case .bool(let bits): return Vector(count: rowCount, .bool(try bitmap(bits, in: file)!), validity: validity)
        case .decimal(let width, let scale, let extent):
            return Vector(count: rowCount, .decimal(try integers(width, extent, in: file), scale: scale), validity: validity)
        case .double(let extent):
            let values = try file.buffer(extent, of: Double.self, count: rowCount)
            guard values.pointer.allSatisfy(\.isFinite) else { throw file.damage("a number is infinite") }
            return Vector(count: rowCount, .double(values), validity: validity)
        case .date(let days):
            return Vector(
                count: rowCount, .date(try days.all(Int32.self, within: Self.dayBounds, in: file)), validity: validity)
        case .time(let instants):
            return Vector(
                count: rowCount, .time(try instants.all(Int64.self, within: Self.instantBounds, in: file)), validity: validity)
        case .coded(let codes, let texts, let isSorted):
            let dictionary = TextDictionary(texts: try texts.all(in: file), isSorted: isSorted)
            return Vector(
                count: rowCount, .coded(try Self.codes(codes, entryCount: texts.count, in: file), dictionary), validity: validity)
        case .text(let texts, _):
            return Vector(count: rowCount, .text(try texts.all(in: file)), validity: validity)
        case .numbered(let numbers, let form, let width):
            return Vector(count: rowCount, .numbered(try Self.numbers(numbers, width, in: file), form), validity: validity)
        case .keys, .keyNumbers: throw file.damage("a column of keys has no link")
        }
    }

    /// The numbers that forms of texts can write.
    private static let numberBounds = 0...(powersOfTen[NumberedForm.mostDigits] - 1)

    private static func bounds(width: Int) -> ClosedRange<Int64> {
        width == 8 ? numberBounds : 0...((Int64(1) << Int64(width * 8 - 1)) - 1)
    }

    private static func numbers(_ numbers: PackedIntegers, _ width: Int, in file: SnapshotFile) throws(SnapshotError) -> Integers
    {
        let bounds = bounds(width: width)
        switch width {
        case 1: return .int8(try numbers.all(Int8.self, within: bounds, in: file))
        case 2: return .int16(try numbers.all(Int16.self, within: bounds, in: file))
        case 4: return .int32(try numbers.all(Int32.self, within: bounds, in: file))
        default: return .int64(try numbers.all(Int64.self, within: bounds, in: file))
        }
    }

    private static func codes(_ codes: PackedIntegers, entryCount: Int, in file: SnapshotFile) throws(SnapshotError) -> Codes {
        let bounds = 0...Int64(entryCount - 1)
        if entryCount <= 1 << 8 { return .uint8(try codes.all(UInt8.self, within: bounds, in: file)) }
        if entryCount <= 1 << 16 { return .uint16(try codes.all(UInt16.self, within: bounds, in: file)) }
        return .uint32(try codes.all(UInt32.self, within: bounds, in: file))
    }

    private func integers(_ width: Int, _ extent: Extent, in file: SnapshotFile) throws(SnapshotError) -> Integers {
        switch width {
        case 1: return .int8(try file.buffer(extent, of: Int8.self, count: rowCount))
        case 2: return .int16(try file.buffer(extent, of: Int16.self, count: rowCount))
        case 4: return .int32(try file.buffer(extent, of: Int32.self, count: rowCount))
        default: return .int64(try file.buffer(extent, of: Int64.self, count: rowCount))
        }
    }

    private func bitmap(_ extent: Extent?, in file: SnapshotFile) throws(SnapshotError) -> Bitmap? {
        guard let extent else { return nil }
        let words = try file.buffer(extent, of: UInt64.self, count: (rowCount + 63) / 64)
        guard rowCount % 64 == 0 || words[words.count - 1] >> UInt64(rowCount % 64) == 0 else {
            throw file.damage("there are bits behind the last row")
        }
        return Bitmap(words: words, count: rowCount)
    }

    // MARK: A few rows

    /// The values at some rows, of which -1 gives a missing one; nothing is read but what they need. Texts come without a dictionary.
    func values(at rows: Buffer<Int32>, in file: SnapshotFile) throws(SnapshotError) -> Vector {
        let validity = try validity(at: rows, in: file)
        let count = rows.count
        switch values {
        case .missing: return .missing(count: count)
        case .bool(let bits):
            var values: [Bool] = []
            for row in rows.pointer { values.append(row >= 0 ? try bit(Int(row), bits, in: file) : false) }
            return Vector(count: count, .bool(Bitmap(values)), validity: validity)
        case .decimal(let width, let scale, let extent):
            let units = try gathered(rows) { row throws(SnapshotError) in
                let bytes = try file.bytes(extent, from: row * width, count: width)
                return switch width {
                case 1: Int64(bytes.load(as: Int8.self))
                case 2: Int64(bytes.load(as: Int16.self).littleEndian)
                case 4: Int64(bytes.load(as: Int32.self).littleEndian)
                default: bytes.load(as: Int64.self).littleEndian
                }
            }
            return Vector(count: count, .decimal(.int64(Buffer(units)), scale: scale), validity: validity)
        case .double(let extent):
            let units = try gathered(rows) { row throws(SnapshotError) in
                let bits = try file.bytes(extent, from: row * 8, count: 8).load(as: Int64.self).littleEndian
                guard Double(bitPattern: UInt64(bitPattern: bits)).isFinite else { throw file.damage("a number is infinite") }
                return bits
            }
            return Vector(
                count: count, .double(Buffer(units.map { Double(bitPattern: UInt64(bitPattern: $0)) })), validity: validity)
        case .date(let days):
            let values = try gathered(rows) { row throws(SnapshotError) in
                try days.value(at: row, within: Self.dayBounds, in: file)
            }
            return Vector(count: count, .date(Buffer(values.map { Int32($0) })), validity: validity)
        case .time(let instants):
            let values = try gathered(rows) { row throws(SnapshotError) in
                try instants.value(at: row, within: Self.instantBounds, in: file)
            }
            return Vector(count: count, .time(Buffer(values)), validity: validity)
        case .coded(let codes, let texts, _):
            let entries = try gathered(rows, otherwise: -1) { row throws(SnapshotError) in
                try codes.value(at: row, within: 0...Int64(texts.count - 1), in: file)
            }
            return Vector(
                count: count, .text(try texts.texts(at: Buffer(entries.map { Int32($0) }), in: file)), validity: validity)
        case .text(let texts, _): return Vector(count: count, .text(try texts.texts(at: rows, in: file)), validity: validity)
        case .numbered(let numbers, let form, _):
            let found = try gathered(rows) { row throws(SnapshotError) in
                try numbers.value(at: row, within: Self.numberBounds, in: file)
            }
            return Vector(count: count, .numbered(.int64(Buffer(found)), form), validity: validity)
        case .keys, .keyNumbers: throw file.damage("a column of keys has no link")
        }
    }

    private func gathered(
        _ rows: Buffer<Int32>, otherwise absent: Int64 = 0, _ value: (Int) throws(SnapshotError) -> Int64
    ) throws(SnapshotError) -> [Int64] {
        var values: [Int64] = []
        values.reserveCapacity(rows.count)
        for row in rows.pointer { values.append(row >= 0 ? try value(Int(row)) : absent) }
        return values
    }

    func validity(at rows: Buffer<Int32>, in file: SnapshotFile) throws(SnapshotError) -> Bitmap? {
        if validity == nil, rows.pointer.allSatisfy({ $0 >= 0 }) { return nil }
        var bits: [Bool] = []
        for row in rows.pointer {
            if row >= 0, let validity { bits.append(try bit(Int(row), validity, in: file)) } else { bits.append(row >= 0) }
        }
        return Bitmap(bits)
    }

    func isPresent(_ row: Int, in file: SnapshotFile) throws(SnapshotError) -> Bool {
        guard let validity else { return true }
        return try bit(row, validity, in: file)
    }

    private func bit(_ row: Int, _ extent: Extent, in file: SnapshotFile) throws(SnapshotError) -> Bool {
        try file.bytes(extent, from: row / 8, count: 1)[0] >> UInt8(row % 8) & 1 != 0
    }

    // MARK: Keys of linked records

    /// The column of which each text is the numbered key of the row's record; `keys` are the numbers of all keys.
    func vector(
        keys: Integers, _ form: NumberedForm, of targets: Buffer<Int32>, width: Int, in file: SnapshotFile
    ) throws(SnapshotError) -> Vector {
        func gather<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(_ type: Element.Type) -> Buffer<Element> {
            let keys = keys.widened()
            return Buffer(capacity: rowCount) { memory in
                for row in 0..<rowCount {
                    let target = targets.base[row]
                    memory[row] = target < 0 ? 0 : Element(truncatingIfNeeded: keys.base[Int(target)])
                }
                return rowCount
            }
        }
        let bounds = Self.bounds(width: width)
        guard (0..<keys.count).allSatisfy({ bounds.contains(keys[$0]) }) else { throw file.damage("a key is too large") }
        let numbers: Integers =
            switch width {
            case 1: .int8(gather(Int8.self))
            case 2: .int16(gather(Int16.self))
            case 4: .int32(gather(Int32.self))
            default: .int64(gather(Int64.self))
            }
        return Vector(count: rowCount, .numbered(numbers, form), validity: try bitmap(validity, in: file))
    }

    /// The column of which each text is the key of the row's record: `codes` gives the dictionary's entry of every record, -1 where it has
    /// none.
    func vector(
        codes: [Int32], of targets: Buffer<Int32>, _ dictionary: TextDictionary, in file: SnapshotFile
    ) throws(SnapshotError) -> Vector {
        let validity = try bitmap(validity, in: file)
        var lowest: Int32 = 0
        let found = Buffer<Int32>(capacity: rowCount) { memory in
            codes.withUnsafeBufferPointer { codes in
                for row in 0..<rowCount {
                    let target = targets.base[row]
                    let code = target < 0 ? 0 : codes[Int(target)]
                    lowest = min(lowest, code)
                    memory[row] = code
                }
            }
            return rowCount
        }
        guard lowest >= 0 else { throw file.damage("a key is missing from its dictionary") }
        return Vector(count: rowCount, .coded(Codes(found, entryCount: dictionary.count), dictionary), validity: validity)
    }
}

extension Buffer where Element == Int32 {
    /// Whether no element of a run is less than the one before it.
    func ascends(_ lower: Int, _ upper: Int) -> Bool {
        var falls = false
        for index in (lower + 1)..<max(upper, lower + 1) where base[index] < base[index - 1] { falls = true }
        return !falls
    }
}

extension Segments {
    /// Whether the elements of each segment ascend, each once.
    func ascend(_ elements: Buffer<Int32>) -> Bool {
        var falls = 0
        let values = elements.base
        for index in 1..<max(elements.count, 1) where values[index] <= values[index - 1] { falls += 1 }
        // Where one segment ends and the next begins, elements may fall; elsewhere not.
        var allowed = 0
        let ends = offsets.base
        var previous: Int32 = 0
        for segment in 0..<count {
            let end = ends[segment]
            if end > 0, end > previous, Int(end) < elements.count, values[Int(end)] <= values[Int(end) - 1] { allowed += 1 }
            previous = max(previous, end)
        }
        return falls == allowed
    }
}
