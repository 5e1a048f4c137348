import Columns
import Output
import Resolve
import Syntax
import Types

extension Session {
    /// Asks for a value of all records as of two days, and binds those that differ as rows, which the question then goes on from.
    func boundComparison(_ comparison: DayComparison) throws -> Source {
        let days = try [comparison.before, comparison.after].map { expression in
            let clause = Clause(.asOf(expression), at: expression.span)
            let question = Question(
                source: .lastAnswer(expression.span), clauses: [clause], delivery: Delivery(), span: expression.span)
            return try day(of: question, in: environment)
        }
        let answers = try days.map { day in
            let item = ColumnItem(name: nil, value: comparison.value)
            let select = Clause(.select([item]), at: comparison.span)
            let question = Question(
                source: .expression(comparison.records), clauses: [select], delivery: Delivery(), span: comparison.span)
            return try answerQuietly(question, from: environment.perspectiveInUse, asOf: day)
        }
        guard let table = Self.differences(answers[0], answers[1], entityName: { self.store.schema[$0].name }) else {
            throw ResolveErrors(diagnostics: [
                Diagnostic(
                    code: "set-needed", "`compare` across days needs a value of records", at: comparison.records.span,
                    help: ["compare account.relationship across 2025-12-31, today"])
            ])
        }
        note("\(countText(table.rowCount, "record")) of \(grouped(max(answers[0].rowCount, answers[1].rowCount))) changed")
        let name = "comparison of days"
        self.answers[name] = table
        environment.relations[name] = BoundRelation(table)
        return .expression(Expression(.name(Name(name, at: comparison.span)), at: comparison.span))
    }

    /// A row for each record whose value is another one, or that was not there before; none where the rows know no record.
    private static func differences(_ before: Answer, _ after: Answer, entityName: (EntityID) -> String) -> Answer? {
        guard case .record(let entity, let earlier)? = before.record?.values.storage,
            case .record(_, let later)? = after.record?.values.storage
        else { return nil }
        let (was, now) = (before.columns[0].values, after.columns[0].values)
        var places: [Int32: Int] = [:]
        for (place, record) in earlier.pointer.enumerated() { places[record] = place }
        var records: [Int32] = []
        var rows: (before: [Int32], after: [Int32]) = ([], [])
        for (place, record) in later.pointer.enumerated() {
            let known = places[record]
            if let known, was.value(at: known) == now.value(at: place) { continue }
            if known == nil, !now.isPresent(place) { continue }
            records.append(record)
            rows.before.append(known.map(Int32.init) ?? -1)
            rows.after.append(Int32(place))
        }
        let record = Answer.Column(
            name: entityName(entity), type: .record(entity),
            values: Vector(count: records.count, .record(entity, Buffer(records))))
        let columns = [
            record, Answer.Column(name: "before", type: before.columns[0].type, values: was.gathered(Buffer(rows.before))),
            Answer.Column(name: "after", type: after.columns[0].type, values: now.gathered(Buffer(rows.after))),
        ]
        return Answer(columns: columns, rowCount: records.count, record: record)
    }
}
