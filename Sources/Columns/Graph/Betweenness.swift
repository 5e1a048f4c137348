/// Counts how much of the shortest paths from chosen records goes through each record, by the algorithm of U. Brandes, "A Faster Algorithm
/// for Betweenness Centrality", 2001: a search breadth first, then the paths' parts summed up from the farthest records back. It keeps
/// its memory from search to search; one for each thread.
public final class BetweennessSearch {
    private let network: Network
    private var distances: [Int32]
    /// How many shortest paths lead to each record.
    private var pathCounts: [Double]
    private var parts: [Double]
    private var order: [Int32] = []

    public init(_ network: Network) {
        self.network = network
        distances = Array(repeating: -1, count: network.count)
        pathCounts = Array(repeating: 0, count: network.count)
        parts = Array(repeating: 0, count: network.count)
        order.reserveCapacity(network.count)
    }

    /// Adds for each record the sum, over all other ends, of the part of the shortest paths from the source to that end which go through
    /// it. O(records and arcs reached). Where `isCancelled` says so, it is left unfinished, and the search can add nothing more.
    public func add(from source: Int32, to sums: inout [Double], isCancelled: () -> Bool = { false }) {
        order.append(source)
        distances[Int(source)] = 0
        pathCounts[Int(source)] = 1
        var head = 0
        while head < order.count {
            let record = Int(order[head])
            head += 1
            if head & 0xFFF == 0, isCancelled() { return }
            for target in network[record] {
                let target = Int(target)
                if distances[target] < 0 {
                    distances[target] = distances[record] + 1
                    order.append(Int32(truncatingIfNeeded: target))
                }
                if distances[target] == distances[record] + 1 { pathCounts[target] += pathCounts[record] }
            }
        }
        for (place, record) in order.enumerated().reversed() {
            if place & 0xFFF == 0, isCancelled() { return }
            let record = Int(record)
            var part = 0.0
            for target in network[record] where distances[Int(target)] == distances[record] + 1 {
                part += (1 + parts[Int(target)]) / pathCounts[Int(target)]
            }
            parts[record] = part * pathCounts[record]
            if record != Int(source) { sums[record] += parts[record] }
        }
        for record in order {
            distances[Int(record)] = -1
            pathCounts[Int(record)] = 0
            parts[Int(record)] = 0
        }
        order.removeAll(keepingCapacity: true)
    }
}

/// From which records the shortest paths are counted.
public struct BetweennessSources: Sendable {
    public let records: [Int32]
    /// How many records arcs lead from; only these begin paths.
    public let population: Int
    public var isSample: Bool { records.count < population }

    /// All records from which arcs lead, if going through the arcs for each is at most `arcLimit` steps; else so many of them as the limit
    /// allows, and at least 100, drawn with a fixed seed, so that the same data give the same estimate (U. Brandes and C. Pich, "Centrality
    /// Estimation in Large Networks", 2007).
    public init(_ network: Network, arcLimit: Int) {
        var starts = (0..<network.count).filter { network.degree($0) > 0 }.map { Int32($0) }
        population = starts.count
        let affordable = max(100, arcLimit / max(1, network.arcCount))
        if starts.count > affordable {
            // The beginning of a Fisher-Yates shuffle.
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15
            for place in 0..<affordable {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let other = place + Int((state >> 33) % UInt64(starts.count - place))
                starts.swapAt(place, other)
            }
            starts.removeLast(starts.count - affordable)
        }
        records = starts
    }

    /// The sums as parts of all ordered pairs of other records, from 0 to 1; of a sample, extrapolated to all.
    public func normalized(_ sums: [Double], count: Int) -> Buffer<Double> {
        guard count > 2, !records.isEmpty else { return Buffer(repeating: 0, count: count) }
        let pairs = Double(count - 1) * Double(count - 2)
        let scale = Double(population) / Double(records.count) / pairs
        return Buffer(sums.map { $0 * scale })
    }
}
