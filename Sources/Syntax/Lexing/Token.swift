/// A mark of punctuation, or an operator made of signs.
public enum Symbol: String, Sendable {
    case dot = "."
    case range = ".."
    case comma = ","
    case semicolon = ";"
    case colon = ":"
    case doubleColon = "::"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case tilde = "~"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case ampersand = "&"
    case coalesce = "??"
    /// A `|` inside brackets, where it is not a pipe. Outside it begins a ``Token/Kind/pipe``.
    case bar = "|"

    /// The bracket that closes this one, if this one opens.
    var closer: Symbol? {
        switch self {
        case .leftParenthesis: .rightParenthesis
        case .leftBracket: .rightBracket
        case .leftBrace: .rightBrace
        default: nil
        }
    }

    var isCloser: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }
}

/// The smallest piece of a text that has a meaning.
public struct Token: Sendable {
    public enum Kind: Sendable {
        /// A name or a keyword; which of them it is, its place decides.
        case word(Keyword?)
        /// A name in backquotes.
        case quotedName
        case literal(Literal)
        case symbol(Symbol)
        /// `| command`: everything to the end of the line, which is the shell's to read.
        case pipe
        /// The end of the text; the last token is always this one.
        case end
    }

    public var kind: Kind
    /// The word as written, the name without its backquotes or the command without its `|`; empty for the other kinds.
    public var text: String
    /// The UTF-8 offsets in the source, upper bound exclusive.
    public var lower: Int
    public var upper: Int
    /// Whether a line break stands between this token and the one before it; true for the first of a text.
    public var startsLine: Bool
    /// Whether it stands at the very left after a blank line, where no one goes on with what stood above.
    public var startsParagraph: Bool
    /// Whether nothing, not even a space, stands between this token and the one before it.
    public var adjoinsPrevious: Bool

    var keyword: Keyword? {
        if case .word(let keyword) = kind { keyword } else { nil }
    }

    var symbol: Symbol? {
        if case .symbol(let symbol) = kind { symbol } else { nil }
    }

    var isWord: Bool {
        if case .word = kind { true } else { false }
    }

    var isName: Bool {
        switch kind {
        case .word, .quotedName: true
        default: false
        }
    }

    /// The value of a text literal.
    var textLiteral: String? {
        if case .literal(.text(let value)) = kind { value } else { nil }
    }

    var isLiteral: Bool {
        if case .literal = kind { true } else { false }
    }

    var isEnd: Bool {
        if case .end = kind { true } else { false }
    }

    /// Whether this is the given word, in any case. For words such as `of` that mean something in one place only.
    func isWord(_ word: String) -> Bool {
        isWord && text.lowercased() == word
    }
}

/// A comment, so that a formatter can put it back.
public struct Comment: Sendable {
    public var lower: Int
    public var upper: Int
    /// Whether it began with `---`.
    public var isDoc: Bool
    /// Whether nothing but spaces stands before it on its line.
    public var ownsLine: Bool
}

/// A text cut into tokens, with what was wrong in them.
public struct TokenizedText: Sendable {
    public let source: SourceText
    /// Never empty: the last one is ``Token/Kind/end``.
    public var tokens: [Token] = []
    public var comments: [Comment] = []
    /// Mistakes within tokens, by the index of the token. The token itself has its most likely meaning, so that parsing goes on, and
    /// the parser reports the mistake when it comes by. A mistake in a statement that is given up anyway is thus not reported.
    var problems: [Int: [LexicalProblem]] = [:]
    /// The doc comment before a token, by the index of the token.
    var docs: [Int: String] = [:]
    /// The offset of the quote that was never closed.
    var unclosedQuote: Int?

    /// What is wrong with the tokens themselves, in the order of the text.
    public var diagnostics: [Diagnostic] {
        problems.sorted { $0.key < $1.key }.flatMap(\.value).map { $0.error.diagnostic(at: Span(source, $0.lower, $0.upper)) }
    }
}

/// A mistake that the lexer saw, and where.
struct LexicalProblem {
    var error: SyntaxError
    var lower: Int
    var upper: Int
}
