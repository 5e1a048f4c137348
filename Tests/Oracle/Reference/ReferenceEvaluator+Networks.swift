import Resolve
import Types

/// Measures of networks from their definitions, by going through all pairs and all paths.
extension ReferenceEvaluator {
    static let networkMeasures: Set<String> = ["betweenness", "component", "triangles", "clustering"]

    /// The measure of the record from which a chain of links begins.
    func network(_ measure: String, of chain: Term, at place: Place) -> Value {
        guard case .repeated(let start, let level, let steps, _) = chain,
            case .record(let entity, let row) = value(start, at: place)
        else { return .none }
        let arcs = (0..<schema[entity].rowCount).map { near -> Set<Int> in
            let inner = place.entering(level: level, .record(entity, row: Int32(near)), edge: nil)
            return Set(steps.flatMap { records($0, at: inner).map { Int($0.row) } }).subtracting([near])
        }
        let joined = arcs.indices.map { near in arcs[near].union(arcs.indices.filter { arcs[$0].contains(near) }) }
        let near = joined[Int(row)]
        let closed = near.reduce(0) { $0 + joined[$1].intersection(near).count } / 2
        switch measure {
        case "triangles": return .number(Number(closed))
        case "clustering":
            if near.count < 2 { return .none }
            return .number(.double(Double(closed) / (Double(near.count) * Double(near.count - 1) / 2)))
        case "component": return .number(Number(component(of: Int(row), joined)))
        default: return .number(.double(betweenness(of: Int(row), arcs)))
        }
    }

    /// The place of a record's component among all, the largest first and of equal ones that with the first record.
    private func component(of row: Int, _ joined: [Set<Int>]) -> Int {
        var components: [Set<Int>] = []
        for start in joined.indices where !components.contains(where: { $0.contains(start) }) {
            var reached: Set<Int> = [start]
            while true {
                let further = reached.union(reached.flatMap { joined[$0] })
                if further == reached { break }
                reached = further
            }
            components.append(reached)
        }
        let own = components.firstIndex { $0.contains(row) } ?? 0
        let before = components.indices.filter { other in
            components[other].count > components[own].count || components[other].count == components[own].count && other < own
        }
        return before.count + 1
    }

    /// The part of the shortest paths between all ordered pairs of other records that go through one.
    private func betweenness(of row: Int, _ arcs: [Set<Int>]) -> Double {
        let count = arcs.count
        if count < 3 { return 0 }
        let all = arcs.indices.map { shortestPaths(from: $0, arcs) }
        var sum = 0.0
        for start in arcs.indices where start != row {
            for end in arcs.indices where end != row && end != start {
                guard let whole = all[start][end], let first = all[start][row], let second = all[row][end],
                    first.hops + second.hops == whole.hops
                else { continue }
                sum += first.paths * second.paths / whole.paths
            }
        }
        return sum / (Double(count - 1) * Double(count - 2))
    }

    /// For each record that can be reached, how far it is and how many shortest paths lead there.
    private func shortestPaths(from start: Int, _ arcs: [Set<Int>]) -> [Int: (hops: Int, paths: Double)] {
        var found: [Int: (hops: Int, paths: Double)] = [start: (0, 1)]
        var hops = 0
        while true {
            let last = found.filter { $0.value.hops == hops }
            hops += 1
            for (near, way) in last {
                for target in arcs[near] where found[target].map({ $0.hops == hops }) ?? true {
                    found[target] = (hops, (found[target]?.paths ?? 0) + way.paths)
                }
            }
            if !found.contains(where: { $0.value.hops == hops }) { return found }
        }
    }
}
