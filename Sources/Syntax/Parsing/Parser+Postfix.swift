extension Parser {
    /// Parses an operand and everything that is attached to it from the right. Nothing is attached to what ends with `ago` or `per`,
    /// because `3 days ago.year` does not show what `.year` belongs to.
    mutating func parsePostfix() throws(StatementAbandoned) -> Expression {
        let first = index
        var operand = try parsePrimary()
        while let longer = try parseAttachment(to: operand, from: first) {
            try countOperator()
            operand = longer
            switch operand.kind {
            case .ago: return try endingOperand(operand, with: "ago")
            case .per: return try endingOperand(operand, with: "per")
            default: break
            }
        }
        return operand
    }

    private mutating func endingOperand(_ operand: Expression, with word: String) throws(StatementAbandoned) -> Expression {
        if at(.dot) || (at(.leftBracket) && !isOnNewLine) { throw fail(.memberBehind(word: word), at: currentSpan) }
        return operand
    }

    /// One member, filter, shape, repetition, `per` or `ago` behind an operand; nothing if none of them stands here.
    private mutating func parseAttachment(
        to operand: Expression, from first: Int
    ) throws(StatementAbandoned) -> Expression? {
        switch current.kind {
        case .symbol(.dot):
            return try parseMember(of: operand, from: first)
        case .symbol(.leftBracket) where !isOnNewLine:
            return try parseFilter(of: operand, from: first)
        case .symbol(.leftBrace) where !isOnNewLine:
            let next = token(after: 1)
            let isBound = if case .literal(.number) = next.kind { true } else { false }
            return isBound || next.symbol == .range
                ? try parseRepetition(of: operand, from: first) : try parseShape(of: operand, from: first)
        case .symbol(.plus), .symbol(.star):
            guard canRepeat(operand), isClosure else { return nil }
            let repetition = Repetition(lower: at(.plus) ? 1 : 0, upper: nil, at: currentSpan)
            advance()
            return Expression(.repeated(links(operand), repetition), at: span(from: first))
        case .word(.per):
            switch operand.kind {
            case .call, .memberCall: return try parsePer(operand, from: first)
            default: throw fail(.perWithoutCall)
            }
        case .word(.ago) where !isOnNewLine:
            advance()
            return Expression(.ago(operand), at: span(from: first))
        default:
            return nil
        }
    }

    private mutating func parseMember(of operand: Expression, from first: Int) throws(StatementAbandoned) -> Expression {
        advance()
        if at(.leftParenthesis) {
            open()
            let inner = index
            let value = try parseExpression()
            var links = [value]
            while take(.comma) {
                try expectOperand(after: ",")
                links.append(try parseExpression())
            }
            let what = links.count == 1 ? value : Expression(.list(links), at: span(from: inner))
            try close()
            return Expression(.mapped(operand, what), at: span(from: first))
        }
        guard current.isName else { throw fail(.nameAfterDot(found: found)) }
        let name = takeName()
        if take(.doubleColon) { return try parseQualified(name, of: operand, from: first) }
        if at(.leftParenthesis), !isOnNewLine {
            let arguments = try parseArguments(of: name)
            return Expression(.memberCall(operand, name, arguments), at: span(from: first))
        }
        return Expression(.member(operand, name), at: span(from: first))
    }

    private mutating func parseFilter(of operand: Expression, from first: Int) throws(StatementAbandoned) -> Expression {
        let opener = index
        open()
        if at(.rightBracket) {
            throw fail(.emptyFilter, at: span(of: tokens[opener]).joined(with: currentSpan))
        }
        if let keyword = current.keyword, keyword.isClause, nextIsOperandOnSameLine {
            throw fail(.clauseInBrackets(keyword), notes: [Diagnostic.Note("opened here", at: span(of: tokens[opener]))])
        }
        let condition = try parseExpression()
        try close()
        return Expression(.filtered(operand, condition), at: span(from: first))
    }

    private mutating func parseShape(of operand: Expression, from first: Int) throws(StatementAbandoned) -> Expression {
        open()
        let items = at(.rightBrace) ? [] : try parseColumns()
        try close()
        return Expression(.shaped(operand, items), at: span(from: first))
    }

    // MARK: Repetition of links

    /// `knows{1..3}`, `knows{2}`, `knows{1..}`.
    private mutating func parseRepetition(of operand: Expression, from first: Int) throws(StatementAbandoned) -> Expression {
        let opener = index
        open()
        if at(.range) { throw fail(.repetitionLowerMissing) }
        let lower = try parseBound()
        var upper: Int? = lower
        if take(.range) { upper = at(.rightBrace) ? nil : try parseBound() }
        try close()
        let braces = span(from: opener)
        if let upper, upper < lower { throw fail(.repetitionOrder(lower: lower, upper: upper), at: braces) }
        return Expression(.repeated(links(operand), Repetition(lower: lower, upper: upper, at: braces)), at: span(from: first))
    }

    private mutating func parseBound() throws(StatementAbandoned) -> Int {
        guard case .literal(.number(.decimal(let units, scale: 0))) = current.kind, units >= 0, units <= 1_000_000 else {
            throw fail(.repetitionBound(found: found))
        }
        advance()
        return Int(units)
    }

    /// The links of `(knows, colleagues)+`; any other operand is the only one.
    private func links(_ operand: Expression) -> [Expression] {
        if case .list(let elements) = operand.kind, !elements.isEmpty { elements } else { [operand] }
    }

    private func canRepeat(_ operand: Expression) -> Bool {
        switch operand.kind {
        case .name, .member, .filtered, .list: true
        case .mapped(_, let inner): if case .list = inner.kind { true } else { false }
        default: false
        }
    }

    /// Whether a `+` or `*` repeats the link before it: it must touch it, and nothing may follow that it could calculate with.
    private var isClosure: Bool {
        guard current.adjoinsPrevious else { return false }
        let next = token(after: 1)
        if next.startsLine, openers.isEmpty { return true }
        switch next.kind {
        case .symbol(.leftParenthesis): return false
        case .symbol(.minus): return !next.adjoinsPrevious
        case .word(.not): return token(after: 2).keyword == .in
        default: return !canStartOperand(next)
        }
    }

    // MARK: Windows

    /// `per region`, `per (region, tier)`, `per all`.
    private mutating func parsePer(_ call: Expression, from first: Int) throws(StatementAbandoned) -> Expression {
        advance()
        if current.isWord("all") {
            advance()
            return Expression(.per(call, keys: []), at: span(from: first))
        }
        try expectOperand(after: "per")
        let key = try grouped(if: startsConditional) { parser throws(StatementAbandoned) in try parser.parsePostfix() }
        if case .list(let keys) = key.kind, !keys.isEmpty {
            return Expression(.per(call, keys: keys), at: span(from: first))
        }
        return Expression(.per(call, keys: [key]), at: span(from: first))
    }

    // MARK: Arguments

    /// The arguments in parentheses, opening one included. The first is never labelled, because `count(stage = "won")` counts the rows
    /// for which that holds; in `ask`, where no condition can stand, `labelsEverywhere` is set.
    mutating func parseArguments(of function: Name, labelsEverywhere: Bool = false) throws(StatementAbandoned) -> [Argument] {
        open()
        var arguments: [Argument] = []
        while !at(.rightParenthesis) {
            if at(.star), token(after: 1).symbol == .rightParenthesis {
                report(.starArgument(function: function.text), at: currentSpan)
                advance()
                break
            }
            arguments.append(try parseArgument(canBeLabelled: labelsEverywhere || !arguments.isEmpty))
            guard at(.comma) else { break }
            advance()
            try expectOperand(after: ",")
        }
        try close()
        return arguments
    }

    private mutating func parseArgument(canBeLabelled: Bool) throws(StatementAbandoned) -> Argument {
        var label: Name?
        if canBeLabelled, current.isName, token(after: 1).symbol == .equal {
            label = takeName()
            advance()
            try expectOperand(after: "=")
        }
        var isDistinct = false
        if at(.distinct), nextIsOperandOnSameLine || token(after: 1).symbol == .leftParenthesis {
            advance()
            isDistinct = true
        }
        let value = try parseExpression()
        var argument = Argument(label: label, value, distinct: isDistinct)
        if take(.where) {
            try expectOperand(after: "where")
            argument.condition = try parseExpression()
        }
        if take(.by) { argument.order = try parseSortKeys(after: "by") }
        return argument
    }
}
