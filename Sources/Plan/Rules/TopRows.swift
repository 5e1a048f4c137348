import Resolve

/// `sort … take 10` keeps the ten best while it reads, instead of sorting everything; with `skip` between, the rows to skip as well.
func takeTopRows(in plan: inout Plan) {
    var position = 0
    while position + 1 < plan.operators.count {
        defer { position += 1 }
        guard case .sort(let keys) = plan.operators[position] else { continue }
        switch plan.operators[position + 1] {
        case .take(let count):
            plan.operators.replaceSubrange(position...(position + 1), with: [.top(keys, count: count)])
        case .skip(let skipped):
            guard position + 2 < plan.operators.count, case .take(let count) = plan.operators[position + 2] else {
                continue
            }
            let (total, overflow) = skipped.addingReportingOverflow(count)
            if overflow { continue }
            plan.operators.replaceSubrange(position...(position + 2), with: [.top(keys, count: total), .skip(skipped)])
        default: continue
        }
    }
}
