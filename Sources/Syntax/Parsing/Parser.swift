/// What a text says: the statements that could be understood, and what is wrong with the others.
public struct ParsedText: Sendable {
    public var statements: [Statement]
    public var diagnostics: [Diagnostic]
}

/// Parses a whole text: a script, a line of the prompt, a schema file or a part of the standard library. After a mistake it goes on
/// with the next statement, so that several mistakes are told at once. Takes time in proportion to the length.
public func parse(_ source: SourceText) -> ParsedText { parse(tokenize(source)) }

/// Parses a text whose tokens are known already.
public func parse(_ text: TokenizedText) -> ParsedText {
    var parser = Parser(text)
    return parser.parseText()
}

/// Thrown to give up the statement at hand, after its mistake was recorded.
struct StatementAbandoned: Error {}

/// A recursive-descent parser over the tokens of one text.
struct Parser {
    /// How deeply brackets and prefix operators may nest, so that no text can exhaust the stack, here or in a later stage.
    static let nestingLimit = 100
    /// How many operators one expression may have, because a chain of them is a deep tree as well.
    static let operatorLimit = 500
    /// After so many mistakes a text is probably no crmq at all.
    static let diagnosticLimit = 50

    let source: SourceText
    let text: TokenizedText
    let tokens: [Token]
    var index = 0
    /// The indexes of the tokens that opened the brackets that are open here.
    var openers: [Int] = []
    var diagnostics: [Diagnostic] = []
    /// The tokens whose own mistakes were reported, since recovery may come by a token twice.
    private var reportedTokens: Set<Int> = []
    var nesting = 0
    /// The index of the token an item begins with. A parenthesis there adds no level: the printer may put an item in one as a whole,
    /// where the text had one around a part of it, or none.
    var outermostParenthesis: Int?
    var operatorCount = 0
    /// How many blocks of a declaration are open, such as that of a perspective, in which the end of a line ends an entry.
    var blockDepth = 0
    /// Whether `name "text"` is a record here. It is not in the default of a `param`, where a text follows that describes it.
    var recordsAreAllowed = true

    init(_ text: TokenizedText) {
        self.text = text
        source = text.source
        tokens = text.tokens
    }

    mutating func parseText() -> ParsedText {
        var statements: [Statement] = []
        while !current.isEnd, diagnostics.count < Self.diagnosticLimit {
            if at(.semicolon) {
                advance()
                continue
            }
            let before = index
            let errorsBefore = diagnostics.count
            do {
                let statement = try parseStatement()
                try expectStatementEnd(after: statement.kind)
                // A mistake within a token does not hinder the parser, but such a statement does not mean what was written.
                if diagnostics.count == errorsBefore { statements.append(statement) }
            } catch {
                skipToNextStatement(from: before)
            }
            openers.removeAll(keepingCapacity: true)
            nesting = 0
            if index == before { index += 1 }
        }
        if current.isEnd { reportProblems(at: index) }
        return ParsedText(statements: statements, diagnostics: diagnostics)
    }

    // MARK: Looking

    var current: Token { tokens[index] }

    func token(after offset: Int = 1) -> Token { tokens[min(index + offset, tokens.count - 1)] }

    /// Whether a new line has begun here that could be a new statement.
    var isOnNewLine: Bool { current.startsLine && openers.isEmpty }

    func at(_ symbol: Symbol) -> Bool { current.symbol == symbol }

    func at(_ keyword: Keyword) -> Bool { current.keyword == keyword }

    /// Whether the statement cannot go on here: the text or the block around it ends, `;` stands here, or a line begins that does not continue the last one.
    var isAtStatementEnd: Bool {
        if current.isEnd || (at(.semicolon) && openers.isEmpty) { return true }
        if blockDepth > 0, openers.isEmpty, at(.rightBrace) { return true }
        return isOnNewLine && !continuesStatement(index)
    }

    /// Whether a line that begins with this token goes on with the statement above it: by a clause, an operator or a comma.
    func continuesStatement(_ index: Int) -> Bool {
        let token = tokens[index]
        switch token.kind {
        case .pipe: return true
        case .word(let keyword?):
            if keyword.isClause || keyword.isInfix { return true }
            return keyword == .not && index + 1 < tokens.count && tokens[index + 1].keyword == .in
        case .symbol(let symbol):
            switch symbol {
            case .comma, .dot, .range, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .tilde, .plus, .minus,
                .star,
                .slash, .percent, .ampersand, .coalesce:
                return true
            default: return false
            }
        default: return false
        }
    }

    /// Whether an operand can begin with a token, as far as one can tell without knowing what goes before.
    func canStartOperand(_ token: Token) -> Bool {
        switch token.kind {
        case .quotedName, .literal: true
        case .word(let keyword): !(keyword?.isInfix ?? false) && !(keyword?.isClause ?? false)
        case .symbol(let symbol): symbol == .leftParenthesis || symbol == .minus
        case .pipe, .end: false
        }
    }

