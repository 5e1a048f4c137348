import Syntax
import Types

extension Resolver {
    func resolveBinary(_ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope) throws(Diagnostic) -> Term
    {
        switch op {
        case .and, .or:
            return .binary(op, try resolveCondition(left, in: scope), try resolveCondition(right, in: scope), .bool)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return try resolveComparison(op, left, right, in: scope)
        case .contains, .matches: return try resolveTextTest(op, left, right, in: scope)
        case .isIn: return try resolveMembership(left, right, in: scope)
        case .notIn: return .not(try resolveMembership(left, right, in: scope))
        case .coalesce:
            let (first, second, type) = try unified(
                resolveOne(left, in: scope), resolveOne(right, in: scope), of: "both sides of `??`", at: right.span)
            return .binary(.coalesce, first, second, type)
        case .join:
            return .binary(.join, asText(try resolveOne(left, in: scope)), asText(try resolveOne(right, in: scope)), .text)
        case .add, .subtract, .multiply, .divide, .remainder:
            return try resolveArithmetic(op, left, right, in: scope)
        }
    }

    /// Any single value as text, for `&`.
    func asText(_ term: Term) -> Term {
        let type = type(of: term)
        return type == .text || type == .none ? term : .call("text", [term], .text)
    }

    private func resolveTextTest(
        _ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope
    ) throws(Diagnostic) -> Term {
        let value = try resolveOne(left, in: scope)
        let part = try resolveOne(right, in: scope)
        let types = (type(of: value), type(of: part))
        guard [.text, .none].contains(types.0), [.text, .none].contains(types.1) else {
            let help = types.0 == .number || types.0 == .date ? ["make it text: `text(\(text(left)))`"] : []
            throw TypeError.operandTypes(op, left: words(types.0), right: words(types.1), help: help).at(
                right.span.joined(with: left.span))
        }
        if op == .matches, case .constant(.text(let pattern), _) = part { try checkPattern(pattern, at: right.span) }
        return .binary(op, value, part, .bool)
    }

    /// A pattern that is known can be judged before the question runs, where its place is known as well.
    private func checkPattern(_ pattern: String, at span: Span) throws(Diagnostic) {
        do {
            _ = try Regex(pattern)
        } catch {
            throw TypeError.invalidPattern(pattern, reason: "\(error)").at(span)
        }
    }

    func resolveNegated(_ operand: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolveOne(operand, in: scope)
        switch type(of: term) {
        case .number, .duration, .none: return .negate(term)
        case let other:
            throw TypeError.prefixType("-", expected: "a number or a duration", found: words(other), help: []).at(operand.span)
        }
    }

    /// `90 days ago`, `in 30 days`.
    func resolveDistance(_ operand: Expression, into direction: Int, in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolveOne(operand, in: scope)
        guard type(of: term) == .duration else {
            throw TypeError.prefixType(
                direction < 0 ? "ago" : "in", expected: "a duration", found: words(type(of: term)),
                help: ["`90 days ago`, `in 2 weeks`"]
            ).at(operand.span)
        }
        if case .duration(let duration)? = constantValue(term) {
            return Self.move(environment.clock, by: duration, direction)
        }
        let today = Term.constant(.date(environment.clock.today), .date)
        return .binary(direction < 0 ? .subtract : .add, today, term, .date)
    }

    /// Today or, where the duration has hours, minutes or seconds, this instant, moved by a duration.
    static func move(_ clock: Clock, by duration: Types.Duration, _ direction: Int) -> Term {
        let (days, rest) = duration.microseconds.quotientAndRemainder(dividingBy: Calendar.microsecondsPerDay)
        let months = max(-1_000_000, min(1_000_000, Int(duration.months))) * direction
        if rest == 0, let days = Int32(exactly: days) {
            let (moved, overflow) = Calendar.add(months: months, to: clock.today).addingReportingOverflow(
                days &* Int32(direction))
            if !overflow { return .constant(.date(moved), .date) }
        }
        let day = Calendar.day(ofInstant: clock.now)
        let shifted = Int64(Calendar.add(months: months, to: day) - day) * Calendar.microsecondsPerDay
        return .constant(.time(clock.now &+ shifted &+ duration.microseconds &* Int64(direction)), .time)
    }

