import Types

extension ResolvedQuestion {
    /// A line for the source, for each step and for the columns, as `crmq dump --stage resolved` prints them.
    public func description(in schema: Schema) -> String {
        func show(_ term: Term) -> String { term.description(in: schema) }
        func list(_ keys: [TermSortKey]) -> String { keys.map { $0.description(in: schema) }.joined(separator: ", ") }
        func slots(_ slots: [SlotID]) -> String { slots.map { "$\($0.index)" }.joined(separator: ", ") }
        var lines: [String] = []
        switch source {
        case .records(let set, let slot): lines.append("records $\(slot.index) = \(show(set))")
        case .value(let term, let slot): lines.append("value $\(slot.index) = \(show(term))")
        case .combinations(let sets):
            lines.append("combinations " + sets.map { "$\($0.slot.index) in \(show($0.set))" }.joined(separator: ", "))
        case .path(let path, let all):
            let ways = path.ways.map { show($0.set) + ($0.value.map { " = \(show($0))" } ?? "") }.joined(separator: ", ")
            let limit = path.within.map { " within \($0)" } ?? ""
            let ends = "from \(show(path.from)) to \(show(path.to)) via \(ways)"
            lines.append("path \(slots(all.all)) \(ends) \(path.order)\(limit) \(path.count)")
        case .duplicates(let set, let values, let threshold, let all):
            lines.append(
                "duplicates \(slots(all.all)) of \(show(set)) by \(values.map(show).joined(separator: ", ")) from \(threshold)")
        case .bound(let name, let all): lines.append("bound \(name) as \(slots(all))")
        }
        for step in steps {
            switch step {
            case .filter(let condition): lines.append("filter \(show(condition))")
            case .extend(let columns):
                lines.append("extend " + columns.map { "$\($0.slot.index) = \(show($0.value))" }.joined(separator: ", "))
            case .window(let calls):
                lines.append(
                    "window " + calls.map { "$\($0.slot.index) = \($0.call.description(in: schema))" }.joined(separator: ", "))
            case .summarize(let keys, let aggregates):
                let by = keys.map { "$\($0.slot.index) = \(show($0.value))" }.joined(separator: ", ")
                let items = aggregates.map { "$\($0.slot.index) = \($0.1.description(in: schema))" }.joined(separator: ", ")
                lines.append("summarize \(items)" + (by.isEmpty ? "" : " by \(by)"))
            case .sort(let keys): lines.append("sort \(list(keys))")
            case .skip(let count): lines.append("skip \(count)")
            case .take(let count): lines.append("take \(count)")
            case .distinct(let columns): lines.append("distinct \(slots(columns))")
            case .follow(let from, let links, let into):
                lines.append(
                    "follow $\(from.index) by \(links.map { schema[$0].name }.joined(separator: ", ")) into $\(into.index)")
            case .followRepeated(let from, let steps, let hops, let into, let distance):
                lines.append(
                    "follow $\(from.index) by (@1: \(steps.map(show).joined(separator: ", ")))\(hops.text)"
                        + " into $\(into.index), hops $\(distance.index)")
            case .pivot(let key, let keep, let value):
                lines.append("pivot $\(key.index) of $\(value.index) keep \(slots(keep))")
            }
        }
        let shown = columns.map { "\($0.name) $\($0.slot.index): \($0.type.words(in: schema))" }.joined(separator: ", ")
        lines.append("columns\(fieldColumnCount > 0 ? " (default)" : "") \(shown)")
        if let record { lines.append("record $\(record.index)") }
        return lines.joined(separator: "\n")
    }
}

extension RowAggregate {
    func description(in schema: Schema) -> String {
        let inside = argument.map { $0.description(in: schema) } ?? ""
        let filter = condition.map { " where \($0.description(in: schema))" } ?? ""
        return "\(kind.dump)(\(inside)\(filter))"
    }
}

extension WindowCall {
    func description(in schema: Schema) -> String {
        let call =
            switch kind {
            case .aggregate(let aggregate): aggregate.description(in: schema)
            case .rank: "rank()"
            case .runningSum(let term): "running(\(term.description(in: schema)))"
            case .previous(let term): "previous(\(term.description(in: schema)))"
            }
        let keys = partition.map { $0.description(in: schema) }.joined(separator: ", ")
        let by = order.isEmpty ? "" : " order " + order.map { $0.description(in: schema) }.joined(separator: ", ")
        return call + (keys.isEmpty ? " per all" : " per \(keys)") + by
    }
}
