import Foundation
import Syntax
import Testing
import Types

@testable import Resolve

let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

let prelude: SourceText = {
    let url = root.appending(path: "stdlib/prelude.crmq")
    return SourceText(name: "stdlib/prelude.crmq", text: (try? String(contentsOf: url, encoding: .utf8)) ?? "")
}()

let library = Library([prelude])

let crm = FakeCatalogue(schema: SchemaBuilder.crm())

/// 2026-06-30, the last instant of it.
let clock: Clock = {
    let today = Calendar.day(year: 2026, month: 6, day: 30)
    return Clock(today: today, now: (Int64(today) + 1) * Calendar.microsecondsPerDay - 1)
}()

/// An environment with an answer called `it`, a set called `golden` and a value called `cutoff`.
func environment() -> Environment {
    var environment = Environment(catalogue: crm, clock: clock, library: library)
    environment.relations["it"] = BoundRelation(
        columns: [.init(name: "name", type: .text), .init(name: "arr", type: .number), .init(name: "count()", type: .number)],
        recordEntity: EntityID(0), rowCount: 2, records: { [0, 3] })
    environment.relations["golden"] = BoundRelation(
        columns: [.init(name: "name", type: .text)], recordEntity: EntityID(0), rowCount: 3, records: { [1, 2, 1] })
    environment.relations["cutoff"] = BoundRelation(
        columns: [.init(name: "cutoff", type: .number)], rowCount: 1, values: { _ in [.number(Number(50))] })
    environment.relations["regions"] = BoundRelation(
        columns: [.init(name: "region", type: .text)], rowCount: 2, values: { _ in [.text("EMEA"), .text("APAC")] })
    environment.relations["wide"] = BoundRelation(
        columns: [.init(name: "a", type: .text), .init(name: "b", type: .number)], rowCount: 2)
    return environment
}

/// What a text resolves to: messages, and for its questions the steps.
func resolved(_ text: String, in start: Environment? = nil, showsSteps: Bool = true) -> String {
    var environment = start ?? environment()
    let parsed = parse(SourceText(name: "q.crmq", text: text))
    var output: [String] = []
    if !parsed.diagnostics.isEmpty { output.append(DiagnosticRenderer().render(parsed.diagnostics)) }
    for statement in parsed.statements {
        let messages = environment.declare(statement)
        if !messages.isEmpty { output.append(DiagnosticRenderer().render(messages)) }
        guard case .question(let question) = statement.kind else { continue }
        do {
            let resolution = try resolve(question, in: environment)
            if !resolution.hints.isEmpty { output.append(DiagnosticRenderer().render(resolution.hints)) }
            if showsSteps { output.append(resolution.question.description(in: crm.schema) + "\n") }
        } catch {
            output.append(DiagnosticRenderer().render(error.diagnostics))
        }
    }
    return output.joined(separator: "\n")
}

/// The expression that a text is, resolved on its own.
func term(_ text: String) throws -> (term: Term, type: ValueType) {
    let parsed = parse(SourceText(name: "e.crmq", text: text))
    guard case .question(let question)? = parsed.statements.first?.kind, case .expression(let expression) = question.source else {
        throw Diagnostic(code: "test", "no expression: \(text)", at: nil)
    }
    let term = try Resolver(environment()).resolve(expression, in: Scope(layers: []))
    return (term, term.type(in: crm.schema))
}
