/// For each record how many others links lead to, itself included, however many hops away.
///
/// Records that lead to each other in a circle lead to the same ones and are counted once, as components (R. Tarjan, 1972). Between
/// components the sum of what the next ones lead to is right wherever these share nothing, as in trees; where they do share something, what
/// a component leads to is gone through. O(records + arcs) without such sharing. What `check` throws ends the search.
public func closureSizes(_ links: [LinkIndex], domain: Int, check: () throws -> Void) rethrows -> Buffer<Int32> {
    var graph = ComponentGraph(links, domain: domain)
    try graph.findComponents(check: check)
    let sizes = try graph.sizes(check: check)
    return mapped(count: domain) { sizes[Int(graph.component[$0])] }
}

/// The components of a graph, numbered so that arcs between them lead from higher numbers to lower ones.
struct ComponentGraph {
    private let links: [LinkIndex]
    private let arcs: [Arcs]
    private let domain: Int
    /// For each record the number of its component, -1 before that is known.
    private(set) var component: [Int32]
    /// The records, component by component, and where each component begins.
    private var members: [Int32] = []
    private var starts: [Int] = [0]

    init(_ links: [LinkIndex], domain: Int) {
        self.links = links
        self.domain = domain
        arcs = links.map(Arcs.init)
        component = Array(repeating: -1, count: domain)
        members.reserveCapacity(domain)
    }

    var count: Int { starts.count - 1 }

    /// A record on the way from the root of the search, and where among its arcs the search is.
    private struct Visit {
        var record: Int32
        var link = 0
        var element = -1
    }

    mutating func findComponents(check: () throws -> Void) rethrows {
        var order = [Int32](repeating: 0, count: domain)
        var lowest = [Int32](repeating: 0, count: domain)
        var stack: [Int32] = []
        var visits: [Visit] = []
        var met: Int32 = 0
        for root in 0..<Int32(domain) where order[Int(root)] == 0 {
            visits.append(Visit(record: root))
            while let last = visits.indices.last {
                let record = Int(visits[last].record)
                if order[record] == 0 {
                    met += 1
                    (order[record], lowest[record]) = (met, met)
                    stack.append(Int32(record))
                    if met & 0xFFFF == 0 { try check() }
                }
                if let target = next(&visits[last]) {
                    if order[target] == 0 {
                        visits.append(Visit(record: Int32(target)))
                    } else if component[target] < 0 {
                        lowest[record] = min(lowest[record], order[target])
                    }
                    continue
                }
                visits.removeLast()
                if let outer = visits.last { lowest[Int(outer.record)] = min(lowest[Int(outer.record)], lowest[record]) }
                if lowest[record] == order[record] { close(at: Int32(record), &stack) }
            }
        }
    }

    /// The records above and with one on the stack are a component.
    private mutating func close(at root: Int32, _ stack: inout [Int32]) {
        let number = Int32(count)
        while let record = stack.popLast() {
            component[Int(record)] = number
            members.append(record)
            if record == root { break }
        }
        starts.append(members.count)
    }

    /// Where the next arc leads; none behind the last.
    @inline(__always)
    private func next(_ visit: inout Visit) -> Int? {
        let record = Int(visit.record)
        while visit.link < arcs.count {
            let own = arcs[visit.link]
            guard let offsets = own.offsets else {
                visit.link += 1
                if own.targets[record] >= 0 { return Int(own.targets[record]) }
                continue
            }
            if visit.element < 0 { visit.element = Int(offsets[record]) }
            if visit.element < Int(offsets[record + 1]) {
                visit.element += 1
                return Int(own.targets[visit.element - 1])
            }
            visit.link += 1
            visit.element = -1
        }
        return nil
    }

    /// For each component how many records it leads to, its own included.
    func sizes(check: () throws -> Void) rethrows -> [Int32] {
        var stamps = [Int32](repeating: -1, count: count)
        let arrivals = arrivalCounts(&stamps)
        stamps = [Int32](repeating: -1, count: count)
        var sizes = [Int32](repeating: 0, count: count)
        // Whether nothing is met twice on the ways from a component.
        var isTree = [Bool](repeating: true, count: count)
        for number in 0..<count {
            let next = successors(of: number, &stamps)
            sizes[number] = Int32(starts[number + 1] - starts[number])
            isTree[number] = next.allSatisfy { isTree[$0] && arrivals[$0] <= 1 }
            if next.count <= 1 || isTree[number] {
                for other in next { sizes[number] += sizes[other] }
            } else {
                sizes[number] = try sizeByGoingThrough(number, check: check)
            }
        }
        return sizes
    }

    /// From how many components arcs lead to each.
    private func arrivalCounts(_ stamps: inout [Int32]) -> [Int32] {
        var arrivals = [Int32](repeating: 0, count: count)
        for number in 0..<count { for other in successors(of: number, &stamps) { arrivals[other] += 1 } }
        return arrivals
    }

    /// The components to which arcs lead from one, each once.
    private func successors(of number: Int, _ stamps: inout [Int32]) -> [Int] {
        var found: [Int] = []
        for place in starts[number]..<starts[number + 1] {
            var visit = Visit(record: members[place])
            while let target = next(&visit) {
                let other = Int(component[target])
                if other != number, stamps[other] != Int32(number) {
                    stamps[other] = Int32(number)
                    found.append(other)
                }
            }
        }
        return found
    }

    private func sizeByGoingThrough(_ number: Int, check: () throws -> Void) rethrows -> Int32 {
        try check()
        var met: Set<Int32> = [Int32(number)]
        var queue = [number]
        var size: Int32 = 0
        while let current = queue.popLast() {
            size += Int32(starts[current + 1] - starts[current])
            for place in starts[current]..<starts[current + 1] {
                var visit = Visit(record: members[place])
                while let target = next(&visit) {
                    if met.insert(component[target]).inserted { queue.append(Int(component[target])) }
                }
            }
        }
        return size
    }
}
