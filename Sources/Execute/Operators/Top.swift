import Columns

/// The first rows of an order. What cannot be among them is dropped while the rows come in.
final class Top: CollectingOperator {
    private let limit: Int
    private var collected: KeyedRows

    init(_ keys: [SortKeyPlan], count: Int, live: LiveSlots, input: any RowOperator, context: ExecutionContext) {
        limit = max(0, count)
        collected = KeyedRows(keys, live: live)
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws {
        try collected.append(batch, context: context)
        // Choosing costs a pass over what was collected, so that it pays only when there is much more than is wanted.
        if collected.count > max(limit * 2, context.options.batchSize * 4) { try choose() }
    }

    private func choose() throws {
        let (rows, keys) = collected.takeAll(context)
        noteChoice(rows.count)
        let best = topRows(keys, count: rows.count, limit: limit)
        // In the order in which they came, so that ties are decided as if nothing had been dropped.
        let kept = best.occurrences(domain: rows.count).rows()
        let keptKeys = keys.map { (values: $0.values.gathered(kept), descending: $0.descending) }
        try collected.keep(context.evaluator.picked(rows, at: kept), keys: keptKeys, context: context)
    }

    private func noteChoice(_ count: Int) {
        context.evaluator.note(isSortedForTop(min(limit, count), of: count) ? "sorted" : "picked out by a heap, without a sort")
    }

    override func finish() throws -> any RowOperator {
        let (rows, keys) = collected.takeAll(context)
        noteChoice(rows.count)
        return KeptRows(rows, order: topRows(keys, count: rows.count, limit: limit), context: context)
    }
}
