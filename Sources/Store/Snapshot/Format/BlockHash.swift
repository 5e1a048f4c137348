/// The hash of blocks and texts in snapshots: the same on every machine.
///
/// Four lanes of 16 bytes a step, each folded in by a full multiplication, so that hashing keeps up with memory. It finds every accident;
/// it is no protection against intent, which the checks of the contents are.
package enum BlockHash {
    private static let keys: (UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B9_7F4A_7C15, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3, 0x5899_65CC_7537_4CC3
    )

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    package static func hash(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
        let keys = keys
        var a = keys.0 ^ UInt64(truncatingIfNeeded: count)
        var b = keys.1
        var c = keys.2
        var d = keys.3
        @inline(__always)
        func word(_ offset: Int) -> UInt64 { UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
        var offset = 0
        while offset &+ 64 <= count {
            a = fold(word(offset) ^ a, word(offset &+ 8) ^ keys.1)
            b = fold(word(offset &+ 16) ^ b, word(offset &+ 24) ^ keys.2)
            c = fold(word(offset &+ 32) ^ c, word(offset &+ 40) ^ keys.3)
            d = fold(word(offset &+ 48) ^ d, word(offset &+ 56) ^ keys.0)
            offset &+= 64
        }
        while offset &+ 8 <= count {
            a = fold(word(offset) ^ a, keys.1)
            offset &+= 8
        }
        var rest: UInt64 = 0
        while offset < count {
            rest = rest << 8 | UInt64(base.load(fromByteOffset: offset, as: UInt8.self))
            offset &+= 1
        }
        a = fold(a ^ rest, keys.2)
        return fold(fold(a ^ b, keys.3) ^ c, fold(d ^ keys.0, keys.1) ^ keys.2)
    }

    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress else { return keys.0 }
        return hash(UnsafeRawPointer(base), bytes.count)
    }
}
