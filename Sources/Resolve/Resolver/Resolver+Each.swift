import Syntax
import Types

/// The rows of `each month in last 12 months`.
public struct EachPeriods: Sendable {
    public var unit: CalendarUnit
    public var periods: [Period]
    /// The column with the period.
    public var slot: SlotID
}

/// `each`: one row for each calendar period, resolved for one of them. Whoever asks resolves the question again for every period: what
/// `today` is, and which records are there, differs from row to row.
extension Resolver {
    /// More rows than anyone looks at, and few enough that resolving the question for each is done in a moment.
    private static let periodLimit = 4000

    func resolveEach(_ source: EachSource) throws(Diagnostic) {
        switch source.unit {
        case .second, .minute, .hour: throw ClauseError.eachTooShort(source.unit.rawValue).at(source.span)
        case .day, .week, .month, .quarter, .year: break
        }
        let (first, last) = try days(source.range)
        let periods = Self.periods(source.unit, beginningIn: first...max(first, last))
        guard first <= last, !periods.isEmpty else {
            throw ClauseError.eachEmpty(source.unit.rawValue, range: text(source.range)).at(source.range.span)
        }
        guard periods.count <= Self.periodLimit else {
            throw ClauseError.eachTooMany(periods.count, limit: Self.periodLimit).at(source.range.span)
        }
        let slot = newSlot()
        each = EachPeriods(unit: source.unit, periods: periods, slot: slot)
        let period = periods[min(periodIndex ?? periods.count - 1, periods.count - 1)]
        let type = ValueType.period(source.unit)
        self.source = .value(.constant(.period(period), type), slot: slot)
        frame.columns = [Frame.Column(name: source.unit.rawValue, slot: slot, type: type)]
        // While a period lasts, only what has happened so far is known of it.
        let now = environment.clock.today
        goBack(to: (period.firstDay...period.lastDay).contains(now) ? now : period.lastDay)
    }

    /// The periods that begin within some days, so that the last 12 months are twelve on any day.
    private static func periods(_ unit: CalendarUnit, beginningIn days: ClosedRange<Int32>) -> [Period] {
        var first = Period(unit: unit, containing: days.lowerBound)
        if first.firstDay < days.lowerBound { first.index += 1 }
        let last = Period(unit: unit, containing: days.upperBound)
        guard first.index <= last.index, Int(last.index) - Int(first.index) < 1_000_000 else { return [] }
        return (first.index...last.index).map { Period(unit: unit, index: $0) }
    }

    /// The first and the last day of a period, a span or a range; a range that is open at its end ends today.
    private func days(_ expression: Expression) throws(Diagnostic) -> (first: Int32, last: Int32) {
        let scope = Scope(layers: outerLayers)
        switch expression.kind {
        case .range(let lower?, let upper):
            let first = try day(lower, isStart: true, in: scope)
            guard let upper else { return (first, environment.clock.today) }
            return (first, try day(upper, isStart: false, in: scope))
        case .relative(let span, let count?, let unit):
            let bounds = try relativeSpan(span, count, unit, in: scope, at: expression.span)
            guard case .binary(.and, .constant(.date(let after), _), .constant(.date(let through), _), _) = bounds else { break }
            return (after + 1, through)
        case .range: break
        default: return (try day(expression, isStart: true, in: scope), try day(expression, isStart: false, in: scope))
        }
        throw ClauseError.eachNeedsRange(found: "a range without a start").at(expression.span)
    }

    private func day(_ expression: Expression, isStart: Bool, in scope: Scope) throws(Diagnostic) -> Int32 {
        let term = try resolve(expression, in: scope)
        switch constantValue(term) {
        case .period(let period)?: return isStart ? period.firstDay : period.lastDay
        case .date(let day)?: return day
        case .time(let instant)?: return Calendar.day(ofInstant: instant)
        case .number(.decimal(let year, 0))? where (1000...9999).contains(year):
            return Calendar.day(year: Int(year) + (isStart ? 0 : 1), month: 1, day: 1) - (isStart ? 0 : 1)
        default: throw ClauseError.eachNeedsRange(found: words(type(of: term))).at(expression.span)
        }
    }
}
