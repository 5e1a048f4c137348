import Types

/// For each row, in which of up to 64 periods something holds of it: bit `k` stands for period `k`.
///
/// What changes with time is so computed for all periods at once: a condition is a mask a row, `and` and `or` are one instruction, and a link
/// to many is followed by uniting masks.
public struct PeriodMasks: Sendable {
    public let masks: Buffer<UInt64>
    public var count: Int { masks.count }

    public init(_ masks: Buffer<UInt64>) { self.masks = masks }

    public init(repeating mask: UInt64, count: Int) { masks = Buffer(repeating: mask, count: count) }

    /// All periods of `mask` for the rows whose bit is set, none for the others.
    public init(rows: Bitmap, mask: UInt64) {
        masks = mapped(count: rows.count) { rows[$0] ? mask : 0 }
    }

    public func and(_ other: PeriodMasks) -> PeriodMasks { combined(other) { $0 & $1 } }
    public func or(_ other: PeriodMasks) -> PeriodMasks { combined(other) { $0 | $1 } }
    public func andNot(_ other: PeriodMasks) -> PeriodMasks { combined(other) { $0 & ~$1 } }

    /// The periods of `all` that a row does not have.
    public func complement(in all: UInt64) -> PeriodMasks {
        let source = masks.base
        return PeriodMasks(mapped(count: count) { ~source[$0] & all })
    }

    @inline(__always)
    private func combined(_ other: PeriodMasks, _ operation: (UInt64, UInt64) -> UInt64) -> PeriodMasks {
        precondition(count == other.count)
        let (left, right) = (masks.base, other.masks.base)
        return PeriodMasks(mapped(count: count) { operation(left[$0], right[$0]) })
    }

    // MARK: Moments

    /// For each row the periods whose limit its moment lies before; none for a missing moment. The limits are microseconds since
    /// 1970-01-01T00:00Z, one a period, in any order. O(rows · log periods).
    public init?(_ moments: Vector, before limits: [Int64]) {
        precondition(limits.count <= 64)
        guard let instants = moments.instants() else {
            guard case .none = moments.storage else { return nil }
            self.init(repeating: 0, count: moments.count)
            return
        }
        let steps = Set(limits).sorted()
        // By how many limits are at or below a moment, the periods whose limit is above it.
        let table = (0...steps.count).map { passed -> UInt64 in
            limits.indices.reduce(0) { mask, period in
                passed == 0 || limits[period] > steps[passed - 1] ? mask | 1 << UInt64(period) : mask
            }
        }
        let presence = moments.validity
        let source = instants.base
        let masks = steps.withUnsafeBufferPointer { steps in
            table.withUnsafeBufferPointer { table in
                mapped(count: moments.count) { row -> UInt64 in
                    let moment = source[row]
                    var passed = 0
                    var rest = steps.count
                    while rest > 0 {
                        let half = (rest + 1) >> 1
                        if steps[passed &+ half &- 1] <= moment {
                            passed &+= half
                            rest &-= half
                        } else {
                            rest = half &- 1
                        }
                    }
                    return table[passed]
                }
            }
        }
        self.init(masks)
        if let presence { self = and(PeriodMasks(rows: presence, mask: ~0)) }
    }

    // MARK: Links

    /// What each row's target has; nothing where it leads nowhere.
    public func gathered(_ targets: Buffer<Int32>) -> PeriodMasks {
        let limit = count
        let source = masks.base
        return PeriodMasks(
            mapped(count: targets.count) { row in
                let target = Int(targets.base[row])
                precondition(target < limit)
                return target < 0 ? 0 : source[target]
            })
    }

    /// For each of `targetCount` rows what all rows have together that lead to it.
    public func united(_ targets: Buffer<Int32>, targetCount: Int) -> PeriodMasks {
        precondition(targets.count == count)
        let source = masks.base
        return PeriodMasks(
            Buffer(capacity: targetCount) { memory in
                memory.initialize(repeating: 0)
                for row in 0..<targets.count where targets.base[row] >= 0 { memory[Int(targets.base[row])] |= source[row] }
                return targetCount
            })
    }

    // MARK: Aggregates

    /// How many rows each period has. A run of periods counts at its first and behind its last, so that the work does not grow with how
    /// long things last.
    public func counts(periodCount: Int) -> [Int] {
        var changes = [Int](repeating: 0, count: 65)
        for mask in masks.pointer {
            Self.forEachRun(mask) { lower, upper in
                changes[lower] &+= 1
                changes[upper] &-= 1
            }
        }
        return Self.running(changes, 0, +, periodCount)
    }

    /// The sum of the rows' numbers in each period, and how many there are; exact where the numbers are. None where the values are no
    /// numbers, or a sum is too large to be exact.
    public func sums(of values: Vector, periodCount: Int) -> (sums: [Number], counts: [Int])? {
        precondition(values.count == count)
        let present = PeriodMasks(rows: values.isPresentBitmap(), mask: ~0)
        let masks = and(present)
        let counts = masks.counts(periodCount: periodCount)
        switch values.storage {
        case .none: return (counts.map { _ in Number(0) }, counts)
        case .double(let doubles):
            var sums = [Double](repeating: 0, count: 64)
            for row in 0..<count {
                var mask = masks.masks.base[row]
                while mask != 0 {
                    sums[mask.trailingZeroBitCount] += doubles.base[row]
                    mask &= mask &- 1
                }
            }
            return (sums.prefix(periodCount).map { .double($0) }, counts)
        case .decimal(let integers, let scale):
            let units: [Int128] =
                switch integers {
                case .int8(let column): masks.exactSums(column, periodCount)
                case .int16(let column): masks.exactSums(column, periodCount)
                case .int32(let column): masks.exactSums(column, periodCount)
                case .int64(let column): masks.exactSums(column, periodCount)
                }
            let narrow = units.compactMap { Int64(exactly: $0) }
            guard narrow.count == units.count else { return nil }
            return (narrow.map { .decimal(units: $0, scale: scale) }, counts)
        default: return nil
        }
    }

    private func exactSums<Integer: FixedWidthInteger & BitwiseCopyable>(_ column: Buffer<Integer>, _ periodCount: Int)
        -> [Int128]
    {
        var changes = [Int128](repeating: 0, count: 65)
        for row in 0..<count where masks.base[row] != 0 {
            let value = Int128(column.base[row])
            Self.forEachRun(masks.base[row]) { lower, upper in
                changes[lower] &+= value
                changes[upper] &-= value
            }
        }
        return Self.running(changes, 0, &+, periodCount)
    }

    /// The runs of bits that are set, from the first up to and without the second.
    @inline(__always)
    private static func forEachRun(_ mask: UInt64, _ body: (Int, Int) -> Void) {
        var rest = mask
        while rest != 0 {
            let lower = rest.trailingZeroBitCount
            let length = (~(rest &>> UInt64(lower))).trailingZeroBitCount
            body(lower, lower &+ length)
            if lower &+ length >= 64 { return }
            rest &= ~0 &<< UInt64(lower &+ length)
        }
    }

    private static func running<Sum>(_ changes: [Sum], _ zero: Sum, _ add: (Sum, Sum) -> Sum, _ count: Int) -> [Sum] {
        var total = zero
        return changes.prefix(count).map { change in
            total = add(total, change)
            return total
        }
    }
}
