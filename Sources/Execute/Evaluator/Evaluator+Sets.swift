import Columns
import Plan
import Resolve
import Store
import Types

extension Evaluator {
    /// All records of an entity, as the set of a single row.
    func wholeSet(_ entity: EntityID) -> RecordSet {
        let count = store.schema[entity].rowCount
        return RecordSet(
            entity: entity, rows: .range(0..<count), membership: Membership(.uniform(rowCount: 1, elementsPerRow: count)),
            isDisjoint: true, isOrdered: true)
    }

    /// Records known beforehand, as the set of a single row.
    func knownSet(_ entity: EntityID, _ rows: [Int32]) -> RecordSet {
        RecordSet(
            entity: entity, rows: .list(Buffer(rows)), membership: Membership(.uniform(rowCount: 1, elementsPerRow: rows.count)),
            isDisjoint: true, isOrdered: true)
    }

    // MARK: Following links

    /// The sets that a link leads to from a record or from a set.
    func linkedSets(_ origin: NodeID, _ link: LinkID, in frame: Frame) throws -> RecordSet {
        if case .set = graph[origin].type {
            return try linkedSets(from: try recordSet(origin, in: frame), link)
        }
        return try linkedSets(from: try rows(origin, in: frame), link, in: frame)
    }

    /// The sets of the rows' records. For (nearly) all records of an entity in their order the far entity is gone through as it is
    /// stored, and each of its records says where it belongs; otherwise the near records' segments are gathered.
    private func linkedSets(from rows: Rows, _ link: LinkID, in frame: Frame) throws -> RecordSet {
        let target = store.schema[link].to
        if case .list(let few) = rows, let found = store.members(of: link, from: few) {
            try checkElements(found.rows.count)
            note("\(text(of: link)) of a few read from the snapshot")
            return RecordSet(
                entity: target, rows: .list(found.rows), membership: Membership(found.0), edges: found.edges, isDisjoint: false,
                isOrdered: true)
        }
        switch store.index(of: link) {
        case .one(let targets):
            let reached = rows.buffer.composed(with: targets)
            return leavingOutMissing(reached, parents: .counting(from: 0, to: frame.count), rowCount: frame.count, target)
        case .many(let segments, let targets, let edges):
            if rows.isWhole(segments.count), let back = wayBack(of: link) {
                note("\(text(of: link)) scattered")
                let membership = Membership(parents: back, rowCount: frame.count)
                let all = Rows.range(0..<back.count)
                return RecordSet(entity: target, rows: all, membership: membership, isDisjoint: true, isOrdered: true)
            }
            note("\(text(of: link)) gathered")
            if case .range(let range) = rows {
                let elements = segments.elementRange(range.lowerBound, range.upperBound)
                try checkElements(elements.count)
                return RecordSet(
                    entity: target, rows: .list(targets.slice(elements.lowerBound, elements.upperBound)),
                    membership: Membership(segments.range(range.lowerBound, range.upperBound)),
                    edges: edges?.slice(elements.lowerBound, elements.upperBound), isDisjoint: wayBack(of: link) != nil,
                    isOrdered: true)
            }
            let origins = rows.buffer
            try checkElements(segments.total(of: origins))
            let (gathered, elements) = segments.gathered(origins)
            return RecordSet(
                entity: target, rows: .list(targets.picked(at: elements)), membership: Membership(gathered),
                edges: edges?.picked(at: elements), isDisjoint: false, isOrdered: true)
        }
    }

