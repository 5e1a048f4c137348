extension Parser {
    /// Parses what an expression is made of: a literal, a name, a call, a parenthesis or one of the forms that begin with a word.
    mutating func parsePrimary() throws(StatementAbandoned) -> Expression {
        let first = index
        switch current.kind {
        case .literal(.number(let number)):
            advance()
            if let unit = unitHere() {
                advance()
                return Expression(.literal(.duration(number, unit)), at: span(from: first))
            }
            return Expression(.literal(.number(number)), at: span(from: first))
        case .literal(let literal):
            advance()
            return Expression(.literal(literal), at: span(from: first))
        case .symbol(.leftParenthesis):
            return try parseParenthesis()
        case .symbol(.star):
            throw failAtStar()
        case .quotedName:
            return try parseNamed()
        case .word(let keyword):
            return try parseWord(keyword)
        default:
            try expectOperand(after: nil)
            throw fail(.missingOperand(after: nil, found: found))
        }
    }

    /// The unit of time that stands here, on the same line as what goes before.
    func unitHere() -> CalendarUnit? {
        guard current.isWord, !isOnNewLine else { return nil }
        return CalendarUnit(word: current.text)
    }

    private mutating func parseWord(_ keyword: Keyword?) throws(StatementAbandoned) -> Expression {
        let first = index
        switch keyword {
        case .true, .false:
            let value = at(.true)
            advance()
            return Expression(.literal(.bool(value)), at: span(from: first))
        case .none?:
            advance()
            return Expression(.literal(.none), at: span(from: first))
        case .it:
            advance()
            return Expression(.it, at: span(from: first))
        case .if where startsConditional:
            return try parseConditional()
        default:
            break
        }
        try expectOperand(after: nil)
        let word = current.text.lowercased()
        switch word {
        case "last", "this", "next":
            if let span = RelativeSpan(rawValue: word), let relative = try parseRelative(span) { return relative }
        case "null", "nil", "undefined":
            report(.foreignNull(current.text), at: currentSpan)
            advance()
            return Expression(.literal(.none), at: span(from: first))
        case "exists" where nextIsOperandOnSameLine:
            throw failWithHabit((.exists, 1))
        case "case" where token(after: 1).isWord("when"):
            throw failWithHabit((.caseWhen, 2))
        default: break
        }
        return try parseNamed()
    }

    /// `last 90 days`, `this quarter`, `last n months`; nothing if the word is a name here, as in `last(touches)`.
    private mutating func parseRelative(_ word: RelativeSpan) throws(StatementAbandoned) -> Expression? {
        let first = index
        let next = token(after: 1)
        guard !(next.startsLine && openers.isEmpty) else { return nil }
        if next.isWord, let unit = CalendarUnit(word: next.text) {
            advance()
            advance()
            return Expression(.relative(word, count: nil, unit), at: span(from: first))
        }
        let countIsNumber = if case .literal(.number) = next.kind { true } else { false }
        let afterCount = token(after: 2)
        guard countIsNumber || (next.isName && afterCount.isWord && CalendarUnit(word: afterCount.text) != nil) else {
            return nil
        }
        advance()
        if word == .this { throw fail(.countOnThis(word), at: span(of: tokens[first]).joined(with: currentSpan)) }
        let countIndex = index
        let count: Expression
        if case .literal(let literal) = current.kind {
            advance()
            count = Expression(.literal(literal), at: span(from: countIndex))
        } else {
            count = Expression(.name(takeName()), at: span(of: tokens[countIndex]))
        }
        guard let unit = unitHere() else { throw fail(.unitExpected(word, found: found)) }
        advance()
        return Expression(.relative(word, count: count, unit), at: span(from: first))
    }

    private mutating func parseConditional() throws(StatementAbandoned) -> Expression {
        let first = index
        advance()
        let condition = try parseBranch()
        guard take(.then) else { throw fail(.missingThen(found: found)) }
        try expectOperand(after: "then")
        let then = try parseBranch()
        var otherwise: Expression?
        if take(.else) {
            try expectOperand(after: "else")
            otherwise = try parseExpression()
        }
        return Expression(.conditional(condition: condition, then: then, otherwise: otherwise), at: span(from: first))
    }

    /// Parses a part of a conditional in which another one is printed in parentheses.
    private mutating func parseBranch() throws(StatementAbandoned) -> Expression {
        guard startsConditional else { return try parseExpression() }
        return try nested { parser throws(StatementAbandoned) in try parser.parseExpression() }
    }

    /// A parenthesis around one expression only groups, around none or several it is a list.
    private mutating func parseParenthesis() throws(StatementAbandoned) -> Expression {
        let first = index
        let isOutermost = outermostParenthesis == first
        open()
        var elements: [Expression] = []
        var isList = at(.rightParenthesis)
        if !isList {
            // What is within is no item of its own, so that a second parenthesis in a row does count.
            let element =
                isOutermost
                ? try parseBinary(.or) : try nested { parser throws(StatementAbandoned) in try parser.parseBinary(.or) }
            elements.append(element)
            while at(.comma) {
                advance()
                try expectOperand(after: ",")
                elements.append(try parseExpression())
                isList = true
            }
        }
        try close()
        if !isList { return Expression(elements[0].kind, at: span(from: first)) }
        return Expression(.list(elements), at: span(from: first))
    }

    /// A name and what can only stand right behind one: `retention::good`, `person "Ann"`, `f(x)`.
    private mutating func parseNamed() throws(StatementAbandoned) -> Expression {
        let first = index
        let name = takeName()
        if at(.doubleColon) {
            advance()
            return try parseQualified(name, of: nil, from: first)
        }
        if recordsAreAllowed || !openers.isEmpty, let text = current.textLiteral, !isOnNewLine, canNameEntity(name) {
            let textSpan = currentSpan
            advance()
            return Expression(.record(entity: name, text: text, textSpan: textSpan), at: span(from: first))
        }
        if at(.leftParenthesis), !isOnNewLine {
            let arguments = try parseArguments(of: name)
            return Expression(.call(name, arguments), at: span(from: first))
        }
        return Expression(.name(name), at: name.span)
    }

    /// What stands behind the `::` of a perspective: the name of a definition, and arguments.
    mutating func parseQualified(
        _ perspective: Name, of base: Expression?, from first: Int
    ) throws(StatementAbandoned) -> Expression {
        guard current.isName else { throw fail(.nameExpected(what: "the name of a definition", found: found)) }
        let name = takeName()
        let arguments = at(.leftParenthesis) && !isOnNewLine ? try parseArguments(of: name) : nil
        return Expression(.qualified(perspective: perspective, of: base, name, arguments), at: span(from: first))
    }

    /// A text behind one of these is never the label of a record: `param since: date = today "From when"`.
    private func canNameEntity(_ name: Name) -> Bool {
        name.quoted || !["today", "now", "yesterday"].contains(name.text.lowercased())
    }

    /// Takes the name that is known to stand here.
    mutating func takeName() -> Name {
        let token = current
        let isQuoted = if case .quotedName = token.kind { true } else { false }
        advance()
        return Name(token.text, at: span(of: token), quoted: isQuoted)
    }

    private mutating func failAtStar() -> StatementAbandoned {
        let next = token(after: 1)
        if next.isWord("from") {
            let source = token(after: 2)
            return fail(.habit(.from(source: source.isName ? source.text : nil)), at: currentSpan.joined(with: span(of: next)))
        }
        return fail(.allColumns)
    }
}
