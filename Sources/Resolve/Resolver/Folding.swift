import Syntax
import Types

/// Arithmetic on values that are known while resolving, as far as a place that needs a constant may have it: `param since = today - 30
/// days`, `take 2 * 5`. The planner folds the rest.
enum Folding {
    /// Nothing where it is no arithmetic of this kind, or where a result would not be exact.
    static func value(_ op: BinaryOperator, _ left: Value, _ right: Value) -> Value? {
        switch (op, left, right) {
        case (_, .number(let a), .number(let b)): number(op, a, b).map { .number($0) }
        case (.add, .date(let day), .duration(let duration)), (.add, .duration(let duration), .date(let day)):
            date(day, moved: duration, 1)
        case (.subtract, .date(let day), .duration(let duration)): date(day, moved: duration, -1)
        case (.subtract, .date(let a), .date(let b)) where isNear(a) && isNear(b):
            .duration(Types.Duration(days: Int(a) - Int(b)))
        case (.multiply, .duration(let duration), .number(let count)), (.multiply, .number(let count), .duration(let duration)):
            multiple(of: duration, count)
        default: nil
        }
    }

    /// Whether a day is near enough to ours that calendar arithmetic with it stays far from the limits of its integers.
    private static func isNear(_ day: Int32) -> Bool { (-50_000_000...50_000_000).contains(day) }

    private static func number(_ op: BinaryOperator, _ left: Number, _ right: Number) -> Number? {
        guard case .decimal(let a, let scaleA) = left, case .decimal(let b, let scaleB) = right else { return nil }
        switch op {
        case .add, .subtract:
            let scale = max(scaleA, scaleB)
            guard let x = Number.rescale(a, from: scaleA, to: scale), let y = Number.rescale(b, from: scaleB, to: scale) else {
                return nil
            }
            let (result, overflow) = op == .add ? x.addingReportingOverflow(y) : x.subtractingReportingOverflow(y)
            return overflow ? nil : .decimal(units: result, scale: scale)
        case .multiply:
            let (result, overflow) = a.multipliedReportingOverflow(by: b)
            guard !overflow, scaleA + scaleB <= Number.maximumScale else { return nil }
            return .decimal(units: result, scale: scaleA + scaleB)
        default: return nil
        }
    }

    /// A day moved by whole months and days.
    private static func date(_ day: Int32, moved duration: Types.Duration, _ direction: Int) -> Value? {
        let (days, rest) = duration.microseconds.quotientAndRemainder(dividingBy: Calendar.microsecondsPerDay)
        guard rest == 0, isNear(day), let days = Int32(exactly: days), abs(Int(duration.months)) < 1_000_000 else { return nil }
        let (moved, overflow) = Calendar.add(months: Int(duration.months) * direction, to: day)
            .addingReportingOverflow(direction < 0 ? 0 &- days : days)
        return overflow || !isNear(moved) ? nil : .date(moved)
    }

    private static func multiple(of duration: Types.Duration, _ count: Number) -> Value? {
        guard let times = Int64(exactly: count.doubleValue), let few = Int32(exactly: times) else { return nil }
        let (months, tooMany) = duration.months.multipliedReportingOverflow(by: few)
        let (microseconds, tooLong) = duration.microseconds.multipliedReportingOverflow(by: times)
        return tooMany || tooLong ? nil : .duration(Types.Duration(months: months, microseconds: microseconds))
    }
}
