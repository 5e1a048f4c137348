import Syntax

/// A number: an exact decimal while it fits `units / 10^scale` in 64 bits, otherwise the nearest double.
///
/// Addition, subtraction and multiplication of exact numbers are exact as long as the result fits; division always gives a double.
///
/// `==` compares representations (`1` and `1.0` differ); `compare` compares values.
public enum Number: Hashable, Sendable {
    case decimal(units: Int64, scale: Int)
    case double(Double)

    /// The largest scale that an exact number has: 10^18 still fits 64 bits.
    public static let maximumScale = 18

    public init(_ integer: Int) { self = .decimal(units: Int64(integer), scale: 0) }

    public init(_ literal: NumberLiteral) {
        switch literal {
        case .decimal(let units, let scale): self = .decimal(units: units, scale: scale)
        case .double(let value): self = .double(value)
        }
    }

    /// 10 to the power of 0...18.
    public static let powersOfTen: [Int64] = (0...18).map { exponent in
        (0..<exponent).reduce(Int64(1)) { power, _ in power * 10 }
    }

    /// The nearest double. Dividing two exactly represented doubles rounds once, so this is correctly rounded up to 2^53 units.
    public var doubleValue: Double {
        switch self {
        case .decimal(let units, let scale):
            scale == 0 ? Double(units) : Double(units) / Double(Self.powersOfTen[scale])
        case .double(let value): value
        }
    }

    /// The same exact number at a larger scale, or none where it does not fit.
    public static func rescale(_ units: Int64, from: Int, to: Int) -> Int64? {
        guard to >= from, to <= maximumScale else { return nil }
        let (product, overflow) = units.multipliedReportingOverflow(by: powersOfTen[to - from])
        return overflow ? nil : product
    }

    /// -1, 0 or 1. Exact numbers are compared exactly, whatever their scales; otherwise as doubles.
    public static func compare(_ left: Number, _ right: Number) -> Int {
        if case .decimal(let a, let scaleA) = left, case .decimal(let b, let scaleB) = right {
            let scale = max(scaleA, scaleB)
            let wideA = Int128(a) * Int128(powersOfTen[scale - scaleA])
            let wideB = Int128(b) * Int128(powersOfTen[scale - scaleB])
            return wideA < wideB ? -1 : (wideA > wideB ? 1 : 0)
        }
        let a = left.doubleValue
        let b = right.doubleValue
        return a < b ? -1 : (a > b ? 1 : 0)
    }
}
