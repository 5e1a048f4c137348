import Resolve
import Types

/// Leaves out columns, groups' aggregates and window values that nothing behind them reads.
func dropUnusedSlots(in plan: inout Plan) {
    var used = plan.shownSlots
    for position in plan.operators.indices.reversed() {
        let step = plan.operators[position]
        if !step.newSlots.allSatisfy(used.contains) {
            guard let kept = step.keeping(used) else {
                plan.operators.remove(at: position)
                continue
            }
            plan.operators[position] = kept
        }
        if step.makesNewRows { used = SlotSet() }
        used.formUnion(plan.operators[position].usedSlots)
    }
}

extension PlanOperator {
    /// The operator without the columns that are not among `used`; none where nothing is left of it.
    fileprivate func keeping(_ used: SlotSet) -> PlanOperator? {
        switch self {
        case .extend(let columns):
            // A later column of one step may read an earlier one.
            var needed = used
            var kept: [(slot: SlotID, value: Term)] = []
            for column in columns.reversed() where needed.contains(column.slot) {
                needed.formUnion(column.value.slots)
                kept.append(column)
            }
            return kept.isEmpty ? nil : .extend(kept.reversed())
        case .window(let calls):
            let kept = calls.filter { used.contains($0.slot) }
            return kept.isEmpty ? nil : .window(kept)
        case .summarize(let keys, let aggregates):
            return .summarize(keys: keys, aggregates: aggregates.filter { used.contains($0.slot) })
        default: return self
        }
    }
}

extension Plan {
    /// For each operator, the slots that its output rows must have because something behind reads or shows them. Operators that copy
    /// rows copy only these.
    public var liveSlots: [SlotSet] {
        var used = shownSlots
        var live: [SlotSet] = []
        for step in operators.reversed() {
            live.append(used)
            if step.makesNewRows { used = SlotSet() }
            used.formUnion(step.usedSlots)
        }
        return live.reversed()
    }

    /// The slots of the answer's columns and of the record that its rows are about.
    fileprivate var shownSlots: SlotSet {
        var shown = SlotSet(columns.lazy.map(\.slot))
        if let record { shown.insert(record) }
        return shown
    }
}