    /// Whether, on the same line, the next token is a name or a value: two of these in a row are no expression.
    var nextIsOperandOnSameLine: Bool {
        let next = token(after: 1)
        guard !(next.startsLine && openers.isEmpty) else { return false }
        switch next.kind {
        case .quotedName, .literal: return true
        case .word: return canStartOperand(next)
        default: return false
        }
    }

    /// Whether, on the same line, a name follows that is not a clause or an operator.
    var nextIsNameOnSameLine: Bool {
        guard nextIsOperandOnSameLine else { return false }
        return token(after: 1).isName && token(after: 1).keyword != .not
    }

    // MARK: Going on

    mutating func advance() {
        reportProblems(at: index)
        if index < tokens.count - 1 { index += 1 }
    }

    /// Reports what the lexer found wrong with a token, or with what was skipped before it.
    @discardableResult
    private mutating func reportProblems(at index: Int) -> Bool {
        guard let problems = text.problems[index], reportedTokens.insert(index).inserted else { return false }
        for problem in problems {
            diagnostics.append(problem.error.diagnostic(at: Span(source, problem.lower, problem.upper)))
        }
        return true
    }

    mutating func take(_ symbol: Symbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    mutating func take(_ keyword: Keyword) -> Bool {
        guard at(keyword) else { return false }
        advance()
        return true
    }

    // MARK: Spans

    func span(of token: Token) -> Span { Span(source, token.lower, token.upper) }

    var currentSpan: Span { span(of: current) }

    /// From the token at an index to the last one that was taken.
    func span(from first: Int) -> Span {
        let last = max(first, index - 1)
        return Span(source, tokens[first].lower, tokens[min(last, tokens.count - 1)].upper)
    }

    // MARK: Mistakes

    mutating func report(_ error: SyntaxError, at span: Span, notes: [Diagnostic.Note] = []) {
        diagnostics.append(error.diagnostic(at: span, notes: notes))
    }

    /// Records a mistake and gives up the statement. A mistake within the token that stands here is the likelier cause and is told
    /// instead.
    mutating func fail(_ error: SyntaxError, at span: Span? = nil, notes: [Diagnostic.Note] = []) -> StatementAbandoned {
        if !isOnNewLine || index == 0, reportProblems(at: index) { return StatementAbandoned() }
        report(error, at: span ?? placeOfCurrent, notes: notes + notesOnLongTexts())
        return StatementAbandoned()
    }

    /// Where a message about the token that stands here points: at it, or, when its line is not the statement's, behind the last one.
    var placeOfCurrent: Span {
        guard index > 0, current.isEnd || current.startsLine, openers.isEmpty || current.isEnd || current.startsLine else {
            return currentSpan
        }
        let end = tokens[index - 1].upper
        return Span(source, end, end)
    }

    /// What stands here, in words.
    var found: Found {
        let token = current
        if token.isEnd {
            return index > 0 && source.line(at: tokens[index - 1].upper) < source.lineStarts.count - 1 ? .lineEnd : .end
        }
        if isOnNewLine { return .lineEnd }
        switch token.kind {
        case .word, .quotedName: return .word(token.text)
        case .literal(.text): return .text
        case .literal: return .value(span(of: token).text)
        case .symbol(let symbol): return .symbol(symbol.rawValue)
        case .pipe: return .pipe
        case .end: return .end
        }
    }

    /// A text that runs over several lines right before a mistake has probably lost its closing quote.
    func notesOnLongTexts() -> [Diagnostic.Note] {
        for candidate in [index - 1, index] where candidate >= 0 {
            let token = tokens[candidate]
            guard token.textLiteral != nil, source.line(at: token.lower) < source.line(at: token.upper) else { continue }
            let quote = Span(source, token.lower, token.lower + 1)
            return [Diagnostic.Note("a text of several lines begins here; is its closing quote missing?", at: quote)]
        }
        return []
    }

    /// Goes one level deeper, for the time of a call.
    mutating func nested<Result>(
        _ body: (inout Parser) throws(StatementAbandoned) -> Result
    ) throws(StatementAbandoned) -> Result {
        guard nesting < Self.nestingLimit else { throw fail(.nestedTooDeeply(limit: Self.nestingLimit), at: currentSpan) }
        nesting += 1
        defer { nesting -= 1 }
        return try body(&self)
    }

    mutating func countOperator() throws(StatementAbandoned) {
        operatorCount += 1
        if operatorCount > Self.operatorLimit { throw fail(.tooManyOperators(limit: Self.operatorLimit), at: currentSpan) }
    }
}
