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
