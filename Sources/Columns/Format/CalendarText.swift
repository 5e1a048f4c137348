import Syntax
import Types

/// Writes a day as `2026-06-30`.
public func appendDate(_ day: Int32, to bytes: inout [UInt8]) {
    let date = Calendar.civil(day)
    appendYear(date.year, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendInteger(UInt64(date.month), minimumDigits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendInteger(UInt64(date.day), minimumDigits: 2, to: &bytes)
}

/// Writes an instant as `2026-06-30T14:05:00Z`, with a fraction of the second only where there is one.
public func appendTime(_ microseconds: Int64, to bytes: inout [UInt8]) {
    let day = Calendar.floorDivide(microseconds, Calendar.microsecondsPerDay)
    let rest = UInt64(microseconds &- day &* Calendar.microsecondsPerDay)
    appendDate(Int32(truncatingIfNeeded: day), to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    appendInteger(rest / 3_600_000_000, minimumDigits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendInteger(rest / 60_000_000 % 60, minimumDigits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendInteger(rest / 1_000_000 % 60, minimumDigits: 2, to: &bytes)
    var fraction = rest % 1_000_000
    if fraction != 0 {
        var digits = 6
        while fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        bytes.append(UInt8(ascii: "."))
        appendInteger(fraction, minimumDigits: digits, to: &bytes)
    }
    bytes.append(UInt8(ascii: "Z"))
}

/// Writes a period as `2026`, `2026-Q2`, `2026-06`, `2026-W07` or, for single days, as the date.
public func appendPeriod(_ period: Period, to bytes: inout [UInt8]) {
    switch period.unit {
    case .second, .minute, .hour, .day: appendDate(period.index, to: &bytes)
    case .week:
        // The ISO year of a week is that of its Thursday.
        let thursday = period.firstDay &+ 3
        let year = Calendar.civil(thursday).year
        appendYear(year, to: &bytes)
        bytes.append(contentsOf: "-W".utf8)
        let firstOfYear = Calendar.day(year: year, month: 1, day: 1)
        appendInteger(UInt64((thursday - firstOfYear) / 7 + 1), minimumDigits: 2, to: &bytes)
    case .month:
        let date = Calendar.civil(period.firstDay)
        appendYear(date.year, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendInteger(UInt64(date.month), minimumDigits: 2, to: &bytes)
    case .quarter:
        let date = Calendar.civil(period.firstDay)
        appendYear(date.year, to: &bytes)
        bytes.append(contentsOf: "-Q".utf8)
        appendInteger(UInt64((date.month + 2) / 3), to: &bytes)
    case .year: appendYear(1970 + Int(period.index), to: &bytes)
    }
}

private func appendYear(_ year: Int, to bytes: inout [UInt8]) {
    if year < 0 { bytes.append(UInt8(ascii: "-")) }
    appendInteger(UInt64(year.magnitude), minimumDigits: 4, to: &bytes)
}

/// Writes a duration in the largest units that fit: `1 year 2 months`, `93 days`, `1 day 3 hours`, `2.5 seconds`. A part below zero
/// begins with a minus sign that goes for all its units.
public func appendDuration(_ duration: Duration, to bytes: inout [UInt8]) {
    if duration.months == 0 && duration.microseconds == 0 {
        bytes.append(contentsOf: "0 days".utf8)
        return
    }
    var writer = DurationWriter(isFirst: true)
    let months = UInt64(duration.months.magnitude)
    writer.begin(isNegative: duration.months < 0)
    writer.append(months / 12, "year", to: &bytes)
    writer.append(months % 12, "month", to: &bytes)
    let microseconds = duration.microseconds.magnitude
    writer.begin(isNegative: duration.microseconds < 0)
    writer.append(microseconds / 86_400_000_000, "day", to: &bytes)
    writer.append(microseconds / 3_600_000_000 % 24, "hour", to: &bytes)
    writer.append(microseconds / 60_000_000 % 60, "minute", to: &bytes)
    writer.appendSeconds(microseconds % 60_000_000, to: &bytes)
}

private struct DurationWriter {
    var isFirst: Bool
    var owesMinus = false

    mutating func begin(isNegative: Bool) { owesMinus = isNegative }

    private mutating func separate(_ bytes: inout [UInt8]) {
        if !isFirst { bytes.append(UInt8(ascii: " ")) }
        isFirst = false
        if owesMinus { bytes.append(UInt8(ascii: "-")) }
        owesMinus = false
    }

    mutating func append(_ count: UInt64, _ unit: StaticString, to bytes: inout [UInt8]) {
        guard count != 0 else { return }
        separate(&bytes)
        appendInteger(count, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        unit.withUTF8Buffer { bytes.append(contentsOf: $0) }
        if count != 1 { bytes.append(UInt8(ascii: "s")) }
    }

    mutating func appendSeconds(_ microseconds: UInt64, to bytes: inout [UInt8]) {
        guard microseconds != 0 else { return }
        separate(&bytes)
        appendDecimal(units: Int64(microseconds), scale: 6, to: &bytes)
        bytes.append(contentsOf: (microseconds == 1_000_000 ? " second" : " seconds").utf8)
    }
}
