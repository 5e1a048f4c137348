import Resolve
import Types

/// `where id = "x"`, `where name = "x"` and `where email = "x"` name the records: the store finds them by a text that few share, instead
/// of comparing all.
func lookUpKeys(in plan: inout Plan, schema: Schema) {
    guard case .scan(let entity, let slot) = plan.source else { return }
    guard case .filter(let conditions)? = plan.operators.first else { return }
    let names = [schema[entity].key, schema[entity].label].compactMap { $0 }
    for (position, condition) in conditions.enumerated() {
        guard let (field, value) = condition.equalityOfField(of: slot) else { continue }
        guard names.contains(field.index) || schema[field].isNearlyUnique else { continue }
        var rest = conditions
        rest.remove(at: position)
        plan.source = .lookup(entity, field: field, value: value, slot: slot)
        if rest.isEmpty { plan.operators.removeFirst() } else { plan.operators[0] = .filter(rest) }
        return
    }
}

extension Term {
    /// The field of the slot's record and the value that it must equal; none where the condition is another one.
    fileprivate func equalityOfField(of slot: SlotID) -> (FieldID, Value)? {
        guard case .binary(.equal, let left, let right, _) = self else { return nil }
        for (side, other) in [(left, right), (right, left)] {
            guard case .field(.slot(let read, _), let field) = side, read == slot else { continue }
            guard case .constant(let value, _) = other, value != .none else { continue }
            return (field, value)
        }
        return nil
    }
}
