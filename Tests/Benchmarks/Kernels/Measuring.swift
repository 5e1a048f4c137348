#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What was measured of a kernel, in nanoseconds a row.
struct Measured: Codable, Equatable {
    let name: String
    let rows: Int
    let least: Double
    let median: Double
    /// What the memory alone took in the same minute: the least of as many runs.
    let floor: Double
    let floorKind: String

    /// How many times the floor the kernel takes; this can be compared between machines that differ, and between days of a busy one.
    var ratio: Double { least / floor }
}

/// Measures a kernel and its floor by turns, so that a busy machine is unkind to both.
func measure(_ kernel: Kernel, seconds: Double) throws -> Measured {
    let prepared = try kernel.prepare()
    let floor = prepared.floor.prepared()
    // One sample takes at least a millisecond, beside which reading the clock is nothing.
    let kernelRuns = try repetitions { try timed(prepared, runs: $0) }
    let floorRuns = repetitions { timed(floor, runs: $0) }
    var kernelTimes: [Double] = []
    var floorTimes: [Double] = []
    let start = nanosecondsAtWork()
    while kernelTimes.count < 7 || (nanosecondsAtWork() - start < seconds * 1e9 && kernelTimes.count < 60) {
        kernelTimes.append(try timed(prepared, runs: kernelRuns) / Double(kernelRuns))
        floorTimes.append(timed(floor, runs: floorRuns) / Double(floorRuns))
    }
    kernelTimes.sort()
    let rows = Double(max(prepared.rows, 1))
    return Measured(
        name: kernel.name, rows: prepared.rows, least: kernelTimes[0] / rows,
        median: kernelTimes[kernelTimes.count / 2] / rows, floor: floorTimes.min()! / rows, floorKind: prepared.floor.word)
}

/// The first run warms the caches up and says how many make a sample.
private func repetitions(_ time: (Int) throws -> Double) rethrows -> Int {
    _ = try time(1)
    return max(1, Int((1e6 / max(try time(1), 1)).rounded(.up)))
}

/// The nanoseconds of so many runs, without what comes before each.
private func timed(_ prepared: Prepared, runs: Int) throws -> Double {
    var total = 0.0
    for _ in 0..<runs {
        try prepared.before()
        let start = nanosecondsAtWork()
        try prepared.run()
        total += nanosecondsAtWork() - start
    }
    return total
}

private func timed(_ run: () -> Void, runs: Int) -> Double {
    let start = nanosecondsAtWork()
    for _ in 0..<runs { run() }
    return nanosecondsAtWork() - start
}

/// How long processors have worked for this process. The time in which others had them is not a kernel's: on a busy machine a long run
/// never has one for itself, while the short one of a floor does.
private func nanosecondsAtWork() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
