import Syntax
import Types

extension Resolver {
    /// Resolves an expression of any type.
    func resolve(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        if let column = columnHeaded(by: expression, in: scope) { return column }
        if case .group = scope.mode, let term = try resolveInGroup(expression, scope) { return term }
        switch expression.kind {
        case .literal(let literal): return Self.constant(literal)
        case .name(let name): return try resolveName(name, in: scope)
        case .qualified(let perspective, let base, let name, let arguments):
            return try resolveQualified(perspective, of: base, name, arguments, in: scope, at: expression.span)
        case .it: return try relationAsValue("it", at: expression.span)
        case .member(let base, let name): return try resolveMember(base, name, in: scope)
        case .mapped(let base, let body): return try resolveMapped(base, body, in: scope, at: expression.span)
        case .filtered(let base, let condition): return try resolveFiltered(base, condition, in: scope)
        case .shaped(let base, let items): return try resolveShaped(base, items, in: scope)
        case .repeated(let links, let repetition): return try resolveRepeated(links, repetition, in: scope)
        case .record(let entity, let text, let span): return try resolveRecord(entity, text, at: span)
        case .call(let name, let arguments): return try resolveCall(name, arguments, in: scope, at: expression.span)
        case .memberCall(let base, let name, let arguments):
            return try resolveMemberCall(base, name, arguments, in: scope, at: expression.span)
        case .any(let operand): return .not(.isEmpty(try resolveSet(operand, for: "`any`", in: scope)))
        case .no(let operand): return .isEmpty(try resolveSet(operand, for: "`no`", in: scope))
        case .not(let operand): return .not(try resolveCondition(operand, in: scope))
        case .negated(let operand): return try resolveNegated(operand, in: scope)
        case .binary(let op, let left, let right): return try resolveBinary(op, left, right, in: scope)
        case .range: throw TypeError.rangeOutsideIn.at(expression.span)
        case .list(let elements): return try resolveList(elements, in: scope)
        case .conditional(let condition, let then, let otherwise):
            return try resolveConditional(condition, then, otherwise, in: scope)
        case .ago(let operand): return try resolveDistance(operand, into: -1, in: scope)
        case .ahead(let operand): return try resolveDistance(operand, into: 1, in: scope)
        case .relative(let span, let count, let unit):
            guard case .constant(let value, let type) = try relativeSpan(span, count, unit, in: scope, at: expression.span) else {
                throw TypeError.rangeOutsideIn.at(expression.span)
            }
            return .constant(value, type)
        case .per(let value, let keys): return try resolvePer(value, keys, in: scope, at: expression.span)
        }
    }

    /// Resolves an expression that must be true or false.
    func resolveCondition(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolve(expression, in: scope)
        let type = type(of: term)
        if type == .bool || type == .none { return term }
        let written = text(expression)
        let help: [String] =
            switch type {
            case .set: ["`any \(written)` asks whether there are any, `no \(written)` whether there are none"]
            case .list: ["`any S[…]` asks whether it holds for one of a set"]
            case .number: ["compare it, as in `\(written) = 1`", "`\(written) != none` asks whether it is there"]
            case .text, .date, .time, .duration, .period, .record: ["`\(written) != none` asks whether it is there"]
            default: []
            }
        throw TypeError.notACondition(found: words(type), help: help).at(expression.span)
    }

    /// Resolves an expression that must be a set of records.
    func resolveSet(_ expression: Expression, for word: String, in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolve(expression, in: scope.perRow)
        let type = type(of: term)
        if case .set = type { return term }
        if case .list(.record(let entity)) = type, let set = constantSet(term, entity) { return set }
        var help: [String] = []
        if type.isScalar, type != .bool {
            let written = text(expression)
            help = [
                word == "`no`"
                    ? "`\(written) = none` asks whether it is missing" : "`\(written) != none` asks whether a value is there"
            ]
        }
        if case .list = type, case .member(let base, _) = expression.kind {
            help = ["go over the records, not their values: `\(text(base))`"]
        }
        throw TypeError.setNeeded(word, found: words(type), help: help).at(expression.span)
    }

    private func constantSet(_ term: Term, _ entity: EntityID) -> Term? {
        guard case .constant(.list(let values), _) = term else { return nil }
        let rows = values.compactMap { value -> Int32? in
            if case .record(_, let row) = value { return row }
            return nil
        }
        return .records(entity, rows: rows)
    }

    /// Resolves an expression that must give one value for each row.
    func resolveOne(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolve(expression, in: scope)
        try requireOne(term, expression)
        return term
    }

    func requireOne(_ term: Term, _ expression: Expression) throws(Diagnostic) {
        let type = type(of: term)
        guard !type.isScalar else { return }
        let written = text(expression)
        var help: [String] = []
        if case .set(let entity) = type {
            help = ["count them: `count(\(written))`", "or take one: `first(\(written))`"]
            if let field = schema[entity].fields.first(where: { $0.type == .number }) {
                help.append("or aggregate a field: `sum(\(written).\(field.name))`")
            }
        } else if case .list(let element) = type {
            let names = element == .number || element == .duration ? ["sum", "avg", "max", "first"] : ["first", "max", "count"]
            help = ["aggregate it: " + either(names.map { "`\($0)(\(written))`" })]
            if case .member(let base, let name) = expression.kind {
                help.append("or ask for one of them: `any \(text(base))[\(name.text) …]`")
            }
        }
        throw TypeError.manyWhereOneIsNeeded(written, found: words(type), help: help).at(expression.span)
    }

