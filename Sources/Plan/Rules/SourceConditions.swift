import Resolve
import Types

/// `accounts[tier = "gold"]` as a source is the scan of all accounts with a filter behind it: the filter then runs over batches, can be
/// split and ordered, and may become a look-up.
func moveSourceConditions(in plan: inout Plan) {
    guard case .records(let set, let slot) = plan.source else { return }
    var conditions: [Term] = []
    var inner = set
    while case .filter(let filtered, let level, let condition) = inner {
        guard let entity = filtered.entityOfAll else { return }
        let element = Term.element(level: level, .record(entity))
        conditions.insert(condition.replacing(element, with: .slot(slot, .record(entity))), at: 0)
        inner = filtered
    }
    guard case .all(let entity) = inner, conditions.allSatisfy({ $0.freeLevels.isEmpty }) else { return }
    plan.source = .scan(entity, slot: slot)
    plan.operators.insert(.filter(conditions.flatMap(\.conjuncts)), at: 0)
}

extension Term {
    /// The entity whose records are all of the set, or a filtered part of it.
    fileprivate var entityOfAll: EntityID? {
        switch self {
        case .all(let entity): entity
        case .filter(let set, _, _): set.entityOfAll
        default: nil
        }
    }

    /// The conditions that `and` joins.
    var conjuncts: [Term] {
        if case .binary(.and, let left, let right, _) = self { return left.conjuncts + right.conjuncts }
        return [self]
    }
}
