extension Parser {
    mutating func parseStatement() throws(StatementAbandoned) -> Statement {
        let first = index
        let kind = try parseStatementKind()
        return Statement(kind, doc: text.docs[first], at: span(from: first))
    }

    private mutating func parseStatementKind() throws(StatementAbandoned) -> Statement.Kind {
        if nextIsNameOnSameLine {
            switch current.keyword {
            case .define: return .define(try parseDefinition())
            case .param: return try parseParam()
            case .let: return try parseLet()
            case .use: return try parseUse()
            case .entity: return .entity(try parseEntity())
            case .link: return .link(try parseLink())
            case .history where token(after: 2).symbol == .dot: return .history(try parseHistory())
            case .perspective: return .perspective(try parsePerspective())
            case .relationship: return .relationship(try parseRelationship())
            case .goal: return .goal(try parseGoal())
            case .question where beginsQuestionDeclaration: return .declareQuestion(try parseQuestionDeclaration())
            default: break
            }
        }
        switch current.keyword {
        case .define, .param, .let:
            // Nothing but a declaration can begin so; without a name behind it is a mistake, not a question.
            let next = token(after: 1)
            if next.isEnd || next.startsLine || next.isWord || next.symbol == .equal || next.isLiteral {
                let keyword = current.text.lowercased()
                advance()
                throw fail(.nameExpected(what: "a name after `\(keyword)`", found: found))
            }
        case .describe where !token(after: 1).startsLine && !token(after: 1).isEnd && token(after: 1).isName:
            return try parseDescribe()
        case .explain where beginsExplain:
            advance()
            return .explain(try parseQuestion())
        case .why where beginsWhy:
            return try parseWhy()
        default: break
        }
        if let symbol = current.symbol, symbol.isCloser { throw fail(.unmatchedCloser(symbol)) }
        try expectQuestionStart()
        return .question(try parseQuestion())
    }

    private mutating func expectQuestionStart() throws(StatementAbandoned) {
        switch current.kind {
        case .symbol(let symbol):
            if ![.leftParenthesis, .minus, .range, .leftBracket].contains(symbol) {
                throw fail(.statementStart(found: .symbol(symbol.rawValue)), at: currentSpan)
            }
        case .word(let keyword?) where keyword.isInfix && keyword != .in && keyword != .ago:
            throw fail(.statementStart(found: .word(current.text)), at: currentSpan)
        case .word(nil):
            let word = current.text.lowercased()
            let next = token(after: 1)
            if ["insert", "update", "delete", "create", "drop", "alter"].contains(word), next.isWord, !next.startsLine {
                throw failWithHabit((.changesData(word), 1))
            }
        default: break
        }
    }

    private var beginsQuestionDeclaration: Bool {
        let next = token(after: 2)
        return next.symbol == .leftParenthesis || next.symbol == .leftBrace || next.textLiteral != nil
    }

    private var beginsExplain: Bool {
        let next = token(after: 1)
        if next.isEnd || next.startsLine { return false }
        return canStartOperand(next) && next.symbol != .minus || (next.keyword?.isClause ?? false)
    }

    // MARK: Parts of declarations

    mutating func expectName(_ what: String) throws(StatementAbandoned) -> Name {
        guard current.isName else { throw fail(.nameExpected(what: what, found: found)) }
        return takeName()
    }

    mutating func expect(_ symbol: Symbol, in place: String) throws(StatementAbandoned) {
        guard take(symbol) else { throw fail(.symbolExpected(symbol, in: place, found: found)) }
    }

    /// Takes an opening bracket, or says that it is missing.
    mutating func expectOpen(_ symbol: Symbol, in place: String) throws(StatementAbandoned) {
        guard at(symbol) else { throw fail(.symbolExpected(symbol, in: place, found: found)) }
        open()
    }

    mutating func expectText(_ what: String) throws(StatementAbandoned) -> String {
        guard let value = current.textLiteral else { throw fail(.textExpected(what: what, found: found)) }
        advance()
        return value
    }

    mutating func expectWord(_ word: String, in place: String) throws(StatementAbandoned) {
        guard current.isWord(word) else { throw fail(.wordExpected(word, in: place, found: found)) }
        advance()
    }

    private mutating func parseType() throws(StatementAbandoned) -> TypeExpression {
        let first = index
        guard current.isName, !isOnNewLine else { throw fail(.typeExpected(found: found)) }
        let isList = current.isWord("list")
        if isList || current.isWord("set"), token(after: 1).isWord("of") {
            advance()
            advance()
            let element = try nested { parser throws(StatementAbandoned) in try parser.parseType() }
            return isList ? .list(element, span(from: first)) : .set(element, span(from: first))
        }
        return .named(takeName())
    }

