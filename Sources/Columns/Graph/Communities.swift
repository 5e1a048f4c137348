/// For each record the number of its community: groups with many arcs inside and few between them, found by the Louvain method (V. Blondel,
/// J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast Unfolding of Communities in Large Networks", 2008). `network` must have each arc both
/// ways. Communities are numbered by size, 1 for the largest.
///
/// Records go, in the order of the data, to the neighbouring community that raises the modularity most, of several the one with the lowest
/// number, until none moves; then each community becomes one record, and so on, until nothing is joined any more. The same data give
/// the same communities. O(rounds · arcs), mostly some ten rounds. `check` is called now and then; what it throws ends the search.
public func communities(_ network: Network, check: () throws -> Void) rethrows -> Buffer<Int32> {
    var membership = (0..<network.count).map { Int32($0) }
    var level = CommunityLevel(network)
    while true {
        let isChanged = try level.settle(check: check)
        let groupCount = level.renumber()
        for record in membership.indices { membership[record] = level.community[Int(membership[record])] }
        guard isChanged, groupCount < level.count else { break }
        level = try level.condensed(groupCount, check: check)
    }
    return numberedBySize(membership, groupCount: level.count)
}

/// How much more of the arcs lies within communities than would if they were drawn at random between records of the same degrees, from -0.5
/// to 1: M. Newman, "Modularity and Community Structure in Networks", 2006. `network` must have each arc both ways. O(records + arcs).
public func modularity(_ network: Network, _ communities: Buffer<Int32>) -> Double {
    let total = Double(network.arcCount)
    guard total > 0 else { return 0 }
    var inside = 0.0
    var degrees: [Int32: Double] = [:]
    for record in 0..<network.count {
        let own = communities[record]
        degrees[own, default: 0] += Double(network.degree(record))
        for target in network[record] where communities[Int(target)] == own { inside += 1 }
    }
    return inside / total - degrees.values.reduce(0) { $0 + $1 / total * ($1 / total) }
}

/// Records, or the communities of the level before, with the weights of the arcs between them.
private struct CommunityLevel {
    let count: Int
    private let offsets: [Int32]
    private let targets: [Int32]
    private let weights: [Double]
    /// The weight of each record's arcs, those to itself included.
    private let degrees: [Double]
    private let total: Double
    private(set) var community: [Int32]

    init(_ network: Network) {
        let weights = [Double](repeating: 1, count: network.arcCount)
        let degrees = (0..<network.count).map { Double(network.degree($0)) }
        self.init(network.offsets.array, network.targets.array, weights, degrees)
    }

    private init(_ offsets: [Int32], _ targets: [Int32], _ weights: [Double], _ degrees: [Double]) {
        count = offsets.count - 1
        self.offsets = offsets
        self.targets = targets
        self.weights = weights
        self.degrees = degrees
        total = degrees.reduce(0, +)
        community = (0..<Int32(offsets.count - 1)).map { $0 }
    }

    /// Moves records until none gains by it; whether any has moved.
    mutating func settle(check: () throws -> Void) rethrows -> Bool {
        guard total > 0 else { return false }
        var degreeSums = degrees
        var towards = [Double](repeating: 0, count: count)
        var near: [Int32] = []
        var isChanged = false
        // Every move raises the modularity, so that there is an end; late rounds gain next to nothing.
        for _ in 0..<100 {
            var moved = 0
            for record in 0..<count {
                if record & 0xFFF == 0 { try check() }
                near.removeAll(keepingCapacity: true)
                let own = community[record]
                for element in Int(offsets[record])..<Int(offsets[record + 1]) where Int(targets[element]) != record {
                    let other = community[Int(targets[element])]
                    if towards[Int(other)] == 0 { near.append(other) }
                    towards[Int(other)] += weights[element]
                }
                degreeSums[Int(own)] -= degrees[record]
                let share = degrees[record] / total
                var best = own
                var bestGain = towards[Int(own)] - degreeSums[Int(own)] * share
                for other in near {
                    let gain = towards[Int(other)] - degreeSums[Int(other)] * share
                    let isEqual = abs(gain - bestGain) <= 1e-12 * total
                    if isEqual ? best != own && other < best : gain > bestGain { (best, bestGain) = (other, gain) }
                }
                for other in near { towards[Int(other)] = 0 }
                degreeSums[Int(best)] += degrees[record]
                if best != own {
                    community[record] = best
                    moved += 1
                }
            }
            if moved == 0 { break }
            isChanged = true
        }
        return isChanged
    }

    /// Numbers the communities from 0 in the order of their first records; gives how many there are.
    mutating func renumber() -> Int {
        var numbers = [Int32](repeating: -1, count: count)
        var next: Int32 = 0
        for record in 0..<count {
            let own = Int(community[record])
            if numbers[own] < 0 {
                numbers[own] = next
                next += 1
            }
            community[record] = numbers[own]
        }
        return Int(next)
    }

    /// The communities as records of a level of their own.
    func condensed(_ groupCount: Int, check: () throws -> Void) rethrows -> CommunityLevel {
        var members = [[Int32]](repeating: [], count: groupCount)
        for record in 0..<count { members[Int(community[record])].append(Int32(record)) }
        var (newOffsets, newTargets, newWeights): ([Int32], [Int32], [Double]) = ([0], [], [])
        var newDegrees = [Double](repeating: 0, count: groupCount)
        var towards = [Double](repeating: 0, count: groupCount)
        for group in 0..<groupCount {
            if group & 0xFF == 0 { try check() }
            var near: [Int32] = []
            for record in members[group] {
                newDegrees[group] += degrees[Int(record)]
                for element in Int(offsets[Int(record)])..<Int(offsets[Int(record) + 1]) {
                    let other = community[Int(targets[element])]
                    if towards[Int(other)] == 0 { near.append(other) }
                    towards[Int(other)] += weights[element]
                }
            }
            near.sort()
            for other in near {
                newTargets.append(other)
                newWeights.append(towards[Int(other)])
                towards[Int(other)] = 0
            }
            newOffsets.append(Int32(newTargets.count))
        }
        return CommunityLevel(newOffsets, newTargets, newWeights, newDegrees)
    }
}
