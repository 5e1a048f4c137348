import Columns
import Plan
import Resolve
import Store
import Types

/// The operators of a plan, ready to be asked for rows.
struct Pipeline {
    /// One operator, or some that several workers have each.
    private enum Stage {
        case one(Measured)
        case parallel(ParallelRows)

        var rows: any RowOperator {
            switch self {
            case .one(let measured): measured
            case .parallel(let rows): rows
            }
        }

        /// How long it took, with all before it.
        var nanoseconds: UInt64 {
            switch self {
            case .one(let measured): measured.nanoseconds
            case .parallel(let rows): rows.nanoseconds
            }
        }
    }

    let context: ExecutionContext
    /// The source first; the last one gives the rows of the answer.
    private let stages: [Stage]

    init(
        _ plan: Plan, store: Store, bound: @escaping (String) -> Answer?, options: ExecutionOptions, cancellation: Cancellation,
        notesStrategies: Bool
    ) throws {
        var builder = PipelineBuilder(plan: plan, schema: store.schema)
        let prepared = builder.prepare()
        let evaluator = Evaluator(graph: builder.graph, store: store, options: options, cancellation: cancellation)
        let context = ExecutionContext(
            store: store, evaluator: evaluator, options: options, cancellation: cancellation, bound: bound,
            notesStrategies: notesStrategies)
        self.context = context
        var last = try Measured(context) { try prepared.source(context) }
        var stages: [Stage] = [.one(last)]
        var position = 0
        while position < prepared.operators.count {
            // Operators that work batch by batch go together, and so do those that group what these give.
            var run = prepared.operators[position...].prefix { $0.worksByBatch }
            let isGrouped = prepared.operators[run.endIndex...].first?.canShareRows ?? false
            // Many combinations of many batches at once may be more than can be held, unless they are grouped as they come.
            if !isGrouped { run = run.prefix { !$0.multipliesRows } }
            if options.threads > 1, !run.isEmpty || isGrouped {
                let multipliesRows = run.contains { $0.multipliesRows }
                let rows = ParallelRows(run.map(\.make), multipliesRows: multipliesRows, input: last, context: context)
                stages.append(.parallel(rows))
                position = run.endIndex
                if position == prepared.operators.count { break }
            }
            last = Measured(context) { prepared.operators[position].make(stages[stages.count - 1].rows, context) }
            stages.append(.one(last))
            position += 1
        }
        self.stages = stages
    }

    /// All rows.
    func run() throws -> Batch {
        var rows = RowCollector()
        while let batch = try stages[stages.count - 1].rows.next() {
            try context.cancellation.check()
            if batch.count > 0 { try rows.append(batch, context: context) }
        }
        return rows.finish(context)
    }

    /// What each operator did; `lines` are the operators as the plan prints them.
    func statistics(lines: [String]) -> [OperatorStatistics] {
        var statistics: [OperatorStatistics] = []
        func add(_ rows: Int, _ nanoseconds: UInt64, _ strategies: [String]) {
            let text = statistics.count < lines.count ? lines[statistics.count] : ""
            let rowsIn = statistics.last?.rowsOut ?? 0
            statistics.append(
                OperatorStatistics(
                    text: text, rowsIn: rowsIn, rowsOut: rows, nanoseconds: nanoseconds, strategies: strategies))
        }
        var before: UInt64 = 0
        for stage in stages {
            switch stage {
            case .one(let measured):
                add(measured.rows, measured.nanoseconds - min(measured.nanoseconds, before), measured.strategies)
            case .parallel(let rows): for own in rows.statistics { add(own.rows, own.nanoseconds, own.strategies) }
            }
            before = stage.nanoseconds
        }
        return statistics
    }

    /// On how many threads the question was worked on, where these were several.
    var notes: [String] {
        var threads = 1
        for case .parallel(let rows) in stages { threads = max(threads, rows.contexts.count) }
        return threads > 1 ? ["worked on by \(threads) threads"] : []
    }
}

/// Turns the terms of a plan into nodes. All terms become nodes before the first operator is made, since the evaluator works on the
/// finished graph.
private struct PipelineBuilder {
    typealias MakeSource = (ExecutionContext) throws -> any RowOperator
    typealias MakeOperator = ParallelRows.MakeOperator

    let plan: Plan
    let schema: Schema
    let live: [LiveSlots]
    let firstUnplanned: Int
    var graph: ExpressionGraph

