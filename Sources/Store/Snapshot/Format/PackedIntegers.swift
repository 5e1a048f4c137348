import Columns

/// Integers in as few bytes as hold them: value `i` is `base + step * unit`, where the unit stands in 1, 2, 3, 4 or 8 bytes. Without any
/// bytes, the unit is `i`: integers that count up (or are all the same) take no room.
struct PackedIntegers: Sendable {
    var count: Int
    var width: Int
    var base: Int64
    var step: Int64
    var extent: Extent

    static let widths = [0, 1, 2, 3, 4, 8]
    /// Integers that take no room have nothing to bound their number, which memory is asked for: so many, or one a byte of the file, are
    /// believed.
    static let mostUnbacked = 1 << 24

    func write(to directory: inout DirectoryWriter) {
        directory.write(count)
        directory.write(width)
        directory.write(base)
        directory.write(step)
        directory.write(extent)
    }

    /// Reads what `write` wrote; there must be as many as are asked for.
    init(_ directory: inout DirectoryReader, count expected: Int? = nil) throws(SnapshotError) {
        count = try directory.count(upTo: 1 << 40)
        width = try directory.index(below: 9, "width")
        base = try directory.int64()
        step = try directory.int64()
        extent = try directory.extent()
        let length = count.multipliedReportingOverflow(by: width)
        guard Self.widths.contains(width), step >= 0, !length.overflow, extent.length == length.partialValue,
            expected == nil || expected == count
        else { throw directory.damage("integers are not as many as they should be") }
        guard width > 0 || count <= max(Self.mostUnbacked, directory.dataEnd) else {
            throw directory.damage("integers are too many")
        }
    }

    private init(count: Int, width: Int, base: Int64, step: Int64, extent: Extent) {
        self.count = count
        self.width = width
        self.base = base
        self.step = step
        self.extent = extent
    }
}

// MARK: Writing

extension PackedIntegers {
    /// Writes integers at the narrowest width. `findsStep` looks for a common divisor of their distances, as times of whole seconds have.
    static func pack(
        count: Int, to sink: SnapshotSink, findsStep: Bool = false, _ value: (Int) -> Int64
    ) throws(SnapshotError) -> PackedIntegers {
        guard count > 0 else { return PackedIntegers(count: 0, width: 0, base: 0, step: 0, extent: .empty) }
        let first = value(0)
        var lowest = first
        var highest = first
        for index in 0..<count {
            let value = value(index)
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        if count <= max(mostUnbacked, sink.offset), let step = commonDistance(count: count, value) {
            return PackedIntegers(count: count, width: 0, base: first, step: step, extent: .empty)
        }
        // The difference of two 64-bit integers fits 64 bits without a sign, though it may not fit them with one.
        let range = UInt64(bitPattern: highest &- lowest)
        let step = findsStep && range >> 8 > 0 ? divisor(count: count, from: lowest, value) : 1
        let units = range / step
        let width = units < 1 << 8 ? 1 : units < 1 << 16 ? 2 : units < 1 << 24 ? 3 : units < 1 << 32 ? 4 : 8
        // Small integers from 0 on stay as they are where that costs nothing, so that they can be used in place.
        let stays = width < 8 && step == 1 && lowest >= 0 && highest < Int64(1) << Int64(width * 8)
        let base = width == 8 ? 0 : stays ? 0 : lowest
        let bytes = Buffer<UInt8>(capacity: count * width + 8) { memory in
            var target = UnsafeMutableRawPointer(memory.baseAddress!)
            for index in 0..<count {
                let unit = UInt64(bitPattern: value(index) &- base)
                // Whole words are written; what is too much, the next one covers.
                target.storeBytes(of: (step == 1 || width == 8 ? unit : unit / step).littleEndian, as: UInt64.self)
                target += width
            }
            return count * width
        }
        return PackedIntegers(
            count: count, width: width, base: base, step: width == 8 ? 1 : Int64(step), extent: try sink.section(bytes.pointer))
    }

    /// The distance from each to the next, where it is the same for all of them and none goes down.
    private static func commonDistance(count: Int, _ value: (Int) -> Int64) -> Int64? {
        guard count > 1 else { return 0 }
        let (step, overflow) = value(1).subtractingReportingOverflow(value(0))
        guard !overflow, step >= 0 else { return nil }
        for index in 1..<count where value(index) &- value(index - 1) != step { return nil }
        return step
    }

    private static func divisor(count: Int, from lowest: Int64, _ value: (Int) -> Int64) -> UInt64 {
        var divisor: UInt64 = 0
        for index in 0..<count {
            var other = UInt64(bitPattern: value(index) &- lowest)
            if divisor != 0, other % divisor == 0 { continue }
            while other != 0 { (divisor, other) = (other, divisor % other) }
            if divisor == 1 { return 1 }
        }
        return divisor == 0 || divisor > UInt64(Int64.max) ? 1 : divisor
    }
}

// MARK: Reading

extension PackedIntegers {
    /// One of them. The index lies within the count.
    func value(at index: Int, in file: SnapshotFile) throws(SnapshotError) -> Int64 {
        guard index >= 0, index < count else { throw file.damage("integer \(index) of \(count) was asked for") }
        guard width > 0 else { return base &+ step &* Int64(index) }
        let bytes = try file.bytes(extent, from: index * width, count: width)
        var unit: UInt64 = 0
        for place in (0..<width).reversed() { unit = unit << 8 | UInt64(bytes[place]) }
        return base &+ step &* Int64(bitPattern: unit)
    }

