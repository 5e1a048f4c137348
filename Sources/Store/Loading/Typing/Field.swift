/// A value in the text of a table: the bytes `start..<end` of the window. Empty where the value is missing.
struct Field: BitwiseCopyable {
    private var startAndKind: UInt32
    var end: UInt32

    /// `isString`: written as a string where the format tells strings from numbers (JSON, SQLite), so that `"007"` or `"true"`
    /// is never taken for anything but text.
    @inline(__always)
    init(_ start: Int, _ end: Int, isString: Bool = false) {
        startAndKind = UInt32(truncatingIfNeeded: start) | (isString ? 1 << 31 : 0)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    @inline(__always) var start: Int { Int(startAndKind & 0x7fff_ffff) }
    @inline(__always) var isString: Bool { startAndKind >> 31 != 0 }
    @inline(__always) var length: Int { Int(end) - start }
}

/// Rows of fields, one after another, each with a field for every column.
struct FieldBatch {
    /// What the fields count from; at least 64 bytes may be read past the last.
    let bytes: UnsafePointer<UInt8>
    let fields: UnsafePointer<Field>
    let columnCount: Int
    let rowCount: Int

    @inline(__always)
    func field(_ row: Int, _ column: Int) -> Field { fields[row &* columnCount &+ column] }
}
