import Resolve
import Types

/// `for a in people, b in a.knows, c in b.knows where a in c.knows and a.id < b.id and b.id < c.id summarize count()`: all variables go over
/// the records of one entity, each two of them are joined by one link that leads both ways, one order stands between them, and they are only
/// counted. Then another order gives the same number: by the number of arcs, which leaves no record with a long list.
func climbCliques(in plan: inout Plan, schema: Schema) {
    guard case .scan(let entity, let first) = plan.source, let clique = Clique(of: entity, from: first, plan.operators, schema),
        plan.liveSlots[clique.stepCount - 1].isDisjoint(with: SlotSet(clique.slots))
    else { return }
    for position in 0..<clique.stepCount {
        guard case .intersect(let slot, let entity, let lists, _) = plan.operators[position] else { continue }
        let climbing = lists.map { CommonList(from: $0.from, link: $0.link, climbs: true) }
        plan.operators[position] = .intersect(slot: slot, entity, lists: climbing, orders: [])
    }
}

/// Variables each two of which are joined by the same link, in one order.
private struct Clique {
    private(set) var slots: [SlotID]
    /// How many of the first steps make the variables.
    var stepCount: Int { slots.count - 1 }

    init?(of entity: EntityID, from first: SlotID, _ operators: [PlanOperator], _ schema: Schema) {
        slots = [first]
        var orders: Set<[SlotID]> = []
        for step in operators {
            guard case .intersect(let slot, entity, let lists, let own) = step else { break }
            guard let link = lists.first?.link, schema[link].from == entity, lists.allSatisfy({ $0.link == link }),
                case .pairs(_, _, _, bothWays: true) = schema[link].origin, Set(lists.map(\.from)) == Set(slots)
            else { return nil }
            slots.append(slot)
            for order in own { orders.insert(order.isAbove ? [order.than, slot] : [slot, order.than]) }
        }
        // What follows from two orders is one, too; a total order has one for each pair and none in a circle.
        for middle in slots {
            for lower in slots where orders.contains([lower, middle]) {
                for upper in slots where orders.contains([middle, upper]) { orders.insert([lower, upper]) }
            }
        }
        let isTotal = orders.count == slots.count * stepCount / 2 && slots.allSatisfy { !orders.contains([$0, $0]) }
        guard stepCount > 0, isTotal else { return nil }
    }
}
