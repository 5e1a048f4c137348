import Columns
import Plan
import Resolve
import Types

extension Evaluator {
    /// The frame of the elements of a set or list, for what stands in the brackets or parentheses behind it.
    func elementFrame(_ set: NodeID, level: Int, in frame: Frame) throws -> Frame {
        if case .set = graph[set].type {
            let records = try recordSet(set, in: frame)
            return frame.elementFrame(of: set, level: level) { elementFrame(of: records, level: level, in: frame) }
        }
        let list = try valueList(set, in: frame)
        return frame.elementFrame(of: set, level: level) {
            Frame(level: level, outer: frame, membership: list.membership, elements: .values(list.values), edges: nil)
        }
    }

    func elementFrame(of set: RecordSet, level: Int, in frame: Frame) -> Frame {
        Frame(
            level: level, outer: frame, membership: set.membership, elements: .records(set.entity, set.rows), edges: set.edges)
    }

    /// The lists that a node gives for the rows of a frame. A set is the list of its records.
    func valueList(_ id: NodeID, in frame: Frame) throws -> ValueList {
        if case .set = graph[id].type { return list(of: try recordSet(id, in: frame)) }
        switch try evaluate(id, in: frame) {
        case .list(let list): return list
        case .shared(.list(let list)): return frame.count == 1 ? list : spread(list, to: Buffer(repeating: 0, count: frame.count))
        case let value:
            let vector = vector(value, count: frame.count)
            guard case .list(let segments, let values) = vector.storage else {
                return ValueList(values: .constant(.none), membership: Membership(.empty(count: frame.count)))
            }
            return ValueList(values: .vector(values), membership: Membership(segments))
        }
    }

    func list(of set: RecordSet) -> ValueList {
        let values: Evaluated =
            switch set.rows {
            case .range(let range): .run(set.entity, range)
            case .list(let rows): .vector(record(set.entity, rows))
            }
        return ValueList(values: values, membership: set.membership, records: set)
    }

    // MARK: Brackets

    /// The elements for which a condition holds. Parts of a condition that `and` joins are tried one after another; once few elements
    /// are left, the rest is tried on these only.
    func filtered(_ set: NodeID, _ level: Int, _ condition: NodeID, in frame: Frame) throws -> Evaluated {
        guard case .set = graph[set].type else { return .list(try filteredList(set, level, condition, in: frame)) }
        var records = try recordSet(set, in: frame)
        var elements = try elementFrame(set, level: level, in: frame)
        var kept: Bitmap?
        for part in conjuncts(of: condition) {
            try cancellation.check()
            let holds = try truth(part, in: elements)
            let both = kept.map { $0.and(holds) } ?? holds
            if both.popCount * 4 < both.count {
                records = keeping(records, both)
                elements = elementFrame(of: records, level: level, in: frame)
                kept = nil
            } else {
                kept = both
            }
        }
        if let kept, !kept.isFull { records = keeping(records, kept) }
        return .set(records)
    }

    func keeping(_ set: RecordSet, _ bits: Bitmap) -> RecordSet {
        let (membership, positions) = set.membership.keeping(bits)
        return RecordSet(
            entity: set.entity, rows: set.rows.picked(at: positions), membership: membership,
            edges: set.edges?.picked(at: positions),
            isDisjoint: set.isDisjoint, isOrdered: set.isOrdered)
    }

    private func filteredList(_ list: NodeID, _ level: Int, _ condition: NodeID, in frame: Frame) throws -> ValueList {
        let values = try valueList(list, in: frame)
        let elements = try elementFrame(list, level: level, in: frame)
        let bits = try truth(condition, in: elements)
        let (membership, positions) = values.membership.keeping(bits)
        return ValueList(
            values: picked(values.values, count: elements.count, at: positions), membership: membership,
            records: values.records.map { keeping($0, bits) })
    }

    /// The parts that `and` joins, cheap ones first.
    private func conjuncts(of condition: NodeID) -> [NodeID] {
        var parts: [NodeID] = []
        collectConjuncts(condition, into: &parts)
        return parts.indices.sorted { (graph[parts[$0]].cost, $0) < (graph[parts[$1]].cost, $1) }.map { parts[$0] }
    }

    private func collectConjuncts(_ node: NodeID, into parts: inout [NodeID]) {
        guard case .binary(.and, let left, let right) = graph[node].operation else {
            parts.append(node)
            return
        }
        collectConjuncts(left, into: &parts)
        collectConjuncts(right, into: &parts)
    }

