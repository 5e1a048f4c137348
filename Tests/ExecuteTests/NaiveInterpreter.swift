import Columns
import Resolve
import Store
import Syntax
import Types

@testable import Execute

/// Evaluates a term for a single row by following its definition, one value at a time: slow, and too simple to be wrong in the ways in
/// which the evaluator could be. Operators and aggregates come from the same kernels; what is tested is everything around them.
struct NaiveInterpreter {
    let store: Store
    var slots: [SlotID: Value] = [:]
    var elements: [Int: Value] = [:]
    var edges: [Int: Value] = [:]

    func value(_ term: Term) throws -> Value {
        switch term {
        case .constant(let value, _): return value
        case .slot(let slot, _): return slots[slot] ?? .none
        case .element(let level, _): return elements[level] ?? .none
        case .edge(let level, _): return edges[level] ?? .none
        case .field(let record, let field):
            guard case .record(_, let row) = try value(record) else { return .none }
            return store.vector(field).value(at: Int(row))
        case .toOne(let record, let link): return targets(of: try value(record), link).first.map { $0.0 } ?? .none
        case .toMany, .all, .records, .filter, .repeated, .pick(_, _, _, _, false, _):
            return .set(entity(of: term), rows: try members(term).map(\.row))
        case .pick(_, _, _, _, true, _):
            return try members(term).first.map { .record(entity(of: term), row: $0.row) } ?? .none
        case .map(let set, let level, let body):
            return .list(try members(set).map { try inside(level, $0, entity(of: set)).value(body) })
        case .aggregate(let kind, let over): return aggregate(kind, try elements(of: over), of: over)
        case .isEmpty(let set): return .bool(try elements(of: set).isEmpty)
        case .contains(let set, let record):
            guard case .record(_, let row) = try value(record) else { return .bool(false) }
            return .bool(try members(set).contains { $0.row == row })
        default: return try scalar(term)
        }
    }

    private func scalar(_ term: Term) throws -> Value {
        switch term {
        case .binary(.and, let left, let right, _):
            return .bool(try value(left) == .bool(true) && value(right) == .bool(true))
        case .binary(.or, let left, let right, _):
            return .bool(try value(left) == .bool(true) || value(right) == .bool(true))
        case .binary(let operation, let left, let right, _):
            let comparisons: [BinaryOperator: Comparison] = [
                .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
                .greaterOrEqual: .greaterOrEqual,
            ]
            let arithmetics: [BinaryOperator: Arithmetic] = [
                .add: .add, .subtract: .subtract, .multiply: .multiply, .divide: .divide,
            ]
            let a = Operand.constant(try value(left))
            let b = Operand.constant(try value(right))
            if let comparison = comparisons[operation] { return .bool(compare(comparison, a, b, count: 1)[0]) }
            if let arithmetic = arithmetics[operation] { return Columns.arithmetic(arithmetic, a, b, count: 1).value(at: 0) }
            return try value(left) == .none ? try value(right) : try value(left)
        case .not(let operand): return .bool(try value(operand) != .bool(true))
        case .negate(let operand): return Columns.negate(.constant(try value(operand)), count: 1).value(at: 0)
        case .isIn(let operand, let values): return .bool(isMember(.constant(try value(operand)), of: values, count: 1)[0])
        case .conditional(let condition, let then, let otherwise, _):
            return try value(condition) == .bool(true) ? try value(then) : try value(otherwise)
        default: return .none
        }
    }

    /// A record of a set, and the pair through which it was reached.
    struct Member {
        var row: Int32
        var edge: Value = .none
    }

    private func inside(_ level: Int, _ member: Member, _ entity: EntityID) -> NaiveInterpreter {
        var inner = self
        inner.elements[level] = .record(entity, row: member.row)
        inner.edges[level] = member.edge
        return inner
    }

