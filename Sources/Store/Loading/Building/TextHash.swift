#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Hashing and comparing short texts, eight bytes at a time.
enum TextHash {
    @inline(__always)
    static func load(_ p: UnsafePointer<UInt8>) -> UInt64 { UnsafeRawPointer(p).loadUnaligned(as: UInt64.self) }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    /// At least 8 bytes from `p` may be read, whatever the length.
    @inline(__always)
    static func hash(_ p: UnsafePointer<UInt8>, _ n: Int) -> UInt64 {
        let k0: UInt64 = 0xa076_1d64_78bd_642f
        let k1: UInt64 = 0xe703_7ed1_a0b4_28db
        if n <= 8 {
            // Shifting by 64 gives 0, as it should for the empty text.
            let word = load(p) & ~(~0 << UInt64(n &* 8))
            return mix(word ^ k0, UInt64(n) ^ k1)
        }
        var state = UInt64(truncatingIfNeeded: n) ^ k1
        var i = 0
        while i &+ 16 < n {
            state = mix(load(p + i) ^ k0 ^ state, load(p + i + 8) ^ k1)
            i &+= 16
        }
        let last = load(p + n - 8)
        return mix((n &- i > 8 ? load(p + i) : 0) ^ k0 ^ state, last ^ k1)
    }

    @inline(__always)
    static func areEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        if n <= 8 { return (load(a) ^ load(b)) & ~(~0 << UInt64(n &* 8)) == 0 }
        if n <= 16 { return (load(a) ^ load(b)) | (load(a + n - 8) ^ load(b + n - 8)) == 0 }
        return memcmp(a, b, n) == 0
    }
}

/// The first sixteen bytes of a text, padded with zeros.
struct TextHead: BitwiseCopyable {
    private let first: UInt64
    private let second: UInt64

    /// At least 16 bytes from `p` may be read, whatever the length.
    @inline(__always)
    init(_ p: UnsafePointer<UInt8>, _ n: Int) {
        if n <= 8 {
            first = TextHash.load(p) & ~(~0 << UInt64(n &* 8))
            second = 0
        } else {
            first = TextHash.load(p)
            second = n >= 16 ? TextHash.load(p + 8) : TextHash.load(p + 8) & ~(~0 &<< UInt64(truncatingIfNeeded: (n &- 8) &* 8))
        }
    }

    @inline(__always)
    static func == (a: TextHead, b: TextHead) -> Bool { (a.first ^ b.first) | (a.second ^ b.second) == 0 }
}
