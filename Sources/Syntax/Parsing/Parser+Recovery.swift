extension Parser {
    /// After a mistake, goes to where the next statement begins. Brackets that are open are honoured, but not beyond a line that
    /// begins a paragraph or a declaration at the very left: there a bracket was probably forgotten.
    mutating func skipToNextStatement(from first: Int) {
        var depth = openers.count
        // A brace that closes none of these ends the block around the statement, whatever else is open.
        var braces = openers.count { tokens[$0].symbol == .leftBrace }
        index = max(index, first)
        while !current.isEnd {
            if index > first, current.startsLine {
                if depth == 0, !continuesStatement(index) { return }
                if depth > 0, beginsAfresh(index) { return }
            }
            if let symbol = current.symbol {
                if symbol == .rightBrace, braces == 0, blockDepth > 0 { return }
                if symbol == .leftBrace { braces += 1 } else if symbol == .rightBrace { braces -= 1 }
                if symbol.closer != nil {
                    depth += 1
                } else if symbol.isCloser {
                    depth = max(0, depth - 1)
                } else if symbol == .semicolon, depth == 0 {
                    return
                }
            }
            index += 1
        }
    }

    /// Whether the line that begins with a token was surely meant as a new statement, whatever is open or wanting above it.
    private func beginsAfresh(_ index: Int) -> Bool {
        let token = tokens[index]
        guard !continuesStatement(index), token.symbol?.isCloser != true else { return false }
        if token.startsParagraph { return true }
        return beginsDeclaration(index)
    }

    /// Whether a declaration begins at the very left of a line with this token.
    func beginsDeclaration(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.startsLine, index + 1 < tokens.count, tokens[index + 1].isName,
            canStartOperand(tokens[index + 1]), !tokens[index + 1].startsLine
        else { return false }
        guard token.lower == 0 || source.bytes[token.lower - 1] == UInt8(ascii: "\n") else { return false }
        switch token.keyword {
        case .define, .param, .let, .use, .question, .entity, .link, .perspective, .goal, .relationship: return true
        default: return false
        }
    }

    /// Checks that nothing is left of the statement that was just parsed.
    mutating func expectStatementEnd(after kind: Statement.Kind) throws(StatementAbandoned) {
        if isAtStatementEnd { return }
        if case .pipe = tokens[max(0, index - 1)].kind, current.startsLine { return }
        switch kind {
        case .question, .letBinding, .explain: throw failWithUnexpected(clausesCanFollow: true)
        default: throw failWithUnexpected(clausesCanFollow: false)
        }
    }

    /// Says that what stands here has no business here, and what was probably meant.
    mutating func failWithUnexpected(clausesCanFollow: Bool, betweenColumns: Bool = false) -> StatementAbandoned {
        if let symbol = current.symbol, symbol.isCloser { return fail(.unmatchedCloser(symbol)) }
        if let habit = habitHere() { return failWithHabit(habit) }
        let plain = SyntaxError.unexpected(found: found, nearest: nil, clausesCanFollow: false)
        guard current.isWord, notesOnLongTexts().isEmpty else {
            return fail(betweenColumns && current.isName ? .missingComma(found: found) : plain)
        }
        let words = (clausesCanFollow ? Keywords.clauses.map(\.word) : []) + ["and", "or", "in", "per"]
        if let meant = nearest(to: current.text, among: words, limit: 1).first, meant != current.text.lowercased() {
            return fail(.unexpected(found: found, nearest: meant, clausesCanFollow: clausesCanFollow))
        }
        return fail(
            betweenColumns ? .missingComma(found: found) : .unexpected(found: found, nearest: nil, clausesCanFollow: true))
    }

    mutating func failWithHabit(_ found: (habit: Habit, tokenCount: Int)) -> StatementAbandoned {
        let last = token(after: found.tokenCount - 1)
        return fail(.habit(found.habit), at: currentSpan.joined(with: span(of: last)))
    }

    /// What someone who knows SQL means with the word that stands where it means nothing in crmq, and how many tokens that are.
    func habitHere() -> (habit: Habit, tokenCount: Int)? {
        guard current.isWord else { return nil }
        let next = token(after: 1)
        switch current.text.lowercased() {
        case "from": return (.from(source: next.isName && !next.startsLine ? next.text : nil), 1)
        case "group" where next.keyword == .by: return (.groupBy, 2)
        case "order" where next.keyword == .by: return (.orderBy, 2)
        case "limit": return (.limit, 1)
        case "offset": return (.offset, 1)
        case "having": return (.having, 1)
        case "join": return (.join, 1)
        case "left", "right", "inner", "outer", "full", "cross":
            return next.isWord("join") || next.isWord("outer") ? (.join, 2) : nil
        case "on": return (.on, 1)
        case "like", "ilike": return (.like, 1)
        case "not" where next.isWord("like"): return (.like, 2)
        case "not" where next.isWord("between"): return (.between, 2)
        case "is":
            if next.keyword == .not { return (.isNotNull, 3) }
            return (.isNull, 2)
        case "between": return (.between, 1)
        case "desc", "descending": return (.descending, 1)
        case "asc", "ascending": return (.ascending, 1)
        case "union": return (.union, 1)
        default: return nil
        }
    }
}
