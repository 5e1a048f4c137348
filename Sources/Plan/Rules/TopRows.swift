import Resolve

/// `sort … take 10` keeps the ten best while it reads, instead of sorting everything; with `skip` between, the rows to skip as well.
func takingTopRows(in plan: Plan) -> Plan {
    var changed = plan
    var position = 0
    while position + 1 < changed.operators.count {
        defer { position += 1 }
        guard case .sort(let keys) = changed.operators[position] else { continue }
        switch changed.operators[position + 1] {
        case .take(let count):
            changed.operators.replaceSubrange(position...(position + 1), with: [.top(keys, count: count)])
        case .skip(let skipped):
            guard position + 2 < changed.operators.count, case .take(let count) = changed.operators[position + 2] else {
                continue
            }
            let (total, overflow) = skipped.addingReportingOverflow(count)
            if overflow { continue }
            changed.operators.replaceSubrange(position...(position + 2), with: [.top(keys, count: total), .skip(skipped)])
        default: continue
        }
    }
    return changed
}
