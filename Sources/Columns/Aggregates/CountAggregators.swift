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

    var canMerge: Bool { true }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        counts.grow(to: groupCount, filler: 0)
        for (index, count) in merged(other, self).counts.prefix(groups.count).enumerated() { counts[Int(groups[index])] += count }
    }

    func finish(groupCount: Int) -> Vector {
        counts.grow(to: groupCount, filler: 0)
        return Vector(count: groupCount, .decimal(.int64(Buffer(counts.prefix(groupCount))), scale: 0))
    }
}

/// Counts different values that are there.
final class DistinctAggregator: Aggregator {
    /// Gives values numbers; none where they are integers that can stand for themselves.
    private let encoder: KeyEncoder?
    private var integers = GroupedIntegers()

    init(type: ValueType) {
        switch type {
        case .record, .date: encoder = nil
        default: encoder = KeyEncoder()
        }
    }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        guard let values else { return }
        guard let numbers = encoder?.encode(values) ?? DenseKeys(values)?.values else { return }
        integers.insert(numbers, PresenceReader(values), groups, groupCount: groupCount)
    }

    /// Another aggregator numbers its values in another order.
    var canMerge: Bool { encoder == nil }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        integers.merge(merged(other, self).integers, groups: groups, groupCount: groupCount)
    }

    func finish(groupCount: Int) -> Vector {
        Vector(count: groupCount, .decimal(.int64(integers.distinctCounts(groupCount: groupCount)), scale: 0))
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

    var canMerge: Bool { true }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        rows.merge(merged(other, self).rows, groups: groups, groupCount: groupCount)
        holding.merge(merged(other, self).holding, groups: groups, groupCount: groupCount)
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

    var canMerge: Bool { true }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        result.grow(to: groupCount, filler: isAll)
        for (index, holds) in merged(other, self).result.prefix(groups.count).enumerated() where holds != isAll {
            result[Int(groups[index])] = holds
        }
    }

    func finish(groupCount: Int) -> Vector {
        result.grow(to: groupCount, filler: isAll)
        return Vector(count: groupCount, .bool(Bitmap(result.prefix(groupCount))))
    }
}
