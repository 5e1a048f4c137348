import Resolve
import Store
import Types

/// Answers a resolved question one row at a time, with arrays and dictionaries of values.
///
/// It is what the engine is held against, so it is written to be obviously right rather than fast: no rule of the language is shared
/// with the kernels or the operators. Of the store it uses only single cells and where links lead.
public final class ReferenceEvaluator {
    let store: Store
    let schema: Schema
    /// The cells of each entity, by field and row. Read once, because asking a column for one value is slow.
    let cells: [[[Value]]]
    /// Where each record leads, by link: the far row, and the row of the table of pairs where there is one.
    let ways: [[[(row: Int32, edge: Int32?)]]]

    /// Functions that it does not know, because the prelude does not say how they are computed.
    public static let unspecifiedFunctions: Set<String> = [
        "similar", "pagerank", "community", "bg_nbd", "gamma_gamma", "hypergeometric",
    ]

    public init(_ store: Store) {
        self.store = store
        schema = store.schema
        cells = store.schema.entities.map { entity in
            entity.fields.indices.map { index in
                let vector = store.vector(FieldID(entity.id, index))
                return (0..<entity.rowCount).map { vector.value(at: $0) }
            }
        }
        ways = store.schema.links.map { link in
            (0..<store.schema[link.from].rowCount).map { row in
                switch store.index(of: link.id) {
                case .one(let targets): targets[row] >= 0 ? [(targets[row], nil)] : []
                case .many(let segments, let rows, let edges):
                    (Int(segments.offsets[row])..<Int(segments.offsets[row + 1])).map { (rows[$0], edges?[$0]) }
                }
            }
        }
    }

    /// The rows that answer a question. Earlier answers are found in `bound` by the names under which a session keeps them.
    public func answer(_ question: ResolvedQuestion, bound: [String: ReferenceAnswer] = [:]) throws -> ReferenceAnswer {
        var rows = try sourceRows(question.source, bound)
        var spread: [(name: String, slot: SlotID)] = []
        for step in question.steps {
            if case .pivot(let key, let keep, let value) = step {
                (rows, spread) = pivoted(rows, key: key, keep: keep, value: value)
            } else {
                rows = apply(step, to: rows)
            }
        }
        let columns = question.columns.map { (name: $0.name, slot: $0.slot) } + spread
        return ReferenceAnswer(
            columns: columns.map { column in
                ReferenceAnswer.Column(name: column.name, values: rows.map { $0[column.slot] ?? .none })
            },
            rowCount: rows.count,
            records: question.record.map { slot in rows.map { $0[slot] ?? .none } })
    }

    // MARK: Rows

    private func sourceRows(_ source: ResolvedSource, _ bound: [String: ReferenceAnswer]) throws -> [Row] {
        let nothing = Place(row: [:])
        switch source {
        case .records(let set, let slot):
            return records(set, at: nothing).map { [slot: .record(entity(of: set), row: $0.row)] }
        case .value(let term, let slot): return [[slot: value(term, at: nothing)]]
        case .combinations(let bindings):
            return bindings.reduce([[:]]) { rows, binding in
                rows.flatMap { row in
                    records(binding.set, at: Place(row: row)).map { found in
                        row.merging([binding.slot: .record(entity(of: binding.set), row: found.row)]) { $1 }
                    }
                }
            }
        case .path: throw ReferenceError.notCovered("paths")
        case .duplicates: throw ReferenceError.notCovered("duplicates")
        case .bound(let name, let slots):
            guard let earlier = bound[name] else { throw ReferenceError.noEarlierAnswer(name) }
            // A slot for each column and, where the rows know their record, one more.
            let columns = earlier.columns.map(\.values) + (earlier.records.map { [$0] } ?? [])
            return (0..<earlier.rowCount).map { row in
                zip(slots, columns).reduce(into: [:]) { $0[$1.0] = $1.1[row] }
            }
        }
    }