    private func members(_ term: Term) throws -> [Member] {
        switch term {
        case .all(let entity): return (0..<store.schema[entity].rowCount).map { Member(row: Int32($0)) }
        case .records(_, let rows): return rows.map { Member(row: $0) }
        case .toMany(let origin, let link):
            let start: [Value]
            if case .set(let entity) = origin.type(in: store.schema) {
                start = try members(origin).map { .record(entity, row: $0.row) }
            } else {
                start = [try value(origin)]
            }
            var found: [Int32: Member] = [:]
            for (target, edge) in start.flatMap({ targets(of: $0, link) }) {
                if case .record(_, let row) = target, found[row] == nil { found[row] = Member(row: row, edge: edge) }
            }
            return found.values.sorted { $0.row < $1.row }
        case .repeated(let start, let level, let steps, let hops):
            let entity = entity(of: start)
            var known: [Int32: Int] = [:]
            if case .set = start.type(in: store.schema) {
                for member in try members(start) { known[member.row] = 0 }
            } else if case .record(_, let row) = try value(start) {
                known[row] = 0
            }
            for hop in 1...store.schema[entity].rowCount where hop <= hops.upper ?? Int.max {
                for row in Array(known.keys) {
                    let inner = inside(level, Member(row: row), entity)
                    for found in try steps.flatMap({ try inner.members($0) }) where known[found.row] == nil {
                        known[found.row] = hop
                    }
                }
            }
            return known.filter { $0.value >= hops.lower }.keys.sorted().map { Member(row: $0) }
        case .filter(let set, let level, let condition):
            return try members(set).filter { try inside(level, $0, entity(of: set)).value(condition) == .bool(true) }
        case .pick(let set, let level, let keys, let limit, let single, let fromEnd):
            let all = try members(set)
            let count = single ? 1 : limit
            if keys.isEmpty { return Array(fromEnd ? all.suffix(count) : all.prefix(count)) }
            let values = try all.map { member in
                try keys.map { try inside(level, member, entity(of: set)).value($0.value) }
            }
            let order = all.indices.sorted { precedes(values[$0], values[$1], keys) ?? ($0 < $1) }
            return (fromEnd ? order.suffix(count) : order.prefix(count)).map { all[$0] }
        case .conditional(let condition, let then, let otherwise, _):
            return try value(condition) == .bool(true) ? try members(then) : try members(otherwise)
        default:
            guard case .set(_, let rows) = try value(term) else { return [] }
            return rows.map { Member(row: $0) }
        }
    }

    private func precedes(_ left: [Value], _ right: [Value], _ keys: [TermSortKey]) -> Bool? {
        for (index, key) in keys.enumerated() {
            let a = left[index]
            let b = right[index]
            if a == .none, b == .none { continue }
            if a == .none { return false }
            if b == .none { return true }
            if compare(.less, .constant(a), .constant(b), count: 1)[0] { return !key.descending }
            if compare(.greater, .constant(a), .constant(b), count: 1)[0] { return key.descending }
        }
        return nil
    }

    private func targets(of value: Value, _ link: LinkID) -> [(Value, edge: Value)] {
        guard case .record(_, let row) = value else { return [] }
        let described = store.schema[link]
        switch store.index(of: link) {
        case .one(let rows):
            let target = rows[Int(row)]
            return target < 0 ? [] : [(.record(described.to, row: target), .none)]
        case .many(let segments, let rows, let edges):
            var edgeEntity = EntityID(0)
            if case .pairs(let entity, _, _, _) = described.origin { edgeEntity = entity }
            return (Int(segments.offsets[Int(row)])..<Int(segments.offsets[Int(row) + 1])).map { element in
                (.record(described.to, row: rows[element]), edges.map { .record(edgeEntity, row: $0[element]) } ?? .none)
            }
        }
    }

    private func elements(of term: Term) throws -> [Value] {
        if case .set(let entity) = term.type(in: store.schema) {
            return try members(term).map { .record(entity, row: $0.row) }
        }
        guard case .list(let values) = try value(term) else { return [] }
        return values
    }

    private func aggregate(_ kind: AggregateKind, _ values: [Value], of term: Term) -> Value {
        if kind == .list { return .list(values.filter { $0 != .none }) }
        var type = term.type(in: store.schema)
        if case .list(let element) = type { type = element }
        if case .set(let entity) = type { type = .record(entity) }
        let aggregator = makeAggregator(kind: kind, type: type)
        aggregator.update(Fixture.vector(type, values), groups: Buffer(repeating: 0, count: values.count), groupCount: 1)
        return aggregator.finish(groupCount: 1).value(at: 0)
    }

    private func entity(of set: Term) -> EntityID {
        switch set.type(in: store.schema) {
        case .set(let entity), .record(let entity): entity
        default: EntityID(0)
        }
    }
}
