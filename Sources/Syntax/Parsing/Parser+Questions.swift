extension Parser {
    /// A source with its clauses, up to the end of the statement or of the braces around it.
    mutating func parseQuestion() throws(StatementAbandoned) -> Question {
        let first = index
        let source = try parseSource()
        var clauses: [Clause] = []
        var delivery = Delivery()
        while !isAtStatementEnd {
            if case .pipe = current.kind {
                try parseDelivery(into: &delivery)
                // The rest of the line was the shell's, so what follows is on its own.
                break
            }
            guard let keyword = current.keyword, keyword.isClause else { break }
            if keyword == .format || keyword == .into || keyword == .chart {
                try parseDelivery(into: &delivery)
            } else {
                clauses.append(try parseClause(keyword))
            }
        }
        return Question(source: source, clauses: clauses, delivery: delivery, span: span(from: first))
    }

    private mutating func parseSource() throws(StatementAbandoned) -> Source {
        if beginsWithClause { return .lastAnswer(Span(source, current.lower, current.upper)) }
        if beginsPath { return try parsePath() }
        if beginsEach { return try parseEach() }
        if beginsRows { return try parseRows() }
        if beginsDuplicates { return try parseDuplicates() }
        if at(.ask), nextIsNameOnSameLine { return try parseAsk() }
        if at(.compare), nextIsNameOnSameLine { return try parseCompare() }
        if at(.for), nextIsNameOnSameLine, token(after: 2).keyword == .in { return try parseCombinations() }
        if current.isEnd || isOnNewLine && tokens.indices.contains(index - 1) && tokens[max(0, index - 1)].symbol == .equal {
            try expectOperand(after: "=")
        }
        return .expression(try parseExpression())
    }

    /// Whether a clause stands where a source is expected, so that the question goes on from the last answer.
    private var beginsWithClause: Bool {
        if case .pipe = current.kind { return true }
        guard let keyword = current.keyword, keyword.isClause else { return false }
        let next = token(after: 1)
        switch next.symbol {
        // `format.name`: the word is a name after all.
        case .dot, .leftBracket, .doubleColon: return next.startsLine
        default: return keyword != .as || next.isWord("of")
        }
    }

    private mutating func parseAsk() throws(StatementAbandoned) -> Source {
        let first = index
        advance()
        var name = takeName()
        var perspective: Name?
        if take(.doubleColon) {
            perspective = name
            name = try expectName("the name of a question")
        }
        var arguments: [Argument] = []
        if at(.leftParenthesis), !isOnNewLine { arguments = try parseArguments(of: name, labelsEverywhere: true) }
        return .ask(perspective: perspective, name, arguments, span(from: first))
    }

    private mutating func parseCombinations() throws(StatementAbandoned) -> Source {
        advance()
        var bindings: [Source.Binding] = []
        while true {
            guard current.isName else { throw fail(.nameExpected(what: "a name for each record", found: found)) }
            let name = takeName()
            guard take(.in) else { throw fail(.wordExpected("in", in: "`for NAME in SET`", found: found)) }
            try expectOperand(after: "in")
            bindings.append(Source.Binding(name: name, source: try parseExpression()))
            guard at(.comma) else { return .combinations(bindings) }
            advance()
        }
    }
}
