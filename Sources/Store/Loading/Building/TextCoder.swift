#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gives each distinct text a number, in the order in which they come. A hash table with open addressing; not to be shared by threads.
final class TextCoder: @unchecked Sendable {
    /// The upper half of a slot is the hash, the lower the code plus one; 0 is free.
    private var slots: UnsafeMutablePointer<UInt64>
    private var slotMask: UInt64
    private let ends = Growing<Int>(capacity: 64)
    private let bytes = Growing<UInt8>(capacity: 1024)
    private(set) var count = 0
    /// How many texts were not UTF-8.
    private(set) var repairedCount = 0
    private var lookupCount = 0
    /// How many texts are likely to come in all, if known.
    private let expectedCount: Int
    /// Whether codes are likely to pay off. Once no text has come twice among a good many, or an eighth of all have been seen and
    /// most of the last were new, texts are better kept as they are.
    private(set) var isWorthwhile = true

    init(expectedCount: Int = .max) {
        self.expectedCount = expectedCount
        slots = .allocate(capacity: 256)
        slots.initialize(repeating: 0, count: 256)
        slotMask = 255
        ends.append(0)
    }

    deinit { slots.deallocate() }

    @inline(__always)
    func text(_ code: Int) -> UnsafeBufferPointer<UInt8> {
        let lower = ends.base[code]
        return UnsafeBufferPointer(start: bytes.base + lower, count: ends.base[code + 1] - lower)
    }

    var byteCount: Int { ends.base[count] }

    /// The code of a text; at least 8 bytes from `p` may be read.
    @inline(__always)
    func code(_ p: UnsafePointer<UInt8>, _ n: Int) -> UInt32 {
        let hash = TextHash.hash(p, n) >> 32
        var index = hash & slotMask
        while true {
            let slot = slots[Int(truncatingIfNeeded: index)]
            if slot == 0 { return add(p, n, hash) }
            if slot >> 32 == hash {
                let code = Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1
                let lower = ends.base[code]
                if ends.base[code &+ 1] &- lower == n, TextHash.areEqual(bytes.base + lower, p, n) {
                    return UInt32(truncatingIfNeeded: code)
                }
            }
            index = (index &+ 1) & slotMask
        }
    }

    /// To be called after a batch.
    func noteLookups(_ number: Int, new: Int) {
        lookupCount += number
        guard lookupCount >= 16_384 else { return }
        if count == lookupCount || (lookupCount >= expectedCount / 8 && new > number / 2) { isWorthwhile = false }
    }

    @inline(never)
    private func add(_ p: UnsafePointer<UInt8>, _ n: Int, _ hash: UInt64) -> UInt32 {
        if !UTF8Check.isValid(p, n) {
            // The broken text itself is not entered, so that all that are repaired alike share a code.
            repairedCount += 1
            let repaired = UTF8Check.repaired(p, n)
            return repaired.withElements { code($0.baseAddress!, $0.count) }
        }
        if UInt64(count) * 2 >= slotMask { enlarge() }
        var index = hash & slotMask
        while slots[Int(truncatingIfNeeded: index)] != 0 { index = (index &+ 1) & slotMask }
        count += 1
        slots[Int(truncatingIfNeeded: index)] = hash << 32 | UInt64(count)
        bytes.append(contentsOf: UnsafeBufferPointer(start: p, count: n))
        ends.append(bytes.count)
        return UInt32(truncatingIfNeeded: count - 1)
    }

    private func enlarge() {
        let oldCount = Int(slotMask) + 1
        let newCount = oldCount * 4
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: newCount)
        larger.initialize(repeating: 0, count: newCount)
        let mask = UInt64(newCount - 1)
        for old in 0..<oldCount where slots[old] != 0 {
            var index = slots[old] >> 32 & mask
            while larger[Int(truncatingIfNeeded: index)] != 0 { index = (index &+ 1) & mask }
            larger[Int(truncatingIfNeeded: index)] = slots[old]
        }
        slots.deallocate()
        slots = larger
        slotMask = mask
    }
}

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
