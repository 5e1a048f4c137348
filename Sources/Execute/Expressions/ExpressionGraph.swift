import Plan
import Resolve
import Syntax
import Types

/// The place of a node in `ExpressionGraph.nodes`.
typealias NodeID = Int

/// What a node does; terms with their parts replaced by the numbers of nodes.
enum Operation: Sendable {
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
    case pick(NodeID, level: Int, keys: [(value: NodeID, descending: Bool)], limit: Int, single: Bool, fromEnd: Bool)
    case aggregate(AggregateKind, NodeID)
    case isEmpty(NodeID)
    case contains(set: NodeID, record: NodeID)
    case binary(BinaryOperator, NodeID, NodeID)
    case not(NodeID)
    case negate(NodeID)
    case isIn(NodeID, [Value])
    case conditional(NodeID, then: NodeID, otherwise: NodeID)
    case call(String, [NodeID])
    case table(NodeID, level: Int, columns: [(name: String, value: NodeID)])
}

/// A value that depends on one record only can be computed for every record of the entity once, and then be looked up.
struct Derivation: Sendable {
    /// The record that the value depends on.
    let argument: NodeID
    let entity: EntityID
    /// The value, in a frame of level `derivedLevel` that holds the records of the entity.
    let body: NodeID
    /// Whether the record is one that a link leads to, which many rows may have in common.
    let isShared: Bool
}

struct Node: Sendable {
    let operation: Operation
    let type: ValueType
    /// The level of the innermost frame that the value depends on; none where it depends on no row at all.
    let level: Int?
    let cost: Int
    let derivation: Derivation?
}

/// The terms of a question, each different one once. Evaluation goes by node numbers: a term is hashed when the plan is made
/// executable, never again for a batch.
struct ExpressionGraph: Sendable {
    /// The level of a frame that holds records of an entity instead of the question's rows. It is below every other level, so that the
    /// levels of the terms inside stay what they are.
    static let derivedLevel = -1

    private(set) var nodes: [Node] = []
    private var known: [Term: NodeID] = [:]
    let schema: Schema

    init(schema: Schema) { self.schema = schema }

    subscript(_ id: NodeID) -> Node { nodes[id] }

