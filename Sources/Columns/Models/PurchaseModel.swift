import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How well a model fits the customers that it was fitted to.
public struct FitQuality: Sendable {
    /// The natural logarithm of the likelihood of all that was observed.
    public var logLikelihood: Double
    public var customers: Int
    public var iterations: Int
    /// Whether the likelihood has a maximum there. Otherwise the data leave it open, and the parameters went as far as they were let.
    public var hasConverged: Bool
}

/// Runs a body for each of so many tasks, some of them at the same time if it likes.
public typealias Spread = (_ count: Int, _ body: @escaping @Sendable (Int) -> Void) -> Void

/// The BG/NBD model of repeat purchases: while customers are alive they buy at random, at a rate of their own (gamma distributed, shape `r`
/// and rate `alpha`), and after each repeat purchase leave for good with a probability of their own (beta distributed, `a` and `b`).
///
/// P. Fader, B. Hardie and K. Lee, "Counting Your Customers" the Easy Way, Marketing Science 24, 2005.
public struct PurchaseModel: Sendable {
    public var r: Double
    /// In the unit of time of the histories.
    public var alpha: Double
    public var a: Double
    public var b: Double
    public var quality: FitQuality
}

extension PurchaseModel {
    /// The parameters of maximum likelihood. None where nobody bought again, or no time has passed: then every rate above 0 is too high.
    ///
    /// The likelihood is that of the paper's equation (6). Gamma functions only occur as Γ(r + x) / Γ(r) for whole x, and are written as
    /// products, which keep all digits where parameters grow large. O(customers + the most repeats of any) a step, some 30 steps.
    public init?(fittedTo histories: PurchaseHistories, spread: Spread, check: () throws -> Void) rethrows {
        let unit = histories.meanAge
        let repeats = histories.repeatCount
        let customers = Double(histories.customerCount)
        guard repeats > 0, unit > 0 else { return nil }
        let likelihood = PurchaseLikelihood(histories, unit: unit)
        // A likely rate of purchase, and one customer in five who leaves.
        let start = [0, log(customers / repeats), 0, log(4.0)]
        let found = try minimum(from: start, reach: 15) { point in
            try check()
            return likelihood.mean(at: point, spread)
        }
        let parameters = found.point.map { exp($0) }
        let quality = FitQuality(
            logLikelihood: -found.value * customers - repeats * log(unit), customers: histories.customerCount,
            iterations: found.iterations, hasConverged: found.hasConverged)
        self.init(r: parameters[0], alpha: parameters[1] * unit, a: parameters[2], b: parameters[3], quality: quality)
    }

    /// How many customers of the histories the model takes to buy again 0, 1, … times, and those who do so at least `last` times: the
    /// paper's equation (8), summed over them.
    public func expectedCounts(of histories: PurchaseHistories, last: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: last + 1)
        for group in histories.groups {
            let idle = alpha / (alpha + group.age)
            // The chance of n purchases without leaving, of fewer than n, and of having stayed through n of them.
            var exactly = pow(idle, r)
            var fewer = 0.0
            var stayed = 1.0
            var rest = group.customers
            for n in 0..<last {
                let x = Double(n)
                var chance = stayed * exactly
                if n > 0 { chance += stayed * a / (b + x - 1) * max(0, 1 - fewer) }
                counts[n] += group.customers * chance
                rest -= group.customers * chance
                fewer += exactly
                exactly *= (r + x) / (x + 1) * (1 - idle)
                stayed *= (b + x) / (a + b + x)
            }
            counts[last] += rest
        }
        return counts
    }

    /// The mean difference between how many customers buy again 0 to 6 times, or more often, and how many the model takes to, as a part of
    /// all customers.
    public func meanError(over histories: PurchaseHistories) -> Double {
        let last = 7
        var actual = [Double](repeating: 0, count: last + 1)
        for group in histories.groups { actual[min(last, Int(group.repeats))] += group.customers }
        let expected = expectedCounts(of: histories, last: last)
        let differences = zip(actual, expected).reduce(0) { $0 + Swift.abs($1.0 - $1.1) }
        return differences / Double(last + 1) / Double(max(1, histories.customerCount))
    }
}

/// The likelihood of histories, with times in a unit of which customers have seen one on average.
struct PurchaseLikelihood: Sendable {
    /// Sums over some of the customers.
    private struct Sums {
        var value = 0.0
        var r = 0.0
        var alpha = 0.0
        var a = 0.0
        var b = 0.0
    }

    private let groups: [PurchaseHistories.Group]
    private let beyond: [Double]
    private let customers: Double
    private static let partSize = 8192

    init(_ histories: PurchaseHistories, unit: Double) {
        groups = histories.groups.map { group in
            var scaled = group
            scaled.recency /= unit
            scaled.age /= unit
            return scaled
        }
        beyond = histories.customersBeyond()
        customers = Double(histories.customerCount)
    }

    /// The negative mean of the logarithm over customers and its derivatives, by the logarithms of r, alpha, a and b.
    func mean(at point: [Double], _ spread: Spread) -> (value: Double, gradient: [Double]) {
        let (r, alpha, a, b) = (exp(point[0]), exp(point[1]), exp(point[2]), exp(point[3]))
        var total = Sums()
        total.value = customers * r * point[1]
        total.r = customers * point[1]
        total.alpha = customers * r / alpha
        for (index, count) in beyond.enumerated() {
            let j = Double(index)
            total.value += count * (log(r + j) + log((b + j) / (a + b + j)))
            total.r += count / (r + j)
            total.a -= count / (a + b + j)
            total.b += count * (1 / (b + j) - 1 / (a + b + j))
        }
        // Parts of a fixed size, added in their order, so that the sums do not depend on the threads.
        let partCount = (groups.count + Self.partSize - 1) / Self.partSize
        let parts = Mutex([Sums](repeating: Sums(), count: partCount))
        spread(partCount) { part in
            let sums = self.sums(of: part, r, alpha, a, b)
            parts.withLock { $0[part] = sums }
        }
        for part in parts.withLock({ $0 }) {
            total.value += part.value
            total.r += part.r
            total.alpha += part.alpha
            total.a += part.a
            total.b += part.b
        }
        return (-total.value / customers, [total.r * r, total.alpha * alpha, total.a * a, total.b * b].map { -$0 / customers })
    }

    /// Of a customer ln(A₃ + δA₄): alive until the end, or gone after the last purchase.
    private func sums(of part: Int, _ r: Double, _ alpha: Double, _ a: Double, _ b: Double) -> Sums {
        var sums = Sums()
        let logA = log(a)
        for group in groups[part * Self.partSize..<min(groups.count, (part + 1) * Self.partSize)] {
            let (x, n) = (group.repeats, group.customers)
            let whole = alpha + group.age
            let logWhole = log(whole)
            sums.value -= n * (r + x) * logWhole
            sums.r -= n * logWhole
            sums.alpha -= n * (r + x) / whole
            if x == 0 { continue }
            let seen = alpha + group.recency
            let silence = logWhole - log(seen)
            let odds = logA - log(b + x - 1) + (r + x) * silence
            // The chance that the customer is gone, and ln(1 + e^odds) without overflow.
            let gone = 1 / (1 + exp(-odds))
            sums.value += n * (max(odds, 0) + log1p(exp(-Swift.abs(odds))))
            sums.r += n * gone * silence
            sums.alpha += n * gone * (r + x) * (1 / whole - 1 / seen)
            sums.a += n * gone / a
            sums.b -= n * gone / (b + x - 1)
        }
        return sums
    }
}
