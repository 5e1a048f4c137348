extension PathFinder {
    /// The path whose steps cost least together, by Dijkstra's algorithm, and where bounds of what is left are known, in the order of what
    /// whole paths cost at least. Where hops are limited, a node may be reached again by a dearer way of fewer hops, which may lead further.
    func cheapest(_ search: Search) throws -> FoundPath? {
        let limit = hopLimit - min(hopLimit, search.usedHops)
        var labels: [Label] = []
        var queue = LabelQueue()
        // For each node one more than the number of its label that was settled last.
        let settled = NodeNotes(nodeCount: nodeCount)
        for start in search.starts where !search.blocked.contains(start) {
            add(Label(node: start, before: -1, hops: 0, cost: 0), limit, search, &labels, &queue)
        }
        var settledCount = 0
        while let (_, index) = queue.pop() {
            let label = labels[Int(index)]
            if isOutdone(label, labels, settled, limit) { continue }
            labels[Int(index)].settledBefore = Int32(settled[label.node]) - 1
            settled[label.node] = UInt64(index) + 1
            if search.ends.contains(label.node) { return path(to: Int(index), in: labels) }
            settledCount += 1
            if settledCount % 1024 == 0 { try check() }
            guard Int(label.hops) < limit else { continue }
            for arcs in forward where arcs.holds(label.node) {
                for element in arcs.elements(label.node) {
                    let cost = arcs.cost(element)
                    let target = Int32(truncatingIfNeeded: arcs.target(element))
                    guard cost >= 0, cost < .infinity, !search.blocked.contains(target) else { continue }
                    let next = Label(node: target, before: index, hops: label.hops + 1, cost: label.cost + cost)
                    if isOutdone(next, labels, settled, limit) { continue }
                    if label.hops == 0, search.avoided.contains(target) { continue }
                    add(next, limit, search, &labels, &queue)
                }
            }
        }
        return nil
    }

    /// Whether another way to the same node is as good: where hops do not matter, the one that was found first.
    private func isOutdone(_ label: Label, _ labels: [Label], _ settled: NodeNotes, _ hopLimit: Int) -> Bool {
        var other = Int(settled[label.node]) - 1
        while other >= 0 {
            if hopLimit == .max || labels[other].hops <= label.hops && labels[other].cost <= label.cost { return true }
            other = Int(labels[other].settledBefore)
        }
        return false
    }

    /// Has a label wait for its turn, unless it leads to no wanted path.
    private func add(_ label: Label, _ hopLimit: Int, _ search: Search, _ labels: inout [Label], _ queue: inout LabelQueue) {
        var rest = 0.0
        if let bounds {
            let hops = hopLimit == .max ? .max : hopLimit - Int(label.hops)
            guard let least = bounds.rest(from: label.node, hops: hops) else { return }
            if search.usedCost + label.cost + least > bounds.limit { return }
            rest = least
        }
        queue.push(label.cost + rest, Int32(labels.count))
        labels.append(label)
    }

    private func path(to index: Int, in labels: [Label]) -> FoundPath {
        var nodes: [Int32] = []
        var current = index
        while current >= 0 {
            nodes.append(labels[current].node)
            current = Int(labels[current].before)
        }
        return FoundPath(nodes: nodes.reversed(), cost: labels[index].cost)
    }
}

/// A way to a node, with the place of the label of the node before it.
private struct Label {
    var node: Int32
    var before: Int32
    var hops: Int32
    var cost: Double
    /// The label of the same node that was settled before, once it is settled itself.
    var settledBefore: Int32 = -1
}

/// Labels in the order of their costs, those of equal cost in the order in which they came: a binary heap.
struct LabelQueue {
    private var heap: [(cost: Double, label: Int32)] = []

    mutating func push(_ cost: Double, _ label: Int32) {
        heap.append((cost, label))
        var child = heap.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (cost: Double, label: Int32)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) { least = child }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool { (heap[a].cost, heap[a].label) < (heap[b].cost, heap[b].label) }
}
