import Syntax
import Types

/// The language's rules for single values, written once more and simply.
enum Rules {
    // MARK: Comparing

    /// Missing is a value: it equals only itself.
    static func equal(_ a: Value, _ b: Value) -> Bool {
        if a == .none || b == .none { return a == b }
        return order(a, b) == 0
    }

    /// `<` and the like: none holds where a side is missing.
    static func ordered(_ a: Value, _ b: Value, _ test: (Int) -> Bool) -> Bool {
        guard a != .none, b != .none, let order = order(a, b) else { return false }
        return test(order)
    }

    /// Below 0, 0 or above 0 for two values that are there; nothing where they have no order.
    static func order(_ a: Value, _ b: Value) -> Int? {
        switch (a, b) {
        case (.text(let a), .text(let b)): order(Array(a.unicodeScalars.map(\.value)), Array(b.unicodeScalars.map(\.value)))
        case (.number(let a), .number(let b)): Numbers.order(a, b)
        case (.bool(let a), .bool(let b)): order(a ? 1 : 0, b ? 1 : 0)
        case (.time(let a), .time(let b)): order(a, b)
        case (.duration(let a), .duration(let b)): order(length(a), length(b))
        case (.record(let entity, let a), .record(let other, let b)): entity == other ? order(a, b) : nil
        case (.set(_, let a), .set(_, let b)): order(a, b)
        case (.list(let a), .list(let b)): order(a, b)
        case (.table(_, let a), .table(_, let b)): order(a.map(Value.list), b.map(Value.list))
        default: calendarOrder(a, b)
        }
    }

