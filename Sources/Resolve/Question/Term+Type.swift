import Types

extension Term {
    /// The type of the values that the term gives. Types that follow from the schema are looked up rather than stored, so that
    /// equal terms are equal.
    public func type(in schema: Schema) -> ValueType {
        switch self {
        case .constant(_, let type), .slot(_, let type), .element(_, let type), .binary(_, _, _, let type),
            .conditional(_, _, _, let type), .call(_, _, let type):
            type
        case .edge(_, let entity): .record(entity)
        case .field(_, let field): schema[field].type
        case .toOne(_, let link): .record(schema[link].to)
        case .toMany(_, let link): .set(schema[link].to)
        case .all(let entity), .records(let entity, _): .set(entity)
        case .filter(let set, _, _): set.type(in: schema)
        case .repeated(let start, _, _, _): start.type(in: schema).entity.map { .set($0) } ?? .none
        case .map(_, _, let body): .list(body.type(in: schema))
        case .pick(let set, _, _, _, let single, _): single ? set.type(in: schema).element : set.type(in: schema)
        case .aggregate(let kind, let over): kind.result(over: over.type(in: schema).element)
        case .isEmpty, .contains, .not, .isIn: .bool
        case .negate(let operand): operand.type(in: schema)
        case .table(_, _, let columns):
            .table(columns.map { ValueType.TableColumn(name: $0.name, type: $0.value.type(in: schema)) })
        }
    }
}

extension ValueType {
    /// What one element of a set or a list is; the type itself where it is neither.
    var element: ValueType {
        switch self {
        case .set(let entity): .record(entity)
        case .list(let type): type
        default: self
        }
    }

    /// Whether it is a set or a list, so that an aggregate can go over it.
    var isMany: Bool {
        switch self {
        case .set, .list: true
        default: false
        }
    }

    /// Whether `<` and `sort` have a meaning for it.
    var isOrdered: Bool {
        switch self {
        case .text, .number, .bool, .date, .time, .duration, .period, .none: true
        case .record, .set, .list, .table: false
        }
    }

    var entity: EntityID? {
        switch self {
        case .record(let entity), .set(let entity): entity
        default: nil
        }
    }
}

extension AggregateKind {
    /// The type of the result over elements of a type.
    public func result(over element: ValueType) -> ValueType {
        switch self {
        case .count, .countPresent, .countTrue, .countDistinct, .percentile, .standardDeviation, .share: .number
        case .sum, .average, .median, .minimum, .maximum, .first, .last: element == .none ? .number : element
        case .list: .list(element)
        case .join: .text
        case .anyTrue, .allTrue: .bool
        }
    }
}
