extension Parser {
    /// The word of a source that does not exist yet, if its whole beginning stands here; otherwise the word is a name.
    var reservedSourceHere: String? {
        let next = token(after: 1)
        guard !(next.startsLine && openers.isEmpty) else { return nil }
        switch current.keyword {
        case .each where next.isWord && CalendarUnit(word: next.text) != nil && token(after: 2).keyword == .in: return "each"
        default: return nil
        }
    }

    mutating func parseReservedSource(_ word: String) throws(StatementAbandoned) -> Source {
        let first = index
        advance()
        try takeTokens { parser in
            if parser.isAtStatementEnd { return true }
            if case .pipe = parser.current.kind { return true }
            return parser.current.keyword?.isClause ?? false
        }
        return .reserved(word: word, span(from: first))
    }

    /// The rest of `chart KIND`.
    mutating func parseReservedClause(_ keyword: Keyword) throws(StatementAbandoned) -> Clause.Kind {
        guard current.isWord, !isOnNewLine else { throw fail(.clauseNeeds(.chart, what: "a kind", found: found)) }
        advance()
        return .reserved(word: keyword.rawValue)
    }
}
