import Resolve
import Syntax
import Types

extension ReferenceEvaluator {
    /// Whether a condition holds; a missing one does not.
    func holds(_ condition: Term, at place: Place) -> Bool { value(condition, at: place) == .bool(true) }

    /// What a term gives at one place.
    func value(_ term: Term, at place: Place) -> Value {
        switch term {
        case .constant(let value, _): return value
        case .slot(let slot, _): return place.row[slot] ?? .none
        case .element(let level, _): return place.elements[level - 1].value
        case .edge(let level, let entity):
            return place.elements[level - 1].edge.map { .record(entity, row: $0) } ?? .none
        case .field(let record, let field):
            guard case .record(_, let row) = value(record, at: place) else { return .none }
            return cells[field.entity.index][field.index][Int(row)]
        case .toOne(let record, let link):
            guard case .record(_, let row) = value(record, at: place) else { return .none }
            return ways[link.index][Int(row)].first.map { .record(schema[link].to, row: $0.row) } ?? .none
        case .toMany, .all, .records, .filter, .repeated:
            return .set(entity(of: term), rows: records(term, at: place).map(\.row))
        case .pick(let set, _, _, _, let single, _):
            let rows = records(term, at: place).map(\.row)
            guard single else { return .set(entity(of: set), rows: rows) }
            return rows.first.map { .record(entity(of: set), row: $0) } ?? .none
        case .map: return .list(elements(term, at: place).map(\.value))
        case .table(let set, let level, let columns): return table(set, level, columns, at: place)
        case .aggregate(let kind, let over):
            return Aggregates.value(kind, over: elements(over, at: place).map(\.value), type: over.type(in: schema), in: self)
        default: return computed(term, at: place)
        }
    }

    /// What operators and functions give.
    private func computed(_ term: Term, at place: Place) -> Value {
        switch term {
        case .isEmpty(let set): return .bool(records(set, at: place).isEmpty)
        case .contains(let set, let record):
            guard case .record(_, let row) = value(record, at: place) else { return .bool(false) }
            return .bool(records(set, at: place).contains { $0.row == row })
        case .binary(let op, let left, let right, let type):
            return binary(op, left, right, type, at: place)
        case .not(let operand): return .bool(!holds(operand, at: place))
        case .negate(let operand): return Rules.negated(value(operand, at: place))
        case .isIn(let operand, let values):
            let sought = value(operand, at: place)
            return .bool(values.contains { Rules.equal(sought, $0) })
        case .conditional(let condition, let then, let otherwise, _):
            return value(holds(condition, at: place) ? then : otherwise, at: place)
        case .call(let name, let arguments, _):
            if Self.networkMeasures.contains(name) { return network(name, of: arguments[0], at: place) }
            return Functions.value(name, arguments.map { value($0, at: place) }, in: self)
        default: preconditionFailure("not an operator or a function: \(term)")
        }
    }

    private func binary(
        _ op: BinaryOperator, _ left: Term, _ right: Term, _ type: ValueType, at place: Place
    ) -> Value {
        let result = Rules.binary(op, value(left, at: place), value(right, at: place))
        // A date moved by part of a day is a time, which the type says.
        if type == .time, case .date = result { preconditionFailure("the resolver makes a time of the date first") }
        return result
    }

    private func table(_ set: Term, _ level: Int, _ columns: [TermColumn], at place: Place) -> Value {
        let types = columns.map { ValueType.TableColumn(name: $0.name, type: $0.value.type(in: schema)) }
        let rows = records(set, at: place).map { found in
            let inner = place.entering(level: level, .record(entity(of: set), row: found.row), edge: found.edge)
            return columns.map { value($0.value, at: inner) }
        }
        return .table(types, rows: rows)
    }

    // MARK: Sets and lists

    /// The records of a set in its order, each once, with the pair through which each was reached.
    func records(_ term: Term, at place: Place) -> [(row: Int32, edge: Int32?)] {
        switch term {
        case .all(let entity): return (0..<schema[entity].rowCount).map { (Int32($0), nil) }
        case .records(_, let rows):
            var seen: Set<Int32> = []
            return rows.filter { seen.insert($0).inserted }.map { ($0, nil) }
        case .toMany(let start, let link): return linked(start, link, at: place)
        case .repeated(let start, let level, let steps, let hops):
            let starts = records(start, at: place).map(\.row)
            return distances(from: starts, of: entity(of: start), steps, level: level, hops, at: place)
                .map { ($0.row, nil) }.sorted { $0.0 < $1.0 }
        case .filter(let set, let level, let condition):
            let entity = entity(of: set)
            return records(set, at: place).filter { found in
                holds(condition, at: place.entering(level: level, .record(entity, row: found.row), edge: found.edge))
            }
        case .pick(let set, let level, let keys, let limit, _, let fromEnd):
            let entity = entity(of: set)
            let ordered = sorted(records(set, at: place), by: keys) { found in
                place.entering(level: level, .record(entity, row: found.row), edge: found.edge)
            }
            return Array(fromEnd ? ordered.suffix(limit) : ordered.prefix(limit))
        default:
            switch value(term, at: place) {
            case .set(_, let rows): return rows.map { ($0, nil) }
            case .record(_, let row): return [(row, nil)]
            default: return []
            }
        }
    }

    /// From a record, or from every record of a set, by a link; each far record once, in the order of its entity.
    private func linked(_ start: Term, _ link: LinkID, at place: Place) -> [(row: Int32, edge: Int32?)] {
        let starts: [Int32]
        switch start.type(in: schema) {
        case .set: starts = records(start, at: place).map(\.row)
        default:
            guard case .record(_, let row) = value(start, at: place) else { return [] }
            starts = [row]
        }
        var edges: [Int32: Int32?] = [:]
        for near in starts {
            for found in ways[link.index][Int(near)] where edges[found.row] == nil { edges[found.row] = .some(found.edge) }
        }
        return edges.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The records some hops from the nearest start, the nearest first and those of one distance in the order of their entity: every hop
    /// looks at all records met so far.
    func distances(
        from starts: [Int32], of entity: EntityID, _ steps: [Term], level: Int, _ hops: Hops, at place: Place
    ) -> [(row: Int32, hops: Int)] {
        var known: [Int32: Int] = [:]
        for start in starts { known[start] = 0 }
        var hop = 0
        while hop < hops.upper ?? Int.max {
            hop += 1
            var new: Set<Int32> = []
            for row in known.keys {
                let inner = place.entering(level: level, .record(entity, row: row), edge: nil)
                for step in steps { new.formUnion(records(step, at: inner).map(\.row)) }
            }
            new.subtract(known.keys)
            if new.isEmpty { break }
            for row in new { known[row] = hop }
        }
        return known.filter { $0.value >= hops.lower }.map { ($0.key, $0.value) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }

    /// The values of a list or the records of a set; with each the record that it was computed for, where there is one.
    func elements(_ term: Term, at place: Place) -> [(record: Int32?, value: Value)] {
        let type = term.type(in: schema)
        if case .set(let entity) = type {
            return records(term, at: place).map { ($0.row, .record(entity, row: $0.row)) }
        }
        if case .map(let base, let level, let body) = term {
            if case .set(let entity) = base.type(in: schema) {
                return records(base, at: place).map { found in
                    let inner = place.entering(level: level, .record(entity, row: found.row), edge: found.edge)
                    return (found.row, value(body, at: inner))
                }
            }
            return elements(base, at: place).map { element in
                (element.record, value(body, at: place.entering(level: level, element.value, edge: nil)))
            }
        }
        if case .list(let values) = value(term, at: place) { return values.map { (nil, $0) } }
        return []
    }
}
