extension Parser {
    /// Whether `each UNIT in` stands here; otherwise `each` is a name.
    var beginsEach: Bool {
        let next = token(after: 1)
        return at(.each) && !(next.startsLine && openers.isEmpty) && next.isWord && CalendarUnit(word: next.text) != nil
            && token(after: 2).keyword == .in
    }

    mutating func parseEach() throws(StatementAbandoned) -> Source {
        let first = index
        advance()
        guard let unit = CalendarUnit(word: current.text) else { preconditionFailure("`each` stands before a unit") }
        advance()
        advance()
        try expectOperand(after: "in")
        return .each(EachSource(unit: unit, range: try parseExpression(), span: span(from: first)))
    }
}
