/// A word with a meaning of its own. Nearly all of them are names as well, wherever the meaning cannot be intended.
public enum Keyword: String, Sendable, CaseIterable {
    // Clauses.
    case `where`, with, select, summarize, sort, take, skip, distinct, follow, pivot, `as`, chart, format, into
    // Statements.
    case define, param, `let`, use, question, entity, link, history, describe, explain, perspective, goal, relationship, why, rows
    // Sources.
    case `for`, ask, path, each, duplicates, compare
    // Operators.
    case and, or, not, `in`, matches, any, no, `if`, then, `else`, per, by, ago
    // Values.
    case `true`, `false`, none, it

    /// Keywords by their text in lower case.
    static let byText: [String: Keyword] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// Whether the word begins a clause where a clause can stand.
    var isClause: Bool {
        switch self {
        case .where, .with, .select, .summarize, .sort, .take, .skip, .distinct, .follow, .pivot, .as, .chart, .format, .into:
            true
        default: false
        }
    }

    /// Whether the word stands between two operands, or goes on with a form that was begun, so that no operand begins with it.
    var isInfix: Bool {
        switch self {
        case .and, .or, .matches, .then, .else, .per, .by, .ago, .in: true
        default: false
        }
    }

    /// Whether a name that is spelt like this word must stand in backquotes where a value is expected.
    var isReservedAsValue: Bool {
        switch self {
        case .and, .or, .not, .in, .any, .no, .if, .true, .false, .none, .it, .matches, .then, .else, .per, .by: true
        default: isClause
        }
    }
}

extension CalendarUnit {
    /// The unit that a word names, singular or plural, in any case.
    init?(word: String) {
        var lowered = word.lowercased()
        if lowered.hasSuffix("s") { lowered.removeLast() }
        self.init(rawValue: lowered)
    }
}
