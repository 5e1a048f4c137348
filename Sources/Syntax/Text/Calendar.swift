/// What the lexer has to know of the proleptic Gregorian calendar to tell a day from a slip of the pen.
enum Calendar {
    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isDay(year: Int, month: Int, day: Int) -> Bool {
        (1...12).contains(month) && day >= 1 && day <= days(inMonth: month, year: year)
    }

    /// 52 or 53, as ISO 8601 counts weeks: a year has 53 if it begins on a Thursday, or on a Wednesday when it is a leap year.
    static func weeks(inYear year: Int) -> Int {
        let before = year - 1
        // Days since 0001-01-01, a Monday.
        let firstWeekday = (before * 365 + before / 4 - before / 100 + before / 400) % 7
        return firstWeekday == 3 || (firstWeekday == 2 && isLeap(year)) ? 53 : 52
    }

    static func text(year: Int, month: Int, day: Int) -> String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// A number with zeros before it up to a width.
    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