    private func apply(_ step: Step, to rows: [Row]) -> [Row] {
        switch step {
        case .filter(let condition): return rows.filter { holds(condition, at: Place(row: $0)) }
        case .extend(let columns):
            return rows.map { row in
                columns.reduce(into: row) { $0[$1.slot] = value($1.value, at: Place(row: $0)) }
            }
        case .window(let calls):
            return calls.reduce(rows) { withWindow($1.call, in: $1.slot, of: $0, from: rows) }
        case .summarize(let keys, let aggregates): return summarized(rows, keys: keys, aggregates: aggregates)
        case .sort(let keys): return sorted(rows, by: keys) { Place(row: $0) }
        case .skip(let count): return Array(rows.dropFirst(count))
        case .take(let count): return Array(rows.prefix(count))
        case .distinct(let slots):
            var seen: Set<Key> = []
            return rows.filter { row in seen.insert(Key(slots.map { row[$0] ?? .none })).inserted }
        case .follow(let from, let links, let into): return followed(rows, from: from, links: links, into: into)
        case .followRepeated(let from, let steps, let hops, let into, let distance):
            let starts = rows.compactMap { row -> Int32? in
                if case .record(_, let record)? = row[from] { return record }
                return nil
            }
            let entity = entity(of: steps[0])
            return distances(from: starts, of: entity, steps, level: 1, hops, at: Place(row: [:])).map { found in
                [into: .record(entity, row: found.row), distance: .number(Number(found.hops))]
            }
        case .pivot: return rows
        }
    }

    /// In the order of the entity, each record once, however many rows lead to it.
    private func followed(_ rows: [Row], from: SlotID, links: [LinkID], into: SlotID) -> [Row] {
        guard let target = links.first.map({ schema[$0].to }) else { return [] }
        var reached: Set<Int32> = []
        for row in rows {
            guard case .record(_, let record)? = row[from] else { continue }
            for link in links { reached.formUnion(ways[link.index][Int(record)].map(\.row)) }
        }
        return reached.sorted().map { [into: .record(target, row: $0)] }
    }

    private func summarized(
        _ rows: [Row], keys: [(slot: SlotID, value: Term)], aggregates: [(slot: SlotID, RowAggregate)]
    ) -> [Row] {
        var order: [Key] = []
        var groups: [Key: [Row]] = [:]
        if keys.isEmpty {
            order = [Key([])]
            groups[Key([])] = rows
        }
        for row in keys.isEmpty ? [] : rows {
            let key = Key(keys.map { value($0.value, at: Place(row: row)) })
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(row)
        }
        return order.map { key in
            var result: Row = [:]
            for (slot, value) in zip(keys.map(\.slot), key.values) { result[slot] = value }
            for (slot, aggregate) in aggregates { result[slot] = self.aggregate(aggregate, over: groups[key] ?? []) }
            return result
        }
    }

    /// Stable, missing values last in either direction.
    func sorted<Element>(_ elements: [Element], by keys: [TermSortKey], place: (Element) -> Place) -> [Element] {
        let keyed = elements.enumerated().map { position, element in
            (position: position, element: element, values: keys.map { value($0.value, at: place(element)) })
        }
        return keyed.sorted { a, b in
            for (index, key) in keys.enumerated() {
                let order = orderOfSorting(a.values[index], b.values[index], descending: key.descending)
                if order != 0 { return order < 0 }
            }
            return a.position < b.position
        }.map(\.element)
    }

    private func orderOfSorting(_ a: Value, _ b: Value, descending: Bool) -> Int {
        switch (a == .none, b == .none) {
        case (true, true): return 0
        case (true, false): return 1
        case (false, true): return -1
        case (false, false):
            let order = Rules.order(a, b) ?? 0
            return descending ? -order : order
        }
    }

    func entity(of set: Term) -> EntityID {
        switch set.type(in: schema) {
        case .set(let entity), .record(let entity): entity
        default: preconditionFailure("not a set of records: \(set)")
        }
    }
}

/// The values of a question's columns in one row.
typealias Row = [SlotID: Value]

/// Where a term is evaluated: in a row and, within brackets, at the elements that the sets around it are at, outermost first.
struct Place {
    var row: Row
    var elements: [(value: Value, edge: Int32?)] = []

    func entering(level: Int, _ value: Value, edge: Int32?) -> Place {
        precondition(elements.count >= level - 1, "a frame of level \(level) opened within one of level \(elements.count)")
        return Place(row: row, elements: elements.prefix(level - 1) + [(value, edge)])
    }
}

public enum ReferenceError: Error {
    case noEarlierAnswer(String)
    /// What has more than one right answer or is left to the engine, and is tested in other ways.
    case notCovered(String)
}

/// What the reference evaluator found.
public struct ReferenceAnswer {
    public struct Column {
        public var name: String
        public var values: [Value]
    }
    public var columns: [Column]
    public var rowCount: Int
    /// The record of each row, where the rows still know it.
    public var records: [Value]?
}
