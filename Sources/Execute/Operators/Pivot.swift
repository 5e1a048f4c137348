import Columns
import Resolve
import Types

/// Spreads the values of a column over columns that are named by a key. Rows that agree in the columns to keep become one; where two of
/// them have the same key, the first one's value stands.
final class Pivot: CollectingOperator {
    static let columnLimit = 4096

    private let key: SlotID
    private let keep: [SlotID]
    private let value: SlotID
    private let types: (key: ValueType, keep: [ValueType], value: ValueType)
    private let firstNewSlot: Int
    private var rows = RowCollector()

    init(
        key: SlotID, keep: [SlotID], value: SlotID, types: (key: ValueType, keep: [ValueType], value: ValueType),
        firstNewSlot: Int,
        input: any RowOperator, context: ExecutionContext
    ) {
        self.key = key
        self.keep = keep
        self.value = value
        self.types = types
        self.firstNewSlot = firstNewSlot
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws {
        let wanted = Set(keep + [key, value])
        try rows.append(Batch(count: batch.count, slots: batch.slots.filter { wanted.contains($0.key) }), context: context)
    }

    override func finish() throws -> any RowOperator {
        let evaluator = context.evaluator
        let all = rows.finish(context)
        if all.count == 0 { return KeptRows(all, context: context) }
        func column(_ slot: SlotID) -> Vector { evaluator.vector(all.slots[slot] ?? .constant(.none), count: all.count) }
        var groups = RowGrouper(types.keep, in: context.store.schema)
        let rowGroups = groups.assign(keep.map(column), count: all.count)
        var keys = RowGrouper([types.key], in: context.store.schema)
        let keyValues = column(key)
        let keyGroups = keys.assign([keyValues], count: all.count)
        if keys.groupCount > Self.columnLimit { throw ExecuteError.tooManyColumns(limit: Self.columnLimit) }

        let firsts = keep.isEmpty ? Buffer<Int32>([0]) : rowGroups.firsts
        var result = evaluator.picked(Batch(count: all.count, slots: all.slots.filter { keep.contains($0.key) }), at: firsts)
        result.count = groups.groupCount
        let distinctKeys = keyValues.gathered(keyGroups.firsts)
        let values = column(value)
        let names = presented(distinctKeys, store: context.store)
        for keyGroup in sortedRows([(values: distinctKeys, descending: false)], count: distinctKeys.count).array {
            let slot = SlotID(firstNewSlot + context.spreadColumns.count)
            let cells = rowGroups.groups.firstPositions(
                groupCount: groups.groupCount, where: keyGroups.groups, equals: keyGroup)
            result.slots[slot] = .vector(values.gathered(cells))
            context.spreadColumns.append((slot, name(names, Int(keyGroup)), types.value))
        }
        return KeptRows(result, context: context)
    }

    /// The text of a key; keys are sorted with missing last, so that the column `none` comes last.
    private func name(_ keys: Vector, _ row: Int) -> String {
        guard keys.isPresent(row) else { return "none" }
        var bytes: [UInt8] = []
        keys.appendText(of: row, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