    init(plan: Plan, schema: Schema) {
        self.plan = plan
        self.schema = schema
        graph = ExpressionGraph(schema: schema)
        let firstUnplanned = plan.largestSlot + 1
        self.firstUnplanned = firstUnplanned
        live = plan.liveSlots.map { LiveSlots(known: $0, firstUnplanned: firstUnplanned) }
    }

    /// An operator to be made, and how its work can be shared.
    struct Prepared {
        let make: MakeOperator
        let worksByBatch: Bool
        let multipliesRows: Bool
        let canShareRows: Bool
    }

    mutating func prepare() -> (source: MakeSource, operators: [Prepared]) {
        let source = makeSource()
        let operators = plan.operators.indices.map { index in
            let step = plan.operators[index]
            let make = makeOperator(step, live: live[index])
            return Prepared(
                make: make, worksByBatch: step.worksByBatch, multipliesRows: step.multipliesRows, canShareRows: step.canShareRows)
        }
        return (source, operators)
    }

    private mutating func makeSource() -> MakeSource {
        switch plan.source {
        case .scan(let entity, let slot): return { Scan(entity, slot: slot, context: $0) }
        case .lookup(let entity, let field, let value, let slot):
            return { lookup(entity, field: field, value: value, slot: slot, context: $0) }
        case .records(let set, let slot):
            let node = graph.node(for: set)
            return { try recordsOfSet(node, slot: slot, context: $0) }
        case .value(let term, let slot):
            let node = graph.node(for: term)
            return { try singleValue(node, slot: slot, context: $0) }
        case .path(let path, let slots):
            let plan = graph.plan(path, slots)
            return { try pathRows(plan, context: $0) }
        case .bound(let name, let slots): return { try boundRows(name, slots: slots, context: $0) }
        case .duplicates(let set, let values, let threshold, let slots):
            let node = graph.node(for: set)
            let nodes = values.map { graph.node(for: $0) }
            return { try duplicates(of: node, by: nodes, threshold: threshold, slots: slots, context: $0) }
        case .nothing: return { KeptRows(Batch(count: 0, slots: [:]), context: $0) }
        }
    }

    private mutating func makeOperator(_ step: PlanOperator, live: LiveSlots) -> MakeOperator {
        switch step {
        case .filter(let conditions):
            let nodes = conditions.map { graph.node(for: $0) }
            return { Filter(nodes, live: live, input: $0, context: $1) }
        case .extend(let columns):
            let nodes = columns.map { (slot: $0.slot, value: graph.node(for: $0.value)) }
            return { Extend(nodes, live: live, input: $0, context: $1) }
        case .expand(let slot, let set):
            let node = graph.node(for: set)
            return { Combinations(slot: slot, set: node, live: live, input: $0, context: $1) }
        case .intersect(let slot, let entity, let lists, let orders):
            return {
                Intersections(slot: slot, entity: entity, lists: lists, orders: orders, live: live, input: $0, context: $1)
            }
        case .window(let calls):
            let plans = calls.map { windowPlan($0.call, slot: $0.slot) }
            return { Window(plans, live: live, input: $0, context: $1) }
        case .summarize(let keys, let aggregates):
            let keyNodes = keys.map { (slot: $0.slot, value: graph.node(for: $0.value)) }
            let plans = aggregates.map { aggregatePlan($0.1, slot: $0.slot) }
            return { Summarize(keys: keyNodes, aggregates: plans, input: $0, context: $1) }
        case .sort(let keys):
            let plans = sortKeys(keys)
            return { Sort(plans, live: live, input: $0, context: $1) }
        case .top(let keys, let count):
            let plans = sortKeys(keys)
            return { Top(plans, count: count, live: live, input: $0, context: $1) }
        case .skip(let count): return { Skip(count, input: $0, context: $1) }
        case .take(let count): return { Take(count, input: $0, context: $1) }
        case .distinct(let slots):
            let keys = slots.map { (slot: $0, type: type(of: $0)) }
            return { Distinct(keys, live: live, input: $0, context: $1) }
        case .follow(let from, let links, let into):
            return { Follow(from: from, links: links, into: into, input: $0, context: $1) }
        case .followRepeated(let from, let steps, let hops, let into, let distance):
            let hop = graph.steps(steps, level: 1)
            return { FollowRepeated(from: from, steps: hop, hops: hops, into: (into, distance), input: $0, context: $1) }
        case .pivot(let key, let keep, let value):
            let types = (key: type(of: key), keep: keep.map(type(of:)), value: type(of: value))
            let first = firstUnplanned
            return {
                Pivot(key: key, keep: keep, value: value, types: types, firstNewSlot: first, input: $0, context: $1)
            }
        }
    }

