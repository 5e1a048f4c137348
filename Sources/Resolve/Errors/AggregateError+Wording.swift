extension AggregateError {
    var wording: Wording {
        switch self {
        case .aggregateNeedsSet(let function, let help):
            (
                "aggregate-needs-set",
                "`\(function)` goes over a set here, such as `\(function)(deals\(function == "count" ? "" : ".amount"))`; over rows it belongs in `summarize`",
                help
            )
        case .aggregateOfRecords(let function, let set, let help):
            ("aggregate-of-records", "`\(function)` needs values, and `\(set)` is records", help)
        case .aggregateOfType(let function, let expected, let found, let help):
            ("type-mismatch", "`\(function)` needs \(expected), and this is \(found)", help)
        case .aggregateInAggregate(let function):
            (
                "nested-aggregate", "`\(function)` over rows stands within another aggregate over rows",
                ["use `summarize` twice, or `per`"]
            )
        case .notAggregated(let text, let keys, let help):
            (
                "not-aggregated", "`\(text)` differs from row to row of a group",
                help
                    + (keys.isEmpty
                        ? ["add it behind `by`"] : ["or add it to the keys: `by \(keys.joined(separator: ", ")), \(text)`"])
            )
        case .pickInSummarize(let function):
            (
                "pick-in-summarize", "`\(function)` of a set cannot stand in `summarize`",
                ["take it row by row before: `with x = \(function)(…) summarize …`"]
            )
        case .windowInSummarize(let function):
            ("window-in-summarize", "`\(function)` cannot stand in `summarize`", ["put it into a `with` behind the `summarize`"])
        case .windowNotHere(let function):
            (
                "window-not-here", "`\(function)` goes over the rows of a question, and there are none here",
                ["it belongs in `where`, `with`, `select` or `sort`, outside brackets and definitions"]
            )
        case .perNeedsAggregate:
            ("per-needs-aggregate", "`per` needs an aggregate before it", ["`sum(amount) per region`, `rank() per region`"])
        case .topOfValues(let found):
            ("set-needed", "`top` needs a set of records, and this is \(found)", ["`top(3, deals by -amount).amount`"])
        }
    }
}