    // MARK: Values of elements

    /// A value for every element.
    func mapped(_ set: NodeID, _ level: Int, _ body: NodeID, in frame: Frame) throws -> ValueList {
        let elements = try elementFrame(set, level: level, in: frame)
        let values = try evaluate(body, in: elements)
        if case .set = graph[set].type {
            let records = try recordSet(set, in: frame)
            return ValueList(values: values, membership: records.membership, records: records)
        }
        return ValueList(values: values, membership: try valueList(set, in: frame).membership)
    }

    /// A nested answer for every row.
    func table(_ set: NodeID, _ level: Int, _ columns: [NamedNode], in frame: Frame) throws -> Vector {
        let records = ordered(try recordSet(set, in: frame))
        let elements = elementFrame(of: records, level: level, in: frame)
        let values = try columns.map { (name: $0.name, values: try vector($0.value, in: elements)) }
        return Vector(count: frame.count, .table(records.membership.segments ?? .empty(count: frame.count), values))
    }

    // MARK: Membership

    /// Whether each row's set has an element. For a link straight from a record the stored offsets say it.
    func occupied(_ set: NodeID, in frame: Frame) throws -> Bitmap {
        if let lengths = try degrees(set, in: frame) { return lengths.nonZero() }
        guard case .set = graph[set].type else { return try valueList(set, in: frame).membership.occupied() }
        if let shared = try occupiedTogether(set, in: frame) { return shared }
        return try recordSet(set, in: frame).membership.occupied()
    }

    /// How many records a link leads to, where the set is nothing but that.
    func degrees(_ set: NodeID, in frame: Frame) throws -> Buffer<Int32>? {
        guard case .toMany(let origin, let link) = graph[set].operation, case .record = graph[origin].type else { return nil }
        guard case .many(let segments, _, _) = store.index(of: link) else { return nil }
        note("\(text(of: link)) counted by its offsets")
        switch try rows(origin, in: frame) {
        case .range(let range): return segments.range(range.lowerBound, range.upperBound).lengths()
        case .list(let rows): return segments.lengths(of: rows)
        }
    }

    /// For which rows a record, or a value, is in the row's set or list.
    func membership(of value: NodeID, in set: NodeID, frame: Frame) throws -> Bitmap {
        guard case .set = graph[set].type else { return try listMembership(of: value, in: set, frame: frame) }
        let wanted = try rows(value, in: frame)
        if case .toMany(let origin, let link) = graph[set].operation, case .record = graph[origin].type,
            case .many(let segments, let targets, _) = store.index(of: link)
        {
            note("\(text(of: link)) searched by bisection")
            // The far rows of a stored link ascend.
            return segments.containsAscending(targets, rows: try rows(origin, in: frame).buffer, values: wanted.buffer)
        }
        if graph[set].level == nil, case .shared(.set(let known)) = try evaluate(set, in: frame) {
            note("members marked by bits")
            return members(of: known, node: set).contains(wanted.buffer)
        }
        let records = try recordSet(set, in: frame)
        let parents = records.membership.parents
        let matches = records.rows.buffer.equal(wanted.buffer.picked(at: parents)).rows()
        return parents.picked(at: matches).occurrences(domain: frame.count)
    }

    /// A bit for each record of a set that is the same for all rows.
    private func members(of set: RecordSet, node: NodeID) -> Bitmap {
        if let known = sharedMembers[node] { return known }
        let bits = ordered(set).rows.buffer.occurrences(domain: store.schema[set.entity].rowCount)
        sharedMembers[node] = bits
        return bits
    }

    private func listMembership(of value: NodeID, in list: NodeID, frame: Frame) throws -> Bitmap {
        let values = try valueList(list, in: frame)
        let parents = values.membership.parents
        let wanted = try vector(value, in: frame).gathered(parents)
        let elements = vector(values.values, count: values.membership.elementCount)
        let matches = compare(.equal, .vector(elements), .vector(wanted), count: elements.count)
        return parents.picked(at: matches.rows()).occurrences(domain: frame.count)
    }
}

extension Buffer where Element == Int32 {
    /// Which of these lengths are not 0.
    fileprivate func nonZero() -> Bitmap { Bitmap(pointer.lazy.map { $0 != 0 }) }
}
