import Columns
import Plan
import Resolve
import Store
import Types

/// Paths whose terms are nodes.
struct PathPlan {
    let path: ResolvedPath
    let slots: PathSlots
    let from: NodeID
    let to: NodeID
    /// For each way the records that its steps lead to and, where they have values, these.
    let ways: [(set: NodeID, values: NodeID?)]
}

extension ExpressionGraph {
    mutating func plan(_ path: ResolvedPath, _ slots: PathSlots) -> PathPlan {
        PathPlan(
            path: path, slots: slots, from: node(for: path.from), to: node(for: path.to),
            ways: path.ways.map { way in
                (node(for: way.set), way.value.map { node(for: .map(way.set, level: 2, body: $0)) })
            })
    }
}

/// A way as the search and the evidence need it.
struct PathWayData {
    let link: LinkID
    let index: LinkIndex
    /// Beside each far row the pair through which a step goes, where there are pairs.
    let edges: Buffer<Int32>?
    /// Beside each far row the value of the step, where steps have values.
    let values: Vector?
    let costs: Buffer<Double>?
}

extension Evaluator {
    /// The best paths, each with the steps that it takes.
    func paths(_ plan: PathPlan) throws -> [DescribedPath] {
        let path = plan.path
        var ranges: [EntityID: Range<Int>] = [:]
        var nodeCount = 0
        for entity in path.entities {
            let count = store.schema[entity].rowCount
            ranges[entity] = nodeCount..<(nodeCount + count)
            nodeCount += count
        }
        guard nodeCount <= Int(Int32.max) else { throw ExecuteError.tooManyElements(limit: Int(Int32.max)) }
        let ways = try plan.ways.indices.map { try pathWay(plan, $0) }
        let finder = PathFinder(
            ways.map { way in
                let link = store.schema[way.link]
                return PathWay(
                    link: way.index, back: way.values == nil ? wayBack(from: way) : nil, costs: way.costs,
                    near: ranges[link.from] ?? 0..<0, far: ranges[link.to] ?? 0..<0)
            }, nodeCount: nodeCount, within: path.within, check: { [cancellation] in try cancellation.check() })
        let starts = try nodes(of: plan.from, ranges)
        let ends = try nodes(of: plan.to, ranges)
        let found = try finder.best(path.count, from: starts, to: ends)
        if let met = finder.firstMeeting {
            note("met \(met.near) hop\(met.near == 1 ? "" : "s") from the start and \(met.far) from the end")
        }
        if let left = finder.boundedStartCount {
            note("begun from \(left) of \(starts.count) starts, by bounds sought from the ends")
        }
        let evidence = PathEvidence(store: store, path: path, ways: ways, ranges: ranges)
        return found.map { evidence.describe($0, by: finder) }
    }

    private func nodes(of set: NodeID, _ ranges: [EntityID: Range<Int>]) throws -> [Int32] {
        let records = ordered(try recordSet(set, in: Frame(rowCount: 1)))
        let first = Int32(truncatingIfNeeded: ranges[records.entity]?.lowerBound ?? 0)
        return records.rows.buffer.array.map { $0 + first }
    }

    /// A stored link as it lies there; steps with conditions or values are collected from all records.
    private func pathWay(_ plan: PathPlan, _ position: Int) throws -> PathWayData {
        let link = plan.path.ways[position].link
        let nodes = plan.ways[position]
        if nodes.values == nil, case .toMany(let origin, link) = graph[nodes.set].operation,
            case .element = graph[origin].operation
        {
            let index = store.index(of: link)
            var edges: Buffer<Int32>?
            if case .many(_, _, let own) = index { edges = own }
            return PathWayData(link: link, index: index, edges: edges, values: nil, costs: neutralCosts(index, plan.path.order))
        }
        let outerLimit = elementLimit
        elementLimit = Int(Int32.max)
        defer { elementLimit = outerLimit }
        let frame = elementFrame(of: wholeSet(store.schema[link].from), level: 1, in: Frame(rowCount: 1))
        let list = try ordered(valueList(nodes.values ?? nodes.set, in: frame))
        guard let set = list.records else { preconditionFailure("steps lead to records") }
        let segments = list.membership.segments ?? .empty(count: frame.count)
        let index = LinkIndex.many(segments, rows: set.rows.buffer, edges: nil)
        guard nodes.values != nil else {
            return PathWayData(
                link: link, index: index, edges: set.edges, values: nil, costs: neutralCosts(index, plan.path.order))
        }
        let values = vector(list.values, count: list.membership.elementCount)
        let (costs, wrong) = stepCosts(values, areStrengths: plan.path.order == .strongest)
        if let wrong {
            throw ExecuteError.stepValue(
                text(values, wrong), isStrength: plan.path.order == .strongest, link: store.schema[link].name,
                from: name(of: segments.parents()[wrong], store.schema[link].from),
                to: name(of: set.rows.buffer[wrong], store.schema[link].to))
        }
        return PathWayData(link: link, index: index, edges: set.edges, values: values, costs: costs)
    }

    /// Where other steps have values, a step along a link without any counts as 1.
    private func neutralCosts(_ index: LinkIndex, _ order: ResolvedPath.Order) -> Buffer<Double>? {
        guard order != .shortest else { return nil }
        let count =
            switch index {
            case .one(let targets): targets.count
            case .many(let segments, _, _): segments.elementCount
            }
        return Buffer(repeating: order == .strongest ? 0 : 1, count: count)
    }

    /// The stored way back of a way that is a whole stored link.
    private func wayBack(from way: PathWayData) -> LinkIndex? {
        let link = store.schema[way.link]
        guard case .many(_, let rows, _) = way.index, case .many(_, let stored, _) = store.index(of: way.link) else {
            return link.inverse.map { store.index(of: $0) }
        }
        guard rows.base == stored.base else { return nil }
        if case .pairs(_, _, _, true) = link.origin { return way.index }
        return link.inverse.map { store.index(of: $0) }
    }

    func name(of row: Int32, _ entity: EntityID) -> String { store.name(of: row, entity) }

    private func text(_ values: Vector, _ element: Int) -> String {
        var bytes: [UInt8] = []
        values.appendText(of: element, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The paths as rows of a question.
func pathRows(_ plan: PathPlan, context: ExecutionContext) throws -> any RowOperator {
    let paths = try context.evaluator.paths(plan)
    let names = ["from", "from_key", "link", "to", "to_key"].map { ValueType.TableColumn(name: $0, type: .text) }
    let types = names + plan.path.facts.map { ValueType.TableColumn(name: $0.name, type: $0.type) }
    func column(_ type: ValueType, _ value: (DescribedPath) -> Value) -> Evaluated {
        var builder = VectorBuilder(type: type)
        for path in paths { builder.append(value(path)) }
        return .vector(builder.finish())
    }
    var slots: [SlotID: Evaluated] = [
        plan.slots.path: column(.text) { .text($0.text(facts: plan.path.facts.map(\.name))) },
        plan.slots.hops: column(.number) { .number(Number($0.steps.count)) },
        plan.slots.steps: column(.table(types)) { path in
            .table(types, rows: path.steps.map { [$0.from, $0.fromKey, $0.link, $0.to, $0.toKey].map(Value.text) + $0.facts })
        },
    ]
    if let slot = plan.slots.value { slots[slot] = column(.number) { .number(.double($0.value)) } }
    return KeptRows(Batch(count: paths.count, slots: slots), context: context)
}
