import Columns
import Resolve
import Store
import Types

/// A path with what is known of each of its steps.
struct DescribedPath {
    struct Step {
        var from: String
        var fromKey: String
        var link: String
        var to: String
        var toKey: String
        /// In the order of the path's facts; missing where this step has none of the kind.
        var facts: [Value]
    }
    /// Who the path begins with, which is all that a path without steps has.
    var start: String
    var steps: [Step]
    /// The product of the strengths, or the sum of the costs.
    var value: Double

    /// `Ann Lee —knows (strength 0.9, since 2020-01-01)→ Ben Öz`.
    func text(facts names: [String]) -> String {
        var text = start
        for step in steps {
            let known = zip(names, step.facts).filter { $1 != .none }.map { name, value in
                "\(String(name.map { $0 == "_" ? " " : $0 })) \(Self.text(value))"
            }
            text += " —\(step.link)" + (known.isEmpty ? "" : " (\(known.joined(separator: ", ")))") + "→ \(step.to)"
        }
        return text
    }

    private static func text(_ value: Value) -> String {
        var bytes: [UInt8] = []
        appendText(of: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Finds what speaks for the steps of a path: the facts of the pair, and when the two last met.
struct PathEvidence {
    let store: Store
    let path: ResolvedPath
    let ways: [PathWayData]
    let ranges: [EntityID: Range<Int>]

    func describe(_ found: FoundPath, by finder: PathFinder) -> DescribedPath {
        var value = path.order == .strongest ? 1.0 : 0
        let steps = zip(found.nodes, found.nodes.dropFirst()).compactMap { near, far -> DescribedPath.Step? in
            guard let (position, element) = finder.step(from: near, to: far) else { return nil }
            let way = ways[position]
            let own = way.values.map { Self.number($0.value(at: element)) } ?? 1
            value = path.order == .strongest ? value * own : value + own
            let link = store.schema[way.link]
            let (from, to) = (record(near, link.from), record(far, link.to))
            return DescribedPath.Step(
                from: store.name(of: from, link.from), fromKey: key(of: from, link.from), link: link.name,
                to: store.name(of: to, link.to), toKey: key(of: to, link.to), facts: facts(way, element, from: from, to: to))
        }
        return DescribedPath(start: name(of: found.nodes[0]), steps: steps, value: value)
    }

    private static func number(_ value: Value) -> Double {
        if case .number(let number) = value { number.doubleValue } else { 0 }
    }

    private func record(_ node: Int32, _ entity: EntityID) -> Int32 { node - Int32(ranges[entity]?.lowerBound ?? 0) }

    private func name(of node: Int32) -> String {
        guard let entity = ranges.first(where: { $0.value.contains(Int(node)) })?.key else { return "" }
        return store.name(of: record(node, entity), entity)
    }

    /// The key, or the number of the row where there is none, so that two records of one name can be told apart.
    private func key(of row: Int32, _ entity: EntityID) -> String {
        guard let key = store.schema[entity].key else { return "\(row + 1)" }
        var bytes: [UInt8] = []
        store.vector(FieldID(entity, key)).appendText(of: Int(row), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func facts(_ way: PathWayData, _ element: Int, from: Int32, to: Int32) -> [Value] {
        let link = store.schema[way.link]
        var known: [String: Value] = [:]
        if case .pairs(let edge, _, _, _) = link.origin, let pair = way.edges?[element], pair >= 0 {
            for fact in store.schema[edge].pairFacts {
                known[fact.name] = store.vector(FieldID(edge, fact.index)).value(at: Int(pair))
            }
        }
        if let day = lastMeeting(of: from, link.from, and: to, link.to) { known["last_touch"] = .date(day) }
        return path.facts.map { known[$0.name] ?? .none }
    }

    /// The day of the latest record that belongs to both.
    private func lastMeeting(of near: Int32, _ nearEntity: EntityID, and far: Int32, _ farEntity: EntityID) -> Int32? {
        var latest: Int32?
        for (first, second) in store.schema.meetings(between: nearEntity, farEntity) {
            let entity = store.schema[first].from
            guard let back = store.schema[first].inverse, case .many(let segments, let rows, _) = store.index(of: back),
                case .one(let others) = store.index(of: second), let time = store.schema[entity].time
            else { continue }
            let moments = store.vector(FieldID(entity, time))
            for element in segments.range(Int(near)) where others[Int(rows[element])] == far {
                switch moments.value(at: Int(rows[element])) {
                case .date(let day): latest = max(latest ?? day, day)
                case .time(let instant):
                    let day = Calendar.day(ofInstant: instant)
                    latest = max(latest ?? day, day)
                default: break
                }
            }
        }
        return latest
    }
}

extension Store {
    /// What a person calls a record: its label, its key, or its entity and the number of its row.
    func name(of row: Int32, _ entity: EntityID) -> String {
        let names = presented(Vector(count: 1, .record(entity, Buffer([row]))), store: self)
        if case .text(let text) = names.value(at: 0) { return text }
        return ""
    }
}
