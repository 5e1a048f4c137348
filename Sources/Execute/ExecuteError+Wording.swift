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
        case .unknownFunction(let name):
            Diagnostic(code: "unknown-function", "\(name) is declared as native, but this crmq does not have it", at: nil)
        case .tooManyColumns(let limit):
            Diagnostic(
                code: "too-many-columns", "pivot would give more than \(limit) columns", at: nil,
                help: ["group the key first, such as by month instead of by day"])
        }
    }
}
