import CKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Below 0, 0 or above 0: the order of bytes, which in UTF-8 is that of code points. A prefix comes before what it begins.
@inline(__always)
func compareBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(left.count, right.count)
    if shared > 0 {
        let order = memcmp(left.baseAddress!, right.baseAddress!, shared)
        if order != 0 { return Int(order) }
    }
    return left.count - right.count
}

/// Mixes 64 bits by a full multiplication, as wyhash does (Wang Yi, https://github.com/wangyi-fudan/wyhash, public domain).
@inline(__always)
func mix(_ value: UInt64, _ key: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: key)
    return product.high ^ product.low
}

/// A hash of 64 bits that is the same in every run: eight bytes a step, each folded in by `mix`.
@inline(__always)
func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count)
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return mix(hash, 0xE703_7ED1_A0B4_28DB) }
    var position = 0
    while position &+ 8 <= bytes.count {
        let word = base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        hash = mix(hash ^ word, 0xE703_7ED1_A0B4_28DB)
        position &+= 8
    }
    var rest: UInt64 = 0
    while position < bytes.count {
        rest = rest &<< 8 | UInt64(bytes[position])
        position &+= 1
    }
    return mix(hash ^ rest, 0x8EBC_6AF0_9C88_C6E3)
}

/// Where a piece first occurs, or none; the empty piece occurs everywhere at 0. With `foldsCase` the letters A to Z of the text count as
/// small ones; the piece has none of them then. In practice O(text).
@inline(__always)
func position(
    of piece: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, foldsCase: Bool = false
) -> Int? {
    guard let needle = piece.baseAddress, piece.count > 0 else { return 0 }
    guard let base = text.baseAddress, text.count >= piece.count else { return nil }
    let found = crmq_find(base, text.count, needle, piece.count, foldsCase)
    return found == text.count ? nil : found
}
