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
        return KeptRows(rows, order: sortedRows(keys, count: rows.count), context: context)
    }
}
