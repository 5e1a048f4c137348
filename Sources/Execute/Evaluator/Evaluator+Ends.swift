import Columns
import Plan
import Resolve
import Types

/// Exports of what happened mostly stand in the order of time. The latest touch of a person is then the last one of the person's, which
/// the stored link tells without going through the others.
extension Evaluator {
    /// The highest or lowest value of a field in each row's set, where values ascend along the records of the entity; none where that is not
    /// so, or not known.
    func extremeAtEnd(_ kind: AggregateKind, _ operand: NodeID, in frame: Frame) throws -> Vector? {
        let last: Bool
        switch kind {
        case .maximum: last = true
        case .minimum: last = false
        default: return nil
        }
        guard case .map(let set, let level, let body) = graph[operand].operation, let field = ownField(body, level: level),
            let records = try endRecords(of: set, last: last, order: (field, descending: false), in: frame)
        else { return nil }
        return store.values(of: field, at: records)
    }

    /// The first or last record of each row's set, -1 where it is empty; none where the order asked for is not that of the records, or not
    /// known to be.
    func endRecords(_ pick: Pick, in frame: Frame) throws -> Buffer<Int32>? {
        guard pick.single, pick.keys.count <= 1 else { return nil }
        guard let key = pick.keys.first else { return try endRecords(of: pick.set, last: pick.fromEnd, order: nil, in: frame) }
        guard let field = ownField(key.value, level: pick.level) else { return nil }
        let last = pick.fromEnd != key.descending
        return try endRecords(of: pick.set, last: last, order: (field, key.descending), in: frame)
    }

    /// The field of the element of a level that a node reads, where it is nothing but that.
    private func ownField(_ node: NodeID, level: Int) -> FieldID? {
        guard case .field(let record, let field) = graph[node].operation, case .element(level) = graph[record].operation
        else { return nil }
        return field
    }

    /// Of each row's set the record with the highest or the lowest value of a field, or that stands last or first in the entity; none unless
    /// the set is a stored link from a record or a set, and the field ascends. Of records that tie it is the one nearest to that end, or
    /// farthest from it where the order descends.
    private func endRecords(
        of set: NodeID, last: Bool, order: (field: FieldID, descending: Bool)?, in frame: Frame
    ) throws -> Buffer<Int32>? {
        guard case .toMany(let origin, let link) = graph[set].operation else { return nil }
        var origins: RecordSet?
        if case .set = graph[origin].type { origins = try recordSet(origin, in: frame) }
        let isDescending = order?.descending ?? false
        // Records that tie may then belong to several records of a row's set.
        if isDescending, origins != nil { return nil }
        let rows = try origins?.rows ?? self.rows(origin, in: frame)
        guard case .many(let segments, let targets, _)? = store.index(of: link, forReading: rows.count) else { return nil }
        let near = rows.buffer
        if let order {
            guard store.ascends(order.field, forReading: segments.total(of: near)) else { return nil }
        }
        note(
            "\(text(of: link)) by its \(last ? "last" : "first") records"
                + (order.map { ", as \(store.schema[$0.field].name) ascends" } ?? ""))
        // The records that a link leads to from one record ascend.
        let elements =
            if isDescending, let order {
                segments.farEndsOfTies(of: near, last: last, targets: targets, in: store.vector(order.field))
            } else {
                segments.ends(of: near, last: last)
            }
        let records = elements.composed(with: targets)
        guard let origins else { return records }
        return extremes(of: records, parents: origins.membership.parents, rowCount: frame.count, highest: last)
    }
}
