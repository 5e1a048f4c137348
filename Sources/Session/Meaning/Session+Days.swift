import Columns
import Output
import Resolve
import Synchronization
import Syntax
import Types

extension Session {
    /// Understands a question in which the values of two days may be compared, and keeps the rows that differ, from which it goes on.
    func resolvedComparing(_ question: Question, in environment: Environment) throws -> Resolution {
        let comparer = DayComparer(self)
        var environment = environment
        environment.compareDays = { comparer.differences($0, $1) }
        let resolution: Resolution
        do throws(ResolveErrors) {
            resolution = try resolve(question, in: environment)
        } catch {
            throw comparer.failure ?? error
        }
        if let (rows, count) = comparer.result {
            answers[DayComparison.relationName] = rows
            note("\(countText(rows.rowCount, "record")) of \(grouped(count)) changed")
        }
        return resolution
    }
}

/// Asks for a value of all records as of two days while the question about what differs is being understood.
private final class DayComparer: Sendable {
    private let asking: Retracing
    private let schema: Schema
    private let compared = Mutex<(rows: Answer, count: Int)?>(nil)

    init(_ session: Session) {
        asking = Retracing(session)
        schema = session.store.schema
    }

    var failure: (any Error)? { asking.failure }

    /// The rows that differ, and how many there were to compare.
    var result: (rows: Answer, count: Int)? { compared.withLock { $0 } }

    func differences(_ before: ResolvedQuestion, _ after: ResolvedQuestion) -> BoundRelation? {
        guard let was = asking.table(of: before), let now = asking.table(of: after),
            let rows = Self.differences(was, now, entityName: { schema[$0].name })
        else { return nil }
        compared.withLock { $0 = (rows, max(was.rowCount, now.rowCount)) }
        return BoundRelation(rows)
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