    private static func order<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : (a > b ? 1 : 0) }

    private static func order<T: Comparable>(_ a: [T], _ b: [T]) -> Int {
        for (x, y) in zip(a, b) where x != y { return order(x, y) }
        return order(a.count, b.count)
    }

    private static func order(_ a: [Value], _ b: [Value]) -> Int {
        for (x, y) in zip(a, b) {
            let order = x == .none || y == .none ? order(x == .none ? 1 : 0, y == .none ? 1 : 0) : order(x, y) ?? 0
            if order != 0 { return order }
        }
        return order(a.count, b.count)
    }

    /// A fine moment and a coarse one are compared at the coarse grain: both are taken to the coarser period.
    private static func calendarOrder(_ a: Value, _ b: Value) -> Int? {
        guard let left = grain(a), let right = grain(b) else { return nil }
        let unit = rank(left.unit) >= rank(right.unit) ? left.unit : right.unit
        return order(
            Period(unit: unit, containing: left.firstDay).index, Period(unit: unit, containing: right.firstDay).index)
    }

    private static func grain(_ value: Value) -> Period? {
        switch value {
        case .date(let day): Period(unit: .day, index: day)
        case .time(let instant): Period(unit: .day, index: day(instant))
        case .period(let period): period
        default: nil
        }
    }

    private static func rank(_ unit: CalendarUnit) -> Int { [.day, .week, .month, .quarter, .year].firstIndex(of: unit) ?? 0 }

    /// The day of an instant, for instants before 1970 too.
    static func day(_ instant: Int64) -> Int32 {
        let perDay: Int64 = 86_400_000_000
        return Int32((instant - ((instant % perDay) + perDay) % perDay) / perDay)
    }

    static func length(_ duration: Types.Duration) -> Double {
        Double(duration.months) * 365.2425 / 12 * 86_400_000_000 + Double(duration.microseconds)
    }

    // MARK: Operators

    static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Value {
        switch op {
        case .and: .bool(a == .bool(true) && b == .bool(true))
        case .or: .bool(a == .bool(true) || b == .bool(true))
        case .equal: .bool(equal(a, b))
        case .notEqual: .bool(!equal(a, b))
        case .less: .bool(ordered(a, b) { $0 < 0 })
        case .lessOrEqual: .bool(ordered(a, b) { $0 <= 0 })
        case .greater: .bool(ordered(a, b) { $0 > 0 })
        case .greaterOrEqual: .bool(ordered(a, b) { $0 >= 0 })
        case .coalesce: a == .none ? b : a
        case .contains: .bool(Texts.foldedContains(a, b))
        case .matches: .bool(Texts.matches(a, b))
        case .join: Texts.joined(a, b)
        case .add, .subtract, .multiply, .divide, .remainder: arithmetic(op, a, b)
        case .isIn, .notIn: preconditionFailure("membership is a term of its own")
        }
    }

    /// A missing side makes the result missing.
    private static func arithmetic(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Value {
        switch (a, b) {
        case (.number(let a), .number(let b)): Numbers.arithmetic(op, a, b).map(Value.number) ?? .none
        case (.duration, _) where !isMoment(b), (_, .duration) where !isMoment(a): durations(op, a, b)
        case (.period(let a), .period(let b)):
            op == .subtract && a.unit == b.unit ? .number(Number(Int(a.index) - Int(b.index))) : .none
        case (.period(let period), .number(let steps)):
            moved(period, by: op == .subtract ? -steps.doubleValue : steps.doubleValue)
        case (.number(let steps), .period(let period)): moved(period, by: steps.doubleValue)
        default: moments(op, a, b)
        }
    }

    private static func isMoment(_ value: Value) -> Bool {
        switch value {
        case .date, .time: true
        default: false
        }
    }

    private static func moved(_ period: Period, by steps: Double) -> Value {
        guard let whole = Int32(exactly: steps) else { return .none }
        return .period(Period(unit: period.unit, index: period.index + whole))
    }

    private static func durations(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Value {
        switch (op, a, b) {
        case (.add, .duration(let a), .duration(let b)):
            .duration(Types.Duration(months: a.months + b.months, microseconds: a.microseconds + b.microseconds))
        case (.subtract, .duration(let a), .duration(let b)):
            .duration(Types.Duration(months: a.months - b.months, microseconds: a.microseconds - b.microseconds))
        case (.divide, .duration(let a), .duration(let b)):
            length(b) == 0 ? .none : .number(.double(length(a) / length(b)))
        case (.multiply, .duration(let a), .number(let factor)), (.multiply, .number(let factor), .duration(let a)):
            scaled(a, by: factor.doubleValue)
        case (.divide, .duration(let a), .number(let divisor)):
            divisor.doubleValue == 0 ? .none : scaled(a, by: 1 / divisor.doubleValue)
        default: .none
        }
    }

    /// Months stay whole months where they can, otherwise they count by their mean length.
    static func scaled(_ duration: Types.Duration, by factor: Double) -> Value {
        let months = Double(duration.months) * factor
        if let whole = Int32(exactly: months) {
            return .duration(
                Types.Duration(months: whole, microseconds: Int64((Double(duration.microseconds) * factor).rounded())))
        }
        return .duration(Types.Duration(microseconds: Int64((length(duration) * factor).rounded())))
    }

    /// Dates and times with durations and with each other.
    private static func moments(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Value {
        switch (op, a, b) {
        case (.subtract, .date(let a), .date(let b)): return .duration(Types.Duration(days: Int(a) - Int(b)))
        case (.subtract, .date, .time), (.subtract, .time, .date), (.subtract, .time, .time):
            guard let left = instant(a), let right = instant(b) else { return .none }
            return .duration(Types.Duration(microseconds: left - right))
        case (.add, _, .duration(let duration)): return moved(a, by: duration, 1)
        case (.add, .duration(let duration), _): return moved(b, by: duration, 1)
        case (.subtract, _, .duration(let duration)): return moved(a, by: duration, -1)
        default: return .none
        }
    }

    static func instant(_ value: Value) -> Int64? {
        switch value {
        case .date(let day): Int64(day) * 86_400_000_000
        case .time(let instant): instant
        default: nil
        }
    }

    /// Months first, on the calendar; then the rest. A date stays a date.
    private static func moved(_ moment: Value, by duration: Types.Duration, _ sign: Int) -> Value {
        switch moment {
        case .date(let day):
            let days = duration.microseconds / 86_400_000_000
            return .date(Calendar.add(months: Int(duration.months) * sign, to: day) + Int32(days) * Int32(sign))
        case .time(let instant):
            let before = day(instant)
            let after = Calendar.add(months: Int(duration.months) * sign, to: before)
            return .time(instant + Int64(after - before) * 86_400_000_000 + duration.microseconds * Int64(sign))
        default: return .none
        }
    }

    static func negated(_ value: Value) -> Value {
        switch value {
        case .number(.decimal(let units, let scale)): .number(.decimal(units: -units, scale: scale))
        case .number(.double(let number)): .number(.double(-number))
        case .duration(let duration): .duration(Types.Duration(months: -duration.months, microseconds: -duration.microseconds))
        default: .none
        }
    }
}

/// Values by which rows are put together, equal where the language calls them equal.
struct Key: Hashable {
    let values: [Value]

    init(_ values: [Value]) { self.values = values }

    static func == (a: Key, b: Key) -> Bool {
        a.values.count == b.values.count && zip(a.values, b.values).allSatisfy { Rules.equal($0, $1) }
    }

    func hash(into hasher: inout Hasher) {
        for value in values {
            switch value {
            case .text(let text): hasher.combine(Array(text.utf8))
            case .number(let number): hasher.combine(number.doubleValue)
            case .list(let values): hasher.combine(values.count)
            case .table(_, let rows): hasher.combine(rows.count)
            case .duration(let duration): hasher.combine(Rules.length(duration))
            case .period(let period): hasher.combine(period.firstDay)
            default: hasher.combine(value)
            }
        }
    }
}
