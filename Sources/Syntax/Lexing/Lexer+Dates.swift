extension Lexer {
    /// Reads a date, an instant or a period if the digits here are written as one; otherwise leaves the position as it was.
    mutating func lexDate() -> Bool {
        let lower = position
        let beginsWithYear = (0..<4).allSatisfy { isDigit(peek($0)) } && peek(4) == UInt8(ascii: "-")
        let hasMonth = beginsWithYear && isDigit(peek(5)) && isDigit(peek(6))
        if hasMonth, peek(7) == UInt8(ascii: "-"), isDigit(peek(8)), isDigit(peek(9)) {
            lexDay(year: number(at: 0, count: 4), from: lower)
            return true
        }
        if lexForeignDate() { return true }
        guard beginsWithYear else { return false }
        let year = number(at: 0, count: 4)
        if hasMonth {
            guard !isNameByte(peek(7)) else { return false }
            lexPeriod(year: year, unit: .month, digitsAt: 5, count: 2, from: lower)
            return true
        }
        switch peek(5) | 0x20 {
        case UInt8(ascii: "q") where isDigit(peek(6)) && !isNameByte(peek(7)):
            lexPeriod(year: year, unit: .quarter, digitsAt: 6, count: 1, from: lower)
        case UInt8(ascii: "w") where isDigit(peek(6)) && isDigit(peek(7)) && !isNameByte(peek(8)):
            lexPeriod(year: year, unit: .week, digitsAt: 6, count: 2, from: lower)
        default:
            return false
        }
        return true
    }

    private func number(at offset: Int, count: Int) -> Int {
        (offset..<offset + count).reduce(0) { $0 * 10 + Int(peek($1)) - 48 }
    }

    private mutating func lexPeriod(year: Int, unit: CalendarUnit, digitsAt: Int, count: Int, from lower: Int) {
        let index = number(at: digitsAt, count: count)
        position += digitsAt + count
        let last =
            switch unit {
            case .month: 12
            case .quarter: 4
            default: Calendar.weeks(inYear: year)
            }
        if index < 1 || index > last {
            problem(.invalidPeriod(result.source.slice(lower, position), unit, last: last), lower, position)
        }
        emit(.literal(.period(year: year, unit: unit, index: min(max(index, 1), last))), from: lower)
    }

    private mutating func lexDay(year: Int, from lower: Int) {
        let month = number(at: 5, count: 2)
        let day = number(at: 8, count: 2)
        position += 10
        let isDay = Calendar.isDay(year: year, month: month, day: day)
        if !isDay {
            let text = result.source.slice(lower, position)
            let daysInMonth = (1...12).contains(month) ? Calendar.days(inMonth: month, year: year) : nil
            problem(.invalidDate(text, month: month, daysInMonth: daysInMonth), lower, position)
        }
        let safe = isDay ? (month, day) : (1, 1)
        if peek() | 0x20 == UInt8(ascii: "t"), isDigit(peek(1)) {
            lexTime(year: year, month: safe.0, day: safe.1, from: lower)
            return
        }
        if isNameByte(peek()) {
            while isNameByte(peek()) { position += 1 }
            problem(.malformedDate(result.source.slice(lower, position), meant: nil), lower, position)
        }
        emit(.literal(.date(year: year, month: safe.0, day: safe.1)), from: lower)
    }

    /// The part of an instant from the `T` on: `T14:05`, `T14:05:06.25`, with `Z`, `+02:00`, `+0200`, `+02` or nothing behind it.
    private mutating func lexTime(year: Int, month: Int, day: Int, from lower: Int) {
        position += 1
        var isWellFormed = true
        let hour = takeTwoDigits(upTo: 23, &isWellFormed)
        var minute = 0
        var second = 0
        var microsecond = 0
        if peek() == UInt8(ascii: ":") {
            position += 1
            minute = takeTwoDigits(upTo: 59, &isWellFormed)
        } else {
            isWellFormed = false
        }
        if peek() == UInt8(ascii: ":"), isDigit(peek(1)) {
            position += 1
            second = takeTwoDigits(upTo: 59, &isWellFormed)
            if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
                position += 1
                microsecond = takeMicroseconds()
            }
        }
        let offset = takeZone(&isWellFormed)
        while isNameByte(peek()) {
            position += 1
            isWellFormed = false
        }
        if !isWellFormed { problem(.invalidTime(result.source.slice(lower, position)), lower, position) }
        emit(
            .literal(
                .time(
                    year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond,
                    offsetMinutes: offset)), from: lower)
    }

    private mutating func takeTwoDigits(upTo limit: Int, _ isWellFormed: inout Bool) -> Int {
        guard isDigit(peek()), isDigit(peek(1)) else {
            isWellFormed = false
            return 0
        }
        let value = number(at: 0, count: 2)
        position += 2
        if value > limit { isWellFormed = false }
        return min(value, limit)
    }

    /// The digits behind the point of the seconds; more than six are read and left out.
    private mutating func takeMicroseconds() -> Int {
        var value = 0
        var count = 0
        while isDigit(peek()) {
            if count < 6 {
                value = value * 10 + Int(peek()) - 48
                count += 1
            }
            position += 1
        }
        while count < 6 {
            value *= 10
            count += 1
        }
        return value
    }

    private mutating func takeZone(_ isWellFormed: inout Bool) -> Int {
        if peek() | 0x20 == UInt8(ascii: "z") {
            position += 1
            return 0
        }
        let isNegative = peek() == UInt8(ascii: "-")
        guard isNegative || peek() == UInt8(ascii: "+"), isDigit(peek(1)), isDigit(peek(2)) else { return 0 }
        position += 1
        let hours = takeTwoDigits(upTo: 18, &isWellFormed)
        var minutes = 0
        if peek() == UInt8(ascii: ":"), isDigit(peek(1)) { position += 1 }
        if isDigit(peek()) { minutes = takeTwoDigits(upTo: 59, &isWellFormed) }
        return (isNegative ? -1 : 1) * (hours * 60 + minutes)
    }

    /// `30/06/2026`, `2026/06/30` and `2026-6-3` would be arithmetic without a word; nobody means that. Called where no `2026-06-03` stands.
    private mutating func lexForeignDate() -> Bool {
        var groups: [(value: Int, count: Int)] = []
        var offset = 0
        var separator: UInt8 = 0
        while groups.count < 3 {
            let start = offset
            while offset - start < 5, isDigit(peek(offset)) { offset += 1 }
            guard (1...4).contains(offset - start) else { return false }
            groups.append((number(at: start, count: offset - start), offset - start))
            guard groups.count < 3 else { break }
            let next = peek(offset)
            let separates = next == UInt8(ascii: "/") || next == UInt8(ascii: "-") || next == UInt8(ascii: ".")
            guard separates, groups.count == 1 || next == separator else { return false }
            separator = next
            offset += 1
        }
        let yearFirst = groups[0].count == 4 && groups[1].count <= 2 && groups[2].count <= 2
        let yearLast = groups[2].count == 4 && groups[0].count <= 2 && groups[1].count <= 2
        guard yearFirst || (yearLast && separator != UInt8(ascii: "-")), !isNameByte(peek(offset)) else { return false }
        let lower = position
        position += offset
        let (year, month, day) =
            yearFirst ? (groups[0].value, groups[1].value, groups[2].value) : (groups[2].value, groups[1].value, groups[0].value)
        let isDay = Calendar.isDay(year: year, month: month, day: day)
        // Which of 03/04/2026 is the month, only the writer knows.
        let isCertain = isDay && (yearFirst || day > 12)
        problem(
            .malformedDate(
                result.source.slice(lower, position), meant: isCertain ? Calendar.text(year: year, month: month, day: day) : nil),
            lower, position)
        emit(.literal(isDay ? .date(year: year, month: month, day: day) : .date(year: 2000, month: 1, day: 1)), from: lower)
        return true
    }
}
