import Columns
import Types

extension Evaluator {
    /// The first few records of each row's set in an order, or the first one itself.
    func picked(_ pick: Pick, in frame: Frame) throws -> Evaluated {
        guard case .set(let entity) = graph[pick.set].type else { return try pickedValues(pick, in: frame) }
        if let found = try endRecords(pick, in: frame) { return .vector(record(entity, found)) }
        let records = try recordSet(pick.set, in: frame)
        if pick.single, records.isOrdered { return .vector(record(entity, try oneRecord(pick, of: records, in: frame))) }
        let chosen = try chosenElements(pick, of: records, in: frame)
        let rows = records.rows.picked(at: chosen.positions)
        if pick.single {
            let places = firstElements(of: chosen.segments)
            return .vector(record(entity, rows.buffer.picked(at: places)))
        }
        return .set(
            RecordSet(
                entity: entity, rows: rows, membership: Membership(chosen.segments),
                edges: records.edges?.picked(at: chosen.positions), isDisjoint: records.isDisjoint, isOrdered: true))
    }

    /// The first or last record of each row, or -1, found in one pass over the elements as they stand.
    private func oneRecord(_ pick: Pick, of records: RecordSet, in frame: Frame) throws -> Buffer<Int32> {
        let keys = try orderKeys(pick, in: frame)
        note("one of each found in one pass")
        let parents = records.membership.parents
        let places = Columns.picked(parents: parents, rowCount: frame.count, keys: keys, last: pick.fromEnd)
        return records.rows.picked(at: places).buffer
    }

    private func orderKeys(_ pick: Pick, in frame: Frame) throws -> [OrderKey] {
        if pick.keys.isEmpty { return [] }
        let elements = try elementFrame(pick.set, level: pick.level, in: frame)
        return try pick.keys.map { (values: try vector($0.value, in: elements), descending: $0.descending) }
    }

    /// Which elements are chosen, row by row.
    private func chosenElements(
        _ pick: Pick, of records: RecordSet, in frame: Frame
    ) throws -> (segments: Segments, positions: Buffer<Int32>) {
        let limit = pick.single ? 1 : max(0, pick.limit)
        let base = orderingPositions(records)
        let segments = base?.segments ?? records.membership.segments ?? .empty(count: frame.count)
        let keys = try orderKeys(pick, in: frame).map { key in
            (values: base.map { key.values.gathered($0.elements) } ?? key.values, descending: key.descending)
        }
        let chosen = taken(segments, keys: keys, limit: limit, fromEnd: pick.fromEnd)
        return (chosen.0, base.map { $0.elements.picked(at: chosen.selection) } ?? chosen.selection)
    }

    /// The first element of each row, or -1.
    private func firstElements(of segments: Segments) -> Buffer<Int32> {
        let positions = segments.isOccupied()
        let starts = segments.offsets.slice(0, segments.count)
        if positions.isFull { return starts }
        let occupied = positions.rows()
        return occupied.scattered(starts.picked(at: occupied), domain: segments.count)
    }

    /// The first or last values of each row's list.
    private func pickedValues(_ pick: Pick, in frame: Frame) throws -> Evaluated {
        let list = ordered(try valueList(pick.set, in: frame))
        let segments = list.membership.segments ?? .empty(count: frame.count)
        let chosen = taken(segments, keys: [], limit: pick.single ? 1 : pick.limit, fromEnd: pick.fromEnd)
        let values = picked(list.values, count: list.membership.elementCount, at: chosen.selection)
        if pick.single {
            return .vector(vector(values, count: chosen.selection.count).gathered(firstElements(of: chosen.0)))
        }
        return .list(ValueList(values: values, membership: Membership(chosen.0)))
    }
}