    /// The records that a link leads to from the records of sets, each once a row. Only where two records of a set may lead to the same
    /// one has anything to be looked for twice: over the way back of a to-one link they cannot.
    private func linkedSets(from set: RecordSet, _ link: LinkID) throws -> RecordSet {
        let target = store.schema[link].to
        let rowCount = set.membership.rowCount
        switch store.index(of: link) {
        case .one(let targets):
            let reached = set.rows.buffer.composed(with: targets)
            return distinct(leavingOutMissing(reached, parents: set.membership.parents, rowCount: rowCount, target))
        case .many(let segments, let targets, let edges):
            if let back = wayBack(of: link), set.isDisjoint, set.rows.count >= segments.count / 4 {
                note("\(text(of: link)) scattered")
                // Every record of the far entity knows its near record, and that one its row.
                let rowOfRecord: Buffer<Int32> =
                    set.rows.isWhole(segments.count)
                    ? set.membership.parents : set.rows.buffer.scattered(set.membership.parents, domain: segments.count)
                let membership = Membership(parents: back.composed(with: rowOfRecord), rowCount: rowCount)
                return RecordSet(
                    entity: target, rows: .range(0..<back.count), membership: membership, isDisjoint: true, isOrdered: true)
            }
            note("\(text(of: link)) gathered")
            let origins = set.rows.buffer
            try checkElements(segments.total(of: origins))
            let (inner, elements) = segments.gathered(origins)
            let membership =
                set.membership.segments.map { Membership($0.joined(with: inner)) }
                ?? Membership(parents: inner.parents().composed(with: set.membership.parents), rowCount: rowCount)
            let reached = RecordSet(
                entity: target, rows: .list(targets.picked(at: elements)), membership: membership,
                edges: edges?.picked(at: elements), isDisjoint: false, isOrdered: false)
            guard wayBack(of: link) != nil else { return distinct(reached) }
            return RecordSet(
                entity: target, rows: reached.rows, membership: membership, edges: nil, isDisjoint: set.isDisjoint,
                isOrdered: false)
        }
    }

    /// A link as strategies name it.
    func text(of link: LinkID) -> String { "\(store.schema[store.schema[link].from].name).\(store.schema[link].name)" }

    /// The array of the to-one link of which a link is the way back; such links lead every far record back to one near record at most.
    func wayBack(of link: LinkID) -> Buffer<Int32>? {
        guard case .inverse(let forward) = store.schema[link].origin else { return nil }
        guard case .one(let targets) = store.index(of: forward) else { return nil }
        return targets
    }

    private func leavingOutMissing(_ rows: Buffer<Int32>, parents: Buffer<Int32>, rowCount: Int, _ target: EntityID) -> RecordSet
    {
        let positions = rows.presence().rows()
        return RecordSet(
            entity: target, rows: .list(rows.picked(at: positions)),
            membership: Membership(parents: parents.picked(at: positions), rowCount: rowCount), isDisjoint: false,
            isOrdered: false)
    }

    /// Each record once a row.
    private func distinct(_ set: RecordSet) -> RecordSet {
        let rowCount = set.membership.rowCount
        let domain = store.schema[set.entity].rowCount
        if rowCount == 1, set.edges == nil {
            let parents = set.membership.parents
            let inside = parents.isComplete ? set.rows.buffer : set.rows.buffer.picked(at: parents.presence().rows())
            var distinct = DistinctRows(domain: domain)
            distinct.insert(inside)
            let rows = distinct.rows()
            return RecordSet(
                entity: set.entity, rows: .list(rows), membership: Membership(.uniform(rowCount: 1, elementsPerRow: rows.count)),
                isDisjoint: true, isOrdered: true)
        }
        var pairs = PairSet()
        let parents = set.membership.parents
        let positions = pairs.insert(groups: parents, records: set.rows.buffer)
        return RecordSet(
            entity: set.entity, rows: set.rows.picked(at: positions),
            membership: Membership(parents: parents.picked(at: positions), rowCount: rowCount),
            edges: set.edges?.picked(at: positions), isDisjoint: false, isOrdered: false)
    }

    // MARK: Sets of rows

    /// The sets that a node gives for the rows of a frame.
    func recordSet(_ id: NodeID, in frame: Frame) throws -> RecordSet {
        guard case .set(let entity) = graph[id].type else { preconditionFailure("not a set") }
        switch try evaluate(id, in: frame) {
        case .set(let set): return set
        case .shared(.set(let set)):
            if frame.count == 1 { return set }
            let (total, overflow) = set.rows.count.multipliedReportingOverflow(by: frame.count)
            try checkElements(overflow ? .max : total)
            return spread(set, to: Buffer(repeating: 0, count: frame.count))
        case .shared(let inner): return recordSet(of: vector(inner, count: 1), entity, rowCount: frame.count)
        case .vector(let vector): return recordSet(of: vector, entity, rowCount: frame.count)
        case .constant(.set(let entity, let rows)):
            return spread(knownSet(entity, rows), to: Buffer(repeating: 0, count: frame.count))
        case .constant, .run, .list: return emptySet(entity, rowCount: frame.count)
        }
    }

