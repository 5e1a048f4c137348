import Syntax
import Types

/// A typed expression in which every name has been resolved and every definition put in its place.
///
/// A term is evaluated for all rows of a frame at once. The frame of level 0 holds the rows of the question; each set that is filtered
/// or mapped opens a frame one level higher, with one row for each record of each row's set, in which `element(level:)` is that record.
/// Levels count from the question's rows, not from the inside out, so that equal terms are equal wherever they stand at one level.
public indirect enum Term: Hashable, Sendable {
    case constant(Value, ValueType)
    /// A column of the question's rows.
    case slot(SlotID, ValueType)
    /// The record, or the list's value, that a set expression is at.
    case element(level: Int, ValueType)
    /// The record of the pair table through which `element(level:)` was reached; only in the brackets, map, table or order behind such a link
    /// that starts from one record, where at most brackets stand between.
    case edge(level: Int, EntityID)
    /// A field of a record; missing where the record is.
    case field(Term, FieldID)
    /// From a record to at most one other.
    case toOne(Term, LinkID)
    /// From a record or from every record of a set to a set, each record once. The link may be to-one: from a set, and from a record
    /// where a set of at most one is asked for (`for p in people, a in p.account`).
    case toMany(Term, LinkID)
    /// Every record of an entity.
    case all(EntityID)
    /// Records known beforehand, such as `accounts["ACC-17"]` or a `let`.
    case records(EntityID, rows: [Int32])
    /// The records of a set for which a condition on `element(level:)` holds.
    case filter(Term, level: Int, condition: Term)
    /// The records that lie some hops from a record or from the nearest record of a set, each once. One hop leads from `element(level:)`
    /// to the records of every step; a step is a set of records of the same entity.
    case repeated(Term, level: Int, steps: [Term], Hops)
    /// A value for every record of a set or every element of a list, in its order.
    case map(Term, level: Int, body: Term)
    /// The first `limit` records of a set in an order (missing last); the record itself where `single`. Without keys in the set's order,
    /// from the end where `fromEnd`.
    case pick(Term, level: Int, keys: [TermSortKey], limit: Int, single: Bool, fromEnd: Bool)
    /// An aggregate over a set (`count`), or over a list of values (`map`).
    case aggregate(AggregateKind, over: Term)
    /// Whether a set has a record.
    case isEmpty(Term)
    /// Whether a record is in a set.
    case contains(set: Term, record: Term)
    /// Two operands of types that fit the operator; comparisons follow the language's rule for missing values.
    case binary(BinaryOperator, Term, Term, ValueType)
    case not(Term)
    case negate(Term)
    /// Membership in a list of constants.
    case isIn(Term, [Value])
    case conditional(Term, then: Term, otherwise: Term, ValueType)
    /// A native function of the standard library, by its name there, with every parameter filled in.
    case call(String, [Term], ValueType)
    /// `deals {stage, amount}`.
    case table(Term, level: Int, columns: [TermColumn])
}

/// How far repeated links lead: at least `lower` hops, where the start itself lies at 0, and at most `upper` if there is an end.
public struct Hops: Hashable, Sendable {
    public var lower: Int
    public var upper: Int?
    public init(lower: Int, upper: Int?) {
        self.lower = lower
        self.upper = upper
    }

    /// As it is written behind a link: `+`, `*`, `{2}`, `{1..3}`.
    public var text: String {
        switch (lower, upper) {
        case (1, nil): "+"
        case (0, nil): "*"
        case (let lower, nil): "{\(lower)..}"
        case (let lower, let upper?): lower == upper ? "{\(lower)}" : "{\(lower)..\(upper)}"
        }
    }
}

public struct TermSortKey: Hashable, Sendable {
    public var value: Term
    public var descending: Bool
    public init(_ value: Term, descending: Bool) {
        self.value = value
        self.descending = descending
    }
}

public struct TermColumn: Hashable, Sendable {
    public var name: String
    public var value: Term
    public init(name: String, value: Term) {
        self.name = name
        self.value = value
    }
}

/// A column of a question's rows; numbers are given once in a question and never used again for another column.
public struct SlotID: Hashable, Sendable {
    public let index: Int
    public init(_ index: Int) { self.index = index }
}

/// The operators of terms, for modules that know terms but no syntax.
public typealias TermOperator = BinaryOperator

extension BinaryOperator {
    /// The comparison with its sides exchanged; none for other operators.
    public var turned: BinaryOperator? {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: nil
        }
    }
}
