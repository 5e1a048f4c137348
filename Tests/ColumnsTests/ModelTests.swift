import Foundation
import Syntax
import Testing
import Types

@testable import Columns

/// Special functions and the search for a minimum against known values, and the models of customers against cases that can be worked out by
/// hand. What the papers print for the CDNOW data is held by the golden cases `published/`.
struct ModelTests {
    private static func isNear(_ found: Double?, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
        found.map { abs($0 - expected) <= tolerance * max(1, abs(expected)) } ?? false
    }

    @Test func digammaHasItsKnownValues() {
        let euler = 0.577215664901532861
        #expect(Self.isNear(digamma(1), -euler))
        #expect(Self.isNear(digamma(0.5), -euler - 2 * log(2.0)))
        #expect(Self.isNear(digamma(10), 2.25175258906672111))
        #expect(Self.isNear(digamma(1e-3), -1000.57557193181030))
        #expect(Self.isNear(digamma(1e6), 13.8155100579641907))
    }

    /// Values of mpmath 1.3 with 30 digits.
    @Test(arguments: [
        ([1.0, 1, 2, 0.5], 1.38629436111989062), ([0.5, 0.5, 1, 0.9], 1.64126441434236994),
        ([2, 3, 4, -3], 0.108601253084469106), ([-0.2, 1.5, 3.2, 0.95], 0.873108931009244946),
        ([-2, 1.5, 0.7, 3], 16.5042016806722689), ([1.2, 2.3, 5, 1], 2.93330223157795735),
        ([26.243, 28.426, 28.219, 0.59], 17299885354.8100682), ([0.3, 0.7, 1.9, 0.999], 1.25017541773487084),
    ])
    func hypergeometricHasItsKnownValues(_ arguments: [Double], _ expected: Double) {
        let found = hypergeometric(arguments[0], arguments[1], arguments[2], arguments[3])
        #expect(Self.isNear(found, expected, within: 1e-11))
    }

    @Test func hypergeometricAgreesWithItselfTransformed() {
        var random = Random(seed: 7)
        for _ in 0..<2000 {
            let a = Double(random.int(-30...60)) / 10 + 0.05
            let b = Double(random.int(-30...60)) / 10 + 0.03
            let c = Double(random.int(1...90)) / 10 + 0.07
            let z = Double(random.int(-300...97)) / 100
            let direct = hypergeometric(a, b, c, z)
            let euler = hypergeometric(c - a, c - b, c, z).map { $0 * pow(1 - z, c - a - b) }
            guard let direct, let euler else {
                Issue.record("no value for \(a), \(b), \(c), \(z)")
                continue
            }
            #expect(abs(direct - euler) <= 1e-8 * max(1, abs(direct), abs(euler)), "\(a), \(b), \(c), \(z): \(direct), \(euler)")
        }
    }

    @Test func hypergeometricHasNoValueWhereTheSeriesHasNone() {
        #expect(hypergeometric(1, 1, 0, 0.5) == nil)
        #expect(hypergeometric(1, 1, -3, 0.5) == nil)
        #expect(hypergeometric(1, 1, 1, 1) == nil)
        #expect(hypergeometric(1, 1, 2, 1.5) == nil)
        #expect(hypergeometric(1, 2, 3, .nan) == nil)
        #expect(hypergeometric(500, 500, 1, 0.999) == nil, "too large for a double")
    }

