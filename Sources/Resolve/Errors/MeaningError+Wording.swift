extension MeaningError {
    var wording: Wording {
        switch self {
        case .unknownPerspective(let name, let near, let there):
            (
                "unknown-perspective", "there is no perspective `\(name)`",
                Words.nearest(near)
                    + (there.isEmpty ? ["no perspective has been declared"] : ["perspectives: \(Words.cut(there))"])
            )
        case .notInPerspective(let name, let perspective, let near, let there, let elsewhere):
            (
                "unknown-name", "the perspective `\(perspective)` does not define `\(name)` here",
                elsewhere + Words.nearest(near)
                    + (there.isEmpty ? ["it defines nothing for these records"] : ["it defines: \(Words.cut(there))"])
            )
        case .needsNumber(let what, let found, let help): ("type-mismatch", "\(what) must be a number, not \(found)", help)
        case .needsKnownValue(let what):
            ("not-constant", "\(what) must be known beforehand", ["write a value, or a parameter; only `measure` asks the data"])
        case .needsDay(let what, let found):
            ("type-mismatch", "\(what) must be a date, not \(found)", ["such as 2026-12-31, or 2026-Q4 for its last day"])
        case .daysOutOfOrder(let earlier, let later):
            (
                "out-of-order", "\(later) does not come after \(earlier)",
                ["a goal goes from its start over its mile-markers to its target"]
            )
        case .noDirection(let name):
            (
                "no-direction", "`\(name)` starts where it ends, so nothing says whether more or less of it is better",
                ["let `from` and `target` differ"]
            )
        }
    }
}
