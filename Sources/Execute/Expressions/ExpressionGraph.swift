import Plan
import Resolve
import Types

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

/// Something that a node reads from frames around it.
struct Reading: Hashable, Sendable {
    /// The longest chain of to-one links that starts at what is read, and is read nowhere but at its end; none for the facts of a pair.
    let chain: NodeID?
    /// The slot or the element at which the chain starts.
    let root: NodeID
    /// The level of the frame that has it; 0 for slots.
    let level: Int
}

/// A class, since evaluation looks at nodes far more often than it makes them, and a copy would count many references.
final class Node: Sendable {
    let operation: Operation
    let type: ValueType
    let readings: [Reading]
    /// The level of the innermost frame that the value depends on; none where it depends on no row at all.
    let level: Int?
    let cost: Int
    let derivation: Derivation?

    init(operation: Operation, type: ValueType, readings: [Reading], cost: Int, derivation: Derivation?) {
        self.operation = operation
        self.type = type
        self.readings = readings
        level = readings.lazy.map(\.level).max()
        self.cost = cost
        self.derivation = derivation
    }
}

/// The terms of a question, each different one once.
///
/// A term is taken apart once, when the plan is made executable; evaluation goes by node numbers. Terms are equal where what they do,
/// the numbers of their parts and their types are equal, so that no tree is ever hashed or compared as a whole.
struct ExpressionGraph: Sendable {
    /// The level of a frame that holds records of an entity instead of the question's rows. It is below every other level, so that the
    /// levels of the terms inside stay what they are.
    static let derivedLevel = -1

    /// Numbers ascend from the inside out.
    private var nodes: [Node] = []
    /// For each remainder of a hash the newest node that has it, and for each node the one before it with the same remainder.
    private var newest: [NodeID?] = Array(repeating: nil, count: 64)
    private var before: [NodeID?] = []
    let schema: Schema

    init(schema: Schema) { self.schema = schema }

    subscript(_ id: NodeID) -> Node { nodes[id] }

    /// The node of a term, made where there is none yet.
    mutating func node(for term: Term) -> NodeID {
        let operation = operation(of: term)
        return node(operation, term.type(in: schema)) { term.cost(ofParts: $0) }
    }

    /// The node of what one hop from the element of a level leads to.
    mutating func steps(_ terms: [Term], level: Int) -> Steps {
        let links = terms.map { term -> LinkID? in
            if case .toMany(.element(level, _), let link) = term { return link }
            return nil
        }
        let steps = terms.map { node(for: $0) }
        return Steps(
            nodes: steps, level: level,
            areFixed: steps.allSatisfy { nodes[$0].readings.allSatisfy { $0.level == level } },
            links: links.contains(nil) ? nil : links.compactMap { $0 })
    }

