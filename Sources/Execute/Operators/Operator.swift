import Columns
import Plan
import Resolve
import Store
import Types

/// Gives the question's rows batch by batch, asked for by the operator behind it.
protocol RowOperator: AnyObject {
    /// The next rows, or none at the end. A batch may be empty.
    func next() throws -> Batch?
    /// How many rows it is likely to give in all, where that is known before.
    var expectedRows: Int? { get }
}

extension RowOperator {
    var expectedRows: Int? { nil }
}

/// What all operators of a running question share.
final class ExecutionContext {
    let store: Store
    let evaluator: Evaluator
    let options: ExecutionOptions
    let cancellation: Cancellation
    let bound: (String) -> Answer?
    /// Whether what operators choose is noted.
    let notesStrategies: Bool
    /// The columns that a pivot has spread, in order, with their names.
    var spreadColumns: [(slot: SlotID, name: String, type: ValueType)] = []

    init(
        store: Store, evaluator: Evaluator, options: ExecutionOptions, cancellation: Cancellation,
        bound: @escaping (String) -> Answer?, notesStrategies: Bool
    ) {
        self.store = store
        self.evaluator = evaluator
        self.options = options
        self.cancellation = cancellation
        self.bound = bound
        self.notesStrategies = notesStrategies
    }

    /// Fails where more rows would be kept than may be.
    func checkRows(_ count: Int) throws {
        if count > options.rowLimit { throw ExecuteError.tooManyRows(limit: options.rowLimit) }
    }
}

/// An operator that makes, from each batch that it is given, any number of batches.
class BatchOperator: RowOperator {
    let input: any RowOperator
    let context: ExecutionContext
    private var pending: [Batch] = []
    private var position = 0

    init(input: any RowOperator, context: ExecutionContext) {
        self.input = input
        self.context = context
    }

    final func next() throws -> Batch? {
        while position == pending.count {
            pending.removeAll(keepingCapacity: true)
            position = 0
            guard let batch = try input.next() else { return nil }
            try context.cancellation.check()
            if batch.count > 0 { try process(batch) { pending.append($0) } }
        }
        position += 1
        return pending[position - 1]
    }

    /// Gives the rows made from a batch to `emit`, in order.
    func process(_ batch: Batch, emit: (Batch) -> Void) throws {}
}

/// An operator that needs all rows before it can give the first.
class CollectingOperator: RowOperator {
    let input: any RowOperator
    let context: ExecutionContext
    private var result: (any RowOperator)?

    /// Known once all rows were taken in.
    final var expectedRows: Int? { result?.expectedRows }

    init(input: any RowOperator, context: ExecutionContext) {
        self.input = input
        self.context = context
    }

    final func next() throws -> Batch? {
        if result == nil {
            try collectAll()
            result = try finish()
        }
        return try result?.next()
    }

    /// Takes in all rows of the input.
    func collectAll() throws {
        while let batch = try input.next() {
            try context.cancellation.check()
            if batch.count > 0 { try context.evaluator.inParts(batch) { try collect($0) } }
        }
    }

    /// Takes in rows.
    func collect(_ batch: Batch) throws {}

    /// Gives the rows that were made from all that was taken in.
    func finish() throws -> any RowOperator { preconditionFailure("an operator that collects gives rows") }
}

/// Rows that are there already, given batch by batch; in another order where one is given.
final class KeptRows: RowOperator {
    private let rows: Batch
    private let order: Buffer<Int32>?
    private let context: ExecutionContext
    private var position = 0

    init(_ rows: Batch, order: Buffer<Int32>? = nil, context: ExecutionContext) {
        self.rows = rows
        self.order = order
        self.context = context
    }

    var expectedRows: Int? { order?.count ?? rows.count }

    func next() throws -> Batch? {
        let count = order?.count ?? rows.count
        guard position < count else { return nil }
        try context.cancellation.check()
        let end = min(count, position + context.options.batchSize)
        defer { position = end }
        if let order { return context.evaluator.picked(rows, at: order.slice(position, end)) }
        return context.evaluator.part(rows, position..<end)
    }
}

/// Rows gathered batch by batch into one.
struct RowCollector {
    private var batches: [Batch] = []
    private(set) var count = 0

    mutating func append(_ batch: Batch, context: ExecutionContext) throws {
        batches.append(batch)
        count += batch.count
        try context.checkRows(count)
    }

    func finish(_ context: ExecutionContext) -> Batch { context.evaluator.joined(batches) }
}
