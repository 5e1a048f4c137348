import Syntax
import Types

/// Writes a day as `2026-06-30`.
public func appendDate(_ day: Int32, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { text in
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<writeDate(day, at: text.baseAddress!)]))
    }
}

/// Writes an instant as `2026-06-30T14:05:00Z`, with a fraction of the second only where there is one.
public func appendTime(_ microseconds: Int64, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { memory in
        let text = memory.baseAddress!
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
        bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: end + 1))
    }
}

/// Writes a day and returns how many bytes it took: ten, or a few more far from our time.
@inline(__always)
private func writeDate(_ day: Int32, at text: UnsafeMutablePointer<UInt8>) -> Int {
    let date = Calendar.civil(day)
    var end = 0
    if date.year >= 0, date.year <= 9999 {
        writePair(date.year / 100, at: text)
        writePair(date.year % 100, at: text + 2)
        end = 4
    } else {
        if date.year < 0 { text[0] = UInt8(ascii: "-") }
        end = date.year < 0 ? 1 : 0
        end += writeInteger(UInt64(date.year.magnitude), minimumDigits: 4, at: text + end)
    }
    text[end] = UInt8(ascii: "-")
    writePair(date.month, at: text + end + 1)
    text[end + 3] = UInt8(ascii: "-")
    writePair(date.day, at: text + end + 4)
    return end + 6
}

/// Writes a number below 100 with two digits.
@inline(__always)
private func writePair(_ value: Int, at text: UnsafeMutablePointer<UInt8>) {
    text[0] = 48 &+ UInt8(truncatingIfNeeded: value / 10)
    text[1] = 48 &+ UInt8(truncatingIfNeeded: value % 10)
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
