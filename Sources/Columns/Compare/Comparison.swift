import Syntax
import Types

public enum Comparison: Sendable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// What holds of `b, a` exactly when this holds of `a, b`.
    public var flipped: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    /// Whether it holds of two values whose order is below 0, 0 or above 0.
    @inline(__always)
    func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

/// The rows for which a comparison holds.
///
/// Missing is a value: `none = none` holds, `none = x` does not, `!=` is the exact opposite of `=`, and the comparisons of order do not
/// hold where a side is missing. Numbers are compared exactly where both are decimals, whatever their scales, otherwise as doubles;
/// texts by the order of their code points; a time with a date by its day in UTC; either with a period, and two periods of different
/// units, by the coarser unit; durations by their approximate length; records by their rows; false comes before true. O(rows), for text
/// O(bytes) unless both share a dictionary.
public func compare(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    if case .constant(let left) = a {
        guard case .constant(let right) = b else { return compare(comparison.flipped, b, a, count: count) }
        let single = compare(comparison, .vector(.constant(left, count: 1)), .constant(right), count: 1)
        return Bitmap(repeating: single[0], count: count)
    }
    if comparison == .notEqual { return compare(.equal, a, b, count: count).not() }
    checkCount(a, count)
    checkCount(b, count)
    let raw = comparedValues(comparison, a, b, count: count)
    let presentLeft = a.presence(count: count)
    let presentRight = b.presence(count: count)
    guard let bothPresent = both(presentLeft, presentRight) else { return raw }
    let compared = raw.and(bothPresent)
    guard comparison == .equal, let presentLeft, let presentRight else { return compared }
    return compared.or(presentLeft.or(presentRight).not())
}

@inline(__always)
func checkCount(_ operand: Operand, _ count: Int) {
    if case .vector(let vector) = operand { precondition(vector.count == count) }
}

/// The comparison of what the storages hold, missing or not. Types that do not fit each other are never equal and have no order.
private func comparedValues(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    if let result = comparedWithDays(comparison, a, b, count: count) { return result }
    return switch (a.kind, b.kind) {
    case (.number, .number): comparedNumbers(comparison, a, b, count: count)
    case (.text, .text): comparedTexts(comparison, a, b, count: count)
    case (.date, .date), (.date, .time), (.time, .date): comparedLanes(comparison, a.days(), b.days(), count: count)
    case (.time, .time): comparedInstants(comparison, a, b, count: count)
    case (.date, .period), (.time, .period), (.period, .date), (.period, .time), (.period, .period):
        comparedPeriods(comparison, a, b, count: count)
    case (.duration, .duration): comparedLanes(comparison, a.durationLengths(), b.durationLengths(), count: count)
    case (.record, .record): comparedLanes(comparison, a.records(), b.records(), count: count)
    case (.bool, .bool): comparedBits(comparison, a.bits(count: count), b.bits(count: count))
    case (.nested, .nested): comparedNested(comparison, a, b, count: count)
    default: Bitmap(repeating: false, count: count)
    }
}

private func comparedInstants(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    if case .vector(let vector) = a, vector.ascends, case .time(let instants) = vector.storage,
        case .constant(.time(let bound)) = b
    {
        return comparedAscending(comparison, instants, bound)
    }
    return comparedLanes(comparison, a.instants(), b.instants(), count: count)
}

/// The inner loops: one for each comparison, element type and combination of columns and constants.
@inline(__always)
func comparedLanes<Element: Comparable>(
    _ comparison: Comparison, _ a: Lanes<Element>, _ b: Lanes<Element>, count: Int
) -> Bitmap {
    switch (a, b) {
    case (.column(let a), .column(let b)): comparedLane(comparison, ColumnLane(buffer: a), ColumnLane(buffer: b), count)
    case (.column(let a), .constant(let b)): comparedLane(comparison, ColumnLane(buffer: a), ConstantLane(value: b), count)
    case (.constant(let a), .column(let b)):
        comparedLane(comparison.flipped, ColumnLane(buffer: b), ConstantLane(value: a), count)
    case (.constant(let a), .constant(let b)): comparedLane(comparison, ConstantLane(value: a), ConstantLane(value: b), count)
    }
}

@inline(__always)
private func comparedLane<Element: Comparable, A: Lane<Element>, B: Lane<Element>>(
    _ comparison: Comparison, _ a: A, _ b: B, _ count: Int
) -> Bitmap {
    switch comparison {
    case .equal: packedWhere(count: count) { a.at($0) == b.at($0) }
    case .notEqual: packedWhere(count: count) { a.at($0) != b.at($0) }
    case .less: packedWhere(count: count) { a.at($0) < b.at($0) }
    case .lessOrEqual: packedWhere(count: count) { a.at($0) <= b.at($0) }
    case .greater: packedWhere(count: count) { a.at($0) > b.at($0) }
    case .greaterOrEqual: packedWhere(count: count) { a.at($0) >= b.at($0) }
    }
}