    /// `(days: duration = 90 days, …)`, or nothing.
    private mutating func parseParameters() throws(StatementAbandoned) -> [Parameter]? {
        guard at(.leftParenthesis) else { return nil }
        open()
        var parameters: [Parameter] = []
        while !at(.rightParenthesis) {
            guard current.isName else { throw fail(.parameterNeedsName(found: found)) }
            parameters.append(try parseParameter())
            guard take(.comma) else { break }
        }
        try close()
        return parameters
    }

    /// `days: duration = 90 days`
    private mutating func parseParameter() throws(StatementAbandoned) -> Parameter {
        let name = takeName()
        var type: TypeExpression?
        if take(.colon) { type = try parseType() }
        var defaultValue: Expression?
        if take(.equal) {
            try expectOperand(after: "=")
            defaultValue = try parseExpression()
        }
        return Parameter(name: name, type: type, defaultValue: defaultValue)
    }

    // MARK: Declarations

    private mutating func parseDefinition() throws(StatementAbandoned) -> Definition {
        advance()
        var name = try expectName("the name of the definition")
        var entity: Name?
        if take(.dot) {
            entity = name
            name = try expectName("the name of the definition")
        }
        let parameters = try parseParameters()
        var result: TypeExpression?
        if take(.colon) { result = try parseType() }
        try expect(.equal, in: "`define NAME = VALUE`")
        var body: Expression?
        if current.isWord("native"), isLastOfStatement {
            advance()
        } else {
            try expectOperand(after: "=")
            body = try parseExpression()
            if let keyword = current.keyword, keyword.isClause { throw fail(.questionInDefinition(keyword), at: currentSpan) }
        }
        return Definition(
            entity: entity, name: name, parameters: parameters ?? [], hasParameterList: parameters != nil, result: result,
            body: body)
    }

    /// Whether nothing follows the token that stands here.
    private var isLastOfStatement: Bool {
        let next = token(after: 1)
        return next.isEnd || next.startsLine && !continuesStatement(index + 1) || next.symbol == .semicolon
            || next.symbol == .rightBrace
    }

    private mutating func parseParam() throws(StatementAbandoned) -> Statement.Kind {
        advance()
        guard current.isName else { throw fail(.parameterNeedsName(found: found)) }
        let name = takeName()
        var type: TypeExpression?
        if take(.colon) { type = try parseType() }
        var defaultValue: Expression?
        if take(.equal) {
            try expectOperand(after: "=")
            recordsAreAllowed = !(type?.isPlainValue ?? false)
            defer { recordsAreAllowed = true }
            defaultValue = try parseExpression()
        }
        var description: String?
        if current.textLiteral != nil, !isOnNewLine { description = try expectText("a description") }
        return .param(Parameter(name: name, type: type, defaultValue: defaultValue), description: description)
    }

    private mutating func parseLet() throws(StatementAbandoned) -> Statement.Kind {
        advance()
        let name = try expectName("a name")
        try expect(.equal, in: "`let NAME = QUESTION`")
        return .letBinding(name, try parseQuestion())
    }

    private mutating func parseUse() throws(StatementAbandoned) -> Statement.Kind {
        advance()
        return .use(takeName())
    }

    private mutating func parseQuestionDeclaration() throws(StatementAbandoned) -> QuestionDeclaration {
        advance()
        let name = try expectName("the name of the question")
        let parameters = try parseParameters() ?? []
        var title: String?
        if current.textLiteral != nil { title = try expectText("a title") }
        try expectOpen(.leftBrace, in: "`question NAME { … }`")
        if at(.rightBrace) { throw fail(.statementStart(found: found)) }
        let body = try parseQuestion()
        if !at(.rightBrace), let habit = habitHere() { throw failWithHabit(habit) }
        try close()
        return QuestionDeclaration(name: name, parameters: parameters, title: title, body: body)
    }

    /// `describe account.tier`, `describe retention::good`, `describe where`: the words, without what stands between them.
    private mutating func parseDescribe() throws(StatementAbandoned) -> Statement.Kind {
        advance()
        let first = index
        var names = [takeName()]
        var perspective: Name?
        if take(.doubleColon) {
            perspective = names[0]
            names = [try expectName("a name")]
        }
        while take(.dot) { names.append(try expectName("a name")) }
        return .describe(perspective: perspective, names, span(from: first))
    }
}

extension TypeExpression {
    /// Whether values of this type are no records, so that a text behind a name is not the label of one.
    var isPlainValue: Bool {
        switch self {
        case .named(let name):
            ["text", "number", "bool", "date", "time", "duration", "period"].contains(name.text.lowercased())
        case .list(let element, _), .set(let element, _): element.isPlainValue
        }
    }
}
