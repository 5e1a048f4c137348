/// For each record the part of their time that walkers spend there who go on along a random arc and, with the probability 1 - `damping`
/// or where no arc leads on, to a random record: S. Brin and L. Page, "The Anatomy of a Large-Scale Hypertextual Web Search Engine", 1998.
/// The sum over all records is 1.
///
/// Computed by repeated passing on, until all changes together are below 1e-10. O(rounds · (records + arcs)), with at most 200 rounds and
/// some 140 for a damping of 0.85. `check` is called each round; what it throws ends the computation.
public func pageRanks(_ network: Network, damping: Double = 0.85, check: () throws -> Void) rethrows -> Buffer<Double> {
    let count = network.count
    guard count > 0 else { return Buffer([]) }
    var ranks = [Double](repeating: 1 / Double(count), count: count)
    var next = ranks
    for _ in 0..<200 {
        try check()
        var stranded = 0.0
        for record in 0..<count where network.degree(record) == 0 { stranded += ranks[record] }
        let base = (1 - damping + damping * stranded) / Double(count)
        for record in 0..<count { next[record] = base }
        for record in 0..<count {
            let targets = network[record]
            let share = damping * ranks[record] / Double(targets.count)
            for target in targets { next[Int(target)] += share }
        }
        var change = 0.0
        for record in 0..<count { change += abs(next[record] - ranks[record]) }
        swap(&ranks, &next)
        if change < 1e-10 { break }
    }
    return Buffer(ranks)
}
