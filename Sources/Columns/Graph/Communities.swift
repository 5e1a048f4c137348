/// For each record the number of its community: groups with many arcs inside and few between them, found by the Louvain method (V. Blondel,
/// J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast Unfolding of Communities in Large Networks", 2008) with its fast local moving (V. Traag,
/// L. Waltman and N. J. van Eck, "From Louvain to Leiden", 2019). `network` must have each arc both ways. Communities are numbered by
/// size, 1 for the largest.
///
/// Records go, in the order of the data, to the neighbouring community that raises the modularity most, of several the one with the lowest
/// number; the neighbours of one that has gone are asked again, until nobody goes. Then each community becomes one record, and so on, until
/// nothing is joined any more. The same data give the same communities. O(rounds · arcs), mostly some five rounds. `check` is called now
/// and then; what it throws ends the search.
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

/// Records, or the communities of the level before, with the weights of the arcs between them. Weights are numbers of arcs, so that all
/// comparisons are exact.
private struct CommunityLevel {
    let count: Int
    private let offsets: Buffer<Int32>
    private let targets: Buffer<Int32>
    /// None where every arc counts as one.
    private let weights: Buffer<Int32>?
    /// The weight of each record's arcs, those to itself included.
    private let degrees: Buffer<Int32>
    private let total: Int
    private(set) var community: [Int32]

    init(_ network: Network) {
        let degrees = mapped(count: network.count) { Int32(truncatingIfNeeded: network.degree($0)) }
        self.init(network.offsets, network.targets, nil, degrees)
    }

    private init(_ offsets: Buffer<Int32>, _ targets: Buffer<Int32>, _ weights: Buffer<Int32>?, _ degrees: Buffer<Int32>) {
        count = degrees.count
        self.offsets = offsets
        self.targets = targets
        self.weights = weights
        self.degrees = degrees
        total = degrees.pointer.reduce(0) { $0 + Int($1) }
        community = (0..<Int32(degrees.count)).map { $0 }
    }

    /// Moves records until none that was asked gains by it; whether any has moved.
    mutating func settle(check: () throws -> Void) rethrows -> Bool {
        guard total > 0 else { return false }
        var mover = CommunityMover(degrees, total: total)
        var waiting = AskedRecords(count)
        var isChanged = false
        var asked = 0
        while let record = waiting.next() {
            asked &+= 1
            if asked & 0xFFF == 0 { try check() }
            let arcs = Int(offsets.base[record])..<Int(offsets.base[record &+ 1])
            guard mover.move(record, arcs, targets.base, weights?.base, &community) else { continue }
            isChanged = true
            for element in arcs {
                let target = Int(targets.base[element])
                if community[target] != community[record] { waiting.add(target) }
            }
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
        let (segments, members) = inverted(Buffer(community), targetCount: groupCount)
        var sums = TowardsSums(groupCount)
        var newOffsets: [Int32] = [0]
        newOffsets.reserveCapacity(groupCount + 1)
        var newTargets: [Int32] = []
        var newWeights: [Int32] = []
        for group in 0..<groupCount {
            if group & 0xFFF == 0 { try check() }
            for place in segments.range(group) {
                let record = Int(members.base[place])
                for element in Int(offsets.base[record])..<Int(offsets.base[record &+ 1]) {
                    sums.add(weights?.base[element] ?? 1, towards: community[Int(targets.base[element])])
                }
            }
            for other in sums.near {
                newTargets.append(other)
                newWeights.append(sums.weight(towards: other))
            }
            sums.clear()
            newOffsets.append(Int32(truncatingIfNeeded: newTargets.count))
        }
        let newDegrees = mapped(count: groupCount) { group in
            segments.range(group).reduce(Int32(0)) { $0 &+ degrees.base[Int(members.base[$1])] }
        }
        return CommunityLevel(Buffer(newOffsets), Buffer(newTargets), Buffer(newWeights), newDegrees)
    }
}

/// Finds out to which community a record should go.
private struct CommunityMover: ~Copyable {
    private let degrees: Buffer<Int32>
    private let total: Int
    /// The sum of the degrees of each community's records.
    private let degreeSums: UnsafeMutablePointer<Int>
    private var sums: TowardsSums

