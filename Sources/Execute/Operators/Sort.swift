import Columns

/// All rows in an order; rows that tie stay in the order in which they came.
final class Sort: CollectingOperator {
    private var collected: KeyedRows

    init(_ keys: [SortKeyPlan], live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        collected = KeyedRows(keys, live: live)
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws { try collected.append(batch, context: context) }

    override func finish() throws -> any RowOperator {
        let (rows, keys) = collected.takeAll(context)
        let order = try sortedRows(keys, count: rows.count) { try context.cancellation.check() }
        return KeptRows(rows, order: order, context: context)
    }
}
