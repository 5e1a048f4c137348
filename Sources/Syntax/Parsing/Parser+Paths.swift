extension Parser {
    /// Whether `path from` stands here; otherwise `path` is a name.
    var beginsPath: Bool {
        let next = token(after: 1)
        return at(.path) && next.isWord("from") && !(next.startsLine && openers.isEmpty)
    }

    /// `path from S to S via LINK, … [shortest | strongest by VALUE | cheapest by VALUE] [within N]`. The words in between may begin a line.
    mutating func parsePath() throws(StatementAbandoned) -> Source {
        let first = index
        advance()
        try expectPathWord("from")
        let from = try parseExpression()
        try expectPathWord("to")
        let to = try parseExpression()
        try expectPathWord("via")
        var links = [try parseExpression()]
        while take(.comma) {
            try expectOperand(after: ",")
            links.append(try parseExpression())
        }
        var order: PathSource.Order?
        if current.isWord("shortest") {
            advance()
            order = .shortest
        } else if current.isWord("strongest") || current.isWord("cheapest") {
            let isStrongest = current.isWord("strongest")
            advance()
            guard take(.by) else { throw fail(.wordExpected("by", in: "`strongest by VALUE`", found: found)) }
            try expectOperand(after: "by")
            let value = try parseExpression()
            order = isStrongest ? .strongest(value) : .cheapest(value)
        }
        var limit: Expression?
        if current.isWord("within") {
            advance()
            try expectOperand(after: "within")
            limit = try parseExpression()
        }
        return .path(PathSource(from: from, to: to, links: links, order: order, limit: limit, span: span(from: first)))
    }

    private mutating func expectPathWord(_ word: String) throws(StatementAbandoned) {
        guard current.isWord(word) else {
            throw fail(.wordExpected(word, in: "`path from SET to SET via LINK`", found: found))
        }
        advance()
        try expectOperand(after: word)
    }
}
