#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How often customers bought again, and what they spent each time on average.
public struct SpendHistories: Hashable, Sendable {
    let repeats: [Double]
    let means: [Double]

    /// From two numbers a customer. Those who did not buy again, or for nothing, tell nothing and are passed over.
    public init(repeats: Operand, mean: Operand, rows: Range<Int>) {
        var counts: [Double] = []
        var values: [Double] = []
        if repeats.kind == .number, mean.kind == .number {
            let (x, z) = (repeats.doubles(), mean.doubles())
            let present = both(repeats.presence(count: rows.upperBound), mean.presence(count: rows.upperBound))
            for row in rows where present?[row] ?? true {
                guard x.at(row) > 0, x.at(row).isFinite, z.at(row) > 0, z.at(row).isFinite else { continue }
                counts.append(x.at(row))
                values.append(z.at(row))
            }
        }
        self.repeats = counts
        means = values
    }

    public var customerCount: Int { means.count }

    /// Pearson's coefficient of how often and for how much customers buy: the model takes the two to be independent. None where one of
    /// them is the same for all.
    public var correlation: Double? {
        let count = Double(means.count)
        let (meanX, meanZ) = (repeats.reduce(0, +) / count, means.reduce(0, +) / count)
        var (xx, zz, xz) = (0.0, 0.0, 0.0)
        for (x, z) in zip(repeats, means) {
            xx += (x - meanX) * (x - meanX)
            zz += (z - meanZ) * (z - meanZ)
            xz += (x - meanX) * (z - meanZ)
        }
        let result = xz / (xx * zz).squareRoot()
        return result.isFinite ? result : nil
    }
}

/// The gamma-gamma model of spending: what a purchase brings varies around a mean of the customer's own (gamma distributed, shape `p`), and
/// these means differ from customer to customer (their rate gamma distributed, shape `q` and rate `v`).
///
/// P. Fader and B. Hardie, The Gamma-Gamma Model of Monetary Value, 2013, where `v` is called γ.
public struct SpendModel: Sendable {
    public var p: Double
    public var q: Double
    /// In the unit of the spending.
    public var v: Double
    public var quality: FitQuality

    /// The parameters of maximum likelihood, by the note's equation (1a). None where nobody spent anything again. O(customers) a step, some
    /// 30 steps.
    public init?(fittedTo histories: SpendHistories, check: () throws -> Void) rethrows {
        let count = Double(histories.customerCount)
        guard count > 0 else { return nil }
        let unit = histories.means.reduce(0, +) / count
        let likelihood = SpendLikelihood(histories, unit: unit)
        let found = try minimum(from: [log(2.0), log(3.0), 0], reach: 12) { point in
            try check()
            return likelihood.mean(at: point)
        }
        let parameters = found.point.map { exp($0) }
        (p, q, v) = (parameters[0], parameters[1], parameters[2] * unit)
        quality = FitQuality(
            logLikelihood: -(found.value + log(unit)) * count, customers: histories.customerCount,
            iterations: found.iterations, hasConverged: found.hasConverged)
    }
}

/// The likelihood of what customers spent, in a unit that they spent on average.
struct SpendLikelihood {
    private let repeats: [Double]
    private let means: [Double]
    /// How many customers there are of each number of repeats.
    private let counts: [(repeats: Double, customers: Double)]

    init(_ histories: SpendHistories, unit: Double) {
        repeats = histories.repeats
        means = histories.means.map { $0 / unit }
        let sorted = histories.repeats.sorted()
        counts = sorted.reduce(into: []) { counts, x in
            if counts.last?.repeats == x { counts[counts.count - 1].customers += 1 } else { counts.append((x, 1)) }
        }
    }

    /// The negative mean of the logarithm over customers and its derivatives, by the logarithms of p, q and v.
    func mean(at point: [Double]) -> (value: Double, gradient: [Double]) {
        let (p, q, v) = (exp(point[0]), exp(point[1]), exp(point[2]))
        let customers = Double(means.count)
        var value = customers * (q * point[2] - logGamma(q))
        var (byP, byQ, byV) = (0.0, customers * (point[2] - digamma(q)), customers * q / v)
        for (x, n) in counts {
            value += n * (logGamma(p * x + q) - logGamma(p * x))
            let rise = digamma(p * x + q)
            byP += n * x * (rise - digamma(p * x))
            byQ += n * rise
        }
        for (x, z) in zip(repeats, means) {
            let whole = v + x * z
            let logWhole = log(whole)
            let part = log(x * z / whole)
            value += p * x * part - q * logWhole - log(z)
            byP += x * part
            byQ -= logWhole
            byV -= (p * x + q) / whole
        }
        return (-value / customers, [byP * p, byQ * q, byV * v].map { -$0 / customers })
    }
}
