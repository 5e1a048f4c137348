import Types

/// Exact sums of decimals, one a group, at a common scale: in 64 bits while no sum can have outgrown them, otherwise in 128.
struct ExactSums {
    private(set) var scale = 0
    private var narrow: [Int64] = []
    private var wide: [Int128] = []
    private var isWide = false
    /// No sum is larger than this, either way. It only ever grows, so that one comparison a batch replaces a check for every row.
    private var bound: Int128 = 0
    private static let narrowLimit = Int128(Int64.max)

    mutating func grow(to groupCount: Int) {
        if isWide { wide.grow(to: groupCount, filler: 0) } else { narrow.grow(to: groupCount, filler: 0) }
    }

    private var groupCount: Int { isWide ? wide.count : narrow.count }

    subscript(_ group: Int) -> Int128 { isWide ? wide[group] : Int128(narrow[group]) }

    private mutating func widen() {
        guard !isWide else { return }
        isWide = true
        wide = narrow.map { Int128($0) }
        narrow = []
    }

    /// Brings the sums to a larger scale. 2^31 rows of 64 bits at scale 0 come to 94 bits, and 10^18 takes 60 more: only sums that are
    /// beyond 64 bits anyway can wrap, and `&*` keeps them from trapping.
    mutating func raise(to newScale: Int) {
        guard newScale > scale else { return }
        let power = Int128(Number.powersOfTen[newScale - scale])
        let (newBound, overflow) = bound.multipliedReportingOverflow(by: power)
        bound = overflow ? .max : newBound
        if bound > Self.narrowLimit { widen() }
        if isWide {
            for group in wide.indices { wide[group] = wide[group] &* power }
        } else {
            let factor = Int64(truncatingIfNeeded: power)
            for group in narrow.indices { narrow[group] = narrow[group] &* factor }
        }
        scale = newScale
    }

    /// Adds a column; groups lie below what `grow` was last given.
    mutating func add(_ integers: Integers, scale columnScale: Int, _ presence: PresenceReader, _ groups: Buffer<Int32>) {
        raise(to: columnScale)
        let power = Number.powersOfTen[scale - columnScale]
        switch integers {
        case .int8(let column): add(column, largest: 1 << 7, power, presence, groups)
        case .int16(let column): add(column, largest: 1 << 15, power, presence, groups)
        case .int32(let column): add(column, largest: 1 << 31, power, presence, groups)
        case .int64(let column): add(column, largest: Self.largestMagnitude(column), power, presence, groups)
        }
    }

    /// A power of two that no magnitude in the column exceeds.
    private static func largestMagnitude(_ column: Buffer<Int64>) -> Int128 {
        // The bits in which a number differs from its sign: cheaper than comparing magnitudes.
        var bits: UInt64 = 0
        for value in column.pointer { bits |= UInt64(bitPattern: value ^ (value >> 63)) }
        return Int128(1) << Int128(64 - bits.leadingZeroBitCount)
    }

    @inline(__always)
    private mutating func add<Integer: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ column: Buffer<Integer>, largest: Int128, _ power: Int64, _ presence: PresenceReader, _ groups: Buffer<Int32>
    ) {
        let (step, overflow) = (largest * Int128(column.count)).multipliedReportingOverflow(by: Int128(power))
        let (sum, sumOverflow) = bound.addingReportingOverflow(step)
        bound = overflow || sumOverflow ? .max : sum
        if bound > Self.narrowLimit { widen() }
        if isWide {
            let factor = Int128(power)
            wide.withUnsafeMutableBufferPointer { sums in
                for row in 0..<column.count where presence.at(row) {
                    let group = Int(groups.base[row])
                    sums[group] = sums[group] &+ Int128(truncatingIfNeeded: column.base[row]) &* factor
                }
            }
            return
        }
        narrow.withUnsafeMutableBufferPointer { sums in
            guard let sums = sums.baseAddress else { return }
            if power == 1, presence.isFull {
                for row in 0..<column.count {
                    let group = Int(groups.base[row])
                    sums[group] = sums[group] &+ Int64(truncatingIfNeeded: column.base[row])
                }
            } else {
                for row in 0..<column.count where presence.at(row) {
                    let group = Int(groups.base[row])
                    sums[group] = sums[group] &+ Int64(truncatingIfNeeded: column.base[row]) &* power
                }
            }
        }
    }

    /// Adds other sums, each to the group that stands beside it.
    mutating func merge(_ other: ExactSums, groups: Buffer<Int32>) {
        var other = other
        raise(to: other.scale)
        other.raise(to: scale)
        let (sum, overflow) = bound.addingReportingOverflow(other.bound)
        bound = overflow ? .max : sum
        if bound > Self.narrowLimit { widen() }
        for index in 0..<min(groups.count, other.groupCount) {
            let group = Int(groups.base[index])
            if isWide { wide[group] = wide[group] &+ other[index] } else { narrow[group] = narrow[group] &+ other.narrow[index] }
        }
    }

    /// The sums at the smallest scale, where 64 bits hold them all.
    mutating func decimals(groupCount: Int) -> Vector? {
        if !isWide { return Vector(count: groupCount, .decimal(.int64(Buffer(narrow.prefix(groupCount))), scale: scale)) }
        while scale > 0, wide.contains(where: { Int64(exactly: $0) == nil }), wide.allSatisfy({ $0 % 10 == 0 }) {
            for group in wide.indices { wide[group] /= 10 }
            scale -= 1
        }
        guard wide.allSatisfy({ Int64(exactly: $0) != nil }) else { return nil }
        let sums = mapped(count: groupCount) { Int64(truncatingIfNeeded: wide[$0]) }
        return Vector(count: groupCount, .decimal(.int64(sums), scale: scale))
    }
}
