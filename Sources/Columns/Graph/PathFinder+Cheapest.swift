extension PathFinder {
    /// The path whose steps cost least together, by Dijkstra's algorithm. Where hops are limited, a node may be reached again by a dearer
    /// way of fewer hops, which may lead further.
    func cheapest(_ search: Search) throws -> FoundPath? {
        let limit = hopLimit - min(hopLimit, search.usedHops)
        var labels: [Label] = []
        var queue = LabelQueue()
        var fewestHops: [Int32: Int32] = [:]
        for start in search.starts where !search.blocked.contains(start) {
            queue.push(0, Int32(labels.count))
            labels.append(Label(node: start, before: -1, hops: 0, cost: 0))
        }
        var settled = 0
        while let (_, index) = queue.pop() {
            let label = labels[Int(index)]
            if let hops = fewestHops[label.node], limit == .max || hops <= label.hops { continue }
            fewestHops[label.node] = label.hops
            if search.ends.contains(label.node) { return path(to: Int(index), in: labels) }
            settled += 1
            if settled % 1024 == 0 { try check() }
            guard Int(label.hops) < limit else { continue }
            for arcs in forward where arcs.holds(label.node) {
                for element in arcs.elements(label.node) {
                    let cost = arcs.cost(element)
                    let target = Int32(truncatingIfNeeded: arcs.target(element))
                    guard cost >= 0, cost < .infinity, !search.blocked.contains(target) else { continue }
                    if let hops = fewestHops[target], limit == .max || hops <= label.hops + 1 { continue }
                    if label.hops == 0, search.avoided.contains(target) { continue }
                    queue.push(label.cost + cost, Int32(labels.count))
                    labels.append(Label(node: target, before: index, hops: label.hops + 1, cost: label.cost + cost))
                }
            }
        }
        return nil
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
}

/// Labels in the order of their costs, those of equal cost in the order in which they came: a binary heap.
private struct LabelQueue {
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
