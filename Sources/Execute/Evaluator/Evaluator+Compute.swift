import Columns
import Plan
import Resolve
import Syntax
import Types

extension Evaluator {
    /// What a node gives for the rows of a frame, from what its parts give.
    func compute(_ node: Node, in frame: Frame) throws -> Evaluated {
        switch node.operation {
        case .constant(let value): return .constant(value)
        case .slot(let slot):
            guard let value = frame.slots[slot] else { preconditionFailure("slot \(slot.index) has no values") }
            return value
        case .element: return element(of: frame)
        case .edge(_, let entity):
            return .vector(record(entity, frame.edges ?? Buffer(repeating: -1, count: frame.count)))
        case .field(let record, let field): return try fieldValues(record, field, in: frame)
        case .toOne(let record, let link): return try linkedRecords(record, link, in: frame)
        case .toMany(let records, let link): return .set(try linkedSets(records, link, in: frame))
        case .all(let entity): return .set(wholeSet(entity))
        case .records(let entity, let rows): return .set(knownSet(entity, rows))
        case .filter(let set, let level, let condition): return try filtered(set, level, condition, in: frame)
        case .repeated(let start, let steps, let hops): return .set(try repeatedSets(start, steps, hops, in: frame))
        case .map(let set, let level, let body): return .list(try mapped(set, level, body, in: frame))
        case .pick(let pick): return try picked(pick, in: frame)
        case .aggregate(let kind, let values): return try aggregated(kind, values, type: node.type, in: frame)
        case .isEmpty(let set): return .vector(bools(try occupied(set, in: frame).not()))
        case .contains(let set, let record): return .vector(bools(try membership(of: record, in: set, frame: frame)))
        case .table(let set, let level, let columns): return .vector(try table(set, level, columns, in: frame))
        default: return try computeScalar(node, in: frame)
        }
    }

    /// Operators and functions, whose operands are plain values.
    private func computeScalar(_ node: Node, in frame: Frame) throws -> Evaluated {
        switch node.operation {
        case .binary(let operation, let left, let right):
            return try binary(operation, left, right, type: node.type, in: frame)
        case .not(let condition): return .vector(bools(try truth(condition, in: frame).not()))
        case .negate(let value): return .vector(Columns.negate(try operand(value, in: frame), count: frame.count))
        case .isIn(let value, let values):
            return .vector(bools(Columns.isMember(try operand(value, in: frame), of: values, count: frame.count)))
        case .conditional(let condition, let then, let otherwise):
            return .vector(
                choose(
                    try truth(condition, in: frame), then: try operand(then, in: frame),
                    else: try operand(otherwise, in: frame), count: frame.count, type: node.type))
        case .call(let name, let arguments):
            if let measure = NetworkMeasure(rawValue: name), case .repeated? = arguments.first.map({ graph[$0].operation }) {
                return .vector(try network(measure, of: arguments[0], in: frame))
            }
            return .vector(try call(name, arguments, type: node.type, in: frame))
        default: preconditionFailure("not an operator")
        }
    }

    func bools(_ bits: Bitmap) -> Vector { Vector(count: bits.count, .bool(bits)) }

    private func element(of frame: Frame) -> Evaluated {
        switch frame.elements {
        case .rows: preconditionFailure("the question's rows have no element")
        case .records(let entity, .range(let range)): .run(entity, range)
        case .records(let entity, .list(let rows)): .vector(record(entity, rows))
        case .values(let values): values
        }
    }

    private func fieldValues(_ record: NodeID, _ field: FieldID, in frame: Frame) throws -> Evaluated {
        switch try evaluate(record, in: frame) {
        case .constant(.record(_, let row)): return .constant(store.values(of: field, at: Buffer([row])).value(at: 0))
        case .constant: return .constant(.none)
        default: break
        }
        switch try rows(record, in: frame) {
        case .range(let range): return .vector(store.vector(field).range(range.lowerBound, range.upperBound))
        case .list(let rows): return .vector(store.values(of: field, at: rows))
        }
    }

    private func linkedRecords(_ record: NodeID, _ link: LinkID, in frame: Frame) throws -> Evaluated {
        let target = store.schema[link].to
        if case .constant(let value) = try evaluate(record, in: frame) {
            guard case .record(_, let row) = value else { return .constant(.none) }
            let reached = store.targets(of: link, from: Buffer([row]))[0]
            return .constant(reached < 0 ? .none : .record(target, row: reached))
        }
        switch try rows(record, in: frame) {
        case .range(let range):
            guard case .one(let targets) = store.index(of: link) else {
                preconditionFailure("a link to one record is stored as such")
            }
            return .vector(self.record(target, targets.slice(range.lowerBound, range.upperBound)))
        case .list(let rows): return .vector(self.record(target, store.targets(of: link, from: rows)))
        }
    }
}
