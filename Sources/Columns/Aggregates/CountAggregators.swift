import Types

/// Counts rows, values that are there, or rows for which a condition holds.
final class CountAggregator: Aggregator {
    enum Counted { case rows, present, holding }
    private let counted: Counted
    private var counts: [Int64] = []

    init(_ counted: Counted) { self.counted = counted }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        counts.grow(to: groupCount, filler: 0)
        let bits: Bitmap? =
            switch counted {
            case .rows: nil
            case .present: values.flatMap { Operand.vector($0).presence(count: $0.count) }
            case .holding: values?.truth()
            }
        counts.withUnsafeMutableBufferPointer { counts in
            if let bits {
                let words = bits.words.base
                for row in 0..<groups.count {
                    let bit = (words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63)) & 1
                    counts[Int(groups.base[row])] &+= Int64(bit)
                }
            } else {
                for group in groups.pointer { counts[Int(group)] &+= 1 }
            }
        }
    }

    func finish(groupCount: Int) -> Vector {
        counts.grow(to: groupCount, filler: 0)
        return Vector(count: groupCount, .decimal(.int64(Buffer(counts.prefix(groupCount))), scale: 0))
    }
}

/// Counts different values that are there.
final class DistinctAggregator: Aggregator {
    private let encoder = KeyEncoder()
    private var pairs = WordTable()
    private var pairCount: Int32 = 0
    private var counts: [Int64] = []

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        counts.grow(to: groupCount, filler: 0)
        guard let values else { return }
        let numbers = encoder.encode(values)
        let presence = PresenceReader(values)
        var pairs = WordTable()
        swap(&pairs, &self.pairs)
        var next = pairCount
        for row in 0..<values.count where presence.at(row) {
            let group = groups.base[row]
            let known = next
            let pair = UInt64(UInt32(bitPattern: group)) << 32 | UInt64(UInt32(bitPattern: numbers.base[row]))
            if pairs.number(of: pair, next: &next) == known { counts[Int(group)] += 1 }
        }
        swap(&pairs, &self.pairs)
        pairCount = next
    }

    func finish(groupCount: Int) -> Vector {
        counts.grow(to: groupCount, filler: 0)
        return Vector(count: groupCount, .decimal(.int64(Buffer(counts.prefix(groupCount))), scale: 0))
    }
}

/// The part of the rows for which a condition holds; a missing condition does not hold, but its row counts.
final class ShareAggregator: Aggregator {
    private let rows = CountAggregator(.rows)
    private let holding = CountAggregator(.holding)

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        rows.update(nil, groups: groups, groupCount: groupCount)
        holding.update(values, groups: groups, groupCount: groupCount)
    }

    func finish(groupCount: Int) -> Vector {
        arithmetic(
            .divide, .vector(holding.finish(groupCount: groupCount)), .vector(rows.finish(groupCount: groupCount)),
            count: groupCount)
    }
}

/// Whether a condition holds for one row at least, or for all of them. Missing conditions are passed over.
final class QuantifierAggregator: Aggregator {
    private let isAll: Bool
    private var result: [Bool] = []

    init(isAll: Bool) { self.isAll = isAll }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        result.grow(to: groupCount, filler: isAll)
        guard let values else { return }
        let bits = Operand.vector(values).bits(count: values.count)
        let presence = PresenceReader(values)
        for row in 0..<values.count where presence.at(row) && bits[row] != isAll { result[Int(groups.base[row])] = !isAll }
    }

    func finish(groupCount: Int) -> Vector {
        result.grow(to: groupCount, filler: isAll)
        return Vector(count: groupCount, .bool(Bitmap(result.prefix(groupCount))))
    }
}
