import Syntax
import Testing
import Types

@testable import Columns

struct CalendarTests {
    @Test func partsOfDays() {
        var random = Random(seed: 61)
        for type in [ValueType.date, .time] {
            for size in sizes {
                let operand = random.operand(type, size)
                let days = operand.vector(count: size).values.map { value -> Int32? in
                    switch value {
                    case .date(let day): day
                    case .time(let instant): Calendar.day(ofInstant: instant)
                    default: nil
                    }
                }
                func check(_ result: Vector, _ expected: (Int32) -> Value) {
                    #expect(same(result.values, days.map { $0.map(expected) ?? .none }))
                }
                check(dayOfMonth(operand, count: size)) { .number(Number(Calendar.civil($0).day)) }
                check(monthNumber(operand, count: size)) { .number(Number(Calendar.civil($0).month)) }
                check(weekday(operand, count: size)) { .number(Number(Calendar.weekday($0))) }
                check(dateOf(operand, count: size)) { .date($0) }
                for unit in [CalendarUnit.week, .month, .quarter, .year] {
                    check(periodOf(unit, operand, count: size)) { .period(Period(unit: unit, containing: $0)) }
                    let periods = Operand.vector(periodOf(unit, operand, count: size))
                    check(firstDay(periods, count: size)) { .date(Period(unit: unit, containing: $0).firstDay) }
                    check(lastDay(periods, count: size)) { .date(Period(unit: unit, containing: $0).lastDay) }
                }
            }
        }
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) -> Operand {
        .constant(.date(Calendar.day(year: year, month: month, day: day)))
    }

    @Test func examples() {
        let june = day(2026, 6, 30)
        #expect(weekdayName(june, count: 1).texts == ["Tuesday"])
        #expect(monthName(june, count: 1).texts == ["June"])
        #expect(dayOfYear(day(2026, 2, 1), count: 1).texts == ["32"])
        #expect(weekOfYear(day(2026, 1, 1), count: 1).texts == ["1"])
        #expect(weekOfYear(day(2027, 1, 1), count: 1).texts == ["53"])
        #expect(weekOfYear(day(2024, 12, 30), count: 1).texts == ["1"])
        #expect(quarterNumber(june, count: 1).texts == ["2"])
        let moment = Operand.constant(.time(-1))
        #expect(hour(moment, count: 1).texts == ["23"])
        #expect(minute(moment, count: 1).texts == ["59"])
        #expect(durationIn(.day, .constant(.duration(Duration(microseconds: 43_200_000_000))), count: 2).texts == ["0.5", "0.5"])
        #expect(durationIn(.month, .constant(.duration(Duration(months: 3))), count: 1).texts == ["3"])
        #expect(durationIn(.day, .constant(.none), count: 1).values == [.none])
        #expect(monthsBetween(day(2026, 1, 31), day(2026, 3, 30), count: 1).texts == ["1"])
        #expect(monthsBetween(day(2026, 1, 31), day(2026, 2, 28), count: 1).texts == ["1"])
        #expect(monthsBetween(day(2026, 3, 30), day(2026, 1, 31), count: 1).texts == ["-1"])
        #expect(yearsBetween(day(1990, 6, 30), day(2026, 6, 29), count: 1).texts == ["35"])
        func made(_ year: Int, _ month: Int, _ day: Int) -> String {
            let operands = [year, month, day].map { Operand.constant(.number(Number($0))) }
            return makeDate(year: operands[0], month: operands[1], day: operands[2], count: 1).texts[0]
        }
        #expect(made(2026, 6, 30) == "2026-06-30")
        #expect(made(2026, 2, 30) == "")
        #expect(made(2026, 13, 1) == "")
    }

    @Test func namesOfMissingDaysAreMissing() {
        let dates = Vector(count: 2, .date(Buffer([0, 123_456])), validity: Bitmap([true, false]))
        #expect(weekdayName(.vector(dates), count: 2).texts == ["Thursday", ""])
    }
}
