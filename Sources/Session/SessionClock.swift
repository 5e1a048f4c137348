import Columns
import Resolve
import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What day and time it is for a session.
public typealias SessionClock = Resolve.Clock

extension SessionClock {
    /// The machine's clock; the day is that of the local time zone, since people mean their own day.
    public static var system: SessionClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var local = tm()
        var seconds = time.tv_sec
        localtime_r(&seconds, &local)
        let today = Calendar.day(year: Int(local.tm_year) + 1900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday))
        return SessionClock(today: today, now: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// A fixed day, written as 2026-06-30; `now` is its noon, so that hours ago stay within a day.
    public init?(day text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), day >= 1, day <= Calendar.daysInMonth(year: year, month: month)
        else { return nil }
        let today = Calendar.day(year: year, month: month, day: day)
        self.init(today: today, now: Int64(today) * Calendar.microsecondsPerDay + Calendar.microsecondsPerDay / 2)
    }
}

/// Processors that this process may use; at least one.
public func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// Keeps memory that a question has freed for the next one. To be called once the data are loaded: while loading, what is freed should go
/// back, so that it can be had in other sizes.
public func keepFreedMemory() { LargeMemory.keepFreed() }