    /// Where a value stands in a run that counts up.
    func position(of value: Int64) -> Int? {
        let (distance, overflow) = value.subtractingReportingOverflow(base)
        guard width == 0, step > 0, !overflow, distance >= 0, distance % step == 0, distance / step < Int64(count) else {
            return nil
        }
        return Int(distance / step)
    }

    func value(at index: Int, within bounds: ClosedRange<Int64>, in file: SnapshotFile) throws(SnapshotError) -> Int64 {
        let value = try value(at: index, in: file)
        guard bounds.contains(value) else { throw file.damage("\(value) stands where \(bounds) was expected") }
        return value
    }

    /// All of them, each found to lie within the bounds, which the element type holds. In place where they stand in the file as they
    /// are in memory.
    func all<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        switch width {
        case 0: return try counted(type, within: bounds, in: file)
        case 1: return try units(UInt8.self, as: type, within: bounds, in: file)
        case 2: return try units(UInt16.self, as: type, within: bounds, in: file)
        case 3: return try triples(as: type, within: bounds, in: file)
        case 4: return try units(UInt32.self, as: type, within: bounds, in: file)
        default: return try words(as: type, within: bounds, in: file)
        }
    }

    /// Throws unless the base and the greatest of them lie within the bounds; then all others do, since a step is never negative.
    private func check(greatestUnit: Int64, _ bounds: ClosedRange<Int64>, _ file: SnapshotFile) throws(SnapshotError) {
        guard count > 0 else { return }
        let (product, tooLarge) = step.multipliedReportingOverflow(by: greatestUnit)
        let (highest, overflow) = base.addingReportingOverflow(product)
        guard !tooLarge, !overflow, bounds.contains(base), bounds.contains(highest) else {
            throw file.damage("a number stands where \(bounds) was expected")
        }
    }

    private func counted<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        try check(greatestUnit: Int64(count - 1), bounds, file)
        return Buffer(capacity: count) { memory in
            for index in 0..<count { memory[index] = Element(truncatingIfNeeded: base &+ step &* Int64(index)) }
            return count
        }
    }

    private func units<
        Unit: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable,
        Element: FixedWidthInteger & BitwiseCopyable & Sendable
    >(_ unit: Unit.Type, as type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile)
        throws(SnapshotError) -> Buffer<Element>
    {
        let stored = try file.buffer(extent, of: unit, count: count)
        var greatest: Unit = 0
        for value in stored.pointer { greatest = max(greatest, value) }
        try check(greatestUnit: Int64(greatest), bounds, file)
        if base == 0, step == 1, MemoryLayout<Unit>.size == MemoryLayout<Element>.size {
            return Buffer(owner: file, base: UnsafeRawPointer(stored.base).assumingMemoryBound(to: type), count: count)
        }
        let base = Element(truncatingIfNeeded: base)
        let step = Element(truncatingIfNeeded: step)
        let source = stored.base
        return Buffer(capacity: count) { memory in
            guard let target = memory.baseAddress else { return 0 }
            for index in 0..<count { target[index] = base &+ step &* Element(truncatingIfNeeded: source[index]) }
            return count
        }
    }

    private func triples<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        as type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        let bytes = try file.bytes(extent)
        let base = Element(truncatingIfNeeded: base)
        let step = Element(truncatingIfNeeded: step)
        var greatest: UInt32 = 0
        let values = Buffer<Element>(capacity: count) { memory in
            guard let target = memory.baseAddress else { return 0 }
            let source = bytes.baseAddress!
            for index in 0..<count {
                // Behind every section stands at least the table of hashes, so a byte too much may be read.
                let word = source.loadUnaligned(fromByteOffset: index &* 3, as: UInt32.self)
                let unit = UInt32(littleEndian: word) & 0xff_ffff
                greatest = max(greatest, unit)
                target[index] = base &+ step &* Element(truncatingIfNeeded: unit)
            }
            return count
        }
        try check(greatestUnit: Int64(greatest), bounds, file)
        return values
    }

    /// Whole integers as they are, without base and step.
    private func words<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        as type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        let stored = try file.buffer(extent, of: Int64.self, count: count)
        guard base == 0, step == 1, stored.pointer.allSatisfy({ bounds.contains($0) }) else {
            throw file.damage("a number stands where \(bounds) was expected")
        }
        if MemoryLayout<Element>.size == 8 {
            return Buffer(owner: file, base: UnsafeRawPointer(stored.base).assumingMemoryBound(to: type), count: count)
        }
        let source = stored.base
        return Buffer(capacity: count) { memory in
            for index in 0..<count { memory[index] = Element(truncatingIfNeeded: source[index]) }
            return count
        }
    }
}
