/// Calendar days as numbers, counted from 2000-01-01, which is day 0.
enum Day {
    /// The day on which the demo is asked questions; fixed, so that answers never change.
    static let today = of(2026, 6, 30)
    /// The last day on which something happened: exports are made in the night.
    static let last = today - 1
    /// The first day of the activity log: orders, touches and tickets reach back five years, accounts and deals further.
    static let start = of(2021, 7, 1)
    /// The first account was created on this day.
    static let founded = of(2018, 1, 8)

    /// Howard Hinnant's days_from_civil, moved to the year 2000.
    static func of(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 730_425
    }

    /// Howard Hinnant's civil_from_days, the way back.
    static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 730_425
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }

    /// 0 is Monday; 2000-01-01 was a Saturday.
    static func weekday(_ day: Int) -> Int { (day + 5) % 7 }

    /// The Friday before, for a day at the weekend: people create records when they work.
    static func working(_ day: Int) -> Int { day - max(0, weekday(day) - 4) }
}

/// Ten bytes of text for every day that can occur, since formatting dates would otherwise be half of the work.
struct DayTexts {
    private static let first = Day.of(1990, 1, 1)
    private let bytes: [UInt8]

    init() {
        var bytes: [UInt8] = []
        func append(_ number: Int, digits: Int) {
            var divisor = digits == 4 ? 1000 : 10
            while divisor > 0 {
                bytes.append(UInt8(48 + number / divisor % 10))
                divisor /= 10
            }
        }
        for day in DayTexts.first..<Day.of(2031, 1, 1) {
            let civil = Day.civil(day)
            append(civil.year, digits: 4)
            bytes.append(UInt8(ascii: "-"))
            append(civil.month, digits: 2)
            bytes.append(UInt8(ascii: "-"))
            append(civil.day, digits: 2)
        }
        self.bytes = bytes
    }

    static let all = DayTexts()

    /// Calls `body` with the text of `day`, such as `2026-06-30`.
    @inline(__always)
    func withText(of day: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.withUnsafeBufferPointer { all in
            let offset = (day - DayTexts.first) * 10
            body(UnsafeBufferPointer(rebasing: all[offset..<offset + 10]))
        }
    }
}
