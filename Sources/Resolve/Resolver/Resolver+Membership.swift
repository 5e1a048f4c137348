import Syntax
import Types

extension Resolver {
    /// `x in …`: a list, a range, a period, a span of days, or a set.
    func resolveMembership(_ left: Expression, _ right: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        let value = try resolveOperand(left, comparedWith: right, in: scope)
        try requireOne(value, left)
        switch right.kind {
        case .list(let elements): return try inList(value, left, elements, in: scope)
        case .range, .relative: return try inElement(value, left, right, in: scope)
        default: break
        }
        let other = try resolveCandidates(right, comparedWith: left, in: scope)
        let valueType = type(of: value)
        let otherType = type(of: other)
        switch otherType {
        case .set(let entity):
            guard valueType == .record(entity) || valueType == .none else { break }
            return .contains(set: other, record: value)
        case .list(.record(let entity)):
            guard valueType == .record(entity) || valueType == .none else { break }
            return anyEqual(value, other, .record(entity), in: scope)
        case .list(let element):
            guard Self.areComparable(valueType, element) else { break }
            if case .constant(.list(let values), _) = other { return .isIn(value, values) }
            hintAtValue(value, comparedWith: other, at: left.span)
            return anyEqual(value, other, element, in: scope)
        case .period:
            guard Self.areComparable(valueType, otherType) else { break }
            return .binary(.equal, value, other, .bool)
        default:
            if case .constant = other { return try inElement(value, left, right, in: scope) }
        }
        var help: [String] = []
        if valueType == .text, otherType == .text {
            help = ["`\(text(right)) ~ \(text(left))` asks whether a text contains another"]
        }
        if case .record(let entity) = otherType, valueType == .record(entity) { help = ["compare one record with `=`"] }
        if case .set(let entity) = otherType, valueType.isScalar, valueType.entity == nil {
            help = [
                "`in` asks for \(withArticle(schema[entity].name)); for values take a field: `\(text(left)) in \(text(right)).…`"
            ]
        }
        throw TypeError.membership(left: words(valueType), right: words(otherType), help: help).at(
            left.span.joined(with: right.span))
    }

    private func resolveCandidates(_ right: Expression, comparedWith left: Expression, in scope: Scope) throws(Diagnostic) -> Term
    {
        guard case .name(let name) = right.kind, try lookUp(name, in: scope) == nil else {
            return try resolve(right, in: scope.perRow)
        }
        return try resolveOperand(right, comparedWith: left, in: scope)
    }

    /// Whether a value is one of a list that differs from row to row.
    private func anyEqual(_ value: Term, _ list: Term, _ element: ValueType, in scope: Scope) -> Term {
        let level = scope.depth + 1
        let wanted = value.shifted(above: scope.depth, by: 1)
        if case .map(let set, level, let body) = list, case .set = type(of: set) {
            return .not(.isEmpty(.filter(set, level: level, condition: .binary(.equal, body, wanted, .bool))))
        }
        let body = Term.binary(.equal, .element(level: level, element), wanted, .bool)
        return .aggregate(.anyTrue, over: .map(list, level: level, body: body))
    }

    /// Each element may be a value, a range, a period or a span; plain constants make one test.
    private func inList(_ value: Term, _ left: Expression, _ elements: [Expression], in scope: Scope) throws(Diagnostic) -> Term {
        var constants: [Value] = []
        var tests: [Term] = []
        for element in elements {
            let test = try inElement(value, left, element, in: scope)
            if case .isIn(_, let values) = test { constants += values } else { tests.append(test) }
        }
        if !constants.isEmpty || tests.isEmpty { tests.insert(.isIn(value, constants), at: 0) }
        return tests.dropFirst().reduce(tests[0]) { .binary(.or, $0, $1, .bool) }
    }

    private func inElement(_ value: Term, _ left: Expression, _ element: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        switch element.kind {
        case .range(let lower, let upper): return try inRange(value, left, lower, upper, in: scope)
        case .relative(let span, let count, let unit):
            let bounds = try relativeSpan(span, count, unit, in: scope, at: element.span)
            guard case .binary(.and, let after, let through, _) = bounds else {
                return try comparison(.equal, value, left, bounds, element)
            }
            let low = try comparison(.greater, value, left, after, element)
            return .binary(.and, low, try comparison(.lessOrEqual, value, left, through, element), .bool)
        default:
            let candidate = try resolveOperand(element, comparedWith: left, in: scope)
            let test = try comparison(.equal, value, left, candidate, element)
            // Equal representations are equal values only where both sides are of one type.
            guard case .binary(_, _, .constant(let constant, let type), _) = test, type == self.type(of: value) || type == .none,
                !Self.isPeriod(type)
            else { return test }
            return .isIn(value, [constant])
        }
    }

    private static func isPeriod(_ type: ValueType) -> Bool {
        if case .period = type { return true }
        return false
    }

    private func inRange(
        _ value: Term, _ left: Expression, _ lower: Expression?, _ upper: Expression?, in scope: Scope
    ) throws(Diagnostic) -> Term {
        var low: Term?
        var high: Term?
        if let lower { low = try resolveOne(lower, in: scope) }
        if let upper { high = try resolveOne(upper, in: scope) }
        if let low, let high, let lower, let upper {
            let types = (type(of: asYear(low, besides: value)), type(of: asYear(high, besides: value)))
            guard Self.areComparable(types.0, types.1) else {
                throw TypeError.rangeBounds(left: words(types.0), right: words(types.1)).at(lower.span.joined(with: upper.span))
            }
        }
        var tests: [Term] = []
        if let low, let lower { tests.append(try comparison(.greaterOrEqual, value, left, low, lower)) }
        if let high, let upper { tests.append(try comparison(.lessOrEqual, value, left, high, upper)) }
        guard let first = tests.first else { return .constant(.bool(true), .bool) }
        return tests.count == 1 ? first : .binary(.and, first, tests[1], .bool)
    }

    /// `this quarter` as a constant period; `last 90 days` as its two bounds joined by `and`: after the first, up to the second.
    ///
    /// Without a count it is the calendar unit. With a count it rolls from today: `last 90 days` is today and the 89 days before it,
    /// `next 2 weeks` the 14 days after today.
    func relativeSpan(
        _ span: RelativeSpan, _ count: Expression?, _ unit: CalendarUnit, in scope: Scope, at place: Span
    ) throws(Diagnostic) -> Term {
        let clock = environment.clock
        guard let count else {
            let steps: Int32 = span == .last ? -1 : span == .this ? 0 : 1
            switch unit {
            case .second, .minute, .hour:
                throw TypeError.spanNeedsCount("\(span.rawValue) \(unit.rawValue)", unit: unit.rawValue).at(place)
            case .day: return .constant(.date(clock.today &+ steps), .date)
            case .week, .month, .quarter, .year:
                var period = Period(unit: unit, containing: clock.today)
                period.index &+= steps
                return .constant(.period(period), .period(unit))
            }
        }
        let term = try resolveOne(count, in: scope)
        guard let number = wholeNumber(term), number > 0, span != .this else {
            throw TypeError.spanNeedsWholeNumber.at(count.span)
        }
        let duration = Self.duration(Number(number), unit)
        let far = Self.move(clock, by: duration, span == .last ? -1 : 1)
        let near: Term = type(of: far) == .date ? .constant(.date(clock.today), .date) : .constant(.time(clock.now), .time)
        return span == .last ? .binary(.and, far, near, .bool) : .binary(.and, near, far, .bool)
    }
}
