/// One kind of step of a path: where the records of one entity lead.
public struct PathWay: Sendable {
    public let link: LinkIndex
    /// The same steps the other way, from the far records; sought where it is left out.
    public let back: LinkIndex?
    /// What each step costs, beside the link's far rows; below 0 where it cannot be taken. Without it each costs 1.
    public let costs: Buffer<Double>?
    /// The number of the first record of the near and of the far entity among the nodes.
    public let near: Int
    public let far: Int
    public let nearCount: Int
    public let farCount: Int

    public init(
        link: LinkIndex, back: LinkIndex?, costs: Buffer<Double>?, near: Range<Int>, far: Range<Int>
    ) {
        self.link = link
        self.back = back
        self.costs = costs
        self.near = near.lowerBound
        self.far = far.lowerBound
        nearCount = near.count
        farCount = far.count
    }
}

/// A path: its nodes from the start to the end, and the sum of what its steps cost.
public struct FoundPath: Sendable, Equatable {
    public var nodes: [Int32]
    public var cost: Double
    public init(nodes: [Int32], cost: Double) {
        self.nodes = nodes
        self.cost = cost
    }
}

/// Finds the best paths through records of one or several entities, which are numbered as nodes one entity after another.
public final class PathFinder {
    let ways: [PathWay]
    let forward: [PathArcs]
    /// The steps from their far records. Only searches from the ends need them.
    private(set) lazy var backward: [PathArcs] = zip(ways, backs).map { way, back in
        PathArcs(back.link, from: way.far, count: way.farCount, to: way.near, costs: way.costs, order: back.order)
    }
    let nodeCount: Int
    let hopLimit: Int
    let check: () throws -> Void
    private let isWeighted: Bool
    /// How many hops the first search went from either side until they met; none where steps have costs or nothing was found.
    public internal(set) var firstMeeting: (near: Int, far: Int)?
    /// How many of several starts the bounds have left; none where bounds were not worth seeking.
    public private(set) var boundedStartCount: Int?
    /// What is left of paths at least, where many starts make it worth knowing.
    private(set) var bounds: RestBounds?
    lazy var near = SearchSide(nodeCount: nodeCount)
    lazy var far = SearchSide(nodeCount: nodeCount)
    /// The ways back, sought where they are not stored.
    private lazy var backs: [TurnedSteps] = ways.map { way in
        if let back = way.back, way.costs == nil { return TurnedSteps(link: back, order: nil) }
        return turned(way.link, farCount: way.farCount)
    }

    /// `within` is the most hops that a path may have. `check` is called now and then; what it throws ends the search.
    public init(_ ways: [PathWay], nodeCount: Int, within: Int?, check: @escaping () throws -> Void) {
        self.ways = ways
        self.nodeCount = nodeCount
        self.check = check
        hopLimit = within ?? Int.max
        isWeighted = ways.contains { $0.costs != nil }
        forward = ways.map { PathArcs($0.link, from: $0.near, count: $0.nearCount, to: $0.far, costs: $0.costs, order: nil) }
    }

    /// Up to `count` paths from one of the starts to one of the ends, the cheapest first, none of them twice through one node.
    ///
    /// The best one is found by a search from both sides (or, where steps have costs, by Dijkstra's algorithm, of several starts only
    /// from those that `RestBounds` leaves); each further one is the best of those that leave an earlier one at some node (J. Y. Yen, 1971).
    public func best(_ count: Int, from starts: [Int32], to ends: [Int32]) throws -> [FoundPath] {
        let isEnd = Set(ends)
        var starts = starts
        bounds = nil
        if isWeighted, count > 0, starts.count > 1 {
            let bounds = try RestBounds(self, from: starts, to: ends, count: count)
            starts = starts.filter { bounds.rest(from: $0, hops: hopLimit) != nil }
            self.bounds = bounds
            boundedStartCount = starts.count
        }
        guard count > 0, let first = try search(Search(starts: starts, ends: isEnd)) else { return [] }
        var found = [first]
        var candidates: [FoundPath] = []
        var known: Set<[Int32]> = [first.nodes]
        while found.count < count {
            for candidate in try deviations(from: found[found.count - 1], among: found, starts: starts, ends: isEnd)
            where known.insert(candidate.nodes).inserted {
                candidates.append(candidate)
            }
            let next = candidates.indices.min { precedes(candidates[$0], candidates[$1]) }
            guard let next else { break }
            found.append(candidates.remove(at: next))
        }
        return found
    }

    private func precedes(_ a: FoundPath, _ b: FoundPath) -> Bool {
        if a.cost != b.cost { return a.cost < b.cost }
        if a.nodes.count != b.nodes.count { return a.nodes.count < b.nodes.count }
        return a.nodes.lexicographicallyPrecedes(b.nodes)
    }

