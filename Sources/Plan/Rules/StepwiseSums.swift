import Resolve
import Types

/// `sum(referrals*.account.orders.revenue)` adds up the revenue of each account once, however many people lead to it: where the last link
/// of a set is the way back of a link to one record, no record behind it belongs to two before it, and the sum over all is the sum of their
/// sums. These depend on one record only, so that the evaluator keeps them.
func sumStepwise(in plan: inout Plan, schema: Schema) {
    for position in plan.operators.indices where plan.operators[position].anyTerm({ $0.contains(\.isSumOverSet) }) {
        plan.operators[position] = plan.operators[position].mapTerms { $0.summedStepwise(schema) }
    }
}

extension Term {
    fileprivate var isSumOverSet: Bool { if case .aggregate(.sum, .map) = self { true } else { false } }

    fileprivate func summedStepwise(_ schema: Schema) -> Term {
        if case .aggregate(.sum, .map(let set, let level, let body)) = self, let (origin, inner) = set.lastStep(schema, level),
            body.readsOnly(level)
        {
            let values = Term.map(inner, level: level + 1, body: body.shifted(above: level - 1, by: 1))
            return .aggregate(.sum, over: .map(origin.summedStepwise(schema), level: level, body: .aggregate(.sum, over: values)))
        }
        return mapParts { $0.summedStepwise(schema) }
    }

    /// The set before the last link, and what that link leads to from one record of it, with the conditions behind.
    private func lastStep(_ schema: Schema, _ level: Int) -> (origin: Term, inner: Term)? {
        switch self {
        case .toMany(let origin, let link):
            guard case .set(let entity) = origin.type(in: schema), case .inverse = schema[link].origin, !schema[link].isToOne,
                origin.canMeetTwice(schema)
            else { return nil }
            return (origin, .toMany(.element(level: level, .record(entity)), link))
        case .filter(let set, let own, let condition):
            guard own == level, condition.readsOnly(level), let (origin, inner) = set.lastStep(schema, level) else { return nil }
            return (origin, .filter(inner, level: level + 1, condition: condition.shifted(above: level - 1, by: 1)))
        default: return nil
        }
    }

    /// Whether several ways of the set may lead to one record, so that it belongs to the sets of many rows.
    private func canMeetTwice(_ schema: Schema) -> Bool {
        contains { part in
            switch part {
            case .repeated: true
            case .toMany(_, let link): schema[link].isToOne
            default: false
            }
        }
    }

    /// Whether the term reads nothing but the element of a level and what lies within it.
    private func readsOnly(_ level: Int) -> Bool { slots.isEmpty && freeLevels.isSubset(of: [level]) }
}
