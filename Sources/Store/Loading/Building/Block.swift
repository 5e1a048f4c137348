import Columns

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A piece of memory of a fixed size that belongs to a part of a column while it is being built.
final class Block: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    init(byteCount: Int) {
        guard let memory = LargeMemory.allocate(byteCount + 64) else {
            fatalError("out of memory: \(byteCount) bytes were asked for")
        }
        base = memory
        self.byteCount = byteCount
    }

    deinit { free(base) }

    convenience init<Element: BitwiseCopyable>(copying source: UnsafeMutablePointer<Element>, count: Int) {
        self.init(byteCount: count * MemoryLayout<Element>.stride)
        memcpy(base, source, byteCount)
    }

    /// Holds the integers at the narrowest of the widths 1, 2, 4 and 8 that fits `minimum...maximum`.
    static func narrowed(
        _ source: UnsafePointer<Int64>, count: Int, minimum: Int64, maximum: Int64
    ) -> (block: Block, width: Int) {
        if minimum >= -128 && maximum <= 127 { return (narrowed(source, count, Int8.self), 1) }
        if minimum >= -32_768 && maximum <= 32_767 { return (narrowed(source, count, Int16.self), 2) }
        if minimum >= Int64(Int32.min) && maximum <= Int64(Int32.max) { return (narrowed(source, count, Int32.self), 4) }
        return (narrowed(source, count, Int64.self), 8)
    }

    @inline(__always)
    private static func narrowed<Element: FixedWidthInteger & BitwiseCopyable>(
        _ source: UnsafePointer<Int64>, _ count: Int, _ type: Element.Type
    ) -> Block {
        let block = Block(byteCount: count * MemoryLayout<Element>.stride)
        let target = block.base.bindMemory(to: Element.self, capacity: count)
        for index in 0..<count { target[index] = Element(truncatingIfNeeded: source[index]) }
        return block
    }

    @inline(__always)
    func elements<Element>(_ type: Element.Type) -> UnsafePointer<Element> {
        UnsafePointer(base.assumingMemoryBound(to: type))
    }
}

/// The values of one column in one part of a file, at the width that this part needs.
struct Piece: Sendable {
    /// By what format the values were read.
    var format: ColumnFormat
    var rowCount: Int
    var missingCount = 0
    /// A bit a row, none where nothing is missing.
    var validity: Block?
    /// Numbers, also those of numbered texts: integers of `width` bytes. Bools: a bit a row. Dates: `Int32`. Instants: `Int64`. Doubles. Texts: codes of `width`
    /// bytes, or `UInt32` offsets into `bytes`, one more than there are rows. None where every value is missing.
    var values: Block?
    var width = 0
    var scale = 0
    var minimum: Int64 = .max
    var maximum: Int64 = .min
    /// Instants: whether all are midnights.
    var isMidnight = false
    /// Numbered texts: how many digits they are written with.
    var digits = DigitCounts()
    /// Texts: whose codes these are; -1 where they stand in `bytes` themselves.
    var coder = -1
    var bytes: Block?
    /// Texts: how many were not UTF-8 and have been repaired.
    var repairedCount = 0

    var byteCount: Int { (values?.byteCount ?? 0) + (bytes?.byteCount ?? 0) }
}
