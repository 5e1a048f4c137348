import Columns
import Plan
import Resolve
import Store
import Types

/// A batch whose sets have more elements together than are worked on at once: it is to be evaluated in parts.
struct BatchTooWide: Error {}

/// Evaluates terms for all rows of a frame at once.
///
/// What a term gives is kept in the form in which it arises (a constant, a run of rows, sets as elements and parents) and becomes a
/// vector only where a kernel needs one.
final class Evaluator {
    let graph: ExpressionGraph
    let store: Store
    let options: ExecutionOptions
    let cancellation: Cancellation
    /// How many elements a frame may open; a single row may need more than a batch should.
    var elementLimit: Int
    /// One row, for terms that depend on none.
    private let onceFrame = Frame(rowCount: 1)
    /// Values that were computed for all records of their entity, by the node of the body.
    var derivedValues: [NodeID: Evaluated] = [:]
    /// For how many rows a value was asked for that could be derived.
    var derivedDemand: [NodeID: Int] = [:]
    /// Values whose sets are too many to be held for a whole entity.
    var underivable: Set<NodeID> = []
    /// How many times as many rows are likely to come as have come: what the rows so far ask for, all will ask for as often.
    private(set) var rowsAhead = 1.0
    /// Whether it works beside others, and so should not call upon further threads itself.
    let isWorker: Bool
    /// The records of whole entities, with what was computed for them.
    var entityFrames: [EntityID: Frame] = [:]
    /// The records of sets that are the same for all rows.
    var sharedMembers: [NodeID: Bitmap] = [:]
    /// Searches along repeated links, by the nodes of their steps.
    var searchers: [[NodeID]: BreadthFirst] = [:]
    /// How many records repeated links lead to from each record, itself included, by the nodes of their steps.
    var closureSizes: [[NodeID]: Buffer<Int32>] = [:]
    /// Measures of networks, which all threads share.
    let networks: NetworkValues
    /// Models of customers, which all threads share.
    let models: FittedModels
    /// What the operator at work chooses, where that is to be told.
    var strategies: StrategyLog?
    /// What was searched for in dictionaries, which all threads share.
    let dictionarySearches: DictionarySearches
    /// Regular expressions, compiled once.
    var patterns: [String: TextPattern] = [:]

    init(graph: ExpressionGraph, store: Store, options: ExecutionOptions, cancellation: Cancellation) {
        self.graph = graph
        self.store = store
        self.options = options
        self.cancellation = cancellation
        elementLimit = options.elementLimit
        networks = NetworkValues()
        models = FittedModels()
        dictionarySearches = DictionarySearches()
        isWorker = false
    }

    /// An evaluator for another thread, which knows what one has computed for whole entities.
    init(sharing other: Evaluator) {
        graph = other.graph
        store = other.store
        options = other.options
        cancellation = other.cancellation
        elementLimit = other.elementLimit
        derivedValues = other.derivedValues
        derivedDemand = other.derivedDemand
        underivable = other.underivable
        rowsAhead = other.rowsAhead
        networks = other.networks
        models = other.models
        dictionarySearches = other.dictionarySearches
        isWorker = true
    }

    /// Tells how many rows are likely to come in all, when some of them have come.
    func expect(rows: Int, afterRows: Int) { rowsAhead = afterRows > 0 ? max(1, Double(rows) / Double(afterRows)) : 1 }

    // MARK: Values in the form in which they arise

    /// What a node gives for the rows of a frame; computed once.
    func evaluate(_ id: NodeID, in frame: Frame) throws -> Evaluated {
        if let known = frame[id] { return known }
        let value = try evaluateAnew(id, in: frame)
        frame[id] = value
        return value
    }

    private func evaluateAnew(_ id: NodeID, in frame: Frame) throws -> Evaluated {
        let node = graph[id]
        if case .constant(let value) = node.operation { return .constant(value) }
        guard let level = node.level else {
            return frame === onceFrame ? try compute(node, in: frame) : try once(id)
        }
        let home = frame.at(level: level)
        if home !== frame { return lowered(try evaluate(id, in: home), from: home, to: frame) }
        if let derivation = node.derivation, let value = try derivedValue(derivation, in: frame) { return value }
        return try compute(node, in: frame)
    }

