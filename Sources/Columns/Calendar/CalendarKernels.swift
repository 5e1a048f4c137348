import Syntax
import Types

/// The period of a unit that holds each date or time; a period of a finer unit gives the one that holds its first day.
public func periodOf(_ unit: CalendarUnit, _ value: Operand, count: Int) -> Vector {
    unary(value, count: count) { vector in
        if let indexes = vector.ascendingPeriods(unit) {
            return Vector(count: vector.count, .period(unit, indexes), validity: nil, ascends: true)
        }
        let indexes: Lanes<Int32>
        switch Operand.vector(vector).kind {
        case .date, .time: indexes = Operand.vector(vector).days().mapDays { Period(unit: unit, containing: $0).index }
        case .period:
            guard let periods = Operand.vector(vector).periods() else { return .missing(count: vector.count) }
            if periods.unit == unit { return vector }
            indexes = periods.indexes.map { index in
                Period(unit: unit, containing: Period(unit: periods.unit, index: index).firstDay).index
            }
        default: return .missing(count: vector.count)
        }
        guard case .column(let buffer) = indexes else { return .missing(count: vector.count) }
        return Vector(count: vector.count, .period(unit, buffer), validity: vector.validity)
    }
}

extension Vector {
    /// The periods of dates or times that are known to ascend.
    fileprivate func ascendingPeriods(_ unit: CalendarUnit) -> Buffer<Int32>? {
        guard ascends else { return nil }
        switch storage {
        case .date(let days): return periodsOfAscending(unit, days, day: { $0 }, lastOfDay: { $0 })
        case .time(let instants):
            return periodsOfAscending(unit, instants, day: Calendar.day(ofInstant:)) { day in
                let (end, overflow) = (Int64(day) + 1).multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
                return overflow ? .max : end - 1
            }
        default: return nil
        }
    }
}

/// The day of the month, 1 to 31.
public func dayOfMonth(_ value: Operand, count: Int) -> Vector { dayNumber(value, count: count) { Calendar.civil($0).day } }

/// 1 for Monday to 7 for Sunday.
public func weekday(_ value: Operand, count: Int) -> Vector { dayNumber(value, count: count) { Calendar.weekday($0) } }

/// The month of the year, 1 to 12.
public func monthNumber(_ value: Operand, count: Int) -> Vector { dayNumber(value, count: count) { Calendar.civil($0).month } }

/// The quarter of the year, 1 to 4.
public func quarterNumber(_ value: Operand, count: Int) -> Vector {
    dayNumber(value, count: count) { (Calendar.civil($0).month + 2) / 3 }
}

/// The day of the year, 1 to 366.
public func dayOfYear(_ value: Operand, count: Int) -> Vector {
    dayNumber(value, count: count) { day in
        Int(day - Calendar.day(year: Calendar.civil(day).year, month: 1, day: 1)) + 1
    }
}

/// The week of the year as ISO 8601 counts it: the week of a day is numbered in the year of its Thursday.
public func weekOfYear(_ value: Operand, count: Int) -> Vector {
    dayNumber(value, count: count) { day in
        let thursday = day - Int32(Calendar.weekday(day)) + 4
        return Int(thursday - Calendar.day(year: Calendar.civil(thursday).year, month: 1, day: 1)) / 7 + 1
    }
}

/// The English name of the day of the week.
public func weekdayName(_ value: Operand, count: Int) -> Vector {
    named(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], weekday(value, count: count))
}

/// The English name of the month.
public func monthName(_ value: Operand, count: Int) -> Vector { named(calendarMonthNames, monthNumber(value, count: count)) }

/// The names that go with numbers from 1.
private func named(_ names: [String], _ numbers: Vector) -> Vector {
    guard case .decimal(let integers, _) = numbers.storage else { return .missing(count: numbers.count) }
    var texts = TextStorageBuilder()
    for name in names { texts.append(name) }
    let ordinals = integers.widened()
    // What stands in a missing row may be anything; the code must exist all the same.
    let codes: Buffer<UInt8> = mapped(count: numbers.count) { UInt8(max(0, min(Int64(names.count) - 1, ordinals.base[$0] - 1))) }
    let dictionary = TextDictionary(texts: texts.finish(), isSorted: false)
    return Vector(count: numbers.count, .coded(.uint8(codes), dictionary), validity: numbers.validity)
}

