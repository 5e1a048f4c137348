/// Pairs of a group and a record, each once: what uniting sets over the rows of a group needs.
///
/// Open addressing with linear probing at a load of at most one half.
public struct PairSet {
    private var slots: [UInt64]
    public private(set) var count = 0
    /// No pair has this key, since groups and records are not negative.
    private static let free = UInt64.max

    public init() { slots = Array(repeating: Self.free, count: 64) }

    /// The positions at which a pair stands that was not there before, in order. Positions whose group or record is -1 are left out.
    public mutating func insert(groups: Buffer<Int32>, records: Buffer<Int32>) -> Buffer<Int32> {
        precondition(groups.count == records.count)
        return Buffer<Int32>(capacity: groups.count) { memory in
            var written = 0
            for position in 0..<groups.count where groups.base[position] >= 0 && records.base[position] >= 0 {
                let key = UInt64(UInt32(groups.base[position])) << 32 | UInt64(UInt32(records.base[position]))
                if insert(key) {
                    memory[written] = Int32(truncatingIfNeeded: position)
                    written += 1
                }
            }
            return written
        }
    }

    private mutating func insert(_ key: UInt64) -> Bool {
        if count * 2 >= slots.count { grow() }
        let position = place(of: key)
        if slots[position] == key { return false }
        slots[position] = key
        count += 1
        return true
    }

    private func place(of key: UInt64) -> Int {
        // Multiplying by 2^64 divided by the golden ratio spreads neighbouring keys over the high bits.
        let mask = slots.count - 1
        var position = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[position] != Self.free, slots[position] != key { position = (position + 1) & mask }
        return position
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Self.free, count: old.count * 2)
        for key in old where key != Self.free { slots[place(of: key)] = key }
    }
}