    /// What a node gives that depends on no row.
    private func once(_ id: NodeID) throws -> Evaluated {
        let outerLimit = elementLimit
        elementLimit = Int(Int32.max)
        defer { elementLimit = outerLimit }
        let value = try evaluate(id, in: onceFrame)
        switch value {
        case .constant, .shared: return value
        case .vector(let vector) where graph[id].type.isScalar: return .constant(vector.value(at: 0))
        case .run(let entity, let range): return .constant(.record(entity, row: Int32(range.lowerBound)))
        case .vector, .set, .list: return .shared(value)
        }
    }

    /// The values of an outer frame's rows, for the rows of a frame within it.
    private func lowered(_ value: Evaluated, from home: Frame, to frame: Frame) -> Evaluated {
        // Elements in no row's set may have any value, so that a constant stays one.
        if case .constant = value { return value }
        return picked(value, count: home.count, at: frame.parents(upTo: home))
    }

    // MARK: Values as kernels take them

    /// A column or a constant. Sets and lists become columns as well.
    func operand(_ id: NodeID, in frame: Frame) throws -> Operand {
        let value = try evaluate(id, in: frame)
        if case .constant(let constant) = value { return .constant(constant) }
        return .vector(vector(value, count: frame.count))
    }

    /// A column with a value for every row of the frame.
    func vector(_ id: NodeID, in frame: Frame) throws -> Vector {
        vector(try evaluate(id, in: frame), count: frame.count)
    }

    func vector(_ value: Evaluated, count: Int) -> Vector {
        switch value {
        case .constant(let constant): return .constant(constant, count: count)
        case .vector(let vector): return vector
        case .run(let entity, let range): return record(entity, Rows.range(range).buffer)
        case .set(let set):
            let ordered = ordered(set)
            let segments = ordered.membership.segments ?? .empty(count: count)
            return Vector(count: count, .set(set.entity, segments, ordered.rows.buffer))
        case .list(let list):
            let ordered = ordered(list)
            let segments = ordered.membership.segments ?? .empty(count: count)
            return Vector(count: count, .list(segments, vector(ordered.values, count: ordered.membership.elementCount)))
        case .shared(let inner):
            let one = vector(inner, count: 1)
            return count == 1 ? one : one.gathered(Buffer(repeating: 0, count: count))
        }
    }

    /// Where a condition holds. A missing value counts as false.
    func truth(_ id: NodeID, in frame: Frame) throws -> Bitmap {
        switch try evaluate(id, in: frame) {
        case .constant(let value): return Bitmap(repeating: value == .bool(true), count: frame.count)
        case let value: return vector(value, count: frame.count).truth()
        }
    }

    /// The records that the rows have; -1 where one has none.
    func rows(_ id: NodeID, in frame: Frame) throws -> Rows { rows(try evaluate(id, in: frame), count: frame.count) }

    func rows(_ value: Evaluated, count: Int) -> Rows {
        switch value {
        case .run(_, let range): return .range(range)
        case .vector(let vector):
            if case .record(_, let rows) = vector.storage { return .list(rows) }
            return .list(Buffer(repeating: -1, count: count))
        case .constant(.record(_, let row)): return .list(Buffer(repeating: row, count: count))
        case .constant, .set, .list, .shared: return .list(Buffer(repeating: -1, count: count))
        }
    }

    func record(_ entity: EntityID, _ rows: Buffer<Int32>) -> Vector { Vector(count: rows.count, .record(entity, rows)) }

    /// Fails where a frame would open more elements than are worked on at once.
    func checkElements(_ count: Int) throws {
        try cancellation.check()
        if count <= elementLimit { return }
        if elementLimit < Int(Int32.max) { throw BatchTooWide() }
        throw ExecuteError.tooManyElements(limit: Int(Int32.max))
    }
}