    private func recordSet(of vector: Vector, _ entity: EntityID, rowCount: Int) -> RecordSet {
        guard case .set(let entity, let segments, let rows) = vector.storage else { return emptySet(entity, rowCount: rowCount) }
        return RecordSet(
            entity: entity, rows: .list(rows), membership: Membership(segments), isDisjoint: false, isOrdered: true)
    }

    private func emptySet(_ entity: EntityID, rowCount: Int) -> RecordSet {
        RecordSet(
            entity: entity, rows: .range(0..<0), membership: Membership(.empty(count: rowCount)), isDisjoint: true,
            isOrdered: true)
    }

    /// The sets of other rows: row `i` has the set that row `sources[i]` had.
    func spread(_ set: RecordSet, to sources: Buffer<Int32>) -> RecordSet {
        let ordered = ordered(set)
        let (segments, elements) = (ordered.membership.segments ?? .empty(count: 0)).gathered(sources)
        return RecordSet(
            entity: set.entity, rows: ordered.rows.picked(at: elements), membership: Membership(segments),
            edges: ordered.edges?.picked(at: elements), isDisjoint: false, isOrdered: true)
    }

    func spread(_ list: ValueList, to sources: Buffer<Int32>) -> ValueList {
        let ordered = ordered(list)
        let (segments, elements) = (ordered.membership.segments ?? .empty(count: 0)).gathered(sources)
        let values = picked(ordered.values, count: ordered.membership.elementCount, at: elements)
        return ValueList(values: values, membership: Membership(segments))
    }

    /// The values at some positions; a missing value, or an empty set, where the position is -1.
    func picked(_ values: Evaluated, count: Int, at positions: Buffer<Int32>) -> Evaluated {
        switch values {
        case .shared: return values
        case .constant where positions.isComplete: return values
        case .run(let entity, let range): return .vector(record(entity, Rows.range(range).picked(at: positions).buffer))
        case .set(let set): return .set(spread(set, to: positions))
        case .list(let list): return .list(spread(list, to: positions))
        case .constant, .vector: return .vector(vector(values, count: count).gathered(positions))
        }
    }

    // MARK: The order within sets

    /// The same sets row by row, the records of each in the order that the language promises.
    func ordered(_ set: RecordSet) -> RecordSet {
        guard let positions = orderingPositions(set) else { return set }
        return RecordSet(
            entity: set.entity, rows: set.rows.picked(at: positions.elements), membership: Membership(positions.segments),
            edges: set.edges?.picked(at: positions.elements), isDisjoint: set.isDisjoint, isOrdered: true)
    }

    func ordered(_ list: ValueList) -> ValueList {
        let positions: (segments: Segments, elements: Buffer<Int32>)?
        if let records = list.records {
            positions = orderingPositions(records)
        } else if list.membership.segments == nil {
            positions = inverted(list.membership.parents, targetCount: list.membership.rowCount)
        } else {
            positions = nil
        }
        guard let positions else { return list }
        let membership = Membership(positions.segments)
        let records = list.records.map { set in
            RecordSet(
                entity: set.entity, rows: set.rows.picked(at: positions.elements), membership: membership,
                edges: set.edges?.picked(at: positions.elements), isDisjoint: set.isDisjoint, isOrdered: true)
        }
        return ValueList(
            values: picked(list.values, count: list.membership.elementCount, at: positions.elements), membership: membership,
            records: records)
    }

    /// Where the elements lie that come first, second and so on; none where they stand in order already.
    func orderingPositions(_ set: RecordSet) -> (segments: Segments, elements: Buffer<Int32>)? {
        let rowCount = set.membership.rowCount
        if set.isOrdered {
            return set.membership.segments == nil ? inverted(set.membership.parents, targetCount: rowCount) : nil
        }
        let sorted = set.rows.buffer.positionsSorted(by: set.membership.parents)
        let groups = set.membership.parents.picked(at: sorted)
        let (segments, order) = inverted(groups, targetCount: rowCount)
        return (segments, sorted.picked(at: order))
    }
}
