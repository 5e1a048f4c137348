import Resolve
import Types

/// Which of the optimizer's rules are applied. All give the same answers; a test runs the corpus without them.
public struct OptimizerOptions: Sendable {
    /// In the order in which they are applied.
    public let rules: [OptimizerRule]
    public init(rules: Set<OptimizerRule>) { self.rules = OptimizerRule.allCases.filter(rules.contains) }

    public static let all = OptimizerOptions(rules: Set(OptimizerRule.allCases))
    public static let none = OptimizerOptions(rules: [])
}

/// The rules of the optimizer, in the order in which they are applied.
public enum OptimizerRule: Sendable, CaseIterable {
    case constantFolding
    case sourceConditions
    case filterPushdown
    case keyLookup
    case commonTerms
    case lateExtension
    case conditionOrder
    case topRows
    case stepwiseSums
    case intersections
    case unusedSlots
    case cliques

    func apply(to plan: inout Plan, schema: Schema) {
        switch self {
        case .constantFolding: foldConstants(in: &plan)
        case .sourceConditions: moveSourceConditions(in: &plan)
        case .filterPushdown: pushFiltersDown(in: &plan)
        case .keyLookup: lookUpKeys(in: &plan, schema: schema)
        case .commonTerms: shareCommonTerms(in: &plan, schema: schema)
        case .lateExtension: extendLate(in: &plan)
        case .conditionOrder: orderConditions(in: &plan)
        case .topRows: takeTopRows(in: &plan)
        case .stepwiseSums: sumStepwise(in: &plan, schema: schema)
        case .intersections: intersectLinks(in: &plan, schema: schema)
        case .unusedSlots: dropUnusedSlots(in: &plan)
        case .cliques: climbCliques(in: &plan, schema: schema)
        }
    }
}

/// How to answer a question.
public func plan(_ question: ResolvedQuestion, schema: Schema, options: OptimizerOptions = .all) -> Plan {
    var plan = straightPlan(question)
    for rule in options.rules { rule.apply(to: &plan, schema: schema) }
    return plan
}

/// The question's own steps, one after another.
private func straightPlan(_ question: ResolvedQuestion) -> Plan {
    var operators: [PlanOperator] = []
    let source: PlanSource
    switch question.source {
    case .records(let set, let slot): source = recordsSource(set, slot: slot)
    case .value(let term, let slot): source = .value(term, slot: slot)
    case .path(let path, let slots): source = .path(path, slots)
    case .bound(let name, let slots): source = .bound(name, slots: slots)
    case .duplicates(let set, let values, let threshold, let slots):
        source = .duplicates(set, by: values, threshold: threshold, slots: slots)
    case .combinations(let bindings):
        if let first = bindings.first {
            source = recordsSource(first.set, slot: first.slot)
        } else {
            source = .nothing(slots: [])
        }
        operators += bindings.dropFirst().map { .expand(slot: $0.slot, set: $0.set) }
    }
    operators += question.steps.map(PlanOperator.init)
    return Plan(
        source: source, operators: operators, columns: question.columns, record: question.record,
        recordEntity: question.recordEntity, fieldColumnCount: question.fieldColumnCount)
}

private func recordsSource(_ set: Term, slot: SlotID) -> PlanSource {
    if case .all(let entity) = set { return .scan(entity, slot: slot) }
    return .records(set, slot: slot)
}

extension PlanOperator {
    fileprivate init(_ step: Step) {
        self =
            switch step {
            case .filter(let condition): .filter([condition])
            case .extend(let columns): .extend(columns)
            case .window(let calls): .window(calls)
            case .summarize(let keys, let aggregates): .summarize(keys: keys, aggregates: aggregates)
            case .sort(let keys): .sort(keys)
            case .skip(let count): .skip(count)
            case .take(let count): .take(count)
            case .distinct(let slots): .distinct(slots)
            case .follow(let from, let links, let into): .follow(from: from, links: links, into: into)
            case .followRepeated(let from, let steps, let hops, let into, let distance):
                .followRepeated(from: from, steps: steps, hops, into: into, hops: distance)
            case .pivot(let key, let keep, let value): .pivot(key: key, keep: keep, value: value)
            }
    }
}