    /// The node of a term, made where there is none yet.
    mutating func node(for term: Term) -> NodeID {
        if let id = known[term] { return id }
        let operation = operation(of: term)
        let derivation = derivation(of: term, operation)
        // The parts are nodes by now, so that numbers ascend from the inside out.
        let level = term.innermostLevel
        nodes.append(
            Node(operation: operation, type: term.type(in: schema), level: level, cost: term.cost, derivation: derivation))
        known[term] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func operation(of term: Term) -> Operation {
        switch term {
        case .constant(let value, _): return .constant(value)
        case .slot(let slot, _): return .slot(slot)
        case .element(let level, _): return .element(level: level)
        case .edge(let level, let entity): return .edge(level: level, entity)
        case .field(let record, let field): return .field(node(for: record), field)
        case .toOne(let record, let link): return .toOne(node(for: record), link)
        case .toMany(let records, let link): return .toMany(node(for: records), link)
        case .all(let entity): return .all(entity)
        case .records(let entity, let rows): return .records(entity, rows: rows)
        case .filter(let set, let level, let condition):
            return .filter(node(for: set), level: level, condition: node(for: condition))
        case .repeated(let start, let level, let steps, let hops):
            return .repeated(node(for: start), self.steps(steps, level: level), hops)
        case .map(let set, let level, let body): return .map(node(for: set), level: level, body: node(for: body))
        case .pick(let set, let level, let keys, let limit, let single, let fromEnd):
            let inner = node(for: set)
            let keyNodes = keys.map { (value: node(for: $0.value), descending: $0.descending) }
            return .pick(inner, level: level, keys: keyNodes, limit: limit, single: single, fromEnd: fromEnd)
        case .aggregate(let kind, let values): return .aggregate(kind, node(for: values))
        case .isEmpty(let set): return .isEmpty(node(for: set))
        case .contains(let set, let record): return .contains(set: node(for: set), record: node(for: record))
        case .binary(let operation, let left, let right, _): return .binary(operation, node(for: left), node(for: right))
        case .not(let operand): return .not(node(for: operand))
        case .negate(let operand): return .negate(node(for: operand))
        case .isIn(let operand, let values): return .isIn(node(for: operand), values)
        case .conditional(let condition, let then, let otherwise, _):
            return .conditional(node(for: condition), then: node(for: then), otherwise: node(for: otherwise))
        case .call(let name, let arguments, _): return .call(name, arguments.map { node(for: $0) })
        case .table(let set, let level, let columns):
            let inner = node(for: set)
            return .table(inner, level: level, columns: columns.map { (name: $0.name, value: node(for: $0.value)) })
        }
    }

    /// How to compute a term for a whole entity, where that makes sense: it is worth it, gives one plain value, and reads nothing but one
    /// record.
    private mutating func derivation(of term: Term, _ operation: Operation) -> Derivation? {
        var isPart = false
        switch term {
        case .aggregate, .isEmpty: break
        case .pick(_, _, _, _, let single, _): if !single { return nil }
        default:
            // What is made of such a value alone is computed along with it, where many rows share the record.
            guard operation.plainParts.contains(where: { nodes[$0].derivation?.isShared == true }) else { return nil }
            isPart = true
        }
        guard term.type(in: schema).isScalar, let argument = term.onlyRecord(in: schema) else { return nil }
        guard case .record(let entity) = argument.type(in: schema) else { return nil }
        let element = Term.element(level: Self.derivedLevel, .record(entity))
        if argument == element { return nil }
        var isShared = false
        if case .toOne = argument { isShared = true }
        if isPart, !isShared { return nil }
        let body = term.replacing(argument, with: element)
        return Derivation(argument: node(for: argument), entity: entity, body: node(for: body), isShared: isShared)
    }
}

extension Operation {
    /// The parts of an operation that gives a value of their values alone, and looks at all of them.
    fileprivate var plainParts: [NodeID] {
        switch self {
        case .field(let record, _), .toOne(let record, _): [record]
        case .negate(let operand): [operand]
        case .binary(let operation, let left, let right): operation.isLogical ? [] : [left, right]
        case .call(_, let arguments): arguments
        default: []
        }
    }
}

extension BinaryOperator {
    /// Whether the right side need not be looked at where the left one decides.
    fileprivate var isLogical: Bool { self == .and || self == .or }
}

extension Term {
    /// The highest level that the term reads; 0 for the question's rows; none for a term that reads nothing.
    var innermostLevel: Int? {
        let innermost = freeLevels.max()
        return readsSlots ? max(innermost ?? 0, 0) : innermost
    }

    /// The record that is all the term reads: a slot or an element, or what a chain of to-one links leads to from there if nothing else
    /// of it is read.
    func onlyRecord(in schema: Schema) -> Term? {
        var chains: Set<Term> = []
        guard collectChains(into: &chains, bound: []), let first = chains.first else { return nil }
        if chains.count == 1 { return first.isRecord(in: schema) ? first : nil }
        let roots = Set(chains.map(\.chainRoot))
        guard roots.count == 1, let root = roots.first, root.isRecord(in: schema) else { return nil }
        return root
    }

    /// Collects the longest chains of to-one links that start at what is read from outside. False where something is read that is no
    /// function of a record: the facts of a pair.
    private func collectChains(into chains: inout Set<Term>, bound: Set<Int>) -> Bool {
        switch self {
        case .edge(let level, _): return bound.contains(level)
        case .slot: chains.insert(self)
        case .element(let level, _): if !bound.contains(level) { chains.insert(self) }
        case .toOne where isChain(bound: bound): chains.insert(self)
        default:
            var isFirst = true
            let inner = openedLevel.map { bound.union([$0]) } ?? bound
            return !anyPart { part in
                defer { isFirst = false }
                return !part.collectChains(into: &chains, bound: isFirst ? bound : inner)
            }
        }
        return true
    }

    private func isChain(bound: Set<Int>) -> Bool {
        switch chainRoot {
        case .slot: true
        case .element(let level, _): !bound.contains(level)
        default: false
        }
    }

    private var chainRoot: Term {
        if case .toOne(let record, _) = self { return record.chainRoot }
        return self
    }

    private func isRecord(in schema: Schema) -> Bool {
        if case .record = type(in: schema) { return true }
        return false
    }
}
