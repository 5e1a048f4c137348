import Columns
import Plan
import Resolve
import Types

/// Every record of an entity. A batch is a run of rows: nothing is copied until a condition has chosen among them.
final class Scan: RowOperator {
    private let entity: EntityID
    private let slot: SlotID
    private let rowCount: Int
    private let context: ExecutionContext
    private var position = 0

    init(_ entity: EntityID, slot: SlotID, context: ExecutionContext) {
        self.entity = entity
        self.slot = slot
        self.context = context
        rowCount = context.store.schema[entity].rowCount
    }

    var expectedRows: Int? { rowCount }

    func next() throws -> Batch? {
        guard position < rowCount else { return nil }
        let end = min(rowCount, position + context.options.batchSize)
        defer { position = end }
        return Batch(count: end - position, slots: [slot: .run(entity, position..<end)])
    }
}

/// The records whose field equals a value. A key is found by the store's index; what that finds by a label, or by a shorter form of the
/// key, is no equal value and is left out.
func lookup(_ entity: EntityID, field: FieldID, value: Value, slot: SlotID, context: ExecutionContext) -> any RowOperator {
    let rows: Buffer<Int32>
    if case .text(let text) = value, let found = context.store.rows(where: field, equals: text) {
        context.evaluator.note("by an index of texts")
        rows = found
    } else if case .text(let text) = value, context.store.schema[entity].key == field.index {
        context.evaluator.note("by the index of keys")
        let named = Buffer(context.store.rows(of: entity, named: text))
        let values = context.store.values(of: field, at: named)
        rows = named.picked(at: compare(.equal, .vector(values), .constant(value), count: named.count).rows())
    } else {
        context.evaluator.note("by reading the whole column")
        let column = context.store.vector(field)
        rows = compare(.equal, .vector(column), .constant(value), count: column.count).rows()
    }
    let records = context.evaluator.record(entity, rows)
    return KeptRows(Batch(count: rows.count, slots: [slot: .vector(records)]), context: context)
}

/// The records of a set that depends on no row.
func recordsOfSet(_ set: NodeID, slot: SlotID, context: ExecutionContext) throws -> any RowOperator {
    let evaluator = context.evaluator
    let records = evaluator.ordered(try evaluator.recordSet(set, in: Frame(rowCount: 1)))
    try context.checkRows(records.rows.count)
    let values: Evaluated =
        switch records.rows {
        case .range(let range): .run(records.entity, range)
        case .list(let rows): .vector(evaluator.record(records.entity, rows))
        }
    return KeptRows(Batch(count: records.rows.count, slots: [slot: values]), context: context)
}

/// One row with one value.
func singleValue(_ value: NodeID, slot: SlotID, context: ExecutionContext) throws -> any RowOperator {
    let result = try context.evaluator.evaluate(value, in: Frame(rowCount: 1))
    return KeptRows(Batch(count: 1, slots: [slot: result]), context: context)
}

/// The rows of an earlier answer. Behind its columns the record that its rows are about may have a slot as well.
func boundRows(_ name: String, slots: [SlotID], context: ExecutionContext) throws -> any RowOperator {
    guard let answer = context.bound(name) else { throw ExecuteError.unknownAnswer(name) }
    let columns = answer.columns + (answer.record.map { [$0] } ?? [])
    guard slots.count <= columns.count else { throw ExecuteError.unknownAnswer(name) }
    var values: [SlotID: Evaluated] = [:]
    for (slot, column) in zip(slots, columns) { values[slot] = .vector(column.values) }
    return KeptRows(Batch(count: answer.rowCount, slots: values), context: context)
}
