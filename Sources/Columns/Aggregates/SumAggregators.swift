import Types

/// The sum or the mean of numbers.
///
/// Decimals are summed exactly in 128 bits. Doubles are summed in the order of the rows with Neumaier's compensation, which loses next to
/// nothing and does not depend on batches: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen" (1974).
final class SumAggregator: Aggregator {
    private let isAverage: Bool
    private var exact = ExactSums()
    private var doubles = CompensatedSums()
    private var hasDoubles = false
    private var counts: [Int64] = []

    init(isAverage: Bool) { self.isAverage = isAverage }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        grow(to: groupCount)
        guard let values else { return }
        let presence = PresenceReader(values)
        if isAverage { count(presence, groups) }
        switch values.storage {
        case .decimal(let integers, let scale): exact.add(integers, scale: scale, presence, groups)
        case .double(let column):
            if !hasDoubles {
                hasDoubles = true
                doubles.grow(to: groupCount)
            }
            doubles.add(column, presence, groups)
        default: break
        }
    }

    private func grow(to groupCount: Int) {
        exact.grow(to: groupCount)
        if hasDoubles { doubles.grow(to: groupCount) }
        if isAverage { counts.grow(to: groupCount, filler: 0) }
    }

    private func count(_ presence: PresenceReader, _ groups: Buffer<Int32>) {
        counts.withUnsafeMutableBufferPointer { counts in
            for row in 0..<groups.count { counts[Int(groups.base[row])] &+= presence.at(row) ? 1 : 0 }
        }
    }

    /// Doubles have to be added in the order of the rows, whichever thread saw them.
    var canMerge: Bool { !hasDoubles }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        let other = merged(other, self)
        precondition(canMerge && other.canMerge)
        grow(to: groupCount)
        exact.merge(other.exact, groups: groups)
        for index in other.counts.indices.prefix(groups.count) { counts[Int(groups[index])] += other.counts[index] }
    }

    func finish(groupCount: Int) -> Vector {
        grow(to: groupCount)
        if isAverage { return averages(groupCount) }
        if !hasDoubles, let sums = exact.decimals(groupCount: groupCount) { return sums }
        return finite(mapped(count: groupCount) { total($0) }, nil)
    }

    /// The conversion from 128 bits is slow, and hardly ever needed.
    @inline(__always)
    private func double(_ units: Int128) -> Double { Int64(exactly: units).map { Double($0) } ?? Double(units) }

    private func total(_ group: Int) -> Double {
        let sum = double(exact[group]) / doublePowersOfTen[exact.scale]
        return hasDoubles ? doubles.total(group, plus: sum) : sum
    }

    private func averages(_ groupCount: Int) -> Vector {
        let means = mapped(count: groupCount) { group in
            // One division of two mostly exact doubles: rounded once.
            hasDoubles
                ? total(group) / Double(counts[group])
                : double(exact[group]) / (Double(counts[group]) * doublePowersOfTen[exact.scale])
        }
        return finite(means, Bitmap(counts.prefix(groupCount).map { $0 > 0 }))
    }
}

/// Sums of doubles with what rounding took from them.
struct CompensatedSums {
    private var sums: [(sum: Double, lost: Double)] = []

    mutating func grow(to count: Int) { sums.grow(to: count, filler: (0, 0)) }

    @inline(__always)
    private static func add(_ value: Double, to total: (sum: Double, lost: Double)) -> (sum: Double, lost: Double) {
        let sum = total.sum + value
        let isSmaller = total.sum.magnitude >= value.magnitude
        let larger = isSmaller ? total.sum : value
        let smaller = isSmaller ? value : total.sum
        return (sum, total.lost + ((larger - sum) + smaller))
    }

    mutating func add(_ column: Buffer<Double>, _ presence: PresenceReader, _ groups: Buffer<Int32>) {
        sums.withUnsafeMutableBufferPointer { sums in
            for row in 0..<column.count where presence.at(row) {
                let group = Int(groups.base[row])
                sums[group] = Self.add(column.base[row], to: sums[group])
            }
        }
    }

    mutating func add(_ value: Double, to group: Int) { sums[group] = Self.add(value, to: sums[group]) }

    func total(_ group: Int, plus value: Double = 0) -> Double {
        let total = Self.add(value, to: sums[group])
        return total.sum + total.lost
    }
}

/// The sum or the mean of durations; missing where it does not fit.
final class DurationSumAggregator: Aggregator {
    private let isAverage: Bool
    private var months: [Int64] = []
    private var microseconds: [Int128] = []
    private var counts: [Int64] = []

    init(isAverage: Bool) { self.isAverage = isAverage }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        grow(to: groupCount)
        guard let values, case .duration(let monthColumn, let microsecondColumn) = values.storage else { return }
        let presence = PresenceReader(values)
        for row in 0..<values.count where presence.at(row) {
            let group = Int(groups.base[row])
            months[group] += Int64(monthColumn.base[row])
            microseconds[group] += Int128(microsecondColumn.base[row])
            counts[group] += 1
        }
    }

    private func grow(to groupCount: Int) {
        months.grow(to: groupCount, filler: 0)
        microseconds.grow(to: groupCount, filler: 0)
        counts.grow(to: groupCount, filler: 0)
    }

    func finish(groupCount: Int) -> Vector {
        grow(to: groupCount)
        return durations(count: groupCount, nil) { group in
            guard isAverage else {
                guard let months = Int32(exactly: months[group]), let rest = Int64(exactly: microseconds[group]) else {
                    return nil
                }
                return Duration(months: months, microseconds: rest)
            }
            let divisor = Double(counts[group])
            guard divisor > 0 else { return nil }
            let whole = months[group] / counts[group]
            let rest = Double(months[group] % counts[group]) / divisor * averageMicrosecondsPerMonth
            let mean = (Double(microseconds[group]) / divisor + rest).rounded()
            guard let months = Int32(exactly: whole), mean.magnitude < 9e18 else { return nil }
            return Duration(months: months, microseconds: Int64(mean))
        }
    }
}

/// The standard deviation of a sample, divided by n - 1; missing for fewer than two numbers. The numbers are taken in the order of the
/// rows: B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products" (1962).
final class DeviationAggregator: Aggregator {
    private var counts: [Double] = []
    private var means: [Double] = []
    private var squares: [Double] = []

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        grow(to: groupCount)
        guard let values, case .column(let column) = Operand.vector(values).doubles() else { return }
        let presence = PresenceReader(values)
        for row in 0..<column.count where presence.at(row) {
            let group = Int(groups.base[row])
            let value = column.base[row]
            counts[group] += 1
            let distance = value - means[group]
            means[group] += distance / counts[group]
            squares[group] += distance * (value - means[group])
        }
    }

    private func grow(to groupCount: Int) {
        counts.grow(to: groupCount, filler: 0)
        means.grow(to: groupCount, filler: 0)
        squares.grow(to: groupCount, filler: 0)
    }

    func finish(groupCount: Int) -> Vector {
        grow(to: groupCount)
        let deviations = mapped(count: groupCount) { group in
            counts[group] > 1 ? (squares[group] / (counts[group] - 1)).squareRoot() : 0
        }
        return finite(deviations, Bitmap(counts.prefix(groupCount).map { $0 > 1 }))
    }
}
