import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The natural logarithm of the gamma function, for numbers above 0.
func logGamma(_ x: Double) -> Double { lgamma(x).0 }

/// The derivative of `logGamma`, for numbers above 0, to about 14 digits.
///
/// Small numbers are carried up by ψ(x) = ψ(x + 1) − 1/x until the asymptotic series holds: M. Abramowitz and I. Stegun, Handbook of
/// Mathematical Functions, 6.3.5 and 6.3.18.
func digamma(_ x: Double) -> Double {
    var x = x
    var result = 0.0
    while x < 10 {
        result -= 1 / x
        x += 1
    }
    let square = 1 / (x * x)
    let series =
        square
        * (1.0 / 12
            - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132 - square * (691.0 / 32760))))))
    return result + log(x) - 0.5 / x - series
}

/// Gauss's hypergeometric function ₂F₁(a, b; c; z) for z up to 1; none where it has no value there (c a whole number not above 0, or z = 1
/// with c ≤ a + b), where z is above 1 and the series does not end, and where its terms grow small too slowly (z within about 1e-5 of 1).
///
/// Abramowitz and Stegun 15.1.1 (the series, for 0 ≤ z < 1), 15.3.4 (Pfaff's transformation, which brings z < 0 there) and 15.1.20 (Gauss's
/// sum at z = 1). O(1 / (1 − z)) terms at most, and no more than a million.
func hypergeometric(_ a: Double, _ b: Double, _ c: Double, _ z: Double) -> Double? {
    guard a.isFinite, b.isFinite, c.isFinite, z.isFinite, c > 0 || c != c.rounded() else { return nil }
    let ends = (a <= 0 && a == a.rounded()) || (b <= 0 && b == b.rounded())
    if ends || (0..<1).contains(z) { return hypergeometricSeries(a, b, c, z) }
    if z < 0 { return hypergeometricSeries(a, c - b, c, z / (z - 1)).map { $0 * pow(1 - z, -a) } }
    guard z == 1, c > a + b else { return nil }
    let factors: [(Double, Int)] = [lgamma(c), lgamma(c - a - b), lgamma(c - a), lgamma(c - b)]
    let sign = factors.reduce(1) { $0 * $1.1 }
    return Double(sign) * exp(factors[0].0 + factors[1].0 - factors[2].0 - factors[3].0)
}

private func hypergeometricSeries(_ a: Double, _ b: Double, _ c: Double, _ z: Double) -> Double? {
    var term = 1.0
    var sum = 1.0
    for index in 0..<1_000_000 {
        let n = Double(index)
        term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
        sum += term
        guard sum.isFinite else { return nil }
        // Terms may grow before they shrink, so one small term ends nothing unless those behind it are smaller still.
        let growth = Swift.abs((a + n + 1) * (b + n + 1) / ((c + n + 1) * (n + 2)) * z)
        if term == 0 || (growth < 1 && Swift.abs(term) < 1e-17 * Swift.abs(sum) * (1 - growth)) { return sum }
    }
    return nil
}

/// ₂F₁ row by row; missing where an argument is, and where it has no value.
public func hypergeometric(_ a: Operand, _ b: Operand, _ c: Operand, _ z: Operand, count: Int) -> Vector {
    let operands = [a, b, c, z]
    for operand in operands {
        checkCount(operand, count)
        guard operand.kind == .number else { return .missing(count: count) }
    }
    let lanes = operands.map { $0.doubles() }
    let valid = operands.map { $0.presence(count: count) }.reduce(nil) { both($0, $1) }
    let values: Buffer<Double> = mapped(count: count) { row in
        hypergeometric(lanes[0].at(row), lanes[1].at(row), lanes[2].at(row), lanes[3].at(row)) ?? .nan
    }
    return finite(values, valid)
}