    /// Every record begins as a community of its own.
    init(_ degrees: Buffer<Int32>, total: Int) {
        self.degrees = degrees
        self.total = total
        degreeSums = .allocate(capacity: max(degrees.count, 1))
        for record in 0..<degrees.count { degreeSums[record] = Int(degrees.base[record]) }
        sums = TowardsSums(degrees.count)
    }

    deinit { degreeSums.deallocate() }

    /// Moves a record to the neighbouring community where it raises the modularity most; false where it stays.
    @inline(__always)
    mutating func move(
        _ record: Int, _ arcs: Range<Int>, _ targets: UnsafePointer<Int32>, _ weights: UnsafePointer<Int32>?,
        _ community: inout [Int32]
    ) -> Bool {
        for element in arcs {
            let target = Int(targets[element])
            if target != record { sums.add(weights?[element] ?? 1, towards: community[target]) }
        }
        let own = community[record]
        let degree = Int(degrees.base[record])
        degreeSums[Int(own)] &-= degree
        var best = own
        var bestGain = gain(own, degree)
        for other in sums.near {
            let gain = gain(other, degree)
            if gain == bestGain ? best != own && other < best : gain > bestGain { (best, bestGain) = (other, gain) }
        }
        sums.clear()
        degreeSums[Int(best)] &+= degree
        community[record] = best
        return best != own
    }

    /// What the modularity gains, times half the square of the weight of all arcs. No weight is above the number of arcs, which has 31 bits, so
    /// that nothing overflows.
    @inline(__always)
    private func gain(_ other: Int32, _ degree: Int) -> Int {
        Int(sums.weight(towards: other)) &* total &- degreeSums[Int(other)] &* degree
    }
}

/// The weights of arcs by the community to which they lead, for one record after another.
private struct TowardsSums: ~Copyable {
    private let weights: UnsafeMutablePointer<Int32>
    private let met: UnsafeMutablePointer<Int32>
    private var metCount = 0

    init(_ count: Int) {
        weights = .allocate(capacity: count + 1)
        weights.initialize(repeating: 0, count: count + 1)
        met = .allocate(capacity: count + 1)
    }

    deinit {
        weights.deallocate()
        met.deallocate()
    }

    /// The communities that arcs lead to, in the order in which they were met.
    var near: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: met, count: metCount) }

    @inline(__always)
    func weight(towards community: Int32) -> Int32 { weights[Int(community)] }

    @inline(__always)
    mutating func add(_ weight: Int32, towards community: Int32) {
        let known = weights[Int(community)]
        // Written either way: a branch would be guessed wrong.
        met[metCount] = community
        metCount &+= known == 0 ? 1 : 0
        weights[Int(community)] = known &+ weight
    }

    @inline(__always)
    mutating func clear() {
        for place in 0..<metCount { weights[Int(met[place])] = 0 }
        metCount = 0
    }
}

/// Records that are to be asked, at first all of them: round after round in the order of the data.
private struct AskedRecords {
    /// A bit for each record.
    private var words: [UInt64]
    /// Where the round is: the word, and a bit for each of its records that are still to be passed.
    private var word = 0
    private var ahead: UInt64 = ~0
    private var waitingCount: Int

    init(_ count: Int) {
        words = Array(repeating: ~0, count: (count + 63) / 64)
        if count & 63 != 0 { words[count >> 6] = 1 &<< UInt64(count & 63) &- 1 }
        waitingCount = count
    }

    @inline(__always)
    mutating func next() -> Int? {
        guard waitingCount > 0 else { return nil }
        while words[word] & ahead == 0 {
            word = word &+ 1 == words.count ? 0 : word &+ 1
            ahead = ~0
        }
        let bits = words[word] & ahead
        let lowest = bits & (0 &- bits)
        words[word] ^= lowest
        ahead = 0 &- (lowest &<< 1)
        waitingCount &-= 1
        return word &* 64 &+ bits.trailingZeroBitCount
    }

    @inline(__always)
    mutating func add(_ record: Int) {
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: record & 63)
        waitingCount &+= words[record >> 6] & bit == 0 ? 1 : 0
        words[record >> 6] |= bit
    }
}
