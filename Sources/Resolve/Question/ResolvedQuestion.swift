import Syntax
import Types

/// Where the rows come from.
public enum ResolvedSource: Sendable {
    /// A set that depends on no row: one row a record, in its order.
    case records(Term, slot: SlotID)
    /// One row with one value, for a question such as `2 + 2`.
    case value(Term, slot: SlotID)
    /// Every combination; each set may depend on the slots before it.
    case combinations([(slot: SlotID, set: Term)])
    /// The best paths from a set of records to another, a row a path.
    case path(ResolvedPath, PathSlots)
    /// The rows of an earlier answer, or of the catalogue, by the name under which the session keeps it: a slot for each column in
    /// order and, where the rows know their record, one more for that.
    case bound(String, slots: [SlotID])
    /// Pairs of records of a set that are probably one, the likeliest first. `by` are maps over the set: the values that are compared.
    case duplicates(Term, by: [Term], threshold: Double, slots: DuplicateSlots)
}

/// Where `duplicates of` puts the two records of a pair and how much they agree, from 0 to 1.
public struct DuplicateSlots: Hashable, Sendable {
    public var a: SlotID
    public var b: SlotID
    public var score: SlotID
    public init(a: SlotID, b: SlotID, score: SlotID) {
        self.a = a
        self.b = b
        self.score = score
    }
    public var all: [SlotID] { [a, b, score] }
}

/// An aggregate over the rows of a group.
public struct RowAggregate: Hashable, Sendable {
    public var kind: AggregateKind
    /// What is aggregated; none for `count()`. When its type is a set or a list, the set is united over the group, each record once,
    /// and the aggregate goes over that.
    public var argument: Term?
    /// Only rows for which it holds.
    public var condition: Term?
    public init(kind: AggregateKind, argument: Term?, condition: Term? = nil) {
        self.kind = kind
        self.argument = argument
        self.condition = condition
    }
}

/// A value computed from the rows that share a key, or from the rows so far.
public struct WindowCall: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The same value for every row of the partition.
        case aggregate(RowAggregate)
        /// 1 for the first row of the partition in the order so far; rows that tie in the latest `sort` share a rank.
        case rank
        case runningSum(Term)
        /// The value in the row before, within the partition.
        case previous(Term)
    }
    public var kind: Kind
    /// Empty for `per all`.
    public var partition: [Term]
    /// The keys of the latest `sort`, for ties.
    public var order: [TermSortKey]
    public init(kind: Kind, partition: [Term], order: [TermSortKey]) {
        self.kind = kind
        self.partition = partition
        self.order = order
    }
}

/// What happens to the rows, one after another. Columns that are merely no longer shown need no step.
public enum Step: Sendable {
    case filter(Term)
    case extend([(slot: SlotID, value: Term)])
    case window([(slot: SlotID, call: WindowCall)])
    /// One row a group, in order of first appearance; one row in all when there are no keys.
    case summarize(keys: [(slot: SlotID, value: Term)], aggregates: [(slot: SlotID, RowAggregate)])
    case sort([TermSortKey])
    case skip(Int)
    case take(Int)
    /// Rows that agree in these columns become one, the first.
    case distinct([SlotID])
    /// The records that the rows' records lead to, each once; all other columns are gone.
    case follow(from: SlotID, links: [LinkID], into: SlotID)
    /// The records that lie some hops from the nearest of the rows' records, each once, the nearest first, with their distance in
    /// `hops`; a hop leads from `element(level: 1)` to the records of the steps. All other columns are gone.
    case followRepeated(from: SlotID, steps: [Term], Hops, into: SlotID, hops: SlotID)
    /// The values of `key` become columns: rows that agree in `keep` become one, and `value` is spread over columns named in the answer
    /// by the texts of `key`. The columns are known only when the rows are.
    case pivot(key: SlotID, keep: [SlotID], value: SlotID)
}

public struct AnswerColumn: Sendable {
    public var name: String
    public var slot: SlotID
    public var type: ValueType
    public init(name: String, slot: SlotID, type: ValueType) {
        self.name = name
        self.slot = slot
        self.type = type
    }
}

/// A question whose every name is known and every type right.
public struct ResolvedQuestion: Sendable {
    public var source: ResolvedSource
    public var steps: [Step]
    /// What is shown, in order. After `pivot` the spread columns follow these.
    public var columns: [AnswerColumn]
    /// The record that a row is about, while there is one; it stays known after `select`, so that a later clause can use its fields.
    public var record: SlotID?
    public var recordEntity: EntityID?
    /// How many of the first columns are the record's fields, shown by default; nobody chose them, so a terminal may leave some out.
    public var fieldColumnCount: Int
    /// What the rows were like before each step that forgot their records, in order.
    public var shapes: [RowShape] = []
    /// The day as of which it is asked: it has to be answered from the data as they were then.
    public var day: Int32?
    /// The periods of `each`: the question is as resolved for one of them, and has to be resolved and answered for all.
    public var each: EachPeriods?

    public init(
        source: ResolvedSource, steps: [Step], columns: [AnswerColumn], record: SlotID?, recordEntity: EntityID?,
        fieldColumnCount: Int, day: Int32? = nil
    ) {
        self.source = source
        self.steps = steps
        self.columns = columns
        self.record = record
        self.recordEntity = recordEntity
        self.fieldColumnCount = fieldColumnCount
        self.day = day
    }
}
