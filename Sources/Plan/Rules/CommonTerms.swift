import Resolve
import Types

/// Computes once what several steps need: `sum(orders.revenue)` in `where` and in `select` becomes a column of its own, made right
/// before its first use. Within one step the evaluator shares equal terms anyhow.
func sharingCommonTerms(in plan: Plan, schema: Schema) -> Plan {
    var changed = plan
    // Sharing the largest common terms first lets the smaller ones inside them disappear; each round removes at least one.
    while let term = commonTerm(in: changed.operators) {
        changed = sharing(term, in: changed, schema: schema)
    }
    return changed
}

/// The costliest term that stands in several steps over the same rows.
private func commonTerm(in operators: [PlanOperator]) -> Term? {
    var best: Term?
    var seen: Set<Term> = []
    for step in operators {
        var own: Set<Term> = []
        for term in step.terms {
            term.visitShareable { candidate in
                // What lies inside a term that is known is known as well, and costs no more.
                guard seen.contains(candidate) else { return own.insert(candidate).inserted }
                if candidate.cost > best?.cost ?? 0 { best = candidate }
                return false
            }
        }
        seen.formUnion(own)
        if step.makesNewRows { seen = [] }
    }
    return best
}

private func sharing(_ term: Term, in plan: Plan, schema: Schema) -> Plan {
    var changed = plan
    let (first, last) = stretch(of: term, in: plan.operators)
    let slot = SlotID(plan.largestSlot + 1)
    let column = Term.slot(slot, term.type(in: schema))
    for position in first...last {
        changed.operators[position] = changed.operators[position].mapTerms { $0.replacing(term, with: column) }
    }
    let definition = PlanOperator.extend([(slot, term)])
    // Conditions that do not need it are tried before it is computed.
    if case .filter(let conditions) = changed.operators[first] {
        let before = conditions.filter { !$0.reads(slot) }
        let behind = conditions.filter { $0.reads(slot) }
        let parts: [PlanOperator] = (before.isEmpty ? [] : [.filter(before)]) + [definition, .filter(behind)]
        changed.operators.replaceSubrange(first...first, with: parts)
    } else {
        changed.operators.insert(definition, at: first)
    }
    return changed
}

/// The first stretch of steps over the same rows that uses the term more than once: from its first use to its last.
private func stretch(of term: Term, in operators: [PlanOperator]) -> (first: Int, last: Int) {
    var uses: [Int] = []
    for (position, step) in operators.enumerated() {
        if step.terms.contains(where: { $0.contains { $0 == term } }) { uses.append(position) }
        if step.makesNewRows {
            if uses.count > 1 { break }
            uses = []
        }
    }
    return (uses.first ?? 0, uses.last ?? 0)
}

extension Term {
    /// Calls `enters` for the terms inside that could be a column of the question's rows: they read no element of a set around them, and
    /// are not merely the rows' own columns. Where it says no, those further inside are left out.
    fileprivate func visitShareable(_ enters: (Term) -> Bool) {
        // What reads no column has nothing inside that does.
        guard readsSlots else { return }
        if isColumn, isWorthSharing, !readsElements, !enters(self) { return }
        forEachPart { $0.visitShareable(enters) }
    }

    /// Whether the term's values are cheap to keep: sets would be copied row by row with every filter.
    private var isColumn: Bool {
        switch self {
        case .toMany, .filter, .repeated, .map, .table, .all, .records: false
        case .pick(_, _, _, _, let single, _): single
        default: true
        }
    }
}

extension Plan {
    /// The largest number of a slot in use.
    public var largestSlot: Int {
        let made = source.slots + operators.flatMap(\.newSlots) + columns.map(\.slot)
        return made.reduce(0) { max($0, $1.index) }
    }
}
