import Columns
import Plan
import Resolve

/// The values of a key of an order, as the kernels take them.
typealias OrderKey = (values: Vector, descending: Bool)

/// The keys of an order, as nodes.
struct SortKeyPlan: Hashable, Sendable {
    var value: NodeID
    let descending: Bool
}

/// Rows and, beside them, the values by which they are to be ordered: keys are evaluated batch by batch and once only.
struct KeyedRows {
    private let keys: [SortKeyPlan]
    private let live: LiveSlots
    private var rows = RowCollector()
    private var pieces: [[Vector]]

    init(_ keys: [SortKeyPlan], live: LiveSlots) {
        self.keys = keys
        self.live = live
        pieces = keys.map { _ in [] }
    }

    var count: Int { rows.count }

    mutating func append(_ batch: Batch, context: ExecutionContext) throws {
        let frame = context.evaluator.frame(of: batch)
        let values = try keys.map { try context.evaluator.vector($0.value, in: frame) }
        try rows.append(batch.keeping(live), context: context)
        for index in keys.indices { pieces[index].append(values[index]) }
    }

    /// All rows so far, their keys, and nothing kept.
    mutating func takeAll(_ context: ExecutionContext) -> (rows: Batch, keys: [OrderKey]) {
        let all = rows.finish(context)
        let columns = pieces.map { Vector.joined($0) }
        rows = RowCollector()
        pieces = keys.map { _ in [] }
        return (all, zip(keys, columns).map { (values: $1, descending: $0.descending) })
    }

    /// Puts rows back that were chosen among all.
    mutating func keep(_ batch: Batch, keys: [OrderKey], context: ExecutionContext) throws {
        try rows.append(batch, context: context)
        for index in keys.indices { pieces[index].append(keys[index].values) }
    }
}
