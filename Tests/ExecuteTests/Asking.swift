import Columns
import Execute
import Plan
import Resolve
import Store
import Syntax
import Testing
import Types

/// How a question may be run; all ways give the same answer.
struct Way: CustomTestStringConvertible {
    let batchSize: Int
    let optimizes: Bool
    let derives: Bool
    var elementLimit = 1 << 26
    var threads = 1

    var testDescription: String {
        "batches of \(batchSize)\(optimizes ? "" : ", not optimized")\(derives ? "" : ", row by row")\(elementLimit < 100 ? ", in parts" : "")\(threads > 1 ? ", on \(threads) threads" : "")"
    }

    static let all: [Way] = [
        Way(batchSize: 1, optimizes: true, derives: true), Way(batchSize: 2, optimizes: false, derives: true),
        Way(batchSize: 3, optimizes: true, derives: false), Way(batchSize: 1024, optimizes: false, derives: false),
        Way(batchSize: 1024, optimizes: true, derives: true),
        Way(batchSize: 1024, optimizes: true, derives: true, elementLimit: 2),
        Way(batchSize: 2, optimizes: true, derives: true, threads: 3),
        Way(batchSize: 3, optimizes: false, derives: false, threads: 2),
    ]

    var options: ExecutionOptions {
        ExecutionOptions(
            batchSize: batchSize, threads: threads, parallelMinimum: 0, sharedGroupMinimum: threads == 3 ? 0 : .max,
            derivesWholeEntities: derives, elementLimit: elementLimit)
    }
}

let row = SlotID(0)

func question(
    _ source: ResolvedSource, _ steps: [Step], _ columns: [(String, Int, ValueType)], record: SlotID? = nil,
    entity: EntityID? = nil
) -> ResolvedQuestion {
    ResolvedQuestion(
        source: source, steps: steps, columns: columns.map { AnswerColumn(name: $0.0, slot: SlotID($0.1), type: $0.2) },
        record: record, recordEntity: entity, fieldColumnCount: 0)
}

func ask(_ question: ResolvedQuestion, _ way: Way, bound: @escaping (String) -> Answer? = { _ in nil }) throws -> Answer {
    let plan = plan(question, schema: Fixture.store.schema, options: way.optimizes ? .all : .none)
    return try execute(plan, store: Fixture.store, bound: bound, options: way.options)
}

/// The rows of an answer as text, for comparing: values as answers show them, records by their names.
func rows(_ answer: Answer) -> [String] {
    let shown = presented(answer, store: Fixture.store)
    return (0..<shown.rowCount).map { row in
        shown.columns.map { column in
            var bytes: [UInt8] = []
            column.values.appendText(of: row, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }.joined(separator: "|")
    }
}

func accounts(_ slot: SlotID = row) -> ResolvedSource { .records(.all(Fixture.account), slot: slot) }
func deals(_ slot: SlotID = row) -> ResolvedSource { .records(.all(Fixture.deal), slot: slot) }
func people(_ slot: SlotID = row) -> ResolvedSource { .records(.all(Fixture.person), slot: slot) }

let theAccount = Term.slot(row, .record(Fixture.account))
let theDeal = Term.slot(row, .record(Fixture.deal))
let thePerson = Term.slot(row, .record(Fixture.person))

func each(_ level: Int, _ entity: EntityID) -> Term { .element(level: level, .record(entity)) }
func text(_ value: String) -> Term { .constant(.text(value), .text) }
func number(_ value: Int) -> Term { .constant(.number(Number(value)), .number) }
func equal(_ left: Term, _ right: Term) -> Term { .binary(.equal, left, right, .bool) }
func sum(_ set: Term, _ field: FieldID, level: Int = 1) -> Term {
    .aggregate(.sum, over: .map(set, level: level, body: .field(each(level, field.entity), field)))
}
