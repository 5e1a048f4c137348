import Foundation
import Types

/// The native functions of the prelude, from their documentation there. A function of a missing value is missing, unless the prelude says
/// otherwise.
enum Functions {
    /// Functions that ask something of a text; of a missing one it does not hold.
    private static let conditions: Set<String> = ["starts_with", "ends_with", "contains"]

    static func value(_ name: String, _ arguments: [Value], in evaluator: ReferenceEvaluator) -> Value {
        switch name {
        case "least", "greatest":
            if arguments[0] == .none { return arguments[1] }
            if arguments[1] == .none { return arguments[0] }
            let order = Rules.order(arguments[0], arguments[1]) ?? 0
            return (name == "least") == (order <= 0) ? arguments[0] : arguments[1]
        case "share_below":
            guard case .list(let all) = arguments[1], arguments[0] != .none else { return .none }
            let known = all.filter { $0 != .none }
            let below = known.filter { (Rules.order($0, arguments[0]) ?? 0) < 0 }
            return known.isEmpty ? .none : .number(.double(Double(below.count) / Double(known.count)))
        case "none_if": return Rules.equal(arguments[0], arguments[1]) ? .none : arguments[0]
        default: break
        }
        // Lists are never missing: they are empty.
        if name == "split", arguments[0] == .none { return .list([]) }
        if arguments.contains(.none) { return conditions.contains(name) ? .bool(false) : .none }
        return Texts.function(name, arguments, in: evaluator) ?? ofNumbers(name, arguments) ?? Moments.function(name, arguments)
            ?? ofDurations(name, arguments) ?? unknown(name)
    }

    private static func unknown(_ name: String) -> Value {
        preconditionFailure("the reference evaluator has no function \(name)")
    }

    /// The whole number that an argument such as a size is; parts are cut off.
    static func whole(_ value: Value) -> Int {
        if case .number(let number) = value { return Int(number.doubleValue) }
        return 0
    }

    private static func ofNumbers(_ name: String, _ arguments: [Value]) -> Value? {
        if name == "number" { return number(arguments[0]) }
        guard case .number(let value)? = arguments.first else { return nil }
        func double(_ function: (Double) -> Double) -> Value {
            let result = function(value.doubleValue)
            return result.isFinite ? .number(.double(result)) : .none
        }
        switch name {
        case "abs": return Numbers.order(value, Number(0)) < 0 ? Rules.negated(arguments[0]) : arguments[0]
        case "sign": return .number(Number(Numbers.order(value, Number(0))))
        case "round": return .number(Numbers.rounded(value, whole(arguments[1]), .nearest))
        case "floor": return .number(Numbers.rounded(value, 0, .down))
        case "ceil": return .number(Numbers.rounded(value, 0, .up))
        case "bucket":
            guard case .number(let width) = arguments[1], width.doubleValue > 0,
                let quotient = Numbers.arithmetic(.divide, value, width)
            else { return Value.none }
            return Numbers.arithmetic(.multiply, Numbers.rounded(quotient, 0, .down), width).map(Value.number) ?? Value.none
        case "sqrt": return value.doubleValue < 0 ? Value.none : double { $0.squareRoot() }
        case "exp": return double { exp($0) }
        case "ln": return value.doubleValue <= 0 ? Value.none : double { log($0) }
        case "log10": return value.doubleValue <= 0 ? Value.none : double { Foundation.log10($0) }
        case "power":
            guard case .number(let exponent) = arguments[1] else { return Value.none }
            return double { pow($0, exponent.doubleValue) }
        default: return nil
        }
    }

    /// A number from a text that writes one, from a bool or from a year.
    private static func number(_ value: Value) -> Value {
        switch value {
        case .number: return value
        case .bool(let flag): return .number(Number(flag ? 1 : 0))
        case .period(let period) where period.unit == .year: return .number(Number(1970 + Int(period.index)))
        case .text(let text):
            var written = text.trimmingCharacters(in: .whitespaces)
            let isPart = written.hasSuffix("%")
            if isPart { written.removeLast() }
            if written.contains(where: { $0 == "e" || $0 == "E" }) {
                return Double(written).map { .number(.double($0)) } ?? .none
            }
            guard let pattern = try? Regex("-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\\.[0-9]+)?"),
                written.wholeMatch(of: pattern) != nil
            else { return .none }
            written.removeAll { $0 == "," }
            let digits = written.filter { $0 != "." }
            let scale = written.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
            guard let units = Int128(digits) else { return .none }
            return .number(Numbers.narrowed(units, scale + (isPart ? 2 : 0)))
        default: return .none
        }
    }

    private static func ofDurations(_ name: String, _ arguments: [Value]) -> Value? {
        guard case .duration(let duration)? = arguments.first else { return nil }
        let length = Rules.length(duration)
        switch name {
        case "days": return .number(.double(length / 86_400_000_000))
        case "hours": return .number(.double(length / 3_600_000_000))
        case "minutes": return .number(.double(length / 60_000_000))
        default: return nil
        }
    }
}
