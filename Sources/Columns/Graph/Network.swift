/// The records of an entity and the arcs between them, for measures that look at all of them: each arc once, and none from a record to
/// itself.
public struct Network: Sendable {
    public let count: Int
    /// The arcs of record `r` lead to `targets[offsets[r]..<offsets[r + 1]]`, ascending.
    let offsets: Buffer<Int32>
    let targets: Buffer<Int32>

    public var arcCount: Int { targets.count }
    var arcs: Arcs { Arcs(.many(Segments(offsets: offsets), rows: targets, edges: nil)) }

    init(offsets: [Int32], targets: [Int32]) {
        count = offsets.count - 1
        self.offsets = Buffer(offsets)
        self.targets = Buffer(targets)
    }

    /// For `domain` records; the links must have been checked to lead nowhere else. O(records + arcs), times a logarithm of the arcs of a
    /// record where there are several links.
    public init(_ links: [LinkIndex], domain: Int) {
        let all = links.map(Arcs.init)
        var offsets: [Int32] = [0]
        var targets: [Int32] = []
        var own: [Int32] = []
        offsets.reserveCapacity(domain + 1)
        for record in 0..<domain {
            own.removeAll(keepingCapacity: true)
            for arcs in all {
                for element in arcs.elements(record) where Int(arcs.targets[element]) != record {
                    own.append(arcs.targets[element])
                }
            }
            if links.count > 1 { own.sort() }
            Self.append(own, to: &targets)
            offsets.append(Int32(targets.count))
        }
        self.init(offsets: offsets, targets: targets)
        withExtendedLifetime(links) {}
    }

    /// The same with every arc both ways. O(records + arcs).
    public func undirected() -> Network {
        var counts = [Int32](repeating: 0, count: count + 1)
        for target in targets.pointer { counts[Int(target) + 1] += 1 }
        for record in 0..<count { counts[record + 1] += counts[record] }
        var back = [Int32](repeating: 0, count: arcCount)
        var next = counts
        // Records are gone through in their order, so that what leads to a record ascends.
        for record in 0..<count {
            for target in self[record] {
                back[Int(next[Int(target)])] = Int32(record)
                next[Int(target)] += 1
            }
        }
        var offsets: [Int32] = [0]
        var merged: [Int32] = []
        offsets.reserveCapacity(count + 1)
        merged.reserveCapacity(arcCount)
        for record in 0..<count {
            Self.appendMerged(self[record], back[Int(counts[record])..<Int(counts[record + 1])], to: &merged)
            offsets.append(Int32(merged.count))
        }
        return Network(offsets: offsets, targets: merged)
    }

    /// Where a record's arcs lead.
    @inline(__always)
    subscript(record: Int) -> UnsafeBufferPointer<Int32> {
        let first = Int(offsets.base[record])
        return UnsafeBufferPointer(start: targets.base + first, count: Int(offsets.base[record &+ 1]) &- first)
    }

    @inline(__always)
    func degree(_ record: Int) -> Int { Int(offsets.base[record &+ 1] &- offsets.base[record]) }

    private static func append(_ ascending: [Int32], to targets: inout [Int32]) {
        var last: Int32 = -1
        for target in ascending where target != last {
            targets.append(target)
            last = target
        }
    }

    private static func appendMerged(_ a: UnsafeBufferPointer<Int32>, _ b: ArraySlice<Int32>, to targets: inout [Int32]) {
        var (i, j) = (a.startIndex, b.startIndex)
        while i < a.endIndex || j < b.endIndex {
            let left = i < a.endIndex ? a[i] : .max
            let right = j < b.endIndex ? b[j] : .max
            targets.append(min(left, right))
            if left <= right { i += 1 }
            if right <= left { j += 1 }
        }
    }
}

/// Numbers groups of records by their size, 1 for the largest; of groups of one size the one with the first record comes first.
/// `group` gives for each record the number of its group, from 0 to below `groupCount`.
func numberedBySize(_ group: [Int32], groupCount: Int) -> Buffer<Int32> {
    var sizes = [Int](repeating: 0, count: groupCount)
    var firsts = [Int](repeating: .max, count: groupCount)
    for (record, own) in group.enumerated() {
        sizes[Int(own)] += 1
        firsts[Int(own)] = min(firsts[Int(own)], record)
    }
    let order = (0..<groupCount).filter { sizes[$0] > 0 }.sorted { (sizes[$1], firsts[$0]) < (sizes[$0], firsts[$1]) }
    var numbers = [Int32](repeating: 0, count: groupCount)
    for (place, own) in order.enumerated() { numbers[own] = Int32(place + 1) }
    return Buffer(group.map { numbers[Int($0)] })
}