    private func resolveConditional(
        _ condition: Expression, _ then: Expression, _ otherwise: Expression?, in scope: Scope
    ) throws(Diagnostic) -> Term {
        let test = try resolveCondition(condition, in: scope)
        let first = try resolveOne(then, in: scope)
        guard let otherwise else {
            return .conditional(test, then: first, otherwise: .constant(.none, type(of: first)), type(of: first))
        }
        let second = try resolveOne(otherwise, in: scope)
        let (left, right, type) = try unified(first, second, of: "both sides of `if`", at: otherwise.span)
        return .conditional(test, then: left, otherwise: right, type)
    }

    /// Two terms made to be of one type.
    func unified(_ left: Term, _ right: Term, of what: String, at span: Span) throws(Diagnostic) -> (Term, Term, ValueType) {
        let first = type(of: left)
        let second = type(of: right)
        if first == second { return (left, right, first) }
        if first == .none { return (.constant(.none, second), right, second) }
        if second == .none { return (left, .constant(.none, first), first) }
        switch (first, second) {
        case (.date, .time): return (.call("time", [left], .time), right, .time)
        case (.time, .date): return (left, .call("time", [right], .time), .time)
        case (.period, .period): return (left, right, .period(nil))
        default: throw TypeError.differentTypes(what, first: words(first), second: words(second)).at(span)
        }
    }

    /// A list whose elements are all known beforehand.
    private func resolveList(_ elements: [Expression], in scope: Scope) throws(Diagnostic) -> Term {
        var values: [Value] = []
        var element = ValueType.none
        for expression in elements {
            let term = try resolveOne(expression, in: scope)
            guard let value = constantValue(term) else { throw TypeError.listOutsideIn.at(expression.span) }
            let type = type(of: term)
            if element == .none {
                element = type
            } else if type != .none, type != element {
                throw TypeError.differentTypes("the values of a list", first: words(element), second: words(type)).at(
                    expression.span)
            }
            values.append(value)
        }
        return .constant(.list(values), .list(element))
    }

    /// The value of a term that is known while resolving.
    func constantValue(_ term: Term) -> Value? {
        switch term {
        case .constant(let value, _): return value
        case .negate(.constant(.number(.decimal(let units, let scale)), _)):
            let (negated, overflow) = Int64(0).subtractingReportingOverflow(units)
            return overflow ? nil : .number(.decimal(units: negated, scale: scale))
        case .negate(.constant(.number(.double(let value)), _)): return .number(.double(-value))
        default: return nil
        }
    }

    /// A whole number that is known while resolving.
    func wholeNumber(_ term: Term) -> Int? {
        guard case .number(let number)? = constantValue(term) else { return nil }
        return Int(exactly: number.doubleValue)
    }

    static func constant(_ literal: Literal) -> Term {
        switch literal {
        case .none: return .constant(.none, .none)
        case .bool(let value): return .constant(.bool(value), .bool)
        case .text(let text): return .constant(.text(text), .text)
        case .number(let number): return .constant(.number(Number(number)), .number)
        case .date(let year, let month, let day): return .constant(.date(Calendar.day(year: year, month: month, day: day)), .date)
        case .time(let year, let month, let day, let hour, let minute, let second, let microsecond, let offset):
            let minutes = Int64(hour) * 60 + Int64(minute) - Int64(offset)
            let days = Int64(Calendar.day(year: year, month: month, day: day)) * Calendar.microsecondsPerDay
            return .constant(.time(days + (minutes * 60 + Int64(second)) * 1_000_000 + Int64(microsecond)), .time)
        case .period(let year, let unit, let index):
            return .constant(.period(period(year, unit, index)), .period(unit))
        case .duration(let count, let unit):
            return .constant(.duration(duration(Number(count), unit)), .duration)
        }
    }

    /// A period by its place in the year. The first ISO week of a year is the one that holds 4 January.
    private static func period(_ year: Int, _ unit: CalendarUnit, _ index: Int) -> Period {
        switch unit {
        case .week:
            var week = Period(unit: .week, containing: Calendar.day(year: year, month: 1, day: 4))
            week.index &+= Int32(index - 1)
            return week
        case .quarter: return Period(unit: unit, containing: Calendar.day(year: year, month: index * 3 - 2, day: 1))
        case .year: return Period(unit: unit, containing: Calendar.day(year: year, month: 1, day: 1))
        default: return Period(unit: unit, containing: Calendar.day(year: year, month: index, day: 1))
        }
    }

    /// A length of time in calendar units. Parts of a month, a quarter or a year count as parts of its mean length.
    static func duration(_ count: Number, _ unit: CalendarUnit) -> Types.Duration {
        let value = count.doubleValue
        let microseconds: Double
        switch unit {
        case .second: microseconds = 1_000_000
        case .minute: microseconds = 60_000_000
        case .hour: microseconds = 3_600_000_000
        case .day: microseconds = Double(Calendar.microsecondsPerDay)
        case .week: microseconds = 7 * Double(Calendar.microsecondsPerDay)
        case .month, .quarter, .year:
            let months = value * (unit == .month ? 1 : unit == .quarter ? 3 : 12)
            if let whole = Int32(exactly: months) { return Types.Duration(months: whole) }
            return Types.Duration(microseconds: whole(months * 30.436875 * Double(Calendar.microsecondsPerDay)))
        }
        return Types.Duration(microseconds: whole(value * microseconds))
    }

    private static func whole(_ value: Double) -> Int64 {
        value >= 9.2e18 ? Int64.max : value <= -9.2e18 ? Int64.min : Int64(value.rounded())
    }
}
