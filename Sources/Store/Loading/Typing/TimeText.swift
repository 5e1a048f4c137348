/// Reads instants: a date and a time of day, with or without a zone. Without one it is taken as UTC.
enum TimeText {
    static let noInstant = Int64.min
    static let microsecondsPerDay: Int64 = 86_400_000_000

    /// The instant that a text names, in microseconds since 1970, or `noInstant`. A date alone is its midnight.
    @inline(__always)
    static func instant(_ p: UnsafePointer<UInt8>, _ n: Int, _ order: DateOrder) -> Int64 {
        var length = 0
        let day: Int32
        if order == .yearFirst, n >= 10, case let iso = DateText.isoDay(p), iso != DateText.noDay {
            day = iso
            length = 10
        } else {
            day = DateText.leadingDay(p, n, order, &length)
        }
        guard day != DateText.noDay else { return noInstant }
        let midnight = Int64(day) &* microsecondsPerDay
        if length == n { return midnight }
        // `T09:42:24` or ` 09:42:24` and nothing more, perhaps a `Z`: by far the most frequent.
        if length == 10, n == 19 || (n == 20 && p[19] == 0x5a), p[13] == 0x3a, p[16] == 0x3a, p[10] == 0x20 || p[10] == 0x54 {
            let hour = DateText.two(p + 11)
            let minute = DateText.two(p + 14)
            let second = DateText.two(p + 17)
            if hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60 {
                return midnight &+ Int64(truncatingIfNeeded: (hour &* 60 &+ minute) &* 60 &+ second) &* 1_000_000
            }
        }
        let time = timeOfDay(p + length, n - length)
        return time == noInstant ? noInstant : midnight &+ time
    }

    /// The time behind a date, with the zone taken off; may lie outside the day.
    private static func timeOfDay(_ p: UnsafePointer<UInt8>, _ n: Int) -> Int64 {
        var i = 0
        guard p[0] == 0x54 || p[0] == 0x74 || p[0] == 0x20 || p[0] == 0x2c else { return noInstant }
        i = 1
        while i < n, p[i] == 0x20 { i += 1 }
        var hour = twoDigits(p, n, &i, atLeast: 1)
        guard hour >= 0, i < n, p[i] == 0x3a else { return noInstant }
        i += 1
        let minute = twoDigits(p, n, &i, atLeast: 2)
        guard minute >= 0, minute < 60 else { return noInstant }
        var second = 0
        var microsecond = 0
        if i < n, p[i] == 0x3a {
            i += 1
            second = twoDigits(p, n, &i, atLeast: 2)
            guard second >= 0, second <= 60 else { return noInstant }
            if i + 1 < n, p[i] == 0x2e || p[i] == 0x2c, p[i + 1] &- 0x30 <= 9 { microsecond = fraction(p, n, &i) }
        }
        guard let shift = halfDay(p, n, &i, hour) else { return noInstant }
        hour += shift
        guard hour < 24 else { return noInstant }
        guard let zone = zoneMinutes(p, n, &i), i == n else { return noInstant }
        return Int64(((hour * 60 + minute - zone) * 60 + second) * 1_000_000 + microsecond)
    }

    private static func twoDigits(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int, atLeast: Int) -> Int {
        var value = 0
        var count = 0
        while i < n, count < 2, p[i] &- 0x30 <= 9 {
            value = value * 10 + Int(p[i] &- 0x30)
            i += 1
            count += 1
        }
        return count >= atLeast ? value : -1
    }

    /// The digits behind the point, as microseconds; finer ones are cut off.
    private static func fraction(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int) -> Int {
        i += 1
        var value = 0
        var unit = 100_000
        while i < n, p[i] &- 0x30 <= 9 {
            value += Int(p[i] &- 0x30) * unit
            unit /= 10
            i += 1
        }
        return value
    }

    /// What `AM` or `PM` adds to the hour; none if the hour does not fit it.
    private static func halfDay(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int, _ hour: Int) -> Int? {
        var j = i
        if j < n, p[j] == 0x20 { j += 1 }
        guard j + 1 < n, p[j + 1] | 0x20 == 0x6d, p[j] | 0x20 == 0x61 || p[j] | 0x20 == 0x70 else { return 0 }
        guard hour >= 1, hour <= 12 else { return nil }
        i = j + 2
        let isAfternoon = p[j] | 0x20 == 0x70
        return (hour == 12 ? -12 : 0) + (isAfternoon ? 12 : 0)
    }

    /// Minutes east of Greenwich: `Z`, `UTC`, `+0200`, `+02:00`, `+02`; 0 where nothing is said.
    private static func zoneMinutes(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: inout Int) -> Int? {
        if i < n, p[i] == 0x20 { i += 1 }
        guard i < n else { return 0 }
        if p[i] | 0x20 == 0x7a {
            i += 1
            return 0
        }
        if i + 3 <= n {
            let name = UInt32(p[i]) << 16 | UInt32(p[i + 1]) << 8 | UInt32(p[i + 2])
            // UTC and GMT.
            if name == 0x555443 || name == 0x474d54 {
                i += 3
                return 0
            }
        }
        guard p[i] == 0x2b || p[i] == 0x2d else { return nil }
        let sign = p[i] == 0x2b ? 1 : -1
        i += 1
        let hours = twoDigits(p, n, &i, atLeast: 2)
        guard hours >= 0, hours <= 15 else { return nil }
        if i < n, p[i] == 0x3a { i += 1 }
        var minutes = 0
        if i < n {
            minutes = twoDigits(p, n, &i, atLeast: 2)
            guard minutes >= 0, minutes < 60 else { return nil }
        }
        return sign * (hours * 60 + minutes)
    }
}
