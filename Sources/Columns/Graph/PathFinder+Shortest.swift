extension PathFinder {
    /// The path with the fewest hops, by searches breadth first from both sides that meet in the middle: each time the side that has met
    /// fewer records last goes one hop further.
    func shortest(_ search: Search) throws -> FoundPath? {
        if let both = search.starts.first(where: { search.ends.contains($0) }) { return FoundPath(nodes: [both], cost: 0) }
        var near = SearchSide(search.starts, blocked: search.blocked)
        var far = SearchSide(search.ends.sorted(), blocked: search.blocked)
        let limit = hopLimit - min(hopLimit, search.usedHops)
        while near.hops + far.hops < limit, !near.frontier.isEmpty, !far.frontier.isEmpty {
            try check()
            let meeting: Int32?
            if near.frontier.count <= far.frontier.count {
                let avoided = near.hops == 0 ? search.avoided : []
                meeting = near.advance(along: forward, towards: far) { _, target in !avoided.contains(target) }
            } else {
                // The way back must not come to a start by a step that may not be the first.
                meeting = far.advance(along: backward, towards: near) { origin, target in
                    search.avoided.isEmpty || !search.avoided.contains(origin) || !search.starts.contains(target)
                }
            }
            guard let meeting else { continue }
            let nodes = Array(near.way(to: meeting).reversed()) + Array(far.way(to: meeting).dropFirst())
            return FoundPath(nodes: nodes, cost: Double(nodes.count - 1))
        }
        return nil
    }
}

/// What a search from one side has met.
private struct SearchSide {
    private(set) var frontier: [Int32]
    private(set) var hops = 0
    /// For each node met the one before it, and its distance.
    private var before: [Int32: (node: Int32, hops: Int32)]
    private let blocked: Set<Int32>

    init(_ starts: [Int32], blocked: Set<Int32>) {
        self.blocked = blocked
        frontier = []
        before = [:]
        for start in starts where !blocked.contains(start) && before[start] == nil {
            before[start] = (-1, 0)
            frontier.append(start)
        }
    }

    /// Goes one hop further; gives the node at which the other side is met by the fewest hops, the smallest of several.
    mutating func advance(
        along ways: [PathArcs], towards other: SearchSide, allows: (_ origin: Int32, _ target: Int32) -> Bool
    ) -> Int32? {
        var next: [Int32] = []
        var meeting: (hops: Int32, node: Int32)?
        hops += 1
        for node in frontier {
            for arcs in ways where arcs.holds(node) {
                for element in arcs.elements(node) {
                    let target = Int32(truncatingIfNeeded: arcs.target(element))
                    guard before[target] == nil, !blocked.contains(target), allows(node, target) else { continue }
                    before[target] = (node, Int32(hops))
                    next.append(target)
                    guard let met = other.before[target] else { continue }
                    if meeting.map({ (met.hops, target) < ($0.hops, $0.node) }) ?? true { meeting = (met.hops, target) }
                }
            }
        }
        frontier = next
        return meeting?.node
    }

    /// The nodes from one that was met back to where the search began.
    func way(to node: Int32) -> [Int32] {
        var nodes: [Int32] = []
        var current = node
        while current >= 0 {
            nodes.append(current)
            current = before[current]?.node ?? -1
        }
        return nodes
    }
}
