import Columns
import Plan
import Resolve
import Store
import Types

/// The answer of an `each` question, and how its columns came to be, a line for each, for `explain`.
public struct EachAnswer {
    public var answer: Answer
    public var notes: [String]
    /// What the steps behind those that look at one period took.
    public var statistics: [OperatorStatistics]
}

/// Answers `each month in …`: what looks at a single period is computed as of that period's end, for all periods in one pass where that can
/// be, and asked again for each where not; what looks at several, such as `sort` and `previous`, goes over the rows so made.
///
/// `questions` are the question as resolved for each of its periods, in their order. Throws an `ExecuteError`, or a `EachError`.
public func executeEach(
    _ questions: [ResolvedQuestion], store: Store, today: Int32, optimizer: OptimizerOptions = .all,
    bound: @escaping (String) -> Answer? = { _ in nil }, options: ExecutionOptions = ExecutionOptions(),
    cancellation: Cancellation = .never
) throws -> EachAnswer {
    let execution = EachExecution(
        questions: questions, store: store, today: today, optimizer: optimizer, bound: bound, options: options,
        cancellation: cancellation)
    return try execution.run()
}

/// A clause behind one that looks at several periods reads the data, of which period it cannot say.
public struct EachError: Error, Sendable {}

private struct EachExecution {
    let questions: [ResolvedQuestion]
    let store: Store
    let today: Int32
    let optimizer: OptimizerOptions
    let bound: (String) -> Answer?
    let options: ExecutionOptions
    let cancellation: Cancellation

    private var rowsName: String { "each " + each.unit.rawValue }

    private var each: EachPeriods { questions[0].each! }
    private var schema: Schema { store.schema }

    func run() throws -> EachAnswer {
        let first = questions[0]
        let split = first.steps.firstIndex { !$0.looksAtOneRow } ?? first.steps.count
        let readsData = first.steps[split...].contains { $0.terms.contains { $0.goesOverData } }
        if readsData { throw EachError() }
        var rewriter = EachRewriter(each: each, timeline: timeline(), schema: schema)
        let steps = try rewriter.rewritten(questions.map { Array($0.steps[..<split]) })
        let rows = try concatenated(zip(questions, steps).map { try row($0, $1, rewriter.slots) }, rewriter.slots)
        var rest = first
        rest.each = nil
        rest.day = nil
        rest.source = .bound(rowsName, slots: rewriter.slots.map(\.slot))
        rest.steps = Array(first.steps[split...])
        let (bound, rowsName) = (self.bound, self.rowsName)
        let (answer, statistics) = try executeMeasured(
            plan(rest, schema: schema, options: optimizer), store: store, bound: { $0 == rowsName ? rows : bound($0) },
            options: options, cancellation: cancellation)
        return EachAnswer(answer: answer, notes: rewriter.notes(names: first.columns), statistics: statistics.operators)
    }

    private func timeline() -> Timeline {
        Timeline(store: store, days: questions.map { $0.day! }, today: today, options: options, cancellation: cancellation)
    }

    /// The row of one period, or none where a condition does not hold.
    private func row(_ question: ResolvedQuestion, _ steps: [Step], _ slots: [AnswerColumn]) throws -> Answer {
        var asked = question
        asked.each = nil
        asked.steps = steps
        asked.columns = slots
        asked.record = nil
        asked.recordEntity = nil
        let readsData = steps.contains { $0.terms.contains { $0.readsData } }
        return try execute(
            plan(asked, schema: schema, options: optimizer), store: readsData ? store.past(question.day!, today: today) : store,
            bound: bound, options: options, cancellation: cancellation)
    }

    private func concatenated(_ rows: [Answer], _ slots: [AnswerColumn]) -> Answer {
        let columns = slots.indices.map { index in
            Answer.Column(
                name: slots[index].name, type: slots[index].type,
                values: Vector.concatenated(rows.map { $0.columns[index].values }, type: slots[index].type))
        }
        return Answer(columns: columns, rowCount: rows.reduce(0) { $0 + $1.rowCount })
    }
}

/// Puts what a timeline can compute into the steps that look at one period.
private struct EachRewriter {
    let each: EachPeriods
    let timeline: Timeline
    let schema: Schema
    /// The columns of a period's row.
    private(set) var slots: [AnswerColumn]
    /// The columns and conditions that have to be asked again for every period; none as the slot of a condition.
    private var asked: [SlotID?] = []
    private var passed: [SlotID?] = []

