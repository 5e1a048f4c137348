import Resolve
import Types

extension Plan {
    /// One line for the source and one for each operator, in the order in which rows run through them.
    public func lines(schema: Schema) -> [String] {
        let printer = TermPrinter(schema: schema, slotNames: slotNames(schema: schema))
        return [printer.text(source)] + operators.map(printer.text)
    }

    /// The plan as text, a line an operator.
    public func text(schema: Schema) -> String { lines(schema: schema).joined(separator: "\n") }

    private func slotNames(schema: Schema) -> [SlotID: String] {
        var names: [SlotID: String] = [:]
        if case .scan(let entity, let slot) = source { names[slot] = schema[entity].name }
        if case .lookup(let entity, _, _, let slot) = source { names[slot] = schema[entity].name }
        for column in columns where names[column.slot] == nil { names[column.slot] = column.name }
        return names
    }
}

extension TermPrinter {
    func text(_ source: PlanSource) -> String {
        switch source {
        case .scan(let entity, _): "scan \(schema[entity].plural)"
        case .lookup(let entity, let field, let value, _):
            "look up \(schema[entity].plural) by \(schema[field].name) = \(text(value))"
        case .records(let set, _): "records \(text(set))"
        case .value(let term, _): "value \(text(term))"
        case .path(let path, _): text(path)
        case .bound(let name, _): "rows of \(name)"
        case .duplicates(let set, let values, let threshold, _):
            "duplicates of \(text(set)) by \(values.map(comparedText).joined(separator: ", ")) above "
                + text(.number(.decimal(units: Int64((threshold * 100_000).rounded()), scale: 5)))
        case .nothing: "nothing"
        }
    }

    private func text(_ path: ResolvedPath) -> String {
        let ends = "from \(text(path.from)) to \(text(path.to)) via \(repeated(path.ways.map(\.set)))"
        let limit = path.within.map { " within \($0)" } ?? ""
        let search =
            switch path.order {
            case .shortest: "breadth first from both sides"
            case .strongest: "Dijkstra's on the logarithms of \(path.ways.compactMap(\.value).first.map(text) ?? "1")"
            case .cheapest: "Dijkstra's on \(path.ways.compactMap(\.value).first.map(text) ?? "1")"
            }
        let count = path.count == 1 ? "the best path" : "the \(path.count) best paths, Yen's over"
        return "\(count) \(ends)\(limit), \(search)"
    }

    /// The value that is compared, without the set that it is taken of.
    private func comparedText(_ values: Term) -> String {
        if case .map(_, _, let body) = values { return text(body) }
        return text(values)
    }

    func text(_ step: PlanOperator) -> String {
        switch step {
        case .filter(let conditions): "filter \(conditions.map(text).joined(separator: " and "))"
        case .extend(let columns): "extend \(assignments(columns))"
        case .expand(let slot, let set): "for each \(name(of: slot)) in \(text(set))"
        case .intersect(let slot, _, let lists, let orders):
            "for each \(name(of: slot)) in "
                + lists.map(text).joined(separator: " and in ")
                + orders.map { " \($0.isAbove ? "above" : "below") \(name(of: $0.than)) by \(schema[$0.field].name)" }.joined()
                + ", intersecting lists"
        case .window(let calls): "window \(calls.map { "\(name(of: $0.slot)) = \(text($0.call))" }.joined(separator: ", "))"
        case .summarize(let keys, let aggregates):
            "summarize "
                + aggregates.map { "\(name(of: $0.slot)) = \(text($0.1))" }.joined(separator: ", ")
                + (keys.isEmpty ? "" : " by \(assignments(keys))")
        case .sort(let keys): "sort \(text(keys))"
        case .top(let keys, let count): "top \(count) by \(text(keys))"
        case .skip(let count): "skip \(count)"
        case .take(let count): "take \(count)"
        case .distinct(let slots): "distinct \(slots.map(name(of:)).joined(separator: ", "))"
        case .follow(let from, let links, let into):
            "follow \(name(of: from)) by \(links.map { schema[$0].name }.joined(separator: ", ")) into \(name(of: into))"
        case .followRepeated(let from, let steps, let hops, let into, let distance):
            "search breadth first from \(name(of: from)) by \(repeated(steps))\(hops.text)"
                + " into \(name(of: into)), \(name(of: distance))"
        case .pivot(let key, let keep, let value):
            "pivot \(name(of: key)) keeping \(keep.map(name(of:)).joined(separator: ", ")) spreading \(name(of: value))"
        }
    }

    private func text(_ list: CommonList) -> String {
        "\(name(of: list.from)).\(schema[list.link].name)\(list.climbs ? " towards more of them" : "")"
    }

    private func assignments(_ columns: [(slot: SlotID, value: Term)]) -> String {
        columns.map { "\(name(of: $0.slot)) = \(text($0.value))" }.joined(separator: ", ")
    }

    private func text(_ aggregate: RowAggregate) -> String {
        let condition = aggregate.condition.map { " where \(text($0))" } ?? ""
        return "\(aggregate.kind.name)(\(aggregate.argument.map(text) ?? "")\(condition))"
    }

    private func text(_ call: WindowCall) -> String {
        let function =
            switch call.kind {
            case .aggregate(let aggregate): text(aggregate)
            case .rank: "rank()"
            case .runningSum(let term): "running(\(text(term)))"
            case .previous(let term): "previous(\(text(term)))"
            }
        return "\(function) per \(call.partition.isEmpty ? "all" : call.partition.map(text).joined(separator: ", "))"
    }
}