    /// For each place of a path, also before its first node, the best path that is the same up to there and new behind it.
    private func deviations(
        from path: FoundPath, among found: [FoundPath], starts: [Int32], ends: Set<Int32>
    ) throws -> [FoundPath] {
        var result: [FoundPath] = []
        let used = Set(found.map { $0.nodes[0] })
        let others = starts.filter { !used.contains($0) }
        if let other = try search(Search(starts: others, ends: ends)) { result.append(other) }
        var rootCost = 0.0
        for place in path.nodes.indices {
            try check()
            let root = Array(path.nodes[...place])
            if place > 0 { rootCost += cost(from: root[place - 1], to: root[place]) ?? 0 }
            let followers = found.filter { $0.nodes.starts(with: root) }
            var wanted = Search(starts: [root[place]], ends: ends)
            wanted.blocked = Set(root.dropLast())
            wanted.avoided = Set(followers.compactMap { $0.nodes.count > root.count ? $0.nodes[root.count] : nil })
            // A path that ends here may go on to another end.
            wanted.ends.remove(root[place])
            wanted.usedHops = place
            wanted.usedCost = rootCost
            guard let rest = try search(wanted) else { continue }
            result.append(FoundPath(nodes: Array(root.dropLast()) + rest.nodes, cost: rootCost + rest.cost))
        }
        return result
    }

    /// What is searched: from where to where, and what may not be used.
    struct Search {
        var starts: [Int32]
        var ends: Set<Int32>
        /// Nodes that no path may use.
        var blocked: Set<Int32> = []
        /// Nodes to which the first step may not lead.
        var avoided: Set<Int32> = []
        /// Hops that were used before the search, and what they cost.
        var usedHops = 0
        var usedCost = 0.0
    }

    private func search(_ search: Search) throws -> FoundPath? {
        if search.starts.isEmpty || search.ends.isEmpty { return nil }
        return try isWeighted ? cheapest(search) : shortest(search)
    }

    /// The way and the element of the cheapest step between two nodes.
    public func step(from near: Int32, to far: Int32) -> (way: Int, element: Int)? {
        var best: (way: Int, element: Int)?
        var bestCost = Double.infinity
        for (index, arcs) in forward.enumerated() where arcs.holds(near) {
            for element in arcs.elements(near) where arcs.target(element) == Int(far) {
                let cost = arcs.cost(element)
                if cost >= 0, cost < bestCost { (best, bestCost) = ((index, element), cost) }
            }
        }
        return best
    }

    private func cost(from near: Int32, to far: Int32) -> Double? {
        step(from: near, to: far).map { forward[$0.way].cost($0.element) }
    }
}

/// The arcs of one way, without counting references.
struct PathArcs {
    private let offsets: UnsafePointer<Int32>?
    private let targets: UnsafePointer<Int32>
    private let costs: UnsafePointer<Double>?
    /// For arcs that were turned round where each stood before, which is where its cost stands.
    private let order: UnsafePointer<Int32>?
    private let from: Int
    private let count: Int
    private let to: Int

    /// The link's memory must outlive it.
    init(_ link: LinkIndex, from: Int, count: Int, to: Int, costs: Buffer<Double>?, order: Buffer<Int32>?) {
        let arcs = Arcs(link)
        (offsets, targets) = (arcs.offsets, arcs.targets)
        self.costs = costs?.base
        self.order = order?.base
        self.from = from
        self.count = count
        self.to = to
    }

    /// Whether the node is a record of the near entity.
    @inline(__always)
    func holds(_ node: Int32) -> Bool { Int(node) >= from && Int(node) < from &+ count }

    @inline(__always)
    func elements(_ node: Int32) -> Range<Int> {
        let row = Int(node) &- from
        guard let offsets else { return targets[row] < 0 ? row..<row : row..<row &+ 1 }
        return Int(offsets[row])..<Int(offsets[row &+ 1])
    }

    @inline(__always)
    func target(_ element: Int) -> Int { to &+ Int(targets[element]) }

    @inline(__always)
    func cost(_ element: Int) -> Double {
        guard let costs else { return 1 }
        return costs[order.map { Int($0[element]) } ?? element]
    }
}

/// Steps as they are from their far records, with where each stood before it was turned round, unless that does not matter.
struct TurnedSteps {
    var link: LinkIndex
    var order: Buffer<Int32>?
}

/// The same steps from the far records. O(records + steps).
func turned(_ link: LinkIndex, farCount: Int) -> TurnedSteps {
    switch link {
    case .one(let targets):
        let (segments, rows) = inverted(targets, targetCount: farCount)
        return TurnedSteps(link: .many(segments, rows: rows, edges: nil), order: rows)
    case .many(let segments, let targets, _):
        let (turned, elements) = inverted(targets.slice(0, segments.elementCount), targetCount: farCount)
        let rows = elements.composed(with: segments.parents())
        return TurnedSteps(link: .many(turned, rows: rows, edges: nil), order: elements)
    }
}