/// Conditions word by word.
private func comparedBits(_ comparison: Comparison, _ a: Bitmap, _ b: Bitmap) -> Bitmap {
    switch comparison {
    case .equal: a.xor(b).not()
    case .notEqual: a.xor(b)
    case .less: b.andNot(a)
    case .lessOrEqual: a.andNot(b).not()
    case .greater: a.andNot(b)
    case .greaterOrEqual: b.andNot(a).not()
    }
}

/// Dates or times with one period, or times with one date: the constant is a range of days or of instants, so that no row needs the
/// calendar.
private func comparedWithDays(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap? {
    guard case .vector(let vector) = a else { return nil }
    let first: Int32
    let last: Int32
    switch b {
    case .constant(.period(let period)): (first, last) = (period.firstDay, period.lastDay)
    case .constant(.date(let day)): (first, last) = (day, day)
    default: return nil
    }
    switch vector.storage {
    case .date(let days): return comparedWithRange(comparison, days, ascends: vector.ascends, first, last)
    case .time(let instants):
        // Days that lie beyond the reach of instants are left to the calendar.
        let (start, startOverflow) = Int64(first).multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
        let (end, endOverflow) = (Int64(last) + 1).multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
        if startOverflow || endOverflow { return nil }
        return comparedWithRange(comparison, instants, ascends: vector.ascends, start, end - 1)
    default: return nil
    }
}

/// Everything from `first` to `last` counts as equal.
@inline(__always)
private func comparedWithRange<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ comparison: Comparison, _ column: Buffer<Element>, ascends: Bool, _ first: Element, _ last: Element
) -> Bitmap {
    func compared(_ comparison: Comparison, _ bound: Element) -> Bitmap {
        ascends
            ? comparedAscending(comparison, column, bound)
            : comparedLanes(comparison, .column(column), .constant(bound), count: column.count)
    }
    switch comparison {
    case .equal, .notEqual:
        let isInside = compared(.greaterOrEqual, first).and(compared(.lessOrEqual, last))
        return comparison == .equal ? isInside : isInside.not()
    case .less, .greaterOrEqual: return compared(comparison, first)
    case .lessOrEqual, .greater: return compared(comparison, last)
    }
}

/// Both sides brought to the coarser of two units. Days count as the finest; weeks lie between days and months.
private func comparedPeriods(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    let left = a.periods()
    let right = b.periods()
    guard let unit = [left?.unit, right?.unit].compactMap({ $0 }).max(by: { $0.rank < $1.rank }) else {
        return Bitmap(repeating: false, count: count)
    }
    return comparedLanes(comparison, indexes(of: unit, a, left), indexes(of: unit, b, right), count: count)
}

private func indexes(
    of unit: CalendarUnit, _ operand: Operand, _ periods: (unit: CalendarUnit, indexes: Lanes<Int32>)?
) -> Lanes<Int32> {
    guard let periods else { return operand.days().map { Period(unit: unit, containing: $0).index } }
    if periods.unit == unit { return periods.indexes }
    return periods.indexes.map { Period(unit: unit, containing: Period(unit: periods.unit, index: $0).firstDay).index }
}

extension CalendarUnit {
    /// From the finest to the coarsest; everything below a day is a day where periods are concerned.
    var rank: Int {
        switch self {
        case .second, .minute, .hour, .day: 0
        case .week: 1
        case .month: 2
        case .quarter: 3
        case .year: 4
        }
    }
}

extension Operand {
    /// Approximate lengths of durations, for comparing them.
    func durationLengths() -> Lanes<Double> {
        let (months, microseconds) = durations()
        switch (months, microseconds) {
        case (.column(let months), .column(let microseconds)):
            return .column(
                mapped(count: months.count) {
                    Duration(months: months.base[$0], microseconds: microseconds.base[$0]).approximateMicroseconds
                })
        default: return .constant(Duration(months: months.at(0), microseconds: microseconds.at(0)).approximateMicroseconds)
        }
    }
}

/// Sets, lists and tables: equal where they hold equal values in the same order; they have no order. Value by value, since nothing on
/// a row path compares them.
private func comparedNested(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    guard comparison == .equal else { return Bitmap(repeating: false, count: count) }
    let left = a.vector(count: count)
    let right = b.vector(count: count)
    return Bitmap((0..<count).map { left.value(at: $0) == right.value(at: $0) })
}