    /// The node of an operation; its cost is asked for, by the costs of its parts, where it is a new one.
    private mutating func node(_ operation: Operation, _ type: ValueType, cost: (PartCosts) -> Int) -> NodeID {
        let bucket = operation.quickHash & (newest.count - 1)
        var candidate = newest[bucket]
        while let id = candidate {
            if nodes[id].operation == operation, nodes[id].type == type { return id }
            candidate = before[id]
        }
        let parts = operation.parts
        var costs = PartCosts()
        for part in parts { costs.add(nodes[part].cost) }
        let cost = cost(costs)
        let readings = readings(of: operation, parts)
        let derivation = derivation(of: operation, type, readings, cost: cost)
        // What is derived is made of nodes by now.
        let id = nodes.count
        let own = readings ?? [Reading(chain: id, root: root(of: operation) ?? id, level: level(of: operation))]
        nodes.append(Node(operation: operation, type: type, readings: own, cost: cost, derivation: derivation))
        before.append(newest[bucket])
        newest[bucket] = id
        return id
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
            let plans = keys.map { SortKeyPlan(value: node(for: $0.value), descending: $0.descending) }
            return .pick(Pick(set: inner, level: level, keys: plans, limit: limit, single: single, fromEnd: fromEnd))
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
            return .table(inner, level: level, columns: columns.map { NamedNode(name: $0.name, value: node(for: $0.value)) })
        }
    }

    // MARK: What a node reads

    /// What an operation reads from frames around it; none for what is itself the end of a chain.
    private func readings(of operation: Operation, _ parts: [NodeID]) -> [Reading]? {
        switch operation {
        case .slot, .element: return nil
        case .edge(let level, _): return [Reading(chain: nil, root: nodes.count, level: level)]
        case .toOne(let record, _) where isChain(record): return nil
        default: break
        }
        var all: [Reading] = []
        for (position, part) in parts.enumerated() {
            // The set stands outside of the frame that is opened for what follows it.
            let opened = position == 0 ? nil : operation.openedLevel
            for reading in nodes[part].readings where reading.level != opened && !all.contains(reading) { all.append(reading) }
        }
        return all
    }

    private func isChain(_ id: NodeID) -> Bool { nodes[id].readings.first?.chain == id }

    /// Where a chain starts that the operation makes one link longer; none where it starts it.
    private func root(of operation: Operation) -> NodeID? {
        if case .toOne(let record, _) = operation { return nodes[record].readings.first?.root }
        return nil
    }

    private func level(of operation: Operation) -> Int {
        switch operation {
        case .element(let level): level
        case .toOne(let record, _): nodes[record].level ?? 0
        default: 0
        }
    }

    // MARK: Values that depend on one record

    /// How to compute a value for a whole entity, where that makes sense: it is worth it, gives one plain value, and reads nothing but one
    /// record.
    private mutating func derivation(
        of operation: Operation, _ type: ValueType, _ readings: [Reading]?, cost: Int
    ) -> Derivation? {
        guard type.isScalar, let readings else { return nil }
        var isPart = false
        switch operation {
        case .aggregate, .isEmpty: break
        case .pick(let pick): if !pick.single { return nil }
        default:
            // What is made of such a value alone is computed along with it, where many rows share the record.
            guard operation.plainParts.contains(where: { nodes[$0].derivation?.isShared == true }) else { return nil }
            isPart = true
        }
        guard let argument = onlyRecord(readings), case .record(let entity) = nodes[argument].type else { return nil }
        if case .element(Self.derivedLevel) = nodes[argument].operation { return nil }
        var isShared = false
        if case .toOne = nodes[argument].operation { isShared = true }
        if isPart, !isShared { return nil }
        let element = node(.element(level: Self.derivedLevel), .record(entity)) { _ in 0 }
        let changed = operation.mapParts { replacing(argument, with: element, in: $0) }
        let body = node(changed, type) { _ in cost }
        return Derivation(argument: argument, entity: entity, body: body, isShared: isShared)
    }

    /// The record that is all that is read: a slot or an element, or what a chain of to-one links leads to from there if nothing else of
    /// it is read.
    private func onlyRecord(_ readings: [Reading]) -> NodeID? {
        // The facts of a pair are no function of a record.
        guard let first = readings.first, readings.allSatisfy({ $0.chain != nil && $0.root == first.root }) else { return nil }
        let only = readings.count == 1 ? first.chain ?? first.root : first.root
        if case .record = nodes[only].type { return only }
        return nil
    }

    /// A node that reads one node where another one reads a certain one. It costs as much, as long as it is only compared with others.
    private mutating func replacing(_ target: NodeID, with replacement: NodeID, in id: NodeID) -> NodeID {
        if id == target { return replacement }
        let node = nodes[id]
        let root = nodes[target].readings.first?.root
        guard node.readings.contains(where: { $0.root == root }) else { return id }
        let changed = node.operation.mapParts { replacing(target, with: replacement, in: $0) }
        return self.node(changed, node.type) { _ in node.cost }
    }
}
