import Resolve
import Types

/// How a question is answered: a source, and the operators that its rows run through, one after another.
///
/// A plan is a list rather than a tree because a question is one: it has a single source, and links are followed by looking them up
/// where a term needs them, not by joining tables.
public struct Plan: Sendable {
    public var source: PlanSource
    public var operators: [PlanOperator]
    /// What is shown, in order.
    public var columns: [AnswerColumn]
    /// The record that a row is about, while there is one.
    public var record: SlotID?
    public var recordEntity: EntityID?
    /// How many of the first columns are fields of the record that nobody chose.
    public var fieldColumnCount: Int

    public init(
        source: PlanSource, operators: [PlanOperator], columns: [AnswerColumn], record: SlotID?, recordEntity: EntityID?,
        fieldColumnCount: Int
    ) {
        self.source = source
        self.operators = operators
        self.columns = columns
        self.record = record
        self.recordEntity = recordEntity
        self.fieldColumnCount = fieldColumnCount
    }
}

/// Where rows come from.
public enum PlanSource: Sendable {
    /// Every record of an entity, in the order of its rows.
    case scan(EntityID, slot: SlotID)
    /// The records whose field equals a value.
    case lookup(EntityID, field: FieldID, value: Value, slot: SlotID)
    /// The records of a set that depends on no row.
    case records(Term, slot: SlotID)
    /// One row with one value.
    case value(Term, slot: SlotID)
    /// The rows of an earlier answer or of the catalogue.
    case bound(String, slots: [SlotID])
    /// The best paths.
    case path(ResolvedPath, PathSlots)
    /// Pairs of records of a set that are probably one; `by` are maps over the set.
    case duplicates(Term, by: [Term], threshold: Double, slots: DuplicateSlots)
    /// No rows, because a condition never holds; the slots would have been these.
    case nothing(slots: [SlotID])

    /// The slots that the rows of the source have.
    public var slots: [SlotID] {
        switch self {
        case .scan(_, let slot), .lookup(_, _, _, let slot), .records(_, let slot), .value(_, let slot): [slot]
        case .path(_, let slots): slots.all
        case .bound(_, let slots), .nothing(let slots): slots
        case .duplicates(_, _, _, let slots): slots.all
        }
    }

    /// The source's own terms.
    public var terms: [Term] {
        switch self {
        case .records(let term, _), .value(let term, _): [term]
        case .path(let path, _): path.terms
        case .duplicates(let set, let values, _, _): [set] + values
        case .scan, .lookup, .bound, .nothing: []
        }
    }
}

/// What happens to the rows.
public enum PlanOperator: Sendable {
    /// Rows for which every condition holds; they are tried in this order, each on what the ones before it left.
    case filter([Term])
    case extend([(slot: SlotID, value: Term)])
    /// A row for every record of the set that a row has: the further variables of `for`.
    case expand(slot: SlotID, set: Term)
    /// A row for every record that a row's lists have in common and that lies where the orders say.
    case intersect(slot: SlotID, EntityID, lists: [CommonList], orders: [CommonOrder])
    case window([(slot: SlotID, call: WindowCall)])
    case summarize(keys: [(slot: SlotID, value: Term)], aggregates: [(slot: SlotID, RowAggregate)])
    case sort([TermSortKey])
    /// The first rows of the order, without sorting the others.
    case top([TermSortKey], count: Int)
    case skip(Int)
    case take(Int)
    case distinct([SlotID])
    case follow(from: SlotID, links: [LinkID], into: SlotID)
    /// The records some hops from the rows' records, with their distance; `steps` are what a hop leads to from `element(level: 1)`.
    case followRepeated(from: SlotID, steps: [Term], Hops, into: SlotID, hops: SlotID)
    case pivot(key: SlotID, keep: [SlotID], value: SlotID)
}

extension PlanOperator {
    /// The terms that the operator evaluates over its input rows.
    public var terms: [Term] {
        var all: [Term] = []
        forEachTerm { all.append($0) }
        return all
    }

    /// Calls `body` for each term that the operator evaluates over its input rows.
    func forEachTerm(_ body: (Term) -> Void) {
        switch self {
        case .filter(let conditions): for condition in conditions { body(condition) }
        case .extend(let columns): for column in columns { body(column.value) }
        case .expand(_, let set): body(set)
        case .window(let calls): for column in calls { for term in column.call.terms { body(term) } }
        case .summarize(let keys, let aggregates):
            for key in keys { body(key.value) }
            for (_, aggregate) in aggregates { for term in aggregate.terms { body(term) } }
        case .sort(let keys), .top(let keys, _): for key in keys { body(key.value) }
        case .followRepeated(_, let steps, _, _, _): for step in steps { body(step) }
        case .intersect, .skip, .take, .distinct, .follow, .pivot: break
        }
    }

