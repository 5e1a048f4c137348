import Columns
import Execute
import Foundation
import Oracle
import Resolve
import Store
import Testing
import Types

/// `as of` a day gives what the export of that day would have given.
///
/// `CRMQ_ORACLE_SEED` and `CRMQ_ORACLE_COUNT` choose other questions and more of them.
struct AsOfTests {
    private static let days = ["2020-02-29", "2023-11-15", "2025-12-31", "2026-06-30"]

    @Test func asOfADayIsTheExportOfThatDay() throws {
        let settings = ProcessInfo.processInfo.environment
        let stores = try PastStores()
        let present = try Workbench(stores.present)
        var failures = 0
        for (index, day) in Self.days.enumerated() {
            let past = try Past(stores, day)
            var generator = QuestionGenerator(
                past.export.reference, today: past.day, seed: UInt64(settings["CRMQ_ORACLE_SEED"] ?? "7")! + UInt64(index))
            for number in 0..<(Int(settings["CRMQ_ORACLE_COUNT"] ?? "") ?? 60) {
                let question = generator.question().joined()
                let configuration = Configuration.all[number % Configuration.all.count]
                guard let difference = past.difference(question, present, configuration) else { continue }
                Issue.record("\(question) as of \(day)\n\(configuration.name): \(difference)")
                failures += 1
                if failures == 10 { return }
            }
        }
    }

    /// What all records of an entity say of themselves, and how many there are.
    @Test func everyEntityGoesBack() throws {
        let stores = try PastStores()
        let present = try Workbench(stores.present)
        for day in Self.days {
            let past = try Past(stores, day)
            for entity in stores.present.schema.entities {
                let links = entity.links.map { stores.present.schema[$0] }
                let counts = links.map { $0.isToOne ? $0.name : "n_\($0.name) = count(\($0.name))" }.joined(separator: ", ")
                for question in [
                    entity.plural, "\(entity.plural) select \(counts.isEmpty ? "1" : counts)", "count(\(entity.plural))",
                ] {
                    let difference = past.difference(question, present, Configuration.all[0])
                    #expect(difference == nil, "\(question) as of \(day)")
                }
            }
        }
    }
}

/// The data as they were exported on a day.
private struct Past {
    let text: String
    let day: Int32
    var export: Workbench
    /// For each entity of the present, the row that each of its records has in the export, or -1.
    private let rows: [[Int32]]

    init(_ stores: PastStores, _ text: String) throws {
        self.text = text
        let parts = text.split(separator: "-").map { Int($0)! }
        day = Types.Calendar.day(year: parts[0], month: parts[1], day: parts[2])
        export = try Workbench(try stores.exported(on: text))
        export.environment.clock = Clock(endOf: day)
        let past = stores.present.past(day, today: Fixtures.today)
        rows = stores.present.schema.entities.map { entity in
            var next: Int32 = 0
            return (0..<Int32(entity.rowCount)).map { row in
                guard past.exists(row, in: entity.id) else { return -1 }
                defer { next += 1 }
                return next
            }
        }
    }

    /// What the two answers say differently; questions that cannot be asked of either agree.
    func difference(_ question: String, _ present: Workbench, _ configuration: Configuration) -> String? {
        let expected = Result { try export.answer(try export.resolved(question), configuration) }
        let found = Result {
            let resolved = try present.resolved(question + " as of " + text)
            return try present.answer(resolved, configuration)
        }
        switch (found, expected) {
        case (.success(let found), .success(let expected)): return difference(found, expected)
        case (.failure, .failure): return nil
        case (.failure(let error), _): return "only as of the day: \(error)"
        case (_, .failure(let error)): return "only of the export: \(error)"
        }
    }

    private func difference(_ found: Answer, _ expected: Answer) -> String? {
        if found.columns.map(\.name) != expected.columns.map(\.name) { return "other columns" }
        if found.rowCount != expected.rowCount { return "\(found.rowCount) rows instead of \(expected.rowCount)" }
        for (column, wanted) in zip(found.columns, expected.columns) {
            for row in 0..<found.rowCount {
                let (value, other) = (exported(column.values.value(at: row)), wanted.values.value(at: row))
                if !Agreement.same(value, other) { return "row \(row), \(column.name): \(value) instead of \(other)" }
            }
        }
        return nil
    }

    /// The value with each record at the place that it has in the export.
    private func exported(_ value: Value) -> Value {
        switch value {
        case .record(let entity, let row): .record(entity, row: row < 0 ? row : rows[entity.index][Int(row)])
        case .set(let entity, let records): .set(entity, rows: records.map { rows[entity.index][Int($0)] })
        case .list(let values): .list(values.map(exported))
        case .table(let columns, let values): .table(columns, rows: values.map { $0.map(exported) })
        default: value
        }
    }
}