extension Lanes where Element == Int32 {
    /// Every day through a function of the calendar. Where the days lie close together, as those of one file mostly do, the function is
    /// asked once for each day between the first and the last, and the rows look theirs up.
    @inline(__always)
    func mapDays<To>(_ transform: (Int32) -> To) -> Lanes<To> {
        guard case .column(let days) = self else { return map(transform) }
        let bounds = extremes(of: days)
        let span = Int(bounds.highest) - Int(bounds.lowest) + 1
        guard span < days.count / 2 else { return map(transform) }
        let table = mapped(count: span) { transform(bounds.lowest &+ Int32(truncatingIfNeeded: $0)) }
        return .column(mapped(count: days.count) { table.base[Int(days.base[$0] &- bounds.lowest)] })
    }
}

/// A small number for each day.
@inline(__always)
private func dayNumber(_ value: Operand, count: Int, _ number: (Int32) -> Int) -> Vector {
    unary(value, count: count) { vector in
        let kind = Operand.vector(vector).kind
        guard kind == .date || kind == .time, case .column(let days) = Operand.vector(vector).days() else {
            return .missing(count: vector.count)
        }
        let all = Lanes.column(days).mapDays { Int16(truncatingIfNeeded: number($0)) }
        guard case .column(let numbers) = all else { return .missing(count: vector.count) }
        return Vector(count: vector.count, .decimal(.int16(numbers), scale: 0), validity: vector.validity)
    }
}

/// The hour of the day, 0 to 23, in UTC.
public func hour(_ value: Operand, count: Int) -> Vector { clockNumber(value, count: count, unit: 3_600_000_000) }

/// The minute of the hour, 0 to 59.
public func minute(_ value: Operand, count: Int) -> Vector { clockNumber(value, count: count, unit: 60_000_000) }

private func clockNumber(_ value: Operand, count: Int, unit: Int64) -> Vector {
    unary(value, count: count) { vector in
        let kind = Operand.vector(vector).kind
        guard kind == .date || kind == .time, case .column(let instants) = Operand.vector(vector).instants() else {
            return .missing(count: vector.count)
        }
        let modulus: Int64 = unit == 3_600_000_000 ? 24 : 60
        let numbers: Buffer<Int8> = mapped(count: vector.count) { row in
            let units = Calendar.floorDivide(instants.base[row], unit)
            return Int8(truncatingIfNeeded: units - Calendar.floorDivide(units, modulus) * modulus)
        }
        return Vector(count: vector.count, .decimal(.int8(numbers), scale: 0), validity: vector.validity)
    }
}

/// The first day of a period.
public func firstDay(_ value: Operand, count: Int) -> Vector { edge(value, count: count) { $0.firstDay } }

/// The last day of a period.
public func lastDay(_ value: Operand, count: Int) -> Vector { edge(value, count: count) { $0.lastDay } }

@inline(__always)
private func edge(_ value: Operand, count: Int, _ day: (Period) -> Int32) -> Vector {
    unary(value, count: count) { vector in
        guard case .period(let unit, let indexes) = vector.storage else { return .missing(count: vector.count) }
        let days = mapped(count: vector.count) { day(Period(unit: unit, index: indexes.base[$0])) }
        return Vector(count: vector.count, .date(days), validity: vector.validity)
    }
}

/// A duration as a number of a unit, with a fraction; months count as a twelfth of 365.2425 days.
public func durationIn(_ unit: CalendarUnit, _ value: Operand, count: Int) -> Vector {
    let day = Double(Calendar.microsecondsPerDay)
    let length: Double =
        switch unit {
        case .second: 1_000_000
        case .minute: 60_000_000
        case .hour: 3_600_000_000
        case .day: day
        case .week: 7 * day
        case .month: 30.436875 * day
        case .quarter: 3 * 30.436875 * day
        case .year: 365.2425 * day
        }
    return unary(value, count: count) { vector in
        guard case .column(let lengths) = Operand.vector(vector).durationLengths(), Operand.vector(vector).kind == .duration
        else {
            return .missing(count: vector.count)
        }
        return finite(mapped(count: vector.count) { lengths.base[$0] / length }, vector.validity)
    }
}
