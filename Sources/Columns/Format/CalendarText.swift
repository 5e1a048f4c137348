import Syntax
import Types

/// Writes a day as `2026-06-30`.
public func appendDate(_ day: Int32, to bytes: inout [UInt8]) {
    bytes.append(atMost: 32) { writeDate(day, at: $0) }
}

/// Writes an instant as `2026-06-30T14:05:00Z`, with a fraction of the second only where there is one.
public func appendTime(_ microseconds: Int64, to bytes: inout [UInt8]) {
    bytes.append(atMost: 48) { text in
        let day = Calendar.floorDivide(microseconds, Calendar.microsecondsPerDay)
        let rest = UInt64(microseconds &- day &* Calendar.microsecondsPerDay)
        var end = writeDate(Int32(truncatingIfNeeded: day), at: text)
        text[end] = UInt8(ascii: "T")
        writePair(Int(rest / 3_600_000_000), at: text + end + 1)
        text[end + 3] = UInt8(ascii: ":")
        writePair(Int(rest / 60_000_000 % 60), at: text + end + 4)
        text[end + 6] = UInt8(ascii: ":")
        writePair(Int(rest / 1_000_000 % 60), at: text + end + 7)
        end += 9
        let fraction = rest % 1_000_000
        if fraction != 0 {
            let short = shortened(Int64(fraction), 6)
            text[end] = UInt8(ascii: ".")
            end += 1 + writeInteger(UInt64(short.units), minimumDigits: short.scale, at: text + end + 1)
        }
        text[end] = UInt8(ascii: "Z")
        return end + 1
    }
}

/// Writes a day and returns how many bytes it took: ten, or a few more far from our time.
@inline(__always)
private func writeDate(_ day: Int32, at text: UnsafeMutablePointer<UInt8>) -> Int {
    let date = Calendar.civil(day)
    let end = writeYear(date.year, at: text)
    text[end] = UInt8(ascii: "-")
    writePair(date.month, at: text + end + 1)
    text[end + 3] = UInt8(ascii: "-")
    writePair(date.day, at: text + end + 4)
    return end + 6
}

/// Writes a year with at least four digits and returns how many bytes it took.
@inline(__always)
private func writeYear(_ year: Int, at text: UnsafeMutablePointer<UInt8>) -> Int {
    if year >= 0, year <= 9999 {
        writePair(year / 100, at: text)
        writePair(year % 100, at: text + 2)
        return 4
    }
    if year < 0 { text[0] = UInt8(ascii: "-") }
    let start = year < 0 ? 1 : 0
    return start + writeInteger(UInt64(year.magnitude), minimumDigits: 4, at: text + start)
}

/// Writes a number below 100 with two digits.
@inline(__always)
private func writePair(_ value: Int, at text: UnsafeMutablePointer<UInt8>) {
    text[0] = 48 &+ UInt8(truncatingIfNeeded: value / 10)
    text[1] = 48 &+ UInt8(truncatingIfNeeded: value % 10)
}

/// Writes a period as `2026`, `2026-Q2`, `2026-06`, `2026-W07` or, for single days, as the date.
public func appendPeriod(_ period: Period, to bytes: inout [UInt8]) {
    bytes.append(atMost: 32) { writePeriod(period, at: $0) }
}

/// Writes a period and returns how many bytes it took: ten, or a few more far from our time.
private func writePeriod(_ period: Period, at text: UnsafeMutablePointer<UInt8>) -> Int {
    switch period.unit {
    case .second, .minute, .hour, .day: return writeDate(period.index, at: text)
    case .week:
        // The ISO year of a week is that of its Thursday.
        let thursday = period.firstDay &+ 3
        let year = Calendar.civil(thursday).year
        let firstOfYear = Calendar.day(year: year, month: 1, day: 1)
        let end = writeYear(year, at: text)
        text[end] = UInt8(ascii: "-")
        text[end + 1] = UInt8(ascii: "W")
        writePair(Int(thursday - firstOfYear) / 7 + 1, at: text + end + 2)
        return end + 4
    case .month:
        let (year, month) = yearAndPart(period.index, parts: 12)
        let end = writeYear(year, at: text)
        text[end] = UInt8(ascii: "-")
        writePair(month, at: text + end + 1)
        return end + 3
    case .quarter:
        let (year, quarter) = yearAndPart(period.index, parts: 4)
        let end = writeYear(year, at: text)
        text[end] = UInt8(ascii: "-")
        text[end + 1] = UInt8(ascii: "Q")
        text[end + 2] = 48 &+ UInt8(truncatingIfNeeded: quarter)
        return end + 3
    case .year: return writeYear(1970 + Int(period.index), at: text)
    }
}

/// The year of the months or quarters since 1970, and which one of it, from 1 on.
private func yearAndPart(_ index: Int32, parts: Int) -> (year: Int, part: Int) {
    let years = Calendar.floorDivide(Int(index), parts)
    return (1970 + years, Int(index) - years * parts + 1)
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
