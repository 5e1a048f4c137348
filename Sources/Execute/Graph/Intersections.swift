import Columns
import Plan
import Resolve
import Types

/// A row for every record that several links have in common: a further variable of `for` that must be linked with earlier ones in more
/// than one way, or come before or behind them. The lists that the links are stored as are intersected, so that what they do not share is
/// never made a row of.
final class Intersections: RowExpander {
    private let entity: EntityID
    private let lists: [CommonList]
    private let orders: [CommonOrder]
    /// Whether the records of the entity stand in the order of the field by which they are compared.
    private lazy var standInOrder = orders.map { isAscending($0.field) }

    init(
        slot: SlotID, entity: EntityID, lists: [CommonList], orders: [CommonOrder], live: LiveSlots,
        input: any RowOperator, context: ExecutionContext
    ) {
        self.entity = entity
        self.lists = lists
        self.orders = orders
        super.init(slot: slot, live: live, input: input, context: context)
    }

    override func records(of part: Batch) throws -> (entity: EntityID, rows: Buffer<Int32>, parents: Buffer<Int32>) {
        let evaluator = context.evaluator
        func rows(_ slot: SlotID) -> Buffer<Int32> {
            evaluator.rows(part.slots[slot] ?? .constant(.none), count: part.count).buffer
        }
        for (order, isNarrowed) in zip(orders, standInOrder) {
            let field = context.store.schema[order.field].name
            evaluator.note(isNarrowed ? "lists cut by \(field), as it ascends" : "\(field) compared afterwards")
        }
        let narrowing = zip(orders, standInOrder).filter { $1 }.map(\.0)
        let (segments, found) = try intersected(
            lists.map { Neighbours(evaluator.index(of: $0), of: rows($0.from)) }, rowCount: part.count,
            above: narrowing.filter(\.isAbove).map { rows($0.than) },
            below: narrowing.filter { !$0.isAbove }.map { rows($0.than) },
            domain: context.store.schema[entity].rowCount, check: evaluator.checkElements)
        var parents = segments.parents()
        var records = found
        for (order, isNarrowed) in zip(orders, standInOrder) where !isNarrowed {
            let values = context.store.vector(order.field)
            let others = rows(order.than).picked(at: parents)
            let holds = compare(
                order.isAbove ? .greater : .less, .vector(values.gathered(records)), .vector(values.gathered(others)),
                count: records.count)
            let kept = holds.rows()
            (records, parents) = (records.picked(at: kept), parents.picked(at: kept))
        }
        return (entity, records, parents)
    }

    private func isAscending(_ field: FieldID) -> Bool {
        let values = context.store.vector(field)
        guard values.count > 1 else { return true }
        let count = values.count - 1
        // A few neighbours tell most orders apart from none.
        let first = min(count, 64)
        func ascends(_ length: Int) -> Bool {
            compare(.less, .vector(values.range(0, length)), .vector(values.range(1, length + 1)), count: length).isFull
        }
        return ascends(first) && ascends(count)
    }
}