    @Test func aMinimumIsFoundInABentValley() {
        // H. Rosenbrock's function, least at (1, 1).
        let found = minimum(from: [-1.2, 1], reach: 10) { point in
            let (x, y) = (point[0], point[1])
            let value = 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
            return (value, [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)])
        }
        #expect(found.hasConverged)
        #expect(found.point.allSatisfy { Self.isNear($0, 1, within: 1e-8) })
        #expect(found.iterations < 100)
    }

    @Test func aFunctionThatFallsForEverEndsTheSearch() {
        let found = minimum(from: [0], reach: 15) { (-$0[0], [-1]) }
        #expect(!found.hasConverged)
        #expect(found.point[0] > 15)
    }

    private static func histories(_ customers: [(Double, Double, Double)]) -> PurchaseHistories {
        func column(_ values: [Double]) -> Operand { .vector(Vector(count: values.count, .double(Buffer(values)))) }
        return PurchaseHistories(
            repeats: column(customers.map(\.0)), recency: column(customers.map(\.1)), age: column(customers.map(\.2)),
            rows: 0..<customers.count)
    }

    private static func fitted(_ histories: PurchaseHistories) -> PurchaseModel? {
        PurchaseModel(fittedTo: histories, spread: inOrder, check: {})
    }

    private static func inOrder(_ count: Int, _ body: (Int) -> Void) { for task in 0..<count { body(task) } }

    private static func model(_ r: Double, _ alpha: Double, _ a: Double, _ b: Double) -> PurchaseModel {
        let quality = FitQuality(logLikelihood: 0, customers: 0, iterations: 0, hasConverged: true)
        return PurchaseModel(r: r, alpha: alpha, a: a, b: b, quality: quality)
    }

    @Test func customersWhoseNumbersCannotBeTrueArePassedOver() {
        let histories = Self.histories([
            (1, 2, 3), (1, 4, 3), (-1, 0, 3), (0.5, 1, 3), (2, -1, 3), (1, 2, .infinity), (0, 9, 9), (0, 0, 9),
        ])
        #expect(histories.customerCount == 3)
        #expect(
            histories.groups.map(\.customers) == [2, 1],
            "two have the same history, whatever is said of a purchase that never was")
    }

    /// Histories drawn from the model itself, with exponential gaps and a coin after each repeat.
    private static func drawn(_ count: Int, r: Int, alpha: Double, a: Int, b: Int) -> PurchaseHistories {
        var random = Random(seed: 11)
        func unit() -> Double { Double.random(in: .leastNonzeroMagnitude..<1, using: &random) }
        func gamma(_ shape: Int) -> Double {
            var sum = 0.0
            for _ in 0..<shape { sum -= log(unit()) }
            return sum
        }
        var customers: [(Double, Double, Double)] = []
        for _ in 0..<count {
            let rate = gamma(r) / alpha
            let x = gamma(a)
            let leaving = x / (x + gamma(b))
            let age = 20 + 60 * unit()
            var (now, last, repeats) = (0.0, 0.0, 0.0)
            while true {
                now -= log(unit()) / rate
                if now > age { break }
                (last, repeats) = (now, repeats + 1)
                if unit() < leaving { break }
            }
            customers.append((repeats, last, age))
        }
        return histories(customers)
    }

    @Test func theModelFindsWhatItsOwnCustomersWereDrawnFrom() throws {
        let histories = Self.drawn(40_000, r: 2, alpha: 10, a: 1, b: 3)
        let model = try #require(Self.fitted(histories))
        #expect(model.quality.hasConverged && model.quality.iterations < 60)
        #expect(abs(model.r - 2) < 0.1 && abs(model.alpha - 10) < 0.6)
        #expect(abs(model.a - 1) < 0.1 && abs(model.b - 3) < 0.3)
        #expect(model.meanError(over: histories) < 0.002)
        #expect(Self.isNear(model.expectedCounts(of: histories, last: 7).reduce(0, +), 40_000))
    }

    @Test func theLikelihoodOfOneCustomerIsThatOfThePaper() throws {
        // Of x = 2, tx = 30.43, T = 38.86 with the paper's parameters; by hand from its equation (6).
        let (r, alpha, a, b, x, last, age) = (0.243, 4.414, 0.793, 2.426, 2.0, 30.43, 38.86)
        let beta = { (p: Double, q: Double) in lgamma(p) + lgamma(q) - lgamma(p + q) }
        let alive = beta(a, b + x) - beta(a, b) + lgamma(r + x) - lgamma(r) + r * log(alpha) - (r + x) * log(alpha + age)
        let gone = beta(a + 1, b + x - 1) - beta(a, b) + lgamma(r + x) - lgamma(r) + r * log(alpha) - (r + x) * log(alpha + last)
        let expected = log(exp(alive) + exp(gone))
        let likelihood = PurchaseLikelihood(Self.histories([(x, last, age)]), unit: 1)
        #expect(Self.isNear(-likelihood.mean(at: [r, alpha, a, b].map { log($0) }, Self.inOrder).value, expected))
    }

    @Test func gradientsAreThoseOfTheLikelihoods() {
        let purchases = PurchaseLikelihood(Self.drawn(300, r: 1, alpha: 5, a: 1, b: 2), unit: 3)
        var random = Random(seed: 5)
        let spent = (0..<50).map { _ in (Double(random.int(1...7)), Double(random.int(1...31))) }
        let spending = SpendLikelihood(Self.spending(spent), unit: 4)
        Self.expectGradient(of: { purchases.mean(at: $0, Self.inOrder) }, at: [0.3, -0.2, 0.1, 0.7])
        Self.expectGradient(of: { spending.mean(at: $0) }, at: [0.5, 0.9, -0.3])
    }

    private static func expectGradient(
        of function: ([Double]) -> (value: Double, gradient: [Double]), at point: [Double]
    ) {
        let gradient = function(point).gradient
        for index in point.indices {
            var (lower, upper) = (point, point)
            lower[index] -= 1e-5
            upper[index] += 1e-5
            let slope: Double = (function(upper).value - function(lower).value) / 2e-5
            #expect(abs(slope - gradient[index]) < 1e-8, "variable \(index): \(slope), \(gradient[index])")
        }
    }

    @Test func histogramsAgreeWithThePaperOnCustomersOfOneAge() {
        // P(X = 0) is (alpha / (alpha + T))^r, and P(X = 1) a sum that can be written down.
        let model = Self.model(0.243, 4.414, 0.793, 2.426)
        let idle = pow(4.414 / (4.414 + 30), 0.243)
        let counts = model.expectedCounts(of: Self.histories([(0, 0, 30)]), last: 2)
        let stays = 2.426 / (0.793 + 2.426)
        let one = stays * 0.243 * idle * (30 / 34.414) + (1 - stays) * (1 - idle)
        #expect(Self.isNear(counts[0], idle))
        #expect(Self.isNear(counts[1], one))
        #expect(Self.isNear(counts[2], 1 - idle - one))
    }

    @Test func dataThatLeaveTheParametersOpenEndTheFit() throws {
        #expect(Self.fitted(Self.histories([])) == nil)
        #expect(Self.fitted(Self.histories([(0, 0, 5), (0, 0, 9)])) == nil, "nobody came back")
        #expect(Self.fitted(Self.histories([(3, 0, 0)])) == nil, "no time has passed")
        let open: [[(Double, Double, Double)]] = [
            [(1, 5, 10)], [(4, 10, 10)], Array(repeating: (2, 4, 8), count: 50), [(1000, 300, 300), (0, 0, 1)],
        ]
        for customers in open {
            let model = try #require(Self.fitted(Self.histories(customers)))
            #expect([model.r, model.alpha, model.a, model.b].allSatisfy { $0.isFinite && $0 > 0 }, "\(customers)")
            #expect(model.quality.logLikelihood.isFinite)
        }
    }

    private static func spending(_ customers: [(Double, Double)]) -> SpendHistories {
        func column(_ values: [Double]) -> Operand { .vector(Vector(count: values.count, .double(Buffer(values)))) }
        return SpendHistories(
            repeats: column(customers.map(\.0)), mean: column(customers.map(\.1)), rows: 0..<customers.count)
    }

    @Test func spendingThatTellsNothingEndsTheFit() throws {
        #expect(SpendModel(fittedTo: Self.spending([(0, 10), (3, 0), (2, -5), (1, .nan)]), check: {}) == nil)
        let equal = try #require(SpendModel(fittedTo: Self.spending([(1, 10), (2, 10), (5, 10)]), check: {}))
        #expect(!equal.quality.hasConverged, "the likelihood grows for ever as everybody spends more alike")
        #expect(abs(equal.p * equal.v / (equal.q - 1) - 10) < 0.1)
        let single = try #require(SpendModel(fittedTo: Self.spending([(4, 250)]), check: {}))
        #expect(single.p.isFinite && single.q.isFinite && single.v.isFinite)
        #expect(Self.spending([(1, 10), (2, 20), (3, 30)]).correlation.map { Self.isNear($0, 1) } == true)
        #expect(Self.spending([(1, 10), (1, 20)]).correlation == nil)
    }

    @Test func sharesBelowAgreeWithCounting() {
        var random = Random(seed: 3)
        for type in scalarTypes {
            for count in sizes {
                let values = (0..<count).map { _ in random.value(type) }
                let own = (0..<20).map { _ in values.isEmpty ? random.value(type) : random.pick(values) }
                let list = random.vector(type, values)
                let found = shareBelow(.vector(random.vector(type, own)), list, segments: nil, count: own.count)
                let known = values.filter { $0 != .none }
                for (row, value) in own.enumerated() {
                    let operand = Operand.vector(random.vector(type, known.isEmpty ? [.none] : known))
                    let below = compare(.less, operand, .constant(value), count: max(1, known.count)).popCount
                    let isMissing = value == .none || known.isEmpty
                    let expected: Value = isMissing ? .none : .number(.double(Double(below) / Double(known.count)))
                    #expect(found.value(at: row) == expected, "\(value) of \(count) values of \(type)")
                }
            }
        }
    }
}
