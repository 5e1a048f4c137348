import Columns
import Syntax
import Types

extension NativeFunctions {
    static let dateFunctions: [String: NativeFunction] = [
        "year": { periodOf(.year, $0[0], count: $0.count) },
        "quarter": { periodOf(.quarter, $0[0], count: $0.count) },
        "month": { periodOf(.month, $0[0], count: $0.count) },
        "week": { periodOf(.week, $0[0], count: $0.count) },
        "day": { dayOfMonth($0[0], count: $0.count) },
        "weekday": { Columns.weekday($0[0], count: $0.count) },
        "weekday_name": { weekdayName($0[0], count: $0.count) },
        "day_of_year": { dayOfYear($0[0], count: $0.count) },
        "week_of_year": { weekOfYear($0[0], count: $0.count) },
        "month_of_year": { monthNumber($0[0], count: $0.count) },
        "month_name": { monthName($0[0], count: $0.count) },
        "quarter_of_year": { quarterNumber($0[0], count: $0.count) },
        "hour": { Columns.hour($0[0], count: $0.count) },
        "minute": { Columns.minute($0[0], count: $0.count) },
        "date": { dateOf($0[0], count: $0.count) },
        "time": { timeOf($0[0], count: $0.count) },
        "make_date": { makeDate(year: $0[0], month: $0[1], day: $0[2], count: $0.count) },
        "start": { firstDay($0[0], count: $0.count) },
        "end": { lastDay($0[0], count: $0.count) },
        "days": { durationIn(.day, $0[0], count: $0.count) },
        "hours": { durationIn(.hour, $0[0], count: $0.count) },
        "minutes": { durationIn(.minute, $0[0], count: $0.count) },
        "months_between": { monthsBetween($0[0], $0[1], count: $0.count) },
        "years_between": { yearsBetween($0[0], $0[1], count: $0.count) },
    ]
}
