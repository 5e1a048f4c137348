/// Gathers texts one after another.
public struct TextStorageBuilder: Sendable {
    private var offsets: [Int64] = [0]
    private var bytes: [UInt8] = []

    public init(capacity: Int = 0) { offsets.reserveCapacity(capacity + 1) }

    public var count: Int { offsets.count - 1 }

    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
        offsets.append(Int64(bytes.count))
    }

    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Appends whatever `write` appends to the bytes as one text.
    @inline(__always)
    mutating func append(writing write: (inout [UInt8]) -> Void) {
        write(&bytes)
        offsets.append(Int64(bytes.count))
    }

    /// As above, but where `write` returns false the text is empty, whatever was appended.
    @inline(__always)
    mutating func appendIf(_ write: (inout [UInt8]) -> Bool) -> Bool {
        let isThere = write(&bytes)
        if !isThere { bytes.removeLast(bytes.count - Int(offsets[offsets.count - 1])) }
        offsets.append(Int64(bytes.count))
        return isThere
    }

    @inline(__always)
    func equals(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let lower = Int(offsets[index])
        let length = Int(offsets[index + 1]) - lower
        guard length == text.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            compareBytes(UnsafeBufferPointer(start: all.baseAddress.map { $0 + lower }, count: length), text) == 0
        }
    }

    public func finish() -> TextStorage {
        // Room to load whole words at the end.
        let padded = Buffer<UInt8>(capacity: bytes.count + 16) { memory in
            bytes.withUnsafeBufferPointer { _ = memory.update(fromContentsOf: $0) }
            return bytes.count
        }
        return TextStorage(offsets: Buffer(offsets), bytes: padded)
    }
}

/// Gives every distinct text a code, in order of first appearance. Open addressing with linear probing; amortised O(length) a text.
public struct TextDictionaryBuilder: Sendable {
    private var texts = TextStorageBuilder()
    private var hashes: [UInt64] = []
    /// Code + 1, or 0 for a free place; a power of two in size, half full at most.
    private var places: [UInt32] = Array(repeating: 0, count: 64)

    public init() {}

    public var count: Int { texts.count }

    /// The code of a text, a new one where it has not occurred yet.
    public mutating func code(of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = hashBytes(text)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] != 0 {
            let code = Int(places[place] - 1)
            if hashes[code] == hash, texts.equals(code, text) { return UInt32(code) }
            place = (place + 1) & (places.count - 1)
        }
        let code = UInt32(texts.count)
        texts.append(text)
        hashes.append(hash)
        places[place] = code + 1
        if texts.count * 2 > places.count { grow() }
        return code
    }

    private mutating func grow() {
        let mask = places.count * 2 - 1
        places = Array(repeating: 0, count: mask + 1)
        for (code, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: hash) & mask
            while places[place] != 0 { place = (place + 1) & mask }
            places[place] = UInt32(code) + 1
        }
    }

    /// The dictionary in order of first appearance.
    public func finish() -> TextDictionary { TextDictionary(texts: texts.finish(), isSorted: false) }

    /// The dictionary sorted by bytes, and for each code given out the one that replaces it.
    public func finishSorted() -> (TextDictionary, replacements: Buffer<Int32>) {
        let unsorted = texts.finish()
        var order = Array(0..<Int32(unsorted.count))
        order.sort { compareBytes(unsorted.bytes(at: Int($0)), unsorted.bytes(at: Int($1))) < 0 }
        var sorted = TextStorageBuilder(capacity: order.count)
        var replacements = [Int32](repeating: 0, count: order.count)
        for (rank, code) in order.enumerated() {
            sorted.append(unsorted.bytes(at: Int(code)))
            replacements[Int(code)] = Int32(rank)
        }
        return (TextDictionary(texts: sorted.finish(), isSorted: true), Buffer(replacements))
    }
}
