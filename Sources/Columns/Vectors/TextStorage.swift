/// Texts one after another: text `i` is the bytes `offsets[i]..<offsets[i + 1]`, valid UTF-8.
public struct TextStorage: Sendable {
    /// One more than there are texts; ascending, from 0.
    public let offsets: Buffer<Int64>
    public let bytes: Buffer<UInt8>

    public init(offsets: Buffer<Int64>, bytes: Buffer<UInt8>) {
        precondition(offsets.count >= 1)
        self.offsets = offsets
        self.bytes = bytes
    }

    public var count: Int { offsets.count - 1 }

    public func bytes(at index: Int) -> UnsafeBufferPointer<UInt8> {
        let lower = Int(offsets[index])
        return UnsafeBufferPointer(start: bytes.base + lower, count: Int(offsets[index + 1]) - lower)
    }

    public subscript(_ index: Int) -> String { String(decoding: bytes(at: index), as: UTF8.self) }
}

/// The distinct texts of a column. Where `isSorted`, they ascend in the order of their bytes, so that codes compare as their texts do.
public final class TextDictionary: Sendable {
    public let texts: TextStorage
    public let isSorted: Bool
    public init(texts: TextStorage, isSorted: Bool) {
        self.texts = texts
        self.isSorted = isSorted
    }
    public var count: Int { texts.count }
}
