import Resolve
import Types

/// Moves conditions towards the source, so that what stands between works on fewer rows: past columns that they do not read, past the
/// expansion of variables that they do not mention, and past sorting. `take`, `skip`, windows and groups see all rows and stay.
func pushFiltersDown(in plan: inout Plan) {
    guard plan.operators.contains(where: \.isFilter) else { return }
    var operators: [PlanOperator] = []
    operators.reserveCapacity(plan.operators.count)
    for step in plan.operators {
        guard case .filter(let conditions) = step else {
            operators.append(step)
            continue
        }
        for condition in conditions.flatMap(\.conjuncts) { insert(condition, into: &operators) }
    }
    plan.operators = operators
}

private func insert(_ condition: Term, into operators: inout [PlanOperator]) {
    let slots = condition.slots
    var position = operators.count
    while position > 0, operators[position - 1].letsPass(readingSlots: slots) { position -= 1 }
    // Right behind the conditions that already stand there, in whose order it came.
    while position < operators.count, case .filter = operators[position] { position += 1 }
    if position > 0, case .filter(let earlier) = operators[position - 1] {
        operators[position - 1] = .filter(earlier + [condition])
    } else {
        operators.insert(.filter([condition]), at: position)
    }
}

extension PlanOperator {
    fileprivate var isFilter: Bool { if case .filter = self { true } else { false } }

    /// Whether a condition on these slots may be tried before the operator instead of behind it.
    fileprivate func letsPass(readingSlots slots: SlotSet) -> Bool {
        switch self {
        case .filter, .sort: true
        case .extend, .expand, .intersect: slots.isDisjoint(with: SlotSet(newSlots))
        case .distinct(let keys): slots.isSubset(of: SlotSet(keys))
        case .window, .summarize, .top, .skip, .take, .follow, .followRepeated, .pivot: false
        }
    }
}
