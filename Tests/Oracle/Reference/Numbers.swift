import Foundation
import Syntax
import Types

/// Exact decimals, in 128 bits, and doubles where they do not reach.
enum Numbers {
    static func order(_ a: Number, _ b: Number) -> Int {
        if case .decimal(let left, let leftScale) = a, case .decimal(let right, let rightScale) = b {
            let scale = max(leftScale, rightScale)
            let x = widened(left, from: leftScale, to: scale)
            let y = widened(right, from: rightScale, to: scale)
            return x < y ? -1 : (x > y ? 1 : 0)
        }
        let x = a.doubleValue
        let y = b.doubleValue
        return x < y ? -1 : (x > y ? 1 : 0)
    }

    private static func widened(_ units: Int64, from: Int, to: Int) -> Int128 {
        (from..<max(from, to)).reduce(Int128(units)) { wide, _ in wide * 10 }
    }

    /// Nothing for a division by zero, and for what is no number.
    static func arithmetic(_ op: BinaryOperator, _ a: Number, _ b: Number) -> Number? {
        if case .decimal(let left, let leftScale) = a, case .decimal(let right, let rightScale) = b {
            let scale = max(leftScale, rightScale)
            let x = widened(left, from: leftScale, to: scale)
            let y = widened(right, from: rightScale, to: scale)
            switch op {
            case .add: return narrowed(x + y, scale)
            case .subtract: return narrowed(x - y, scale)
            case .multiply: return narrowed(Int128(left) * Int128(right), leftScale + rightScale)
            case .remainder: return y == 0 ? nil : narrowed(x % y, scale)
            // The quotient of the two decimals, rounded once, rather than that of their nearest doubles.
            case .divide: return y == 0 ? nil : .double(Double(x) / Double(y))
            default: break
            }
        }
        let x = a.doubleValue
        let y = b.doubleValue
        let result: Double
        switch op {
        case .add: result = x + y
        case .subtract: result = x - y
        case .multiply: result = x * y
        case .divide:
            if y == 0 { return nil }
            result = x / y
        case .remainder:
            if y == 0 { return nil }
            result = fmod(x, y)
        default: return nil
        }
        return result.isFinite ? .double(result) : nil
    }

    /// An exact number where it fits 64 bits and a scale of 18, after leaving off zeros that need not be there; otherwise a double.
    static func narrowed(_ units: Int128, _ scale: Int) -> Number {
        var units = units
        var scale = scale
        while scale > 0, units % 10 == 0, scale > 18 || Int64(exactly: units) == nil {
            units /= 10
            scale -= 1
        }
        if scale <= 18, let narrow = Int64(exactly: units) { return .decimal(units: narrow, scale: scale) }
        return .double(Double(units) / pow(10, Double(scale)))
    }

    /// Exact while every number is.
    static func sum(_ numbers: [Number]) -> Number {
        var scale = 0
        var exact: [(units: Int64, scale: Int)] = []
        for number in numbers {
            guard case .decimal(let units, let own) = number else {
                return .double(numbers.reduce(0) { $0 + $1.doubleValue })
            }
            scale = max(scale, own)
            exact.append((units, own))
        }
        return narrowed(exact.reduce(Int128(0)) { $0 + widened($1.units, from: $1.scale, to: scale) }, scale)
    }

    /// The largest whole multiple of `10^-digits` that is not above, the smallest that is not below, or the nearest with halves away
    /// from zero.
    enum Rounding { case down, up, nearest }

    static func rounded(_ number: Number, _ digits: Int, _ rounding: Rounding) -> Number {
        switch number {
        case .decimal(let units, let scale):
            if scale <= digits { return number }
            let unit = (digits..<scale).reduce(Int128(1)) { wide, _ in wide * 10 }
            let wide = Int128(units)
            var quotient = wide / unit
            let rest = wide % unit
            switch rounding {
            case .down: if rest < 0 { quotient -= 1 }
            case .up: if rest > 0 { quotient += 1 }
            case .nearest: if rest.magnitude * 2 >= unit.magnitude { quotient += wide < 0 ? -1 : 1 }
            }
            if digits >= 0 { return narrowed(quotient, digits) }
            return narrowed(quotient * (digits..<0).reduce(Int128(1)) { wide, _ in wide * 10 }, 0)
        // A double counts as the decimal of 15 digits that it stands for, so that 2.675 is not a little less.
        case .double(let value):
            let decimal = written(value)
            if case .double = decimal { return decimal }
            return rounded(decimal, digits, rounding)
        }
    }

    /// The decimal of at most 15 digits that is nearest to a double.
    private static func written(_ value: Double) -> Number {
        let parts = String(format: "%.14e", value).split(separator: "e")
        guard let mantissa = Int128(parts[0].filter { $0 != "." }), let exponent = Int(parts[1]) else { return .double(value) }
        let scale = 14 - exponent
        if scale < 0 { return narrowed((scale..<0).reduce(mantissa) { wide, _ in wide * 10 }, 0) }
        if scale > 36 { return Number(0) }
        var units = mantissa
        var short = scale
        while short > 18 {
            units /= 10
            short -= 1
        }
        return narrowed(units, short)
    }
}
