import Resolve

/// Tries cheap conditions first. How many rows a condition leaves is not known beforehand, but what it costs is.
func orderingConditions(in plan: Plan) -> Plan {
    var changed = plan
    changed.operators = plan.operators.map { step in
        guard case .filter(let conditions) = step else { return step }
        let costs = conditions.map(\.cost)
        // Sorting positions keeps the written order among equals.
        let order = conditions.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
        return .filter(order.map { conditions[$0] })
    }
    return changed
}
