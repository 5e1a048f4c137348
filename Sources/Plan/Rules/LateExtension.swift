import Resolve
import Types

/// Computes columns as late as they are needed: past conditions, sorting and `take` that do not read them, so that columns which are
/// only shown are computed for the rows that are shown.
func extendLate(in plan: inout Plan) {
    // Columns stand to gain nothing from being moved past anything but fewer rows. Of two lists of columns one becomes.
    let lastChance = plan.operators.lastIndex(where: \.leavesFewerRows) ?? 0
    for position in plan.operators.indices.dropLast().reversed() {
        guard case .extend(let columns) = plan.operators[position] else { continue }
        guard position < lastChance || plan.operators[position + 1].isExtension else { continue }
        plan.operators.remove(at: position)
        // From the last to the first, so that columns that build on each other keep their order.
        for column in columns.reversed() { place(column, from: position, in: &plan.operators) }
    }
}

private func place(_ column: (slot: SlotID, value: Term), from start: Int, in operators: inout [PlanOperator]) {
    var position = start
    while position < operators.count, operators[position].canPrecede(column) { position += 1 }
    while position > start, !operators[position - 1].leavesFewerRows { position -= 1 }
    if position < operators.count, case .extend(let columns) = operators[position], !readsAny(columns, slot: column.slot) {
        operators[position] = .extend([column] + columns)
    } else {
        operators.insert(.extend([column]), at: position)
    }
}

private func readsAny(_ columns: [(slot: SlotID, value: Term)], slot: SlotID) -> Bool {
    columns.contains { $0.value.reads(slot) }
}

extension PlanOperator {
    fileprivate func canPrecede(_ column: (slot: SlotID, value: Term)) -> Bool {
        switch self {
        case .filter, .sort, .top, .skip, .take, .extend, .distinct: !reads(column.slot)
        case .expand, .intersect, .window, .summarize, .follow, .followRepeated, .pivot: false
        }
    }

    fileprivate var isExtension: Bool { if case .extend = self { true } else { false } }

    fileprivate var leavesFewerRows: Bool {
        switch self {
        case .filter, .top, .skip, .take, .distinct: true
        default: false
        }
    }
}
