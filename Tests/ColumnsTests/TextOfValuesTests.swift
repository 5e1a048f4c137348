import Syntax
import Testing
import Types

@testable import Columns

struct TextOfValuesTests {
    private func text(_ value: Value) -> String {
        var bytes: [UInt8] = []
        appendText(of: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func number(_ text: String) -> Number? {
        var text = text
        return text.withUTF8 { parseNumber($0) }
    }

    @Test func numbers() {
        for (number, expected) in [
            (Number(0), "0"), (.decimal(units: -5, scale: 0), "-5"), (.decimal(units: 150, scale: 2), "1.5"),
            (.decimal(units: -5, scale: 3), "-0.005"), (.decimal(units: .min, scale: 0), "-9223372036854775808"),
            (.decimal(units: .max, scale: 18), "9.223372036854775807"), (.decimal(units: 100, scale: 2), "1"),
            (.double(0.1 + 0.2), "0.3"), (.double(1.0 / 3), "0.333333333333333"), (.double(1e15), "1000000000000000"),
            (.double(123_456_789_012_345_680), "1.23456789012346e17"), (.double(1e16), "1e16"), (.double(0), "0"),
            (.double(-0.0), "0"),
            (.double(1e-7), "0.0000001"), (.double(1.5e-8), "1.5e-8"), (.double(-2.5e300), "-2.5e300"), (.double(1e300), "1e300"),
            (.double(2.0 / 3), "0.666666666666667"), (.double(100_000.0 / 3), "33333.3333333333"), (.double(1e22), "1e22"),
            (.double(999_999_999_999_999.9), "1000000000000000"), (.double(.nan), ""), (.double(0.001), "0.001"),
        ] { #expect(text(.number(number)) == expected) }
    }

    @Test func doublesOfFifteenDigitsComeBackAsWritten() {
        var random = Random(seed: 31)
        for _ in 0..<20_000 {
            let units = Int64(random.int(-999_999_999_999_999...999_999_999_999_999)) / Number.powersOfTen[random.int(0...14)]
            let scale = random.int(0...18)
            let decimal = Number.decimal(units: units, scale: scale)
            let written = text(.number(decimal))
            #expect(Double(written) == decimal.doubleValue)
            // From 10^-7 on, a double is written as the decimal is.
            if units == 0 || decimal.doubleValue.magnitude >= 1e-7 {
                #expect(text(.number(.double(Double(written)!))) == written)
            }
        }
    }

    @Test func parsingAgreesWithTheLibrary() {
        var random = Random(seed: 32)
        let alphabet = Array("0123456789999000.-+eE x")
        for _ in 0..<50_000 {
            let candidate = String((0..<random.int(0...12)).map { _ in random.pick(alphabet) })
            let parsed = number(candidate)
            let slow = candidate.contains(" ") || candidate.contains("x") ? nil : Double(candidate)
            if let slow, slow.isFinite {
                #expect(parsed?.doubleValue == slow, "\(candidate)")
            } else {
                #expect(parsed == nil, "\(candidate)")
            }
        }
    }

    @Test func exactNumbersKeepTheirScale() {
        for (text, expected) in [
            ("1.50", Number.decimal(units: 150, scale: 2)), ("-0.000000000000000001", .decimal(units: -1, scale: 18)),
            ("9223372036854775807", .decimal(units: .max, scale: 0)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1e3", .decimal(units: 1000, scale: 0)), ("1.5e3", .decimal(units: 1500, scale: 0)),
            ("15e-1", .decimal(units: 15, scale: 1)),
            ("0.10000000000000000000", .decimal(units: 1, scale: 1)), (".5", .decimal(units: 5, scale: 1)),
            ("5.", .decimal(units: 5, scale: 0)), ("+7", .decimal(units: 7, scale: 0)), ("007", .decimal(units: 7, scale: 0)),
            ("123456789012345678901234567890", .double(1.2345678901234568e29)), ("1e-400", .double(0)),
        ] { #expect(number(text) == expected, "\(text)") }
        for text in ["", "-", ".", "1e", "1e+", "0x10", "NaN", "inf", "1,000", " 1", "1 ", "1e999", "--1", "1.2.3"] {
            #expect(number(text) == nil, "\(text)")
        }
    }

    @Test func looseNumbers() {
        func loose(_ text: String) -> String {
            var input = text
            return input.withUTF8 { parseLooseNumber($0) }.map { self.text(.number($0)) } ?? "none"
        }
        for (text, expected) in [
            ("1,250.50", "1250.5"), ("85%", "0.85"), (" 42 ", "42"), ("$1,000", "1000"), ("-$5", "-5"), ("€ 7", "7"),
            ("12 €", "12"),
            ("n/a", "none"), ("1,25", "none"), ("1.5,000", "none"), (",100", "none"), ("12,345,678", "12345678"), ("", "none"),
            ("%", "none"),
            ("--5", "none"), ("5 %", "0.05"),
        ] { #expect(loose(text) == expected, "\(text)") }
    }

    @Test func datesAndTimes() {
        var day = Calendar.day(year: 1899, month: 12, day: 28)
        while day < Calendar.day(year: 2101, month: 1, day: 3) {
            let date = Calendar.civil(day)
            func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
            let iso = "\(date.year)-\(two(date.month))-\(two(date.day))"
            #expect(text(.date(day)) == iso)
            #expect(parsed(iso, .yearMonthDay) == day)
            #expect(parsed("\(date.day).\(date.month).\(date.year)", .dayMonthYearDots) == day)
            #expect(parsed("\(two(date.month))/\(two(date.day))/\(date.year)", .monthDayYearSlashes) == day)
            #expect(parsed("\(two(date.day))/\(two(date.month))/\(date.year)", .dayMonthYearSlashes) == day)
            day += 17
        }
        #expect(text(.time(0)) == "1970-01-01T00:00:00Z")
        #expect(text(.time(-1)) == "1969-12-31T23:59:59.999999Z")
        #expect(text(.time(1_500_000)) == "1970-01-01T00:00:01.5Z")
    }

    private func parsed(_ text: String, _ format: DateFormat) -> Int32? {
        var text = text
        return text.withUTF8 { parseDate($0, format) }
    }

    private func time(_ text: String, _ format: DateFormat = .yearMonthDay) -> String? {
        var input = text
        return input.withUTF8 { parseTime($0, format) }.map { self.text(.time($0)) }
    }

    @Test func whatIsNoDate() {
        for text in [
            "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-06-31", "2026-06-30x", "", "2026/06/30",
            "-001-01-01",
        ] {
            #expect(parsed(text, .yearMonthDay) == nil, "\(text)")
        }
        #expect(parsed("13/13/2024", .monthDayYearSlashes) == nil)
        #expect(parsed("1/2/24", .monthDayYearSlashes) == nil)
        #expect(parsed("30.06.2026 ", .dayMonthYearDots) == nil)
    }

    @Test func formatsOfExports() {
        let expected = "2024-01-19T09:42:24Z"
        for text in [
            "2024-01-19T09:42:24.000+0000", "2024-01-19 09:42:24", "2024-01-19T09:42:24Z", "2024-01-19T11:42:24+02:00",
            "2024-01-19T04:12:24-0530", "2024-01-19t09:42:24.0000000z", "2024-01-19T10:42:24+01", "2024-01-19 09:42:24 UTC",
        ] { #expect(time(text) == expected, "\(text)") }
        #expect(time("2024-01-19T09:42") == "2024-01-19T09:42:00Z")
        #expect(time("2024-01-19") == "2024-01-19T00:00:00Z")
        #expect(time("2024-01-19T09:42:24.1234567Z") == "2024-01-19T09:42:24.123456Z")
        #expect(time("01/19/2024 9:42 PM", .monthDayYearSlashes) == "2024-01-19T21:42:00Z")
        #expect(time("19.01.2024 12:05 am", .dayMonthYearDots) == "2024-01-19T00:05:00Z")
        #expect(time("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z")
        for text in [
            "2024-01-19T24:00", "2024-01-19T09:60", "2024-01-19T", "2024-01-19T09:42:24.", "2024-01-19T09:42+2", "2024-01-19x",
        ] {
            #expect(time(text) == nil, "\(text)")
        }
        #expect(time("2024-01-19 13:00 PM") == nil)
        func any(_ text: String) -> String? {
            var input = text
            return input.withUTF8 { parseAnyDate($0) }.map { self.text(.date($0)) }
        }
        for text in [
            "30.06.2026", "06/30/2026", "30/06/2026", "30 Jun 2026", "30-jun-2026", "June 30, 2026", " 2026-06-30 ", "2026/6/30",
            "30-06-2026",
        ] {
            #expect(any(text) == "2026-06-30", "\(text)")
        }
        #expect(any("03/04/2026") == "2026-03-04")
        #expect(any("soon") == nil)
        #expect(any("30 Juno 2026") == nil)
    }

    @Test func periodsAndDurations() {
        let day = Calendar.day(year: 2026, month: 6, day: 30)
        for (unit, expected) in [
            (CalendarUnit.year, "2026"), (.quarter, "2026-Q2"), (.month, "2026-06"), (.week, "2026-W27"), (.day, "2026-06-30"),
        ] {
            #expect(text(.period(Period(unit: unit, containing: day))) == expected)
        }
        let newYear = Calendar.day(year: 2027, month: 1, day: 1)
        #expect(text(.period(Period(unit: .week, containing: newYear))) == "2026-W53")
        for (duration, expected) in [
            (Duration(days: 93), "93 days"), (Duration(months: 3), "3 months"),
            (Duration(microseconds: 27 * 3_600_000_000), "1 day 3 hours"),
            (Duration(microseconds: 125 * 60_000_000), "2 hours 5 minutes"), (Duration(), "0 days"),
            (Duration(months: 14), "1 year 2 months"),
            (Duration(months: -1, microseconds: 1_500_000), "-1 month 1.5 seconds"),
            (Duration(microseconds: 1_000_000), "1 second"),
        ] { #expect(text(.duration(duration)) == expected) }
    }

    @Test func vectorsWriteWhatTheirValuesSay() {
        var random = Random(seed: 33)
        for type in scalarTypes + [.list(.number), .set(EntityID(0))] {
            let vector = random.vector(type, random.values(type, 100))
            let expected = vector.values.map { text($0) }
            #expect(vector.texts == expected)
            let writer = CellWriter(vector)
            for row in 0..<100 {
                var bytes: [UInt8] = []
                writer.append(row, to: &bytes)
                #expect(String(decoding: bytes, as: UTF8.self) == expected[row])
            }
        }
    }
}
