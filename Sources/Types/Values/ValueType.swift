import Syntax

/// The position of an entity in `Schema.entities`.
public struct EntityID: Hashable, Sendable {
    public let index: Int
    public init(_ index: Int) { self.index = index }
}

/// The type of an expression.
public indirect enum ValueType: Hashable, Sendable {
    /// The type of `none` alone; it fits every other type.
    case none
    case text, number, bool, date, time, duration
    /// A calendar period of one unit (day excepted): `month(d)` is `.period(.month)`. No unit means that it is not known beforehand.
    case period(CalendarUnit?)
    /// A record of an entity, or none.
    case record(EntityID)
    /// A set of records, each once.
    case set(EntityID)
    /// One value for every record of a set (in the order of the set), or for every element of a list.
    case list(ValueType)
    /// `deals {stage, amount}`: a small table for each row.
    case table([TableColumn])

    public struct TableColumn: Hashable, Sendable {
        public let name: String
        public let type: ValueType
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    /// Whether a column of this type holds one plain value a row.
    public var isScalar: Bool {
        switch self {
        case .set, .list, .table: false
        default: true
        }
    }
}
