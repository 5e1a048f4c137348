import Resolve
import Types

/// The place of a node in an `ExpressionGraph`.
typealias NodeID = Int

/// What a node does: a term with its parts replaced by the numbers of nodes.
enum Operation: Hashable, Sendable {
    case constant(Value)
    case slot(SlotID)
    case element(level: Int)
    case edge(level: Int, EntityID)
    case field(NodeID, FieldID)
    case toOne(NodeID, LinkID)
    case toMany(NodeID, LinkID)
    case all(EntityID)
    case records(EntityID, rows: [Int32])
    case filter(NodeID, level: Int, condition: NodeID)
    case repeated(NodeID, Steps, Hops)
    case map(NodeID, level: Int, body: NodeID)
    case pick(Pick)
    case aggregate(AggregateKind, NodeID)
    case isEmpty(NodeID)
    case contains(set: NodeID, record: NodeID)
    case binary(TermOperator, NodeID, NodeID)
    case not(NodeID)
    case negate(NodeID)
    case isIn(NodeID, [Value])
    case conditional(NodeID, then: NodeID, otherwise: NodeID)
    case call(String, [NodeID])
    case table(NodeID, level: Int, columns: [NamedNode])
}

/// What one hop of repeated links leads to.
struct Steps: Hashable, Sendable {
    /// Sets of records of the entity that is searched, from the element of `level`.
    var nodes: [NodeID]
    let level: Int
    /// Whether a hop leads to the same records wherever the search begins.
    let areFixed: Bool
    /// The links, where each step is one as it is stored.
    let links: [LinkID]?
}

/// `first(S)`, `last(S)`, `top(3, S by -at)`.
struct Pick: Hashable, Sendable {
    var set: NodeID
    let level: Int
    var keys: [SortKeyPlan]
    let limit: Int
    let single: Bool
    let fromEnd: Bool
}

/// A column of a nested answer.
struct NamedNode: Hashable, Sendable {
    let name: String
    var value: NodeID
}

extension Operation {
    /// The operation with each of its parts put through a function, in order; where it opens a frame, the set comes first.
    func mapParts(_ change: (NodeID) -> NodeID) -> Operation {
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: return self
        case .field(let record, let field): return .field(change(record), field)
        case .toOne(let record, let link): return .toOne(change(record), link)
        case .toMany(let records, let link): return .toMany(change(records), link)
        case .filter(let set, let level, let condition):
            return .filter(change(set), level: level, condition: change(condition))
        case .repeated(let start, var steps, let hops):
            let start = change(start)
            steps.nodes = steps.nodes.map(change)
            return .repeated(start, steps, hops)
        case .map(let set, let level, let body): return .map(change(set), level: level, body: change(body))
        case .pick(var pick):
            pick.set = change(pick.set)
            for index in pick.keys.indices { pick.keys[index].value = change(pick.keys[index].value) }
            return .pick(pick)
        case .aggregate(let kind, let values): return .aggregate(kind, change(values))
        case .isEmpty(let set): return .isEmpty(change(set))
        case .contains(let set, let record): return .contains(set: change(set), record: change(record))
        case .binary(let operation, let left, let right): return .binary(operation, change(left), change(right))
        case .not(let operand): return .not(change(operand))
        case .negate(let operand): return .negate(change(operand))
        case .isIn(let operand, let values): return .isIn(change(operand), values)
        case .conditional(let condition, let then, let otherwise):
            return .conditional(change(condition), then: change(then), otherwise: change(otherwise))
        case .call(let name, let arguments): return .call(name, arguments.map(change))
        case .table(let set, let level, var columns):
            let set = change(set)
            for index in columns.indices { columns[index].value = change(columns[index].value) }
            return .table(set, level: level, columns: columns)
        }
    }

    /// A hash of what tells most operations apart; a hash of everything would cost more than it saves among the few of a question.
    var quickHash: Int {
        switch self {
        case .constant: 1
        case .slot(let slot): 2 &+ slot.index &* 31
        case .element(let level), .edge(let level, _): 3 &+ level &* 31
        case .field(let part, let field): 4 &+ part &* 31 &+ field.index &* 7
        case .toOne(let part, let link), .toMany(let part, let link): 5 &+ part &* 31 &+ link.index &* 7
        case .all: 6
        case .records: 7
        case .filter(let part, _, let other), .map(let part, _, let other): 8 &+ part &* 31 &+ other &* 7
        case .contains(let part, let other), .binary(_, let part, let other): 9 &+ part &* 31 &+ other &* 7
        case .repeated(let part, _, _), .aggregate(_, let part), .isEmpty(let part), .not(let part), .negate(let part),
            .isIn(let part, _), .conditional(let part, _, _), .table(let part, _, _):
            10 &+ part &* 31
        case .pick(let pick): 11 &+ pick.set &* 31
        case .call(_, let arguments): 12 &+ (arguments.first ?? 0) &* 31
        }
    }

    /// The parts, in order.
    var parts: [NodeID] {
        var parts: [NodeID] = []
        _ = mapParts {
            parts.append($0)
            return $0
        }
        return parts
    }

    /// The level of the frame that the operation opens for all parts but the first; none where it opens none.
    var openedLevel: Int? {
        switch self {
        case .filter(_, let level, _), .map(_, let level, _), .table(_, let level, _): level
        case .repeated(_, let steps, _): steps.level
        case .pick(let pick): pick.level
        default: nil
        }
    }

    /// The parts of an operation that gives a value of their values alone, and looks at all of them.
    var plainParts: [NodeID] {
        switch self {
        case .field(let record, _), .toOne(let record, _): [record]
        case .negate(let operand): [operand]
        case .binary(.and, _, _), .binary(.or, _, _): []
        case .binary(_, let left, let right): [left, right]
        case .call(_, let arguments): arguments
        default: []
        }
    }
}