    private mutating func sortKeys(_ keys: [TermSortKey]) -> [SortKeyPlan] {
        keys.map { SortKeyPlan(value: graph.node(for: $0.value), descending: $0.descending) }
    }

    private mutating func aggregatePlan(_ aggregate: RowAggregate, slot: SlotID) -> AggregatePlan {
        let argument = aggregate.argument.map { graph.node(for: $0) }
        let type = argument.map { graph[$0].type }
        return AggregatePlan(
            slot: slot, kind: aggregate.kind, argument: argument, condition: aggregate.condition.map { graph.node(for: $0) },
            type: type?.elementOfMany ?? type ?? .none, unites: type?.elementOfMany != nil)
    }

    private mutating func windowPlan(_ call: WindowCall, slot: SlotID) -> WindowPlan {
        let kind: WindowPlan.Kind =
            switch call.kind {
            case .aggregate(let aggregate): .aggregate(aggregatePlan(aggregate, slot: slot))
            case .rank: .rank
            case .runningSum(let term): .runningSum(graph.node(for: term))
            case .previous(let term): .previous(graph.node(for: term))
            }
        return WindowPlan(
            slot: slot, kind: kind, partition: call.partition.map { graph.node(for: $0) },
            order: call.order.map { graph.node(for: $0.value) })
    }

    /// The type of a slot, from where it is made, read or shown.
    private func type(of slot: SlotID) -> ValueType {
        if let column = plan.columns.first(where: { $0.slot == slot }) { return column.type }
        for term in plan.operators.flatMap(\.terms) {
            if let type = term.type(ofSlot: slot) { return type }
        }
        for step in plan.operators {
            switch step {
            case .extend(let columns):
                if let column = columns.first(where: { $0.slot == slot }) { return column.value.type(in: schema) }
            case .expand(slot, let set):
                if case .set(let entity) = set.type(in: schema) { return .record(entity) }
            case .intersect(slot, let entity, _, _): return .record(entity)
            case .summarize(let keys, let aggregates):
                if let key = keys.first(where: { $0.slot == slot }) { return key.value.type(in: schema) }
                if let aggregate = aggregates.first(where: { $0.slot == slot })?.1 {
                    let argument = aggregate.argument?.type(in: schema)
                    return aggregate.kind.result(over: argument?.elementOfMany ?? argument ?? .none)
                }
            case .followRepeated(_, let steps, _, slot, _):
                if case .set(let entity)? = steps.first?.type(in: schema) { return .record(entity) }
            case .followRepeated(_, _, _, _, slot): return .number
            case .follow(_, let links, slot): if let link = links.last { return .record(schema[link].to) }
            default: break
            }
        }
        if slot == plan.record, let entity = plan.recordEntity { return .record(entity) }
        return plan.source.slots.contains(slot) ? plan.source.recordType(in: schema) : .none
    }
}

extension PlanOperator {
    /// Whether each batch is worked on without regard to the others.
    fileprivate var worksByBatch: Bool {
        switch self {
        case .filter, .extend, .expand, .intersect: true
        default: false
        }
    }

    /// Whether a row may become very many.
    fileprivate var multipliesRows: Bool {
        switch self {
        case .expand, .intersect: true
        default: false
        }
    }

    /// Whether several workers may take in a part of the rows each.
    fileprivate var canShareRows: Bool {
        if case .summarize = self { return true }
        return false
    }
}

extension Term {
    /// The type under which the term reads a slot; none where it does not.
    fileprivate func type(ofSlot wanted: SlotID) -> ValueType? {
        var found: ValueType?
        visit { if case .slot(wanted, let type) = $0 { found = type } }
        return found
    }
}

extension PlanSource {
    fileprivate func recordType(in schema: Schema) -> ValueType {
        switch self {
        case .scan(let entity, _), .lookup(let entity, _, _, _): return .record(entity)
        case .records(let set, _):
            if case .set(let entity) = set.type(in: schema) { return .record(entity) }
            return .none
        case .value(let term, _): return term.type(in: schema)
        case .path, .bound, .nothing, .duplicates: return .none
        }
    }
}

extension ValueType {
    /// What one element is, of a set or a list; none for other types.
    fileprivate var elementOfMany: ValueType? {
        switch self {
        case .set(let entity): .record(entity)
        case .list(let element): element
        default: nil
        }
    }
}
