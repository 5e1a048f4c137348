import Columns

/// Hashes of keys, cheap for the dozen bytes that keys mostly have: eight bytes a step, each step one multiplication.
enum KeyHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress else { return mix(0) }
        let memory = UnsafeRawPointer(base)
        var hash = UInt64(bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = mix(hash ^ memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        return mix(hash ^ rest)
    }

    @inline(__always)
    static func hash(_ integer: Int64) -> UInt64 { mix(UInt64(bitPattern: integer)) }

    /// Folds the high half of the product into the low one, since the table takes its place from the low bits.
    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = (value ^ (value >> 29)) &* multiplier
        return product ^ (product >> 32)
    }
}

/// Open addressing with linear probing: each slot holds 32 bits of a hash and the number of an entry, so that most misses are told
/// without looking at the key itself. At most half of the slots are taken.
struct KeySlots: Sendable {
    private let slots: Buffer<UInt64>
    private let mask: Int
    private static let empty = UInt64.max

    /// Enters the entries `0..<count`. `hash` gives none for an entry that has no key; `isSame` compares two entries whose hashes
    /// agree, and `repeated` hears of an entry whose key an earlier one has.
    init(
        count: Int, hash: (Int) -> UInt64?, isSame: (Int, Int) -> Bool, repeated: (_ first: Int, _ again: Int) -> Void
    ) {
        var capacity = 16
        while capacity < count * 2 { capacity *= 2 }
        let mask = capacity - 1
        slots = Buffer(capacity: capacity) { memory in
            memory.initialize(repeating: Self.empty)
            entries: for entry in 0..<count {
                guard let hash = hash(entry) else { continue }
                let tag = Self.tag(hash)
                var place = Int(truncatingIfNeeded: hash) & mask
                while memory[place] != Self.empty {
                    if memory[place] & Self.tagBits == tag {
                        let other = Int(memory[place] & ~Self.tagBits)
                        if isSame(other, entry) {
                            repeated(other, entry)
                            continue entries
                        }
                    }
                    place = (place + 1) & mask
                }
                memory[place] = tag | UInt64(entry)
            }
            return capacity
        }
        self.mask = mask
    }

    /// A table that was built before: its size is a power of two, and a slot at least is free.
    init(adopting slots: Buffer<UInt64>) {
        precondition(slots.count > 0 && slots.count & (slots.count - 1) == 0)
        self.slots = slots
        mask = slots.count - 1
    }

    /// The table, for keeping it.
    var buffer: Buffer<UInt64> { slots }

    private static let tagBits: UInt64 = 0xFFFF_FFFF_0000_0000
    /// The top bit stays 0, so that no entry looks like an empty slot.
    @inline(__always)
    private static func tag(_ hash: UInt64) -> UInt64 { hash & 0x7FFF_FFFF_0000_0000 }

    /// The entry for which `isSame` holds, or none.
    @inline(__always)
    func find(_ hash: UInt64, isSame: (Int) -> Bool) -> Int? {
        let tag = Self.tag(hash)
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            // The place is masked to the size of the table.
            let slot = slots.base[place]
            if slot == Self.empty { return nil }
            if slot & Self.tagBits == tag {
                let entry = Int(slot & ~Self.tagBits)
                if isSame(entry) { return entry }
            }
            place = (place + 1) & mask
        }
    }
}
