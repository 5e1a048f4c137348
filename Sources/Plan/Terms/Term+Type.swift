import Resolve
import Syntax
import Types

extension Term {
    /// The type of the term's values, which its parts determine.
    public func type(in schema: Schema) -> ValueType {
        switch self {
        case .constant(_, let type), .slot(_, let type), .element(_, let type), .binary(_, _, _, let type),
            .conditional(_, _, _, let type), .call(_, _, let type):
            return type
        case .edge(_, let entity): return .record(entity)
        case .field(_, let field): return schema[field].type
        case .toOne(_, let link): return .record(schema[link].to)
        case .toMany(_, let link): return .set(schema[link].to)
        case .all(let entity), .records(let entity, _): return .set(entity)
        case .filter(let set, _, _): return set.type(in: schema)
        case .map(_, _, let body): return .list(body.type(in: schema))
        case .pick(let set, _, _, _, let single, _):
            let type = set.type(in: schema)
            guard single else { return type }
            switch type {
            case .set(let entity): return .record(entity)
            case .list(let element): return element
            default: return type
            }
        case .aggregate(let kind, let values): return kind.resultType(of: values.type(in: schema))
        case .isEmpty, .contains, .not, .isIn: return .bool
        case .negate(let operand): return operand.type(in: schema)
        case .table(_, _, let columns):
            return .table(columns.map { ValueType.TableColumn(name: $0.name, type: $0.value.type(in: schema)) })
        }
    }
}

extension AggregateKind {
    /// The type of the aggregate over a set, a list, or rows with values of a type.
    public func resultType(of argument: ValueType?) -> ValueType {
        let element: ValueType =
            switch argument {
            case .list(let element): element
            case .set(let entity): .record(entity)
            case .some(let type): type
            case nil: .none
            }
        switch self {
        case .count, .countPresent, .countTrue, .countDistinct, .percentile, .standardDeviation, .share: return .number
        case .sum, .average, .median: return element == .duration ? .duration : .number
        case .minimum, .maximum, .first, .last: return element
        case .list: return .list(element)
        case .join: return .text
        case .anyTrue, .allTrue: return .bool
        }
    }
}
