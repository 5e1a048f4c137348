import Syntax

extension ExecuteError {
    /// The error as a message for people. An interruption says nothing more than that.
    public var diagnostic: Diagnostic {
        switch self {
        case .interrupted: Diagnostic(code: "interrupted", "interrupted", at: nil)
        case .invalidPattern(let pattern, let reason):
            Diagnostic(code: "invalid-pattern", "\"\(pattern)\" is no regular expression: \(reason)", at: nil)
        case .tooManyRows(let limit):
            Diagnostic(
                code: "too-many-rows", "the question gives more than \(limit) rows", at: nil,
                help: ["link the variables of `for` with each other, or filter earlier"])
        case .tooManyElements(let limit):
            Diagnostic(
                code: "too-many-elements", "the sets of one row have more than \(limit) elements", at: nil,
                help: ["filter the sets before they are combined"])
        case .unknownAnswer(let name): Diagnostic(code: "unknown-answer", "there is no answer named \(name) any more", at: nil)
        case .stepValue(let value, let isStrength, let link, let from, let to):
            Diagnostic(
                code: isStrength ? "strength-out-of-bounds" : "negative-cost",
                isStrength
                    ? "the strength \(value) of `\(link)` from \(from) to \(to) is not between 0 and 1"
                    : "the cost \(value) of `\(link)` from \(from) to \(to) is below 0",
                at: nil,
                help: [
                    isStrength
                        ? "strengths are multiplied; divide them by the largest: `strongest by edge.level / 5`"
                        : "costs are added, and going on must never make a path cheaper: `cheapest by greatest(edge.effort, 0)`"
                ])
        case .unknownFunction(let name):
            Diagnostic(code: "unknown-function", "\(name) is declared as native, but this crmq does not have it", at: nil)
        case .tooManyColumns(let limit):
            Diagnostic(
                code: "too-many-columns", "pivot would give more than \(limit) columns", at: nil,
                help: ["group the key first, such as by month instead of by day"])
        }
    }
}
