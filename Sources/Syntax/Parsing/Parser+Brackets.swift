extension Parser {
    /// Takes an opening bracket that is known to stand here.
    mutating func open() {
        openers.append(index)
        advance()
    }

    /// Takes the bracket that closes the innermost open one, or says what is wrong.
    mutating func close() throws(StatementAbandoned) {
        guard let opener = openers.last, let closer = tokens[opener].symbol?.closer else { return }
        guard at(closer) else { throw failToClose(opener, closer) }
        advance()
        openers.removeLast()
    }

    private mutating func failToClose(_ opener: Int, _ closer: Symbol) -> StatementAbandoned {
        let note = Diagnostic.Note("opened here", at: span(of: tokens[opener]))
        if let symbol = current.symbol, symbol.isCloser {
            return fail(.mismatchedBracket(expected: closer, found: symbol), notes: [note])
        }
        if at(.bar) { return fail(.pipeInBrackets, notes: [note]) }
        if let keyword = current.keyword, keyword.isClause, !current.startsLine {
            return fail(.clauseInBrackets(keyword), notes: [note])
        }
        if at(.comma), closer == .rightBracket { return fail(.severalFilters, notes: [note]) }
        if let habit = habitHere() { return failWithHabit(habit) }
        let what: Found = current.startsLine && !current.isEnd ? .lineEnd : found
        return fail(.unclosedBracket(expected: closer, found: what), notes: [note])
    }

    /// Goes over tokens, whole brackets at a time, up to the first for which the condition holds outside of any bracket that is opened
    /// on the way. For forms whose words are known and whose meaning is not there yet.
    mutating func takeTokens(until stops: (Parser) -> Bool) throws(StatementAbandoned) {
        let outer = openers.count
        while !current.isEnd {
            if openers.count == outer {
                if stops(self) { return }
                if let symbol = current.symbol, symbol.isCloser { return }
            }
            if current.symbol?.closer != nil {
                open()
            } else if let symbol = current.symbol, symbol.isCloser {
                try close()
            } else {
                advance()
            }
        }
        if openers.count > outer { try close() }
    }
}
