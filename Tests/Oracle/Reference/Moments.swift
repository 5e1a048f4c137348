import Foundation
import Syntax
import Types

/// The functions of dates, times and periods.
enum Moments {
    static func function(_ name: String, _ arguments: [Value]) -> Value? {
        if let conversion = conversion(name, arguments) { return conversion }
        if name == "months_between" || name == "years_between" {
            guard let from = day(arguments[0]), let to = day(arguments[1]) else { return Value.none }
            let months = from <= to ? wholeMonths(from, to) : -wholeMonths(to, from)
            return .number(Number(name == "months_between" ? months : months / 12))
        }
        guard let value = arguments.first, let day = day(value) else { return nil }
        if let unit = ["year": CalendarUnit.year, "quarter": .quarter, "month": .month, "week": .week][name] {
            return .period(Period(unit: unit, containing: day))
        }
        let date = Types.Calendar.civil(day)
        switch name {
        case "weekday_name":
            let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
            return .text(names[Types.Calendar.weekday(day) - 1])
        case "month_name":
            let names = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                "December",
            ]
            return .text(names[date.month - 1])
        default: return part(name, day, value).map { .number(Number($0)) }
        }
    }

    private static func part(_ name: String, _ day: Int32, _ value: Value) -> Int? {
        let date = Types.Calendar.civil(day)
        let clock: Int64 = if case .time(let instant) = value { instant - Int64(day) * 86_400_000_000 } else { 0 }
        switch name {
        case "day": return date.day
        case "weekday": return Types.Calendar.weekday(day)
        case "day_of_year": return Int(day - Types.Calendar.day(year: date.year, month: 1, day: 1)) + 1
        case "week_of_year":
            // A week belongs to the year of its Thursday.
            let thursday = day - Int32(Types.Calendar.weekday(day)) + 4
            return Int(thursday - Types.Calendar.day(year: Types.Calendar.civil(thursday).year, month: 1, day: 1)) / 7 + 1
        case "month_of_year": return date.month
        case "quarter_of_year": return (date.month - 1) / 3 + 1
        case "hour": return Int(clock / 3_600_000_000)
        case "minute": return Int(clock / 60_000_000 % 60)
        default: return nil
        }
    }

    private static func conversion(_ name: String, _ arguments: [Value]) -> Value? {
        switch name {
        case "start":
            if case .period(let period)? = arguments.first { return .date(period.firstDay) }
        case "end":
            if case .period(let period)? = arguments.first { return .date(period.lastDay) }
        case "make_date":
            let parts = arguments.map(Functions.whole)
            guard (1...12).contains(parts[1]), parts[2] >= 1,
                parts[2] <= Types.Calendar.daysInMonth(year: parts[0], month: parts[1])
            else { return Value.none }
            return .date(Types.Calendar.day(year: parts[0], month: parts[1], day: parts[2]))
        case "date":
            if case .text(let text)? = arguments.first { return written(text) }
            if case .period(let period)? = arguments.first { return .date(period.firstDay) }
            return arguments.first.flatMap(day).map(Value.date) ?? Value.none
        case "time":
            if case .text(let text)? = arguments.first {
                guard case .date(let day) = written(text) else { return Value.none }
                return .time(Int64(day) * 86_400_000_000)
            }
            return arguments.first.flatMap(Rules.instant).map(Value.time) ?? Value.none
        default: break
        }
        return nil
    }

    private static func day(_ value: Value) -> Int32? {
        switch value {
        case .date(let day): day
        case .time(let instant): Rules.day(instant)
        default: nil
        }
    }

    /// The most months that the first day can be moved without passing the second.
    private static func wholeMonths(_ from: Int32, _ to: Int32) -> Int {
        var months = 0
        while Types.Calendar.add(months: months + 1, to: from) <= to { months += 1 }
        return months
    }

    /// The date that a text writes as 2026-06-30, 30.06.2026, 06/30/2026 or 30 Jun 2026.
    private static func written(_ text: String) -> Value {
        let forms: [(pattern: String, order: [Int])] = [
            ("([0-9]{4})-([0-9]{2})-([0-9]{2})", [0, 1, 2]), ("([0-9]{2})\\.([0-9]{2})\\.([0-9]{4})", [2, 1, 0]),
            ("([0-9]{2})/([0-9]{2})/([0-9]{4})", [2, 0, 1]),
        ]
        for form in forms {
            guard let pattern = try? Regex(form.pattern), let match = text.wholeMatch(of: pattern) else { continue }
            let parts = (1...3).map { Int(match[$0].substring ?? "") ?? 0 }
            return conversion("make_date", form.order.map { .number(Number(parts[$0])) }) ?? .none
        }
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        if words.count == 3, let day = Int(words[0]), let month = months.firstIndex(of: String(words[1])),
            let year = Int(words[2])
        {
            return conversion("make_date", [year, month + 1, day].map { .number(Number($0)) }) ?? .none
        }
        return .none
    }
}
