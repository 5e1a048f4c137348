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

    /// Keywords with their letters, by the last five bits of the first letter, which are the same in upper and in lower case. Looking
    /// among the few with one letter costs less than hashing every name.
    private static let byFirstLetter: [[(letters: [UInt8], keyword: Keyword)]] = {
        var lists = [[(letters: [UInt8], keyword: Keyword)]](repeating: [], count: 32)
        for keyword in allCases {
            let letters = Array(keyword.rawValue.utf8)
            lists[Int(letters[0] & 31)].append((letters, keyword))
        }
        return lists
    }()

    /// The keyword that a word of ASCII letters, digits and underscores spells, in any case.
    init?(spelling word: ArraySlice<UInt8>) {
        guard let first = word.first else { return nil }
        for (letters, keyword) in Self.byFirstLetter[Int(first & 31)]
        where letters.count == word.count && letters.elementsEqual(word, by: { $0 == $1 | 0x20 }) {
            self = keyword
            return
        }
        return nil
    }

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
