import Types

/// Reads a day in the given format; none where the bytes are anything else or name no such day. O(1).
public func parseDate(_ bytes: UnsafeBufferPointer<UInt8>, _ format: DateFormat = .yearMonthDay) -> Int32? {
    if format == .yearMonthDay {
        guard bytes.count == 10, let text = bytes.baseAddress else { return nil }
        return isoDay(text)
    }
    var scanner = DateScanner(bytes)
    guard let day = scanner.date(format), scanner.isAtEnd else { return nil }
    return day
}

/// The day that ten bytes `2026-06-30` write: the commonest format, with digits at fixed places.
@inline(__always)
private func isoDay(_ text: UnsafePointer<UInt8>) -> Int32? {
    let century = digitPair(text)
    let rest = digitPair(text + 2)
    let month = digitPair(text + 5)
    let day = digitPair(text + 8)
    guard text[4] == 45, text[7] == 45, century >= 0, rest >= 0, month >= 1, month <= 12, day >= 1 else { return nil }
    let year = century * 100 + rest
    guard day <= 28 || day <= Calendar.daysInMonth(year: year, month: month) else { return nil }
    return Calendar.day(year: year, month: month, day: day)
}

/// The number that two digits write, or -1 where they are not.
@inline(__always)
private func digitPair(_ text: UnsafePointer<UInt8>) -> Int {
    let high = text[0] &- 48
    let low = text[1] &- 48
    return high < 10 && low < 10 ? Int(high) &* 10 &+ Int(low) : -1
}

/// Reads an instant whose day is in the given format. Behind the day may stand `T` or white space, hours and minutes, seconds with a
/// fraction, `AM` or `PM`, and `Z` or an offset (`+0000`, `+00:00`, `+02`); without an offset the clock is taken for UTC, and a day
/// alone for its first instant. Fractions are cut to microseconds. O(bytes).
public func parseTime(_ bytes: UnsafeBufferPointer<UInt8>, _ format: DateFormat = .yearMonthDay) -> Int64? {
    if format == .yearMonthDay, let instant = isoInstant(bytes) { return instant }
    var scanner = DateScanner(bytes)
    guard let day = scanner.date(format), let clock = scanner.clock(), scanner.isAtEnd else { return nil }
    return Int64(day) * Calendar.microsecondsPerDay + clock
}

/// What most exports write: `2026-06-30T14:05:00`, with `T` or a space, a fraction of three digits or none, and `Z`, `+0000` or nothing.
/// None for anything else, which may still be an instant.
@inline(__always)
private func isoInstant(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard bytes.count >= 19, let text = bytes.baseAddress, text[10] == 84 || text[10] == 32, text[13] == 58, text[16] == 58,
        let day = isoDay(text)
    else { return nil }
    let hour = digitPair(text + 11)
    let minute = digitPair(text + 14)
    let second = digitPair(text + 17)
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60 else { return nil }
    var end = 19
    var milliseconds: Int64 = 0
    if bytes.count >= 23, text[19] == 46 {
        let high = digitPair(text + 20)
        let low = text[22] &- 48
        guard high >= 0, low < 10 else { return nil }
        milliseconds = Int64(high * 10 + Int(low))
        end = 23
    }
    let rest = bytes.count - end
    let isUTC =
        rest == 0 || (rest == 1 && text[end] == 90)
        || (rest == 5 && text[end] == 43 && digitPair(text + end + 1) == 0 && digitPair(text + end + 3) == 0)
    guard isUTC else { return nil }
    let seconds = Int64(day) &* 86_400 &+ Int64((hour &* 60 &+ minute) &* 60 &+ second)
    return seconds &* 1_000_000 &+ milliseconds &* 1000
}

/// Reads a day in whatever format fits first, in the order of `DateFormat`: with slashes the month is taken to stand first where it can.
/// Behind the day a clock may stand, which is passed over once its offset has been applied.
public func parseAnyDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    parseAnyTime(bytes).map(Calendar.day(ofInstant:))
}

/// Reads an instant in whatever format fits first, in the order of `DateFormat`.
public func parseAnyTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var lower = 0
    var upper = bytes.count
    while lower < upper, bytes[lower] <= 32 { lower += 1 }
    while upper > lower, bytes[upper - 1] <= 32 { upper -= 1 }
    let trimmed = UnsafeBufferPointer(rebasing: bytes[lower..<upper])
    for format in DateFormat.allCases {
        if let time = parseTime(trimmed, format) { return time }
    }
    return nil
}

