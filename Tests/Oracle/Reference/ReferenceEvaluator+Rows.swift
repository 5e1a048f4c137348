import Resolve
import Types

extension ReferenceEvaluator {
    /// The rows with a value that is computed from those that share a key, or from those so far. `origin` are the rows as they were before
    /// the step, which the call's terms read.
    func withWindow(_ call: WindowCall, in slot: SlotID, of rows: [Row], from origin: [Row]) -> [Row] {
        let keys = origin.map { row in Key(call.partition.map { value($0, at: Place(row: row)) }) }
        var members: [Key: [Int]] = [:]
        for (index, key) in keys.enumerated() { members[key, default: []].append(index) }
        var result = rows
        for indexes in members.values {
            let part = indexes.map { origin[$0] }
            for (index, value) in zip(indexes, windowValues(call, over: part)) { result[index][slot] = value }
        }
        return result
    }

    /// The values for the rows of one partition, in their order.
    private func windowValues(_ call: WindowCall, over rows: [Row]) -> [Value] {
        switch call.kind {
        case .aggregate(let aggregate):
            let value = self.aggregate(aggregate, over: rows)
            return rows.map { _ in value }
        case .rank:
            let order = rows.map { row in Key(call.order.map { value($0.value, at: Place(row: row)) }) }
            return order.enumerated().map { index, key in
                let place = call.order.isEmpty ? index : order.firstIndex(of: key) ?? index
                return .number(Number(place + 1))
            }
        case .runningSum(let term):
            let values = rows.map { value(term, at: Place(row: $0)) }
            return values.indices.map { index in
                Aggregates.value(.sum, over: Array(values[...index]), type: term.type(in: schema), in: self)
            }
        case .previous(let term):
            return rows.indices.map { $0 == 0 ? .none : value(term, at: Place(row: rows[$0 - 1])) }
        }
    }

    /// Rows that agree in `keep` become one; each value of `key` becomes a column, in their order, the missing one last. Where two rows
    /// meet in a cell the first one's value stands.
    func pivoted(
        _ rows: [Row], key: SlotID, keep: [SlotID], value: SlotID
    ) -> (rows: [Row], columns: [(name: String, slot: SlotID)]) {
        var keys: [Key] = []
        var groups: [Key] = []
        var cells: [Key: [Key: Value]] = [:]
        var kept: [Key: Row] = [:]
        for row in rows {
            let own = Key([row[key] ?? .none])
            let group = Key(keep.map { row[$0] ?? .none })
            if !keys.contains(own) { keys.append(own) }
            if kept[group] == nil {
                groups.append(group)
                kept[group] = row.filter { keep.contains($0.key) }
            }
            if cells[group]?[own] == nil { cells[group, default: [:]][own] = row[value] ?? Value.none }
        }
        keys.sort { a, b in
            if a.values[0] == .none || b.values[0] == .none { return b.values[0] == .none && a.values[0] != .none }
            return (Rules.order(a.values[0], b.values[0]) ?? 0) < 0
        }
        // Slots of a question count from 0, so that numbers below are free for the columns that only the rows decide.
        let columns = keys.enumerated().map { index, key in
            (name: key.values[0] == .none ? "none" : Texts.text(key.values[0], in: self), slot: SlotID(-1 - index))
        }
        // Sets and lists are never missing: they are empty.
        let absent: Value =
            switch rows.first?[value] ?? .none {
            case .list: .list([])
            case .set(let entity, _): .set(entity, rows: [])
            case .table(let types, _): .table(types, rows: [])
            default: .none
            }
        let spread = groups.map { group in
            zip(keys, columns).reduce(into: kept[group] ?? [:]) { row, pair in
                row[pair.1.slot] = cells[group]?[pair.0] ?? absent
            }
        }
        return (spread, columns)
    }
}
