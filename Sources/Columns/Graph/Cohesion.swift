/// For each record the number of its connected component: the records that arcs join, whichever way they lead. Components are numbered by
/// size, 1 for the largest. Found by joining sets (R. Tarjan, 1975). O(records + arcs), nearly. `check` is called now and then; what it
/// throws ends the search.
public func components(_ network: Network, check: () throws -> Void) rethrows -> Buffer<Int32> {
    var parents = (0..<network.count).map { Int32($0) }
    for record in 0..<network.count {
        if record & 0xFFFF == 0 { try check() }
        for target in network[record] {
            let (a, b) = (root(of: Int32(record), &parents), root(of: target, &parents))
            if a != b { parents[Int(max(a, b))] = min(a, b) }
        }
    }
    // A parent stands before its children, so that it has its root already.
    for record in 0..<network.count { parents[record] = parents[Int(parents[record])] }
    return numberedBySize(parents, groupCount: network.count)
}

/// The record that stands for a set; the ways to it become shorter.
@inline(__always)
private func root(of record: Int32, _ parents: inout [Int32]) -> Int32 {
    var record = Int(record)
    while true {
        let parent = Int(parents[record])
        if parent == record { return Int32(truncatingIfNeeded: record) }
        parents[record] = parents[parent]
        record = parent
    }
}

/// For each record how many pairs of its neighbours are neighbours themselves; `network` must have each arc both ways.
///
/// Arcs are kept only towards records with more of them, so that no record has many; for each record, those it leads to are marked, and
/// what these lead to in turn is looked up among the marks (T. Schank and D. Wagner, "Finding, Counting and Listing All Triangles in Large
/// Graphs", 2005). O(arcs · √arcs) at most. `check` is called now and then; what it throws ends the count.
public func triangleCounts(_ network: Network, check: () throws -> Void) rethrows -> Buffer<Int32> {
    let (segments, targets) = climbing(network.arcs, domain: network.count)
    let offsets = segments.offsets
    var marks = [Int32](repeating: -1, count: network.count)
    var counts = [Int32](repeating: 0, count: network.count)
    for record in 0..<network.count {
        if record & 0xFFF == 0 { try check() }
        let own = Int(offsets[record])..<Int(offsets[record + 1])
        for element in own { marks[Int(targets[element])] = Int32(record) }
        for element in own {
            let second = Int(targets[element])
            var found: Int32 = 0
            for further in Int(offsets[second])..<Int(offsets[second + 1]) {
                let third = Int(targets[further])
                guard marks[third] == Int32(record) else { continue }
                counts[third] += 1
                found += 1
            }
            counts[second] += found
            counts[record] += found
        }
    }
    return Buffer(counts)
}

/// For each record the part of the pairs of its neighbours that are neighbours themselves, from 0 to 1 (D. Watts and S. Strogatz,
/// "Collective Dynamics of 'Small-World' Networks", 1998); missing where it has fewer than two. `network` must have each arc both ways.
public func clustering(_ network: Network, check: () throws -> Void) rethrows -> Vector {
    let counts = try triangleCounts(network, check: check)
    let shares = mapped(count: network.count) { record in
        let degree = Double(network.degree(record))
        return degree < 2 ? 0 : 2 * Double(counts.base[record]) / (degree * (degree - 1))
    }
    return Vector(count: network.count, .double(shares), validity: packedWhere(count: network.count) { network.degree($0) > 1 })
}