/// A single pass over the bytes of a date or an instant.
private struct DateScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func date(_ format: DateFormat) -> Int32? {
        switch format {
        case .yearMonthDay: isoDate()
        case .yearMonthDaySlashes: numeric(separator: UInt8(ascii: "/"), .yearFirst)
        case .dayMonthYearDots: numeric(separator: UInt8(ascii: "."), .dayFirst)
        case .monthDayYearSlashes: numeric(separator: UInt8(ascii: "/"), .monthFirst)
        case .dayMonthYearSlashes: numeric(separator: UInt8(ascii: "/"), .dayFirst)
        case .dayMonthYearDashes: numeric(separator: UInt8(ascii: "-"), .dayFirst)
        case .dayMonthNameYear: dayMonthName()
        case .monthNameDayYear: monthNameDay()
        }
    }

    private mutating func isoDate() -> Int32? {
        guard bytes.count - position >= 10, let text = bytes.baseAddress, let day = isoDay(text + position) else { return nil }
        position += 10
        return day
    }

    @inline(__always)
    private func civil(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
        guard month >= 1, month <= 12, day >= 1, day <= Calendar.daysInMonth(year: year, month: month) else { return nil }
        return Calendar.day(year: year, month: month, day: day)
    }

    private enum Order { case yearFirst, monthFirst, dayFirst }

    private mutating func numeric(separator: UInt8, _ order: Order) -> Int32? {
        guard let first = number(order == .yearFirst ? 4...4 : 1...2), skip(separator),
            let second = number(1...2), skip(separator),
            let third = number(order == .yearFirst ? 1...2 : 4...4)
        else { return nil }
        switch order {
        case .yearFirst: return civil(first, second, third)
        case .monthFirst: return civil(third, first, second)
        case .dayFirst: return civil(third, second, first)
        }
    }

    private mutating func dayMonthName() -> Int32? {
        guard let day = number(1...2), skip(UInt8(ascii: " ")) || skip(UInt8(ascii: "-")) || skip(UInt8(ascii: ".")) else {
            return nil
        }
        _ = skip(UInt8(ascii: " "))
        guard let month = monthName() else { return nil }
        _ = skip(UInt8(ascii: "."))
        guard skip(UInt8(ascii: " ")) || skip(UInt8(ascii: "-")), let year = number(4...4) else { return nil }
        return civil(year, month, day)
    }

    private mutating func monthNameDay() -> Int32? {
        guard let month = monthName() else { return nil }
        _ = skip(UInt8(ascii: "."))
        guard skip(UInt8(ascii: " ")), let day = number(1...2) else { return nil }
        _ = skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: " ")), let year = number(4...4) else { return nil }
        return civil(year, month, day)
    }

    /// An English month, in full or by its first three letters, in any case.
    private mutating func monthName() -> Int? {
        let start = position
        while position < bytes.count, (bytes[position] | 0x20) &- 97 < 26 { position += 1 }
        let word = bytes[start..<position]
        for (index, name) in calendarMonthNames.enumerated() {
            let matches = zip(word, name.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
            if matches, word.count == 3 || word.count == name.utf8.count { return index + 1 }
        }
        return nil
    }

    /// As many digits as there are, provided that their count is in the range.
    private mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, position - start <= lengths.upperBound, bytes[position] &- 48 < 10 {
            value = value * 10 + Int(bytes[position] &- 48)
            position += 1
        }
        return lengths.contains(position - start) ? value : nil
    }

    @inline(__always)
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    // MARK: The clock

    /// Microseconds to add to the first instant of the day; 0 where nothing follows it.
    mutating func clock() -> Int64? {
        if isAtEnd { return 0 }
        guard bytes[position] | 0x20 == 116 || bytes[position] == 32 || bytes[position] == 44 else { return nil }
        _ = skip(UInt8(ascii: ","))
        if !skip(UInt8(ascii: "T")), !skip(UInt8(ascii: "t")) {
            while skip(UInt8(ascii: " ")) {}
        }
        guard var hour = number(1...2), skip(UInt8(ascii: ":")), let minute = number(2...2), minute < 60 else { return nil }
        var second = 0
        var fraction: Int64 = 0
        if skip(UInt8(ascii: ":")) {
            // A leap second counts as the first second of the next minute.
            guard let value = number(2...2), value <= 60 else { return nil }
            second = value
            if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) {
                guard let value = microseconds() else { return nil }
                fraction = value
            }
        }
        while skip(UInt8(ascii: " ")) {}
        if let isAfternoon = meridiem() {
            guard hour >= 1, hour <= 12 else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard hour < 24, let offset = offset() else { return nil }
        return (Int64(hour * 60 + minute - offset) * 60 + Int64(second)) * 1_000_000 + fraction
    }

    private mutating func microseconds() -> Int64? {
        let start = position
        var value: Int64 = 0
        while position < bytes.count, bytes[position] &- 48 < 10 {
            if position - start < 6 { value = value * 10 + Int64(bytes[position] &- 48) }
            position += 1
        }
        guard position > start else { return nil }
        for _ in 0..<max(0, 6 - (position - start)) { value *= 10 }
        return value
    }

    private mutating func meridiem() -> Bool? {
        guard bytes.count - position >= 2, bytes[position + 1] | 0x20 == 109 else { return nil }
        let letter = bytes[position] | 0x20
        guard letter == 97 || letter == 112 else { return nil }
        position += 2
        while skip(UInt8(ascii: " ")) {}
        return letter == 112
    }

    /// Minutes east of UTC.
    private mutating func offset() -> Int? {
        if isAtEnd || skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
        if bytes.count - position == 3, String(decoding: bytes[position...], as: UTF8.self).uppercased() == "UTC" {
            position += 3
            return 0
        }
        let isWest = bytes[position] == 45
        guard skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-")) else { return nil }
        let start = position
        guard let digits = number(2...4) else { return nil }
        var minutes = digits * 60
        switch position - start {
        case 2 where skip(UInt8(ascii: ":")):
            guard let rest = number(2...2) else { return nil }
            minutes += rest
        case 2: break
        case 4: minutes = digits / 100 * 60 + digits % 100
        default: return nil
        }
        guard minutes <= 18 * 60 else { return nil }
        return isWest ? -minutes : minutes
    }
}

let calendarMonthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
]