    // MARK: Arithmetic

    private func resolveArithmetic(
        _ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope
    ) throws(Diagnostic) -> Term {
        let first = try resolveOne(left, in: scope)
        let second = try resolveOne(right, in: scope)
        let types = (type(of: first), type(of: second))
        if let a = constantValue(first), let b = constantValue(second), let known = Folding.value(op, a, b),
            let result = Self.result(of: op, types.0, types.1, isWholeDays: true)
        {
            return .constant(known, result)
        }
        if let result = Self.result(of: op, types.0, types.1, isWholeDays: isWholeDays(second) && isWholeDays(first)) {
            if result == .time, types.0 == .date { return .binary(op, .call("time", [first], .time), second, result) }
            if result == .time, types.1 == .date, op == .add { return .binary(op, first, .call("time", [second], .time), result) }
            return .binary(op, first, second, result)
        }
        var help: [String] = []
        if op == .add, types.0 == .text || types.1 == .text {
            help = ["`&` joins texts: `\(text(left)) & \(text(right))`"]
        } else if types.0 == .text || types.1 == .text {
            let written = types.0 == .text ? text(left) : text(right)
            help = ["make a number of it: `number(\(written))`"]
        } else if Self.isMoment(types.0), types.1 == .number, op == .add || op == .subtract {
            help = ["say how long: `\(text(left)) \(op.rawValue) \(inDays(right))`"]
        }
        throw TypeError.operandTypes(op, left: words(types.0), right: words(types.1), help: help).at(
            left.span.joined(with: right.span))
    }

    /// A number as so many days, as source text.
    func inDays(_ number: Expression) -> String {
        if case .literal = number.kind { return "\(text(number)) days" }
        return "\(text(number)) * 1 day"
    }

    /// Whether a duration that is known consists of whole days, so that a date moved by it stays a date. One that is not known moves a
    /// date to a date as well.
    private func isWholeDays(_ term: Term) -> Bool {
        guard case .duration(let duration)? = constantValue(term) else { return true }
        return duration.microseconds % Calendar.microsecondsPerDay == 0
    }

    static func isMoment(_ type: ValueType) -> Bool { type == .date || type == .time }

    /// The type that an arithmetic operator gives for two types; nothing where they do not go together.
    static func result(of op: BinaryOperator, _ left: ValueType, _ right: ValueType, isWholeDays: Bool) -> ValueType? {
        switch (op, left, right) {
        case (_, .none, .none): return .number
        case (_, .none, .number), (_, .number, .none), (_, .number, .number): return .number
        case (.add, .date, .duration), (.add, .duration, .date), (.subtract, .date, .duration): return isWholeDays ? .date : .time
        case (.add, .time, .duration), (.add, .duration, .time), (.subtract, .time, .duration): return .time
        case (.subtract, .date, .date), (.subtract, .time, .time), (.subtract, .date, .time), (.subtract, .time, .date):
            return .duration
        case (.add, .duration, .duration), (.subtract, .duration, .duration), (.remainder, .duration, .duration): return .duration
        case (.multiply, .duration, .number), (.multiply, .number, .duration), (.divide, .duration, .number): return .duration
        case (.divide, .duration, .duration): return .number
        case (.subtract, .period(let a), .period(let b)): return a == b || a == nil || b == nil ? .number : nil
        case (.add, .period, .number), (.subtract, .period, .number): return left
        case (.add, .number, .period): return right
        case (.add, .none, _), (.subtract, .none, _): return isMoment(right) || right == .duration ? right : nil
        case (.add, _, .none), (.subtract, _, .none): return isMoment(left) || left == .duration ? left : nil
        default: return nil
        }
    }
}
