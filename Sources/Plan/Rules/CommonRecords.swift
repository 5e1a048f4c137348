import Resolve
import Syntax
import Types

/// Records that a variable of `for` must be among: those to which a link leads from an earlier variable.
public struct CommonList: Sendable {
    public var from: SlotID
    public var link: LinkID
    /// Whether only the arcs to records with more arcs count, or with as many that stand further behind.
    public var climbs = false
}

/// An order between a variable of `for` and an earlier one: by a field of their entity, above or below.
public struct CommonOrder: Sendable {
    public var field: FieldID
    public var than: SlotID
    public var isAbove: Bool
}

/// `for a in people, b in a.knows, c in b.knows where a in c.knows and b.id < c.id`: what a further variable goes over is what several links
/// have in common. Conditions that say so become part of the step that makes the variable's rows, which then intersects the links' lists.
func intersectLinks(in plan: inout Plan, schema: Schema) {
    guard plan.operators.contains(where: \.isExpansion) else { return }
    for position in plan.operators.indices {
        guard case .expand(let slot, .toMany(.slot(let first, let type), let link)) = plan.operators[position],
            case .record = type
        else { continue }
        var lists = [CommonList(from: first, link: link)]
        var orders: [CommonOrder] = []
        let entity = schema[link].to
        var next = position + 1
        while next < plan.operators.count, case .filter(let conditions) = plan.operators[next] {
            var rest: [Term] = []
            for condition in conditions {
                if let list = condition.commonLink(of: slot, schema: schema) {
                    lists.append(list)
                } else if let order = condition.commonOrder(of: slot, entity: entity, schema: schema) {
                    orders.append(order)
                } else {
                    rest.append(condition)
                }
            }
            plan.operators[next] = .filter(rest)
            next += 1
        }
        if lists.count + orders.count > 1 {
            plan.operators[position] = .intersect(slot: slot, entity, lists: lists, orders: orders)
        }
    }
    plan.operators.removeAll { step in
        if case .filter(let conditions) = step { return conditions.isEmpty }
        return false
    }
}

extension PlanOperator {
    fileprivate var isExpansion: Bool { if case .expand = self { true } else { false } }
}

extension Term {
    /// `c in a.knows`, or `a in c.knows` where a stored link leads back from `a`, as a link from `a` on whose list `c` must be.
    fileprivate func commonLink(of slot: SlotID, schema: Schema) -> CommonList? {
        guard case .contains(.toMany(.slot(let near, let type), let link), .slot(let far, _)) = self, case .record = type,
            near != far
        else { return nil }
        if far == slot { return CommonList(from: near, link: link) }
        guard near == slot else { return nil }
        if case .pairs(_, _, _, true) = schema[link].origin { return CommonList(from: far, link: link) }
        return schema[link].inverse.map { CommonList(from: far, link: $0) }
    }

    /// `b.id < c.id`, by the key of their entity.
    fileprivate func commonOrder(of slot: SlotID, entity: EntityID, schema: Schema) -> CommonOrder? {
        guard case .binary(let operation, let near, let far, _) = self, case .field(.slot(let left, _), let field) = near,
            case .field(.slot(let right, _), let other) = far, operation == .less || operation == .greater, field == other,
            field.entity == entity,
            schema[entity].key == field.index, left != right
        else { return nil }
        if left == slot { return CommonOrder(field: field, than: right, isAbove: operation == .greater) }
        return right == slot ? CommonOrder(field: field, than: left, isAbove: operation == .less) : nil
    }
}
