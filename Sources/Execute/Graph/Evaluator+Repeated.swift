import Columns
import Plan
import Resolve
import Store
import Types

extension Evaluator {
    /// The records that repeated links lead to from a record, or from the nearest record of a set.
    func repeatedSets(_ start: NodeID, _ steps: Steps, _ hops: Hops, in frame: Frame) throws -> RecordSet {
        let starts = try startSets(start, in: frame)
        let upper = hops.upper ?? Int.max
        if let search = try searcher(steps, starts.entity, rowCount: frame.count) {
            noteSearch(steps, starts.entity)
            let segments = starts.membership.segments ?? .empty(count: frame.count)
            let (found, rows) = try search.reached(
                from: segments, starts.rows.buffer, lower: hops.lower, upper: upper, check: checkElements)
            return RecordSet(
                entity: starts.entity, rows: .list(rows), membership: Membership(found), isDisjoint: false, isOrdered: true)
        }
        guard let levels = try levels(from: starts, steps, hops, in: frame) else {
            try index(steps, starts.entity)
            return try repeatedSets(start, steps, hops, in: frame)
        }
        note("hop by hop, as the steps are computed")
        let parents = Buffer(levels.flatMap { $0.parents.array })
        return RecordSet(
            entity: starts.entity, rows: .list(Buffer(levels.flatMap { $0.rows.array })),
            membership: Membership(parents: parents, rowCount: frame.count), isDisjoint: false, isOrdered: false)
    }

    /// The records some hops from the nearest of some records, the nearest first, with their distances.
    func reached(
        from records: Buffer<Int32>, _ entity: EntityID, _ steps: Steps, _ hops: Hops
    ) throws -> (rows: Buffer<Int32>, hops: Buffer<Int32>) {
        let upper = hops.upper ?? Int.max
        if let search = try searcher(steps, entity, rowCount: 1) {
            noteSearch(steps, entity)
            return try search.reached(from: records, lower: hops.lower, upper: upper) { try cancellation.check() }
        }
        let starts = RecordSet(
            entity: entity, rows: .list(records),
            membership: Membership(.uniform(rowCount: 1, elementsPerRow: records.count)), isDisjoint: true, isOrdered: true)
        guard let levels = try levels(from: starts, steps, hops, in: Frame(rowCount: 1)) else {
            try index(steps, entity)
            return try reached(from: records, entity, steps, hops)
        }
        note("hop by hop, as the steps are computed")
        let domain = store.schema[entity].rowCount
        let ordered = levels.map { $0.rows.occurrences(domain: domain).rows() }
        return (
            Buffer(ordered.flatMap(\.array)),
            Buffer(zip(levels, ordered).flatMap { level, rows in repeatElement(Int32(level.hop), count: rows.count) })
        )
    }

    private func noteSearch(_ steps: Steps, _ entity: EntityID) {
        note(steps.links != nil ? "along links as stored" : "along steps collected from all \(store.schema[entity].plural)")
    }

    /// The records from which the rows' searches begin.
    private func startSets(_ start: NodeID, in frame: Frame) throws -> RecordSet {
        if case .set = graph[start].type { return ordered(try recordSet(start, in: frame)) }
        guard case .record(let entity) = graph[start].type else { preconditionFailure("links start from records") }
        return RecordSet(
            entity: entity, rows: .list(try rows(start, in: frame).buffer), membership: Membership(.single(count: frame.count)),
            isDisjoint: false, isOrdered: true)
    }

    // MARK: Searching along stored or collected links

    /// A search along links as they lie in memory: stored ones, or those of steps that have been collected; none where that does not pay
    /// (yet).
    func searcher(_ steps: Steps, _ entity: EntityID, rowCount: Int) throws -> BreadthFirst? {
        if let known = searchers[steps.nodes] { return known }
        let domain = store.schema[entity].rowCount
        if let links = steps.links {
            let search = BreadthFirst(links.map { store.index(of: $0) }, domain: domain)
            searchers[steps.nodes] = search
            return search
        }
        guard steps.areFixed, !underivable.contains(steps.nodes[0]), rowCount * Self.indexingShare >= domain else { return nil }
        try index(steps, entity)
        return searchers[steps.nodes]
    }

    /// A search that has seen so much of an entity that collecting its arcs once is cheaper than asking for them again.
    private static let indexingShare = 4

    /// Collects where the steps lead from every record of the entity, for searches to come.
    private func index(_ steps: Steps, _ entity: EntityID) throws {
        let domain = store.schema[entity].rowCount
        let outerLimit = elementLimit
        elementLimit = options.elementLimit
        defer { elementLimit = outerLimit }
        let records = wholeSet(entity)
        let frame = elementFrame(of: records, level: steps.level, in: Frame(rowCount: 1))
        do {
            let links = try steps.nodes.map { node -> LinkIndex in
                let set = ordered(try recordSet(node, in: frame))
                return .many(set.membership.segments ?? .empty(count: domain), rows: set.rows.buffer, edges: nil)
            }
            searchers[steps.nodes] = BreadthFirst(links, domain: domain)
        } catch is BatchTooWide {
            underivable.insert(steps.nodes[0])
        }
    }

    // MARK: Searching hop by hop

    /// The records that all rows' searches meet at one distance.
    private struct Level {
        var hop: Int
        var rows: Buffer<Int32>
        var parents: Buffer<Int32>
    }

    /// Takes all rows' searches one hop further at a time, by evaluating the steps for the records met last. For steps that depend on the
    /// row, and for a few rows whose searches end soon; none where they do not and collecting the arcs is worth it.
    private func levels(from starts: RecordSet, _ steps: Steps, _ hops: Hops, in frame: Frame) throws -> [Level]? {
        let canIndex = steps.areFixed && !underivable.contains(steps.nodes[0])
        let budget = canIndex ? store.schema[starts.entity].rowCount / Self.indexingShare : Int.max
        var met = PairSet()
        let first = met.insert(groups: starts.membership.parents, records: starts.rows.buffer)
        var level = Level(
            hop: 0, rows: starts.rows.buffer.picked(at: first), parents: starts.membership.parents.picked(at: first))
        var levels = hops.lower == 0 ? [level] : []
        while level.rows.count > 0, level.hop < hops.upper ?? Int.max {
            try checkElements(met.count)
            if met.count > budget { return nil }
            let inner = Frame(
                level: steps.level, outer: frame, membership: Membership(parents: level.parents, rowCount: frame.count),
                elements: .records(starts.entity, .list(level.rows)), edges: nil)
            var rows: [Int32] = []
            var parents: [Int32] = []
            for node in steps.nodes {
                let set = try recordSet(node, in: inner)
                rows += set.rows.buffer.array
                parents += set.membership.parents.composed(with: level.parents).array
            }
            let (reached, reachedFor) = (Buffer(rows), Buffer(parents))
            let new = met.insert(groups: reachedFor, records: reached)
            level = Level(hop: level.hop + 1, rows: reached.picked(at: new), parents: reachedFor.picked(at: new))
            if level.hop >= hops.lower { levels.append(level) }
        }
        return levels
    }
}