    /// Whether something holds for one of the terms.
    func anyTerm(_ holds: (Term) -> Bool) -> Bool {
        var isFound = false
        forEachTerm { isFound = isFound || holds($0) }
        return isFound
    }

    /// The slots that the operator reads.
    public var usedSlots: SlotSet {
        var used = SlotSet(ownSlots)
        forEachTerm { $0.collectSlots(into: &used) }
        return used
    }

    /// Whether the operator reads a slot.
    public func reads(_ slot: SlotID) -> Bool { ownSlots.contains(slot) || anyTerm { $0.reads(slot) } }

    /// The slots that the operator reads besides those in its terms.
    private var ownSlots: [SlotID] {
        switch self {
        case .distinct(let slots): slots
        case .intersect(_, _, let lists, let orders): lists.map(\.from) + orders.map(\.than)
        case .follow(let from, _, _), .followRepeated(let from, _, _, _, _): [from]
        case .pivot(let key, let keep, let value): keep + [key, value]
        case .filter, .extend, .expand, .window, .summarize, .sort, .top, .skip, .take: []
        }
    }

    /// The slots that the operator adds.
    public var newSlots: [SlotID] {
        switch self {
        case .extend(let columns): columns.map(\.slot)
        case .expand(let slot, _), .intersect(let slot, _, _, _): [slot]
        case .window(let calls): calls.map(\.slot)
        case .summarize(let keys, let aggregates): keys.map(\.slot) + aggregates.map(\.slot)
        case .follow(_, _, let slot): [slot]
        case .followRepeated(_, _, _, let slot, let hops): [slot, hops]
        case .filter, .sort, .top, .skip, .take, .distinct, .pivot: []
        }
    }

    /// Whether the rows behind it are other rows, which keep no slot of the rows before it but those it names.
    public var makesNewRows: Bool {
        switch self {
        case .summarize, .follow, .followRepeated, .pivot: true
        default: false
        }
    }

    /// The same operator with every term replaced.
    public func mapTerms(_ change: (Term) -> Term) -> PlanOperator {
        switch self {
        case .filter(let conditions): .filter(conditions.map(change))
        case .extend(let columns): .extend(columns.map { ($0.slot, change($0.value)) })
        case .expand(let slot, let set): .expand(slot: slot, set: change(set))
        case .window(let calls): .window(calls.map { ($0.slot, $0.call.mapTerms(change)) })
        case .summarize(let keys, let aggregates):
            .summarize(
                keys: keys.map { ($0.slot, change($0.value)) }, aggregates: aggregates.map { ($0.slot, $0.1.mapTerms(change)) })
        case .sort(let keys): .sort(keys.map { TermSortKey(change($0.value), descending: $0.descending) })
        case .top(let keys, let count): .top(keys.map { TermSortKey(change($0.value), descending: $0.descending) }, count: count)
        case .followRepeated(let from, let steps, let hops, let into, let distance):
            .followRepeated(from: from, steps: steps.map(change), hops, into: into, hops: distance)
        case .intersect, .skip, .take, .distinct, .follow, .pivot: self
        }
    }
}

extension RowAggregate {
    public var terms: [Term] { [argument, condition].compactMap { $0 } }

    func mapTerms(_ change: (Term) -> Term) -> RowAggregate {
        RowAggregate(kind: kind, argument: argument.map(change), condition: condition.map(change))
    }
}

extension WindowCall {
    public var terms: [Term] {
        let own: [Term] =
            switch kind {
            case .aggregate(let aggregate): aggregate.terms
            case .rank: []
            case .runningSum(let term), .previous(let term): [term]
            }
        return own + partition + order.map(\.value)
    }

    func mapTerms(_ change: (Term) -> Term) -> WindowCall {
        let changedKind: Kind =
            switch kind {
            case .aggregate(let aggregate): .aggregate(aggregate.mapTerms(change))
            case .rank: .rank
            case .runningSum(let term): .runningSum(change(term))
            case .previous(let term): .previous(change(term))
            }
        return WindowCall(
            kind: changedKind, partition: partition.map(change),
            order: order.map { TermSortKey(change($0.value), descending: $0.descending) })
    }
}
