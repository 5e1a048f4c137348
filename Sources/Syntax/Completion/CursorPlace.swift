/// What the text before a cursor says of the place where the cursor stands, with the trees of what goes before it.
///
/// It is read from the tokens, because what a person is still typing seldom parses; only the pieces before it are parsed.
public struct CursorPlace: Sendable {
    /// What has been typed already of the thing that stands at the cursor.
    public struct Typed: Sendable {
        public enum Form: Sendable, Equatable {
            case word
            /// Within backquotes that are still open.
            case quotedName
            /// Within a text that is still open, by its quote.
            case text(quote: String)
        }
        public var form: Form
        public var text: String
        /// The UTF-8 offset at which it begins, quotes left out.
        public var lower: Int
    }

    /// What can stand at the cursor.
    public enum Expectation: Sendable {
        case nothing
        /// A statement begins; `continues` if a clause of the statement above may stand there just as well.
        case statement(continues: Bool)
        /// A set or another value from which a question starts.
        case source
        case operand
        /// The right side of a comparison with the value on its left.
        case comparand(of: Expression, BinaryOperator)
        case member(of: Expression)
        /// Behind a complete operand: these words, and clauses if no bracket is open.
        case continuation(words: [String], clauses: Bool)
        /// A link of the rows' record.
        case link
        case words([String])
        /// The key or label of a record of a set.
        case recordName(of: Expression)
        case question
        /// Anything that `describe` explains.
        case thing
        case entity
        case type
        case perspective
        /// What a perspective defines, behind its `::`.
        case definition(ofPerspective: String)
        /// What perspectives define for the records of a set, behind `compare accounts.`.
        case comparable(of: Expression)
    }

    public var typed: Typed
    public var expectation: Expectation
    /// Statements of the same text that stand before the one of the cursor.
    public var earlier: [Statement] = []
    /// The entity to which the definition belongs that is being written, and the parameters of it or of a question.
    public var owner: Name?
    public var parameters: [Parameter] = []
    /// The source of the question, complete or, for `for`, up to the variable that is being bound. None while it is being written.
    public var source: Source?
    /// The clauses before the one of the cursor, as far as they can be understood.
    public var clauses: [Clause] = []
    /// Whether the cursor stands in a clause, so that the rows can be seen, or in the body of a definition.
    public var isInClause = false
    /// Columns that the items before the cursor have named in the same clause.
    public var newNames: [String] = []
    /// The sets into whose brackets the cursor has gone, outermost first.
    public var enclosures: [Expression] = []
}

/// Reads where a cursor stands. Takes any text; time is in proportion to its length.
public func cursorPlace(in text: String, at cursor: Int) -> CursorPlace {
    let source = SourceText(name: "<prompt>", text: text)
    let before = source.slice(0, cursor)
    var tokenized = tokenize(SourceText(name: "<prompt>", text: before))
    let end = before.utf8.count
    var typed = CursorPlace.Typed(form: .word, text: "", lower: end)
    var isInComment = tokenized.comments.contains { $0.upper >= end && $0.lower < end }
    if let quote = tokenized.unclosedQuote {
        let opener = tokenized.source.slice(quote, quote + 1)
        typed = CursorPlace.Typed(form: .text(quote: opener), text: tokenized.source.slice(quote + 1, end), lower: quote + 1)
        tokenized = tokenize(SourceText(name: "<prompt>", text: source.slice(0, quote)))
        isInComment = false
    } else if let last = tokenized.tokens.dropLast().last, last.upper == end {
        let index = tokenized.tokens.count - 2
        switch last.kind {
        case .word:
            typed = CursorPlace.Typed(form: .word, text: last.text, lower: last.lower)
            tokenized.tokens.remove(at: index)
        case .quotedName where tokenized.problems[index] != nil:
            typed = CursorPlace.Typed(form: .quotedName, text: last.text, lower: last.lower + 1)
            tokenized.tokens.remove(at: index)
        case .pipe: isInComment = true
        default: break
        }
    }
    if case .pipe? = tokenized.tokens.dropLast().last?.kind, !before.hasSuffix("\n") { isInComment = true }
    if isInComment { return CursorPlace(typed: typed, expectation: .nothing) }
    var reader = CursorReader(tokenized, typed: typed, text: before)
    return reader.read()
}