    init(each: EachPeriods, timeline: Timeline, schema: Schema) {
        self.each = each
        self.timeline = timeline
        self.schema = schema
        slots = [AnswerColumn(name: each.unit.rawValue, slot: each.slot, type: .period(each.unit))]
    }

    /// The steps of every period, whose terms differ at most in their constants.
    mutating func rewritten(_ steps: [[Step]]) throws -> [[Step]] {
        var result = steps.map { _ in [Step]() }
        for place in steps[0].indices {
            switch steps[0][place] {
            case .filter:
                let terms = try rewritten(
                    steps.map { if case .filter(let term) = $0[place] { term } else { .constant(.none, .none) } }, nil)
                for (period, term) in terms.enumerated() { result[period].append(.filter(term)) }
            case .extend(let columns):
                var extended = steps.map { _ in [(slot: SlotID, value: Term)]() }
                for (index, column) in columns.enumerated() {
                    let values = steps.map { step -> Term in
                        if case .extend(let columns) = step[place] { columns[index].value } else { .constant(.none, .none) }
                    }
                    slots.append(
                        AnswerColumn(name: "\(column.slot.index)", slot: column.slot, type: column.value.type(in: schema)))
                    for (period, term) in try rewritten(values, column.slot).enumerated() {
                        extended[period].append((column.slot, term))
                    }
                }
                for (period, columns) in extended.enumerated() { result[period].append(.extend(columns)) }
            default: preconditionFailure("only filters and columns look at one row")
            }
        }
        return result
    }

    private mutating func rewritten(_ terms: [Term], _ slot: SlotID?) throws -> [Term] {
        let readsData = terms[0].goesOverData
        let rewritten = try replaced(
            zip(terms, each.periods).map { term, period in
                term.replacing(.slot(each.slot, .period(each.unit)), with: .constant(.period(period), .period(each.unit)))
            })
        guard readsData else { return rewritten }
        if rewritten.contains(where: \.goesOverData) { asked.append(slot) } else { passed.append(slot) }
        return rewritten
    }

    private func replaced(_ terms: [Term]) throws -> [Term] {
        guard terms[0].goesOverData else { return terms }
        switch terms[0] {
        case .aggregate, .isEmpty:
            guard terms.allSatisfy({ $0.isConstant }), let values = try timeline.values(terms) else { return terms }
            let type = terms[0].type(in: schema)
            return values.map { .constant($0, type) }
        case .binary, .not, .negate, .conditional, .call, .isIn:
            let parts = terms.map(\.parts)
            guard parts.allSatisfy({ $0.count == parts[0].count }) else { return terms }
            let changed = try parts[0].indices.map { place in try replaced(parts.map { $0[place] }) }
            return terms.indices.map { index in
                var place = -1
                return terms[index].mapParts { _ in
                    place += 1
                    return changed[place][index]
                }
            }
        default: return terms
        }
    }

    func notes(names columns: [AnswerColumn]) -> [String] {
        func name(_ slot: SlotID?) -> String {
            guard let slot else { return "the condition" }
            return columns.first { $0.slot == slot }.map { "`\($0.name)`" } ?? "a value"
        }
        let unit = each.unit.rawValue
        return passed.map { "\(name($0)): in one pass for all \(each.periods.count) \(unit)s" }
            + asked.map { "\(name($0)): asked again for each \(unit)" }
    }
}

extension Term {
    /// Whether the term goes over records that are not in the row.
    fileprivate var goesOverData: Bool {
        contains { part in
            switch part {
            case .all, .records, .toMany: true
            default: false
            }
        }
    }
}

extension Step {
    /// Whether each row is looked at singly and stays one row or none.
    fileprivate var looksAtOneRow: Bool {
        switch self {
        case .filter, .extend: true
        default: false
        }
    }

    fileprivate var terms: [Term] {
        switch self {
        case .filter(let condition): [condition]
        case .extend(let columns): columns.map(\.value)
        case .window(let calls): calls.flatMap(\.call.terms)
        case .summarize(let keys, let aggregates): keys.map(\.value) + aggregates.flatMap { $0.1.terms }
        case .sort(let keys): keys.map(\.value)
        case .followRepeated(_, let steps, _, _, _): steps
        case .skip, .take, .distinct, .follow, .pivot: []
        }
    }
}
