import Resolve

/// Tries cheap conditions first. How many rows a condition leaves is not known beforehand, but what it costs is.
func orderConditions(in plan: inout Plan) {
    for position in plan.operators.indices {
        guard case .filter(let conditions) = plan.operators[position], conditions.count > 1 else { continue }
        let costs = conditions.map(\.cost)
        // Sorting positions keeps the written order among equals.
        let order = conditions.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
        plan.operators[position] = .filter(order.map { conditions[$0] })
    }
}
