import Resolve
import Types

/// Computes once what several steps need: `sum(orders.revenue)` in `where` and in `select` becomes a column of its own, made right
/// before its first use. Within one step the evaluator shares equal terms anyhow.
func shareCommonTerms(in plan: inout Plan, schema: Schema) {
    // Sharing the largest common terms first lets the smaller ones inside them disappear; each round removes at least one.
    while let term = commonTerm(in: plan.operators) { share(term, in: &plan, schema: schema) }
}

/// The costliest term that stands in several steps over the same rows.
private func commonTerm(in operators: [PlanOperator]) -> Term? {
    let stepCandidates = operators.map(\.shareableTerms)
    // Within one step there is nothing to share.
    guard stepCandidates.count(where: { !$0.isEmpty }) > 1 else { return nil }
    var best: ShareableTerm?
    var seen = TermsByCost()
    for (step, candidates) in zip(operators, stepCandidates) {
        var own = TermsByCost()
        var position = 0
        while position < candidates.count {
            let candidate = candidates[position]
            // What lies inside a term that is known is known as well, and costs no more.
            if seen.contains(candidate) {
                if candidate.cost > best?.cost ?? 0 { best = candidate }
                position += 1 + candidate.inside
            } else {
                position += own.insert(candidate) ? 1 : 1 + candidate.inside
            }
        }
        if step.makesNewRows { seen = TermsByCost() } else { seen.insert(own) }
    }
    return best?.term
}

/// A term that could be a column of the question's rows: it reads some, reads no element of a set around it, and is worth computing once.
private struct ShareableTerm {
    let term: Term
    let cost: Int
    /// How many lie inside it; they follow it in a list.
    let inside: Int
}

/// Terms that are found by their costs, which equal terms have in common, so that few have to be compared and none hashed.
private struct TermsByCost {
    private var lists: [Int: [Term]] = [:]

    func contains(_ candidate: ShareableTerm) -> Bool { lists[candidate.cost]?.contains(candidate.term) ?? false }

    /// Whether the term was not there.
    mutating func insert(_ candidate: ShareableTerm) -> Bool {
        if contains(candidate) { return false }
        lists[candidate.cost, default: []].append(candidate.term)
        return true
    }

    mutating func insert(_ others: TermsByCost) { lists.merge(others.lists) { $0 + $1 } }
}

private func share(_ term: Term, in plan: inout Plan, schema: Schema) {
    let (first, last) = stretch(of: term, in: plan.operators)
    let slot = SlotID(plan.largestSlot + 1)
    let column = Term.slot(slot, term.type(in: schema))
    for position in first...last {
        plan.operators[position] = plan.operators[position].mapTerms { $0.replacing(term, with: column) }
    }
    let definition = PlanOperator.extend([(slot, term)])
    // Conditions that do not need it are tried before it is computed.
    if case .filter(let conditions) = plan.operators[first] {
        let before = conditions.filter { !$0.reads(slot) }
        let behind = conditions.filter { $0.reads(slot) }
        let parts: [PlanOperator] = (before.isEmpty ? [] : [.filter(before)]) + [definition, .filter(behind)]
        plan.operators.replaceSubrange(first...first, with: parts)
    } else {
        plan.operators.insert(definition, at: first)
    }
}

/// The first stretch of steps over the same rows that uses the term more than once: from its first use to its last.
private func stretch(of term: Term, in operators: [PlanOperator]) -> (first: Int, last: Int) {
    var uses: [Int] = []
    for (position, step) in operators.enumerated() {
        if step.anyTerm({ $0.contains { $0 == term } }) { uses.append(position) }
        if step.makesNewRows {
            if uses.count > 1 { break }
            uses = []
        }
    }
    return (uses.first ?? 0, uses.last ?? 0)
}

extension PlanOperator {
    /// The terms of the step that could be columns, outer ones first.
    fileprivate var shareableTerms: [ShareableTerm] {
        var found = ShareableSearch()
        forEachTerm { _ = found.visit($0, depth: 0) }
        return found.shareable
    }
}

/// Finds shareable terms in one pass, since each fact about a term follows from those about its parts.
private struct ShareableSearch {
    struct Facts {
        var cost: Int
        var readsSlots: Bool
        /// The lowest level of an element that is read; `Int.max` for none.
        var lowestLevel: Int
    }

    /// Those found so far, outer ones first.
    private(set) var shareable: [ShareableTerm] = []

    /// `depth` is the level of the innermost frame that is open around the term.
    mutating func visit(_ term: Term, depth: Int) -> Facts {
        var facts = Facts(cost: 0, readsSlots: false, lowestLevel: Int.max)
        switch term {
        case .slot: facts.readsSlots = true
        case .element(let level, _), .edge(let level, _): facts.lowestLevel = level
        default: break
        }
        let place = shareable.count
        var costs = PartCosts()
        // The set stands outside of the frame that is opened for what follows it.
        var partDepth = depth
        term.forEachPart { part in
            let inner = visit(part, depth: partDepth)
            partDepth = term.openedLevel ?? depth
            costs.add(inner.cost)
            facts.readsSlots = facts.readsSlots || inner.readsSlots
            facts.lowestLevel = min(facts.lowestLevel, inner.lowestLevel)
        }
        facts.cost = term.cost(ofParts: costs)
        if facts.readsSlots, facts.lowestLevel > depth, facts.cost >= Term.costWorthSharing, term.isColumn {
            shareable.insert(ShareableTerm(term: term, cost: facts.cost, inside: shareable.count - place), at: place)
        }
        return facts
    }

}

extension Term {
    /// Whether the term's values are cheap to keep: sets would be copied row by row with every filter.
    fileprivate var isColumn: Bool {
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
        var largest = 0
        for slot in source.slots { largest = max(largest, slot.index) }
        for step in operators { for slot in step.newSlots { largest = max(largest, slot.index) } }
        for column in columns { largest = max(largest, column.slot.index) }
        return largest
    }
}
