extension CallError {
    var wording: Wording {
        switch self {
        case .missingArgument(let name, let function, let signature):
            ("missing-argument", "`\(function)` needs `\(name)`", ["it is declared as `\(signature)`"])
        case .tooManyArguments(let function, let allowed, let given, let signature):
            (
                "too-many-arguments",
                "`\(function)` takes \(allowed == 0 ? "no arguments" : allowed == 1 ? "one argument" : "\(allowed) arguments"), not \(given)",
                ["it is declared as `\(signature)`"]
            )
        case .argumentTwice(let name, let function):
            ("argument-twice", "`\(function)` is given `\(name)` twice", [])
        case .argumentType(let function, let parameter, let expected, let found, let help):
            ("type-mismatch", "`\(function)` takes \(expected) as its `\(parameter)`, and this is \(found)", help)
        case .argumentNotConstant(let function, let parameter):
            ("not-constant", "the `\(parameter)` of `\(function)` must be the same for all rows", ["write a value or a `param`"])
        case .argumentOutOfRange(let function, let parameter, let expected):
            ("out-of-range", "the `\(parameter)` of `\(function)` must be \(expected)", [])
        case .misplacedDistinct(let function):
            (
                "misplaced-distinct", "`distinct` belongs to `count`, not to `\(function)`",
                ["go to the distinct values first: `summarize by x`, then `\(function)`"]
            )
        case .misplacedCondition(let function):
            (
                "misplaced-where", "`where` has nothing to choose from in `\(function)` here",
                ["it keeps rows in `summarize`, or records of a set: `sum(deals.amount where stage = \"won\")`"]
            )
        case .misplacedOrder(let function, let help):
            ("misplaced-by", "`by` does not belong to `\(function)` here", help)
        }
    }
}
