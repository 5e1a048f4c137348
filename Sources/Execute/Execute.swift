import Columns
import Plan
import Resolve
import Store
import Types

/// Answers a question by its plan. `bound` gives earlier answers by the names under which the session keeps them.
///
/// Throws an `ExecuteError`.
public func execute(
    _ plan: Plan, store: Store, bound: @escaping (String) -> Answer? = { _ in nil },
    options: ExecutionOptions = ExecutionOptions(),
    cancellation: Cancellation = .never
) throws -> Answer {
    let (pipeline, rows) = try run(plan, store, bound, options, cancellation, notesStrategies: false)
    return answer(plan, rows, pipeline.context)
}

/// As `execute`, and says what each operator took.
public func executeMeasured(
    _ plan: Plan, store: Store, bound: @escaping (String) -> Answer? = { _ in nil },
    options: ExecutionOptions = ExecutionOptions(),
    cancellation: Cancellation = .never
) throws -> (answer: Answer, statistics: ExecutionStatistics) {
    let (pipeline, rows) = try run(plan, store, bound, options, cancellation, notesStrategies: true)
    let operators = pipeline.statistics(lines: plan.lines(schema: store.schema))
    let statistics = ExecutionStatistics(operators: operators, notes: pipeline.notes)
    return (answer(plan, rows, pipeline.context), statistics)
}

/// Runs a plan, and where that turns out to be impossible with several threads, with one.
private func run(
    _ plan: Plan, _ store: Store, _ bound: @escaping (String) -> Answer?, _ options: ExecutionOptions,
    _ cancellation: Cancellation, notesStrategies: Bool
) throws -> (pipeline: Pipeline, rows: Batch) {
    do {
        let pipeline = try Pipeline(
            plan, store: store, bound: bound, options: options, cancellation: cancellation, notesStrategies: notesStrategies)
        return (pipeline, try pipeline.run())
    } catch is NeedsOrder {
        var alone = options
        alone.threads = 1
        let pipeline = try Pipeline(
            plan, store: store, bound: bound, options: alone, cancellation: cancellation, notesStrategies: notesStrategies)
        return (pipeline, try pipeline.run())
    }
}

/// The columns of the plan, with the rows that came out of its last operator.
private func answer(_ plan: Plan, _ rows: Batch, _ context: ExecutionContext) -> Answer {
    func column(_ name: String, _ slot: SlotID, _ type: ValueType) -> Answer.Column {
        let values = rows.slots[slot].map { context.evaluator.vector($0, count: rows.count) }
        return Answer.Column(name: name, type: type, values: values ?? emptyVector(type, count: rows.count))
    }
    var columns = plan.columns.map { column($0.name, $0.slot, $0.type) }
    // Without rows no batch says what it had, but a pivot that has run has its columns.
    for spread in context.spreadColumns where rows.count == 0 || rows.slots[spread.slot] != nil {
        columns.append(column(spread.name, spread.slot, spread.type))
    }
    let record = plan.record.flatMap { slot in plan.recordEntity.map { column("record", slot, .record($0)) } }
    var answer = Answer(columns: columns, rowCount: rows.count, record: record, fieldColumnCount: plan.fieldColumnCount)
    answer.remarks = context.evaluator.networks.remarks + context.evaluator.models.remarks
    if case .path(_, let slots) = plan.source { answer.showsPaths = plan.columns.map(\.slot) == slots.all }
    return answer
}

/// Missing values, or empty sets and lists, of a type.
private func emptyVector(_ type: ValueType, count: Int) -> Vector {
    switch type {
    case .record(let entity): Vector(count: count, .record(entity, Buffer(repeating: -1, count: count)))
    case .set(let entity): Vector(count: count, .set(entity, .empty(count: count), Buffer([])))
    default: .missing(count: count)
    }
}
