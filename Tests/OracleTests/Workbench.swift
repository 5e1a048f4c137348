import Columns
import Execute
import Foundation
import Oracle
import Plan
import Resolve
import Store
import Syntax
import Types

/// A store with everything that is needed to ask it a question both ways.
struct Workbench {
    let store: Store
    let reference: ReferenceEvaluator
    var environment: Environment

    init(_ store: Store) throws {
        self.store = store
        reference = ReferenceEvaluator(store)
        environment = try Self.environment(store, today: Fixtures.today)
    }

    /// What questions of a day may refer to.
    static func environment(_ store: Store, today: Int32) throws -> Environment {
        let now = (Int64(today) + 1) * Types.Calendar.microsecondsPerDay - 1
        return Environment(catalogue: store, clock: Clock(today: today, now: now), library: Library([try prelude()]))
    }

    private static func prelude() throws -> SourceText {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let url = root.appending(path: "stdlib/prelude.crmq")
        return SourceText(name: "stdlib/prelude.crmq", text: try String(contentsOf: url, encoding: .utf8))
    }

    /// The question as the engine and the reference evaluator both take it.
    func resolved(_ text: String, after earlier: Answer? = nil) throws -> ResolvedQuestion {
        var environment = environment
        environment.relations["it"] = earlier.map(BoundRelation.init)
        let parsed = parse(SourceText(name: "question", text: text))
        guard parsed.diagnostics.isEmpty, parsed.statements.count == 1, case .question(let question) = parsed.statements[0].kind
        else {
            throw Misunderstood(messages: DiagnosticRenderer().render(parsed.diagnostics))
        }
        do {
            return try resolve(question, in: environment).question
        } catch {
            throw Misunderstood(messages: DiagnosticRenderer().render(error.diagnostics))
        }
    }

    func answer(
        _ question: ResolvedQuestion, _ configuration: Configuration, bound: @escaping (String) -> Answer? = { _ in nil }
    ) throws -> Answer {
        let plan = plan(question, schema: store.schema, options: configuration.optimizer)
        let data = question.day.map { store.past($0, today: Fixtures.today) } ?? store
        return try execute(plan, store: data, bound: bound, options: configuration.execution)
    }

    /// Whether the reference evaluator can answer: a few functions are not specified enough to be written twice, of equally good paths
    /// any may be given, and which records are probably one is for the engine to say. It knows the data of today alone: `as of` is held
    /// against exports of earlier days, and `each` against `as of`.
    func isSpecified(_ question: ResolvedQuestion) -> Bool {
        guard question.day == nil, question.each == nil else { return false }
        switch question.source {
        case .path, .duplicates: return false
        default: break
        }
        let text = question.description(in: store.schema)
        return !ReferenceEvaluator.unspecifiedFunctions.contains { text.contains("\($0)(") }
    }

    /// As `disagreement`, for clauses that go on from the last answer as people type them at the prompt.
    func disagreement(_ first: String, goingOn clauses: String, under configuration: Configuration) throws -> String? {
        let question = try resolved(first)
        let earlier = try answer(question, configuration)
        let next = try resolved(clauses, after: earlier)
        let expected = try reference.answer(next, bound: ["it": reference.answer(question)])
        let found = try answer(next, configuration, bound: { _ in earlier })
        return Agreement.difference(found, expected).map { "\(configuration.name): \($0)" }
    }

    /// What the engine says otherwise than the reference evaluator, or nothing where both agree under these configurations.
    func disagreement(_ text: String, under configurations: [Configuration]) throws -> String? {
        let question = try resolved(text)
        let expected = try reference.answer(question)
        for configuration in configurations {
            let difference: String?
            do {
                difference = Agreement.difference(try answer(question, configuration), expected)
            } catch {
                difference = "failed: \(error)"
            }
            if let difference { return "\(configuration.name): \(difference)" }
        }
        return nil
    }
}

extension BoundRelation {
    /// An answer as later questions see it.
    init(_ answer: Answer) {
        var entity: EntityID?
        if case .record(let id)? = answer.record?.type { entity = id }
        self.init(
            columns: answer.columns.map { Column(name: $0.name, type: $0.type) }, recordEntity: entity, rowCount: answer.rowCount,
            fieldColumnCount: answer.fieldColumnCount,
            records: {
                (0..<answer.rowCount).map { row in
                    if case .record(_, let record)? = answer.record?.values.value(at: row) { record } else { -1 }
                }
            },
            values: { index in (0..<answer.rowCount).map { answer.columns[index].values.value(at: $0) } })
    }
}

/// A question that should have been well formed.
struct Misunderstood: Error, CustomStringConvertible {
    var messages: String
    var description: String { messages }
}

/// One way of executing a question.
struct Configuration {
    var name: String
    var optimizer: OptimizerOptions
    var execution: ExecutionOptions

    /// All combinations that are worth trying; a long test takes them in turn.
    static let all: [Configuration] = {
        var result: [Configuration] = []
        for batch in [1, 2, 7, 1024] {
            for optimizes in [true, false] {
                for derives in [true, false] {
                    for threads in batch == 1024 || batch == 2 ? [1, 2] : [1] {
                        result.append(
                            Configuration(
                                name:
                                    "batch \(batch)\(optimizes ? "" : ", unoptimized")\(derives ? "" : ", underived"), \(threads) threads",
                                optimizer: optimizes ? .all : .none,
                                execution: ExecutionOptions(
                                    batchSize: batch, threads: threads, parallelMinimum: 0,
                                    sharedGroupMinimum: batch == 2 ? 0 : .max, derivesWholeEntities: derives)))
                    }
                }
            }
        }
        return result
    }()
}
