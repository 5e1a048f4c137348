/// In which order a column writes the parts of its dates.
enum DateOrder: UInt8, Sendable, CaseIterable {
    /// `2024-01-19`, `2024/1/19`
    case yearFirst
    /// `19.01.2024`, `19/1/24`
    case dayFirst
    /// `01/19/2024`
    case monthFirst
    /// `19 Jan 2024`, `Jan 19, 2024`
    case monthNamed
}

/// Reads dates and instants as exports write them.
///
/// `DateParser` of Columns reads what a person or a question writes, one text at a time, in whatever order makes sense. A column has one
/// order throughout, which is settled before its values are read, and a loop over millions of rows can afford neither the guesses nor
/// a call across modules for each of them; so the two stand apart.
enum DateText {
    static let noDay = Int32.min

    /// The days since 1970-01-01 of a date that is known to exist.
    @inline(__always)
    static func dayNumber(year: Int, month: Int, day: Int) -> Int32 {
        // Hinnant's civil-from-days arithmetic for years above 0, where divisions need no care for signs.
        let y = UInt32(truncatingIfNeeded: month <= 2 ? year &- 1 : year)
        let era = y / 400
        let yearOfEra = y &- era &* 400
        let shifted = UInt32(truncatingIfNeeded: month > 2 ? month &- 3 : month &+ 9)
        let dayOfYear = (153 &* shifted &+ 2) / 5 &+ UInt32(truncatingIfNeeded: day) &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return Int32(truncatingIfNeeded: era &* 146_097 &+ dayOfEra) &- 719_468
    }

    @inline(__always)
    static func isValid(year: Int, month: Int, day: Int) -> Bool {
        guard year >= 1, month >= 1, month <= 12, day >= 1 else { return false }
        if day <= 28 { return true }
        if month == 2 { return day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        // April, June, September and November.
        return day <= 30 || (day == 31 && month != 4 && month != 6 && month != 9 && month != 11)
    }

    @inline(__always)
    static func two(_ p: UnsafePointer<UInt8>) -> Int {
        let tens = p[0] &- 0x30
        let ones = p[1] &- 0x30
        return tens > 9 || ones > 9 ? -1 : Int(tens) &* 10 &+ Int(ones)
    }

    /// `2024-01-19`, the one form that matters for speed.
    @inline(__always)
    static func isoDay(_ p: UnsafePointer<UInt8>) -> Int32 {
        let century = two(p)
        let yearOfCentury = two(p + 2)
        let month = two(p + 5)
        let day = two(p + 8)
        guard century >= 0, yearOfCentury >= 0, p[4] == 0x2d, p[7] == 0x2d else { return noDay }
        let year = century &* 100 &+ yearOfCentury
        guard isValid(year: year, month: month, day: day) else { return noDay }
        return dayNumber(year: year, month: month, day: day)
    }

    /// The day that a whole text names, or `noDay`.
    @inline(__always)
    static func day(_ p: UnsafePointer<UInt8>, _ n: Int, _ order: DateOrder) -> Int32 {
        if order == .yearFirst, n == 10 {
            let day = isoDay(p)
            if day != noDay { return day }
        }
        var length = 0
        let day = leadingDay(p, n, order, &length)
        return length == n ? day : noDay
    }

    /// The day that a text begins with, and how many bytes it takes.
    static func leadingDay(_ p: UnsafePointer<UInt8>, _ n: Int, _ order: DateOrder, _ length: inout Int) -> Int32 {
        if order == .monthNamed { return namedDay(p, n, &length) }
        var parts = (0, 0, 0)
        var digits = (0, 0, 0)
        var i = 0
        digits.0 = number(p, n, &i, &parts.0)
        guard i < n, digits.0 > 0 else { return noDay }
        let separator = p[i]
        guard separator == 0x2d || separator == 0x2f || separator == 0x2e else { return noDay }
        i += 1
        digits.1 = number(p, n, &i, &parts.1)
        guard i < n, p[i] == separator, digits.1 == 1 || digits.1 == 2 else { return noDay }
        i += 1
        digits.2 = number(p, n, &i, &parts.2)
        length = i
        let year: Int
        let month: Int
        let day: Int
        switch order {
        case .yearFirst:
            guard digits.0 == 4, digits.2 == 1 || digits.2 == 2 else { return noDay }
            (year, month, day) = parts
        case .dayFirst, .monthFirst:
            guard digits.0 <= 2, digits.2 == 4 || digits.2 == 2 else { return noDay }
            // Points stand between the parts of dates only where the day comes first.
            if order == .monthFirst, separator == 0x2e { return noDay }
            year = digits.2 == 2 ? fullYear(parts.2) : parts.2
            (month, day) = order == .dayFirst ? (parts.1, parts.0) : (parts.0, parts.1)
        case .monthNamed: return noDay
        }
        return isValid(year: year, month: month, day: day) ? dayNumber(year: year, month: month, day: day) : noDay
    }

    /// POSIX: 69 to 99 are of the last century.
    private static func fullYear(_ year: Int) -> Int { year >= 69 ? 1900 + year : 2000 + year }

    /// Reads up to four digits and says how many.
    private static func number(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int, _ value: inout Int) -> Int {
        let start = i
        while i < n, i - start < 5, p[i] &- 0x30 <= 9 {
            value = value * 10 + Int(p[i] &- 0x30)
            i += 1
        }
        return i - start
    }

    private static let monthNames: [[UInt8]] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ].map { Array($0.utf8) }

    /// `19 Jan 2024`, `19-Jan-24`, `Jan 19, 2024`, `January 19 2024`.
    private static func namedDay(_ p: UnsafePointer<UInt8>, _ n: Int, _ length: inout Int) -> Int32 {
        var i = 0
        var day = 0
        var year = 0
        let dayDigits = number(p, n, &i, &day)
        if dayDigits > 2 { return noDay }
        if dayDigits > 0 { skip(p, n, &i, " -.") }
        guard let month = monthName(p, n, &i) else { return noDay }
        skip(p, n, &i, " -.,")
        if dayDigits == 0 {
            guard (1...2).contains(number(p, n, &i, &day)) else { return noDay }
            skip(p, n, &i, " -,")
        }
        let yearDigits = number(p, n, &i, &year)
        guard yearDigits == 4 || (yearDigits == 2 && dayDigits > 0) else { return noDay }
        if yearDigits == 2 { year = fullYear(year) }
        length = i
        return isValid(year: year, month: month, day: day) ? dayNumber(year: year, month: month, day: day) : noDay
    }

    private static func skip(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int, _ bytes: StaticString) {
        let start = i
        while i < n, i - start < 2, (0..<bytes.utf8CodeUnitCount).contains(where: { bytes.utf8Start[$0] == p[i] }) { i += 1 }
    }

    /// The month of a name or of its first three letters.
    private static func monthName(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int) -> Int? {
        let start = i
        while i < n, (p[i] | 0x20) >= 0x61, (p[i] | 0x20) <= 0x7a { i += 1 }
        let count = i - start
        guard count >= 3 else { return nil }
        return monthNames.firstIndex { name in
            (count == 3 || count == name.count || (count == 4 && name.starts(with: [0x73, 0x65, 0x70, 0x74])))
                && (0..<count).allSatisfy { $0 < name.count && p[start + $0] | 0x20 == name[$0] }
        }.map { $0 + 1 }
    }
}
