import Types

/// The value below which a part of the values lies; one half is the median.
///
/// Of n values in order, the place is `part * (n - 1)` counted from 0, and between two places the result is linear: R. J. Hyndman and
/// Y. Fan, "Sample Quantiles in Statistical Packages" (1996), definition 7, which spreadsheets call PERCENTILE.INC. Numbers and durations
/// are interpolated, decimals exactly; of other types the nearest value is taken, the later one where both are as near. O(n log n).
final class QuantileAggregator: Aggregator {
    /// The part as an exact decimal, so that 90 % of 4 steps is 3.6 and not a little less.
    private let partUnits: Int64
    private let partScale: Int
    private let type: ValueType
    private var collected: CollectedValues

    init(part: Double, type: ValueType) {
        let clamped = part.isNaN ? 0 : max(0, min(1, part))
        let exact = shortDecimal(clamped, maximumScale: 12) ?? (Int64((clamped * 1e12).rounded()), 12)
        (partUnits, partScale) = exact
        self.type = type
        collected = CollectedValues(type: type)
    }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) { collected.append(values, groups, groupCount) }

    func finish(groupCount: Int) -> Vector {
        let (segments, values) = collected.grouped(groupCount: groupCount)
        let order = sortedWithin(segments, keys: [(values, false)])
        var builder = VectorBuilder(type: type)
        for group in 0..<groupCount {
            let range = segments.range(group)
            builder.append(range.isEmpty ? .none : quantile(values, order, range))
        }
        return builder.finish()
    }

    private func quantile(_ values: Vector, _ order: Buffer<Int32>, _ range: Range<Int>) -> Value {
        let power = Number.powersOfTen[partScale]
        // A part has at most 12 digits and there are fewer than 2^31 values, so 128 bits are ample.
        let place = Int128(partUnits) * Int128(range.count - 1)
        let below = Int(place / Int128(power))
        let rest = Int64(place % Int128(power))
        let low = values.value(at: Int(order[range.lowerBound + below]))
        if rest == 0 { return low }
        let high = values.value(at: Int(order[range.lowerBound + below + 1]))
        switch (low, high) {
        case (.number(let a), .number(let b)): return .number(between(a, b, rest, power))
        case (.duration(let a), .duration(let b)): return .duration(between(a, b, Double(rest) / Double(power)))
        default: return rest >= power - rest ? high : low
        }
    }

    private func between(_ a: Number, _ b: Number, _ rest: Int64, _ power: Int64) -> Number {
        if case .decimal(let low, let scale) = a, case .decimal(let high, scale) = b {
            let (scaledLow, lowOverflow) = Int128(low).multipliedReportingOverflow(by: Int128(power))
            let (step, stepOverflow) = (Int128(high) - Int128(low)).multipliedReportingOverflow(by: Int128(rest))
            var units = scaledLow &+ step
            var newScale = scale + partScale
            while newScale > 0, units % 10 == 0 {
                units /= 10
                newScale -= 1
            }
            if !lowOverflow, !stepOverflow, newScale <= Number.maximumScale, let exact = Int64(exactly: units) {
                return .decimal(units: exact, scale: newScale)
            }
        }
        let (low, high) = (a.doubleValue, b.doubleValue)
        return .double(low + (high - low) * (Double(rest) / Double(power)))
    }

    private func between(_ a: Duration, _ b: Duration, _ fraction: Double) -> Duration {
        let months = Double(b.months - a.months) * fraction
        let whole = months.rounded(.towardZero)
        let rest = (months - whole) * averageMicrosecondsPerMonth
        let step = (Double(b.microseconds) - Double(a.microseconds)) * fraction + rest
        return Duration(months: a.months + Int32(whole), microseconds: a.microseconds + Int64(step.rounded()))
    }
}
