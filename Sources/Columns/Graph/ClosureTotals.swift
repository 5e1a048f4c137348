/// For each record how many others links lead to, itself included, however many hops away.
///
/// Records that lead to each other in a circle lead to the same ones and are counted once, as components (R. Tarjan, 1972); those that no
/// circle leads to are taken off first, from the starts on (A. Kahn, 1962). Between components the sum of what the next ones lead to is right
/// wherever these share nothing, as in trees; where they do share something, what a component leads to is gone through. O(records + arcs)
/// without such sharing. What `check` throws ends the search.
public func closureSizes(_ links: [LinkIndex], domain: Int, check: () throws -> Void) rethrows -> Buffer<Int32> {
    var graph = ComponentGraph(links, domain: domain)
    try graph.findComponents(check: check)
    let sizes = try graph.sizes(check: check)
    let component = graph.component
    return mapped(count: domain) { sizes[Int(component[$0])] }
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
    private var starts: [Int32] = [0]

    init(_ links: [LinkIndex], domain: Int) {
        self.links = links
        self.domain = domain
        arcs = links.map(Arcs.init)
        component = Array(repeating: -1, count: domain)
        members.reserveCapacity(domain)
        starts.reserveCapacity(domain + 1)
    }

    var count: Int { starts.count - 1 }

    /// A record on the way from the root of the search, and where among its arcs the search is.
    private struct Visit {
        var record: Int32
        var link = 0
        var element = -1
    }

    mutating func findComponents(check: () throws -> Void) rethrows {
        // 0 is a record that has not been met; what is peeled off needs no search.
        var order = [Int32](repeating: 0, count: domain)
        let peeled = peeled()
        for record in peeled { order[Int(record)] = .max }
        try check()
        if peeled.count < domain { try searchCircles(&order, check: check) }
        // What is peeled off first leads to what comes later, and so is numbered last.
        for record in peeled.reversed() {
            component[Int(record)] = Int32(count)
            members.append(record)
            starts.append(Int32(members.count))
        }
    }

    /// The records that no circle leads to, each before all that it leads to.
    private func peeled() -> [Int32] {
        var arrivals = [Int32](repeating: 0, count: domain)
        for arcs in arcs {
            for record in 0..<domain { for element in arcs.elements(record) { arrivals[Int(arcs.targets[element])] += 1 } }
        }
        var peeled: [Int32] = []
        peeled.reserveCapacity(domain)
        for record in 0..<domain where arrivals[record] == 0 { peeled.append(Int32(truncatingIfNeeded: record)) }
        var position = 0
        while position < peeled.count {
            let record = Int(peeled[position])
            position += 1
            for arcs in arcs {
                for element in arcs.elements(record) {
                    let target = Int(arcs.targets[element])
                    arrivals[target] -= 1
                    if arrivals[target] == 0 { peeled.append(Int32(truncatingIfNeeded: target)) }
                }
            }
        }
        return peeled
    }

    private mutating func searchCircles(_ order: inout [Int32], check: () throws -> Void) rethrows {
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
        starts.append(Int32(members.count))
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
        // From how many components arcs lead to each.
        var arrivals = [Int32](repeating: 0, count: count)
        for number in 0..<count { forEachNext(of: number, &stamps) { arrivals[$0] += 1 } }
        for number in 0..<count { stamps[number] = -1 }
        try check()
        var sizes = [Int32](repeating: 0, count: count)
        // Whether nothing is met twice on the ways from a component.
        var isTree = [Bool](repeating: true, count: count)
        for number in 0..<count {
            var size = starts[number + 1] - starts[number]
            var isOwnTree = true
            var nextCount = 0
            forEachNext(of: number, &stamps) { other in
                size &+= sizes[other]
                isOwnTree = isOwnTree && isTree[other] && arrivals[other] <= 1
                nextCount += 1
            }
            isTree[number] = isOwnTree
            sizes[number] = isOwnTree || nextCount <= 1 ? size : try sizeByGoingThrough(number, check: check)
        }
        return sizes
    }

    /// The components to which arcs lead from one, each once.
    @inline(__always)
    private func forEachNext(of number: Int, _ stamps: inout [Int32], _ body: (Int) -> Void) {
        for place in Int(starts[number])..<Int(starts[number + 1]) {
            let record = Int(members[place])
            for arcs in arcs {
                for element in arcs.elements(record) {
                    let other = Int(component[Int(arcs.targets[element])])
                    if other != number, stamps[other] != Int32(truncatingIfNeeded: number) {
                        stamps[other] = Int32(truncatingIfNeeded: number)
                        body(other)
                    }
                }
            }
        }
    }

    private func sizeByGoingThrough(_ number: Int, check: () throws -> Void) rethrows -> Int32 {
        try check()
        var met: Set<Int32> = [Int32(number)]
        var queue = [number]
        var size: Int32 = 0
        while let current = queue.popLast() {
            size += starts[current + 1] - starts[current]
            for place in Int(starts[current])..<Int(starts[current + 1]) {
                for arcs in arcs {
                    for element in arcs.elements(Int(members[place])) {
                        let other = component[Int(arcs.targets[element])]
                        if met.insert(other).inserted { queue.append(Int(other)) }
                    }
                }
            }
        }
        return size
    }
}
