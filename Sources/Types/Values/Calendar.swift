import Syntax

/// Days and instants of the proleptic Gregorian calendar, without time zones: a day is a count of days since 1970-01-01, an instant
/// a count of microseconds since 1970-01-01T00:00Z.
///
/// All of it can be inlined, since the kernels of `Columns` call it for every row.
public enum Calendar {
    @inlinable
    public static var microsecondsPerDay: Int64 { 86_400_000_000 }

    /// The day number of a civil date. The months may lie outside 1...12 and carry over into the years.
    ///
    /// The arithmetic counts in eras of 400 years that begin in March, so that the leap day is the last of its year; see
    /// Howard Hinnant, "chrono-compatible low-level date algorithms".
    @inlinable
    public static func day(year: Int, month: Int, day: Int) -> Int32 {
        let zeroBased = month - 1
        let carriedYear = year + floorDivide(zeroBased, 12)
        let month = zeroBased - floorDivide(zeroBased, 12) * 12 + 1
        let y = month <= 2 ? carriedYear - 1 : carriedYear
        let era = floorDivide(y, 400)
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
    }

    /// The civil date of a day number.
    @inlinable
    public static func civil(_ day: Int32) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
    }

    /// 28 to 31; the month is in 1...12.
    @inlinable
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    @inlinable
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    @inlinable
    public static func weekday(_ day: Int32) -> Int {
        let remainder = (Int(day) + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The day on which an instant falls, in UTC.
    @inlinable
    public static func day(ofInstant microseconds: Int64) -> Int32 {
        Int32(truncatingIfNeeded: floorDivide(microseconds, microsecondsPerDay))
    }

    /// Months later or earlier; a day that the month lacks becomes its last day (31 January + 1 month is 28 or 29 February).
    @inlinable
    public static func add(months: Int, to day: Int32) -> Int32 {
        let date = civil(day)
        let first = Self.day(year: date.year, month: date.month + months, day: 1)
        let target = civil(first)
        return first + Int32(min(date.day, daysInMonth(year: target.year, month: target.month)) - 1)
    }

    /// Division that rounds towards negative infinity.
    @inlinable
    public static func floorDivide<Integer: SignedInteger & FixedWidthInteger>(_ a: Integer, _ b: Integer) -> Integer {
        let quotient = a / b
        return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient
    }
}

/// A calendar period: the index counts periods of its unit since the one that holds 1970-01-01 (weeks begin on Monday).
public struct Period: Hashable, Sendable {
    public var unit: CalendarUnit
    public var index: Int32
    @inlinable
    public init(unit: CalendarUnit, index: Int32) {
        self.unit = unit
        self.index = index
    }

    /// The period of the unit that holds a day. Units below a day count as days.
    @inlinable
    public init(unit: CalendarUnit, containing day: Int32) {
        self.unit = unit
        switch unit {
        case .second, .minute, .hour, .day:
            self.unit = .day
            index = day
        case .week: index = Calendar.floorDivide(day + 3, 7)
        case .month, .quarter, .year:
            let date = Calendar.civil(day)
            let months = (date.year - 1970) * 12 + date.month - 1
            let length = unit == .month ? 1 : (unit == .quarter ? 3 : 12)
            index = Int32(truncatingIfNeeded: Calendar.floorDivide(months, length))
        }
    }

    /// The first day of the period.
    @inlinable
    public var firstDay: Int32 {
        switch unit {
        case .second, .minute, .hour, .day: index
        case .week: index &* 7 &- 3
        case .month: Calendar.day(year: 1970, month: Int(index) + 1, day: 1)
        case .quarter: Calendar.day(year: 1970, month: Int(index) * 3 + 1, day: 1)
        case .year: Calendar.day(year: 1970 + Int(index), month: 1, day: 1)
        }
    }

    /// The last day of the period.
    @inlinable
    public var lastDay: Int32 { Period(unit: unit, index: index &+ 1).firstDay &- 1 }
}

/// A length of time: whole months and microseconds are kept apart, since months differ in length. Years, quarters and months go to
/// `months`; weeks, days and smaller to `microseconds`.
public struct Duration: Hashable, Sendable {
    public var months: Int32
    public var microseconds: Int64
    @inlinable
    public init(months: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.microseconds = microseconds
    }
    public init(days: Int) { self.init(microseconds: Int64(days) * Calendar.microsecondsPerDay) }

    /// For comparing and dividing: a month counts as a twelfth of 365.2425 days.
    @inlinable
    public var approximateMicroseconds: Double {
        Double(months) * 30.436875 * Double(Calendar.microsecondsPerDay) + Double(microseconds)
    }
}
