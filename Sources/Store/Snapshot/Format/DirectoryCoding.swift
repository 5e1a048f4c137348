/// Writes the directory: numbers of varying length, texts and what is made of them.
struct DirectoryWriter {
    private(set) var bytes: [UInt8] = []

    /// Seven bits a byte, lowest first; small numbers are short, whichever their sign.
    mutating func write(_ value: Int64) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ value: Int) { write(Int64(value)) }
    mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ raw: [UInt8]) {
        write(raw.count)
        bytes.append(contentsOf: raw)
    }

    mutating func write(_ extent: Extent) {
        write(extent.offset)
        write(extent.length)
    }

    mutating func write<Value>(_ value: Value?, _ body: (inout DirectoryWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    mutating func write<Value>(each values: [Value], _ body: (inout DirectoryWriter, Value) -> Void) {
        write(values.count)
        for value in values { body(&self, value) }
    }
}

/// Reads the directory. Whatever the bytes are, it ends in an error or in values of the kinds asked for: numbers within the bounds
/// asked for, lists no longer than there are bytes, extents within the data.
struct DirectoryReader {
    private let bytes: UnsafeRawBufferPointer
    private let path: String
    let dataEnd: Int
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer, path: String, dataEnd: Int) {
        self.bytes = bytes
        self.path = path
        self.dataEnd = dataEnd
    }

    var isAtEnd: Bool { position == bytes.count }

    func damage(_ part: String) -> SnapshotError { .damaged(path: path, part: part) }

    private mutating func byte() throws(SnapshotError) -> UInt8 {
        guard position < bytes.count else { throw damage("its directory ends early") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func int64() throws(SnapshotError) -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || (shift == 63 && next <= 1) else { throw damage("its directory holds a number that is too long") }
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { break }
            shift += 7
        }
        return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
    }

    /// A number from 0 to below a limit.
    mutating func index(below limit: Int, _ what: String) throws(SnapshotError) -> Int {
        let value = try int64()
        guard value >= 0, value < Int64(limit) else { throw damage("its directory names \(what) \(value) of \(limit)") }
        return Int(value)
    }

    /// A number of things of which each takes at least a byte, or rows.
    mutating func count(upTo limit: Int) throws(SnapshotError) -> Int { try index(below: limit + 1, "number") }

    mutating func bool() throws(SnapshotError) -> Bool {
        let value = try byte()
        guard value <= 1 else { throw damage("its directory holds a truth value of \(value)") }
        return value == 1
    }

    mutating func raw() throws(SnapshotError) -> [UInt8] { Array(try run()) }

    mutating func text() throws(SnapshotError) -> String { String(decoding: try run(), as: UTF8.self) }

    /// Bytes behind their number, which is held against those that are left once it is read itself.
    private mutating func run() throws(SnapshotError) -> Slice<UnsafeRawBufferPointer> {
        let length = try int64()
        guard length >= 0, length <= Int64(bytes.count - position) else { throw damage("its directory ends early") }
        defer { position += Int(length) }
        return bytes[position..<(position + Int(length))]
    }

    mutating func extent() throws(SnapshotError) -> Extent {
        let offset = try index(below: dataEnd + 1, "offset")
        let length = try count(upTo: dataEnd - offset)
        guard offset >= SnapshotFormat.dataStart, offset % SnapshotFormat.alignment == 0 else {
            throw damage("a section begins at \(offset)")
        }
        return Extent(offset: offset, length: length)
    }

    mutating func optional<Value>(
        _ body: (inout DirectoryReader) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> Value? {
        guard try bool() else { return nil }
        return try body(&self)
    }

    mutating func list<Value>(
        _ body: (inout DirectoryReader) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> [Value] {
        let length = try count(upTo: bytes.count - position)
        var values: [Value] = []
        for _ in 0..<length { values.append(try body(&self)) }
        return values
    }
}
