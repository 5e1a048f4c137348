/// What the rest of a path costs at least from each node, for searches from very many starts: by Dijkstra's algorithm from the ends backwards,
/// as far as it takes to come to as many starts as paths are wanted. No path worth looking for begins further away, and searches from the
/// starts need not go where it cannot lead (P. Hart, N. Nilsson and B. Raphael, "A Formal Basis for the Heuristic Determination of Minimum
/// Cost Paths", 1968).
final class RestBounds {
    /// A way from a node to an end.
    private struct Rest {
        var hops: Int32
        var cost: Double
        /// The cheaper way from the same node, which has more hops; -1 where there is none.
        var cheaper: Int32
    }

    private var rests: [Rest] = []
    /// For each node one more than the number of its dearest way so far.
    private let lasts: NodeNotes
    /// What is left at least from where the search has not come; none where nothing further away matters.
    private var beyond: Double?
    /// What the wanted paths cost at most.
    private(set) var limit = Double.infinity

    /// For `count` paths. O(steps seen · log steps seen).
    init(_ finder: PathFinder, from starts: [Int32], to ends: [Int32], count: Int) throws {
        lasts = NodeNotes(nodeCount: finder.nodeCount)
        let isStart = Set(starts)
        var queue = LabelQueue()
        var labels: [(node: Int32, hops: Int32, cost: Double)] = []
        for end in ends {
            queue.push(0, Int32(labels.count))
            labels.append((end, 0, 0))
        }
        var metCount = 0
        while let (cost, index) = queue.pop(), cost <= limit {
            let label = labels[Int(index)]
            if isKnown(label.node, hops: label.hops, finder.hopLimit) { continue }
            settle(label.node, hops: label.hops, cost: cost)
            if rests.count & 0x3FF == 0 { try finder.check() }
            if rests[rests.count - 1].cheaper < 0, isStart.contains(label.node) {
                metCount += 1
                // Sums made from the other side may differ in their last digits.
                if metCount == count { limit = cost * (1 + 1e-9) }
                if metCount == isStart.count, metCount < count {
                    beyond = cost
                    return
                }
            }
            guard Int(label.hops) < finder.hopLimit else { continue }
            for arcs in finder.backward where arcs.holds(label.node) {
                for element in arcs.elements(label.node) {
                    let step = arcs.cost(element)
                    let target = Int32(truncatingIfNeeded: arcs.target(element))
                    guard step >= 0, step < .infinity, !isKnown(target, hops: label.hops + 1, finder.hopLimit) else { continue }
                    queue.push(cost + step, Int32(labels.count))
                    labels.append((target, label.hops + 1, cost + step))
                }
            }
        }
    }

    /// Whether a way with as few hops is known already; it is not dearer, since ways are found in the order of their costs.
    private func isKnown(_ node: Int32, hops: Int32, _ hopLimit: Int) -> Bool {
        let last = Int(lasts[node]) - 1
        return last >= 0 && (hopLimit == .max || rests[last].hops <= hops)
    }

    private func settle(_ node: Int32, hops: Int32, cost: Double) {
        rests.append(Rest(hops: hops, cost: cost, cheaper: Int32(lasts[node]) - 1))
        lasts[node] = UInt64(rests.count)
    }

    /// What a path costs at least from a node on, with so many hops left; none where no wanted path goes on from there.
    func rest(from node: Int32, hops: Int) -> Double? {
        var place = Int(lasts[node]) - 1
        var best: Double?
        while place >= 0, Int(rests[place].hops) <= hops {
            best = rests[place].cost
            place = Int(rests[place].cheaper)
        }
        return best ?? beyond
    }
}

/// A number for each node, 0 at first. What was written is taken back at the end, so that a search costs what it sees, however many nodes
/// there are.
final class NodeNotes {
    private let words: UnsafeMutablePointer<UInt64>
    private let nodeCount: Int
    private var written: [Int32] = []

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        words = CleanMemory.take(nodeCount)
    }

    deinit {
        clear()
        CleanMemory.giveBack(words, nodeCount)
    }

    func clear() {
        for node in written { words[Int(node)] = 0 }
        written.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    subscript(node: Int32) -> UInt64 {
        get { words[Int(node)] }
        set {
            if words[Int(node)] == 0 { written.append(node) }
            words[Int(node)] = newValue
        }
    }
}
