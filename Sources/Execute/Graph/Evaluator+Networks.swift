import Columns
import Plan
import Resolve
import Store
import Synchronization
import Types

/// What was computed of networks, for all records of an entity at once; shared by all threads of a question.
final class NetworkValues: Sendable {
    private struct Key: Hashable {
        var measure: NetworkMeasure
        var steps: [NodeID]
    }
    private struct State {
        var values: [Key: Vector] = [:]
        var remarks: [String] = []
    }
    private let state = Mutex(State())

    /// What is to be said of the values, such as that they are estimates.
    var remarks: [String] { state.withLock { $0.remarks } }

    /// The values of a measure, computed the first time; who asks for any meanwhile waits.
    fileprivate func values(
        _ measure: NetworkMeasure, _ steps: [NodeID], _ compute: () throws -> (Vector, remark: String?)
    ) throws -> Vector {
        try state.withLock { state in
            let key = Key(measure: measure, steps: steps)
            if let known = state.values[key] { return known }
            let (values, remark) = try compute()
            state.values[key] = values
            if let remark { state.remarks.append(remark) }
            return values
        }
    }
}

extension Evaluator {
    /// A list of `for` as it lies in memory.
    func index(of list: CommonList) -> LinkIndex {
        list.climbs ? store.climbingIndex(of: list.link) : store.index(of: list.link)
    }

    /// How many steps along arcs are taken for an exact betweenness; more are estimated from a sample.
    private static let exactArcSteps = 60_000_000

    /// A measure of the records from which a chain begins, in the network of its links.
    func network(_ measure: NetworkMeasure, of chain: NodeID, in frame: Frame) throws -> Vector {
        guard case .repeated(let start, let steps, _) = graph[chain].operation, case .record(let entity) = graph[start].type
        else {
            preconditionFailure("a network is given by a chain from a record")
        }
        let links = try networkLinks(steps, entity)
        let values = try networks.values(measure, steps.nodes) {
            let network = Network(links, domain: store.schema[entity].rowCount)
            return try computed(measure, network, store.schema[entity].plural)
        }
        return values.gathered(try rows(start, in: frame).buffer)
    }

    private func computed(
        _ measure: NetworkMeasure, _ network: Network, _ records: String
    ) throws -> (Vector, remark: String?) {
        let check = { [cancellation] in try cancellation.check() }
        func whole(_ numbers: Buffer<Int32>) -> Vector { Vector(count: numbers.count, .decimal(.int32(numbers), scale: 0)) }
        switch measure {
        case .pagerank: return (Vector(count: network.count, .double(try pageRanks(network, check: check))), nil)
        case .betweenness: return try betweenness(network, records)
        case .component: return (whole(try components(network, check: check)), nil)
        case .community: return (whole(try communities(network.undirected(), check: check)), nil)
        case .triangles: return (whole(try triangleCounts(network.undirected(), check: check)), nil)
        case .clustering: return (try clustering(network.undirected(), check: check), nil)
        }
    }

    /// Paths from several records are counted at once. What each part of them has counted is added up in the order of the parts, so that the
    /// sums do not depend on the threads.
    private func betweenness(_ network: Network, _ records: String) throws -> (Vector, remark: String?) {
        let sources = BetweennessSources(network, arcLimit: Self.exactArcSteps)
        let partCount = min(16, sources.records.count)
        let sums = Mutex([[Double]](repeating: [], count: partCount))
        let cancellation = cancellation
        Parallel.forEach(partCount, threads: isWorker ? 1 : options.threads) { part, _ in
            let search = BetweennessSearch(network)
            var own = [Double](repeating: 0, count: network.count)
            for place in stride(from: part, to: sources.records.count, by: partCount) {
                if cancellation.isRequested { return }
                search.add(from: sources.records[place], to: &own) { cancellation.isRequested }
            }
            let finished = own
            sums.withLock { $0[part] = finished }
        }
        try cancellation.check()
        var total = [Double](repeating: 0, count: network.count)
        for part in sums.withLock({ $0 }) { for record in total.indices { total[record] += part[record] } }
        let values = Vector(count: network.count, .double(sources.normalized(total, count: network.count)))
        guard sources.isSample else { return (values, nil) }
        return (
            values,
            "betweenness is estimated: from the shortest paths of \(sources.records.count) of \(sources.population) \(records)"
        )
    }

    /// The links of a network as they lie in memory; those with conditions are collected from all records first.
    private func networkLinks(_ steps: Steps, _ entity: EntityID) throws -> [LinkIndex] {
        if let links = steps.links { return links.map { store.index(of: $0) } }
        if let known = searchers[steps.nodes] { return known.links }
        let domain = store.schema[entity].rowCount
        let outerLimit = elementLimit
        elementLimit = Int(Int32.max)
        defer { elementLimit = outerLimit }
        let frame = elementFrame(of: wholeSet(entity), level: steps.level, in: Frame(rowCount: 1))
        let links = try steps.nodes.map { node -> LinkIndex in
            let set = ordered(try recordSet(node, in: frame))
            return .many(set.membership.segments ?? .empty(count: domain), rows: set.rows.buffer, edges: nil)
        }
        searchers[steps.nodes] = BreadthFirst(links, domain: domain)
        return links
    }
}
