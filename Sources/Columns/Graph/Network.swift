/// The records of an entity and the arcs between them, for measures that look at all of them: each arc once, and none from a record to
/// itself.
public struct Network: Sendable {
    public let count: Int
    /// The arcs of record `r` lead to `targets[offsets[r]..<offsets[r + 1]]`, ascending.
    let offsets: Buffer<Int32>
    let targets: Buffer<Int32>

    public var arcCount: Int { targets.count }
    var arcs: Arcs { Arcs(.many(Segments(offsets: offsets), rows: targets, edges: nil)) }

    private init(offsets: Buffer<Int32>, targets: Buffer<Int32>) {
        count = offsets.count - 1
        self.offsets = offsets
        self.targets = targets
    }

    /// For `domain` records; the links must have been checked to lead nowhere else. O(records + arcs), times a logarithm of the arcs of a
    /// record where there are several links.
    public init(_ links: [LinkIndex], domain: Int) {
        let all = links.map(Arcs.init)
        let arcCount = all.reduce(0) { sum, arcs in sum + arcs.count(of: domain) }
        var own: [Int32] = []
        self.init(domain: domain, arcLimit: arcCount) { record, builder in
            if all.count == 1 {
                for element in all[0].elements(record) { builder.append(all[0].targets[element]) }
                return
            }
            own.removeAll(keepingCapacity: true)
            for arcs in all { own += UnsafeBufferPointer(rebasing: arcs.targetsOf(record)) }
            own.sort()
            for target in own { builder.append(target) }
        }
        withExtendedLifetime(links) {}
    }

    /// Writes each record's arcs one behind the other, leaving out those to itself and those that are there already.
    private struct ArcBuilder {
        let targets: UnsafeMutablePointer<Int32>
        var end = 0
        var record: Int32 = 0
        var last: Int32 = -1

        /// In ascending order for each record.
        @inline(__always)
        mutating func append(_ target: Int32) {
            // Written either way: a branch would be guessed wrong.
            targets[end] = target
            end &+= (target == last ? 0 : 1) & (target == record ? 0 : 1)
            last = target
        }
    }

    private init(domain: Int, arcLimit: Int, _ fill: (_ record: Int, inout ArcBuilder) -> Void) {
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(domain + 1)
        // One more, for what is written and not kept.
        let targets = Buffer<Int32>(capacity: arcLimit + 1) { memory in
            guard let base = memory.baseAddress else { return 0 }
            var builder = ArcBuilder(targets: base)
            for record in 0..<domain {
                (builder.record, builder.last) = (Int32(truncatingIfNeeded: record), -1)
                fill(record, &builder)
                offsets.append(Int32(truncatingIfNeeded: builder.end))
            }
            return builder.end
        }
        self.init(offsets: Buffer(offsets), targets: targets)
    }

    /// The same with every arc both ways. O(records + arcs).
    public func undirected() -> Network {
        // The records behind each record ascend, since a counting sort keeps the order of what it sorts.
        let (segments, arcs) = inverted(targets, targetCount: count)
        let back = arcs.composed(with: Segments(offsets: offsets).parents())
        if segments.offsets.pointer.elementsEqual(offsets.pointer), back.pointer.elementsEqual(targets.pointer) { return self }
        return Network(domain: count, arcLimit: 2 * arcCount) { record, builder in
            let (a, b) = (self[record], UnsafeBufferPointer(rebasing: back.pointer[segments.range(record)]))
            var (i, j) = (0, 0)
            while i < a.count || j < b.count {
                let left = i < a.count ? a[i] : .max
                let right = j < b.count ? b[j] : .max
                builder.append(min(left, right))
                if left <= right { i &+= 1 }
                if right <= left { j &+= 1 }
            }
        }
    }

    /// Where a record's arcs lead.
    @inline(__always)
    subscript(record: Int) -> UnsafeBufferPointer<Int32> {
        let first = Int(offsets.base[record])
        return UnsafeBufferPointer(start: targets.base + first, count: Int(offsets.base[record &+ 1]) &- first)
    }

    @inline(__always)
    func degree(_ record: Int) -> Int { Int(offsets.base[record &+ 1] &- offsets.base[record]) }
}

extension Arcs {
    /// How many arcs lead from the first `domain` records, at most.
    fileprivate func count(of domain: Int) -> Int { offsets.map { Int($0[domain]) } ?? domain }

    fileprivate func targetsOf(_ record: Int) -> UnsafeBufferPointer<Int32>.SubSequence {
        let own = elements(record)
        return UnsafeBufferPointer(start: targets, count: own.upperBound)[own]
    }
}

/// Numbers groups of records by their size, 1 for the largest; of groups of one size the one with the first record comes first.
/// `group` gives for each record the number of its group, from 0 to below `groupCount`. O(records + groups).
func numberedBySize(_ group: [Int32], groupCount: Int) -> Buffer<Int32> {
    var sizes = [Int32](repeating: 0, count: groupCount)
    // The groups in the order of their first records.
    var order: [Int32] = []
    for own in group {
        if sizes[Int(own)] == 0 { order.append(own) }
        sizes[Int(own)] += 1
    }
    let largest = sizes.max() ?? 0
    let (_, places) = inverted(Buffer(order.map { largest - sizes[Int($0)] }), targetCount: Int(largest) + 1)
    var numbers = [Int32](repeating: 0, count: groupCount)
    for (number, place) in places.pointer.enumerated() { numbers[Int(order[Int(place)])] = Int32(truncatingIfNeeded: number + 1) }
    return mapped(count: group.count) { numbers[Int(group[$0])] }
}
