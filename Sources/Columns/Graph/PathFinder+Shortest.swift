extension PathFinder {
    /// The path with the fewest hops, by searches breadth first from both sides that meet in the middle: each time the side that has met
    /// fewer records last goes one hop further.
    func shortest(_ search: Search) throws -> FoundPath? {
        if let both = search.starts.first(where: { search.ends.contains($0) }) { return FoundPath(nodes: [both], cost: 0) }
        near.begin(search.starts, blocked: search.blocked)
        far.begin(search.ends.sorted(), blocked: search.blocked)
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
            if firstMeeting == nil { firstMeeting = (near.hops, far.hops) }
            let nodes = Array(near.way(to: meeting).reversed()) + Array(far.way(to: meeting).dropFirst())
            return FoundPath(nodes: nodes, cost: Double(nodes.count - 1))
        }
        return nil
    }
}

/// What a search from one side has met. It keeps its memory from search to search and takes back what a search has left there when the next
/// begins or the last one ends, so that a search costs what it sees, however many nodes there are.
final class SearchSide {
    private(set) var frontier: [Int32] = []
    private(set) var hops = 0
    /// For each node met the distance in the upper half, and 2 more than the number of the node before it in the lower one; 0 for others.
    private let before: UnsafeMutablePointer<UInt64>
    private let nodeCount: Int
    private var met: [Int32] = []
    private var blocked: Set<Int32> = []

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        before = CleanMemory.take(nodeCount)
    }

    deinit {
        forget()
        CleanMemory.giveBack(before, nodeCount)
    }

    private func forget() {
        for node in met { before[Int(node)] = 0 }
        met.removeAll(keepingCapacity: true)
    }

    func begin(_ starts: [Int32], blocked: Set<Int32>) {
        forget()
        frontier.removeAll(keepingCapacity: true)
        hops = 0
        self.blocked = blocked
        for start in starts where !blocked.contains(start) && before[Int(start)] == 0 {
            before[Int(start)] = 1
            met.append(start)
            frontier.append(start)
        }
    }

    /// Goes one hop further; gives the node at which the other side is met by the fewest hops, the smallest of several.
    func advance(
        along ways: [PathArcs], towards other: SearchSide, allows: (_ origin: Int32, _ target: Int32) -> Bool
    ) -> Int32? {
        var next: [Int32] = []
        var meeting: (hops: UInt64, node: Int32)?
        let (before, others, blocked) = (before, other.before, blocked)
        hops += 1
        for node in frontier {
            let entry = UInt64(hops) << 32 | UInt64(node + 2)
            for arcs in ways where arcs.holds(node) {
                for element in arcs.elements(node) {
                    let place = arcs.target(element)
                    let target = Int32(truncatingIfNeeded: place)
                    guard before[place] == 0, !blocked.contains(target), allows(node, target) else { continue }
                    before[place] = entry
                    next.append(target)
                    guard others[place] != 0 else { continue }
                    let distance = others[place] >> 32
                    if meeting.map({ (distance, target) < ($0.hops, $0.node) }) ?? true { meeting = (distance, target) }
                }
            }
        }
        met += next
        frontier = next
        return meeting?.node
    }

    /// The nodes from one that was met back to where the search began.
    func way(to node: Int32) -> [Int32] {
        var nodes: [Int32] = []
        var current = node
        while current >= 0 {
            nodes.append(current)
            current = Int32(truncatingIfNeeded: Int64(before[Int(current)] & 0xFFFF_FFFF) - 2)
        }
        return nodes
    }
}
