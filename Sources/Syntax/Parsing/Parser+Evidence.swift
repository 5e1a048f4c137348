/// `rows`, `duplicates of` and `why`: the forms that ask what an answer rests on.
extension Parser {
    /// Whether `rows 3` or `duplicates of` stands here; otherwise the words are names.
    var beginsRows: Bool {
        let next = token(after: 1)
        guard at(.rows), !(next.startsLine && openers.isEmpty) else { return false }
        if case .literal(.number) = next.kind { return true }
        return false
    }

    var beginsDuplicates: Bool {
        let next = token(after: 1)
        return at(.duplicates) && next.isWord("of") && !(next.startsLine && openers.isEmpty)
    }

    /// `rows 3`, `rows 3 of won`.
    mutating func parseRows() throws(StatementAbandoned) -> Source {
        let first = index
        advance()
        guard case .literal(.number(.decimal(let number, scale: 0))) = current.kind, number >= 1, number <= Int32.max else {
            throw fail(.rowNumber, at: currentSpan)
        }
        advance()
        var column: Expression?
        if current.isWord("of"), !isOnNewLine {
            advance()
            try expectOperand(after: "of")
            column = try parseExpression()
        }
        return .rows(number: Int(number), column: column, span(from: first))
    }

    /// `duplicates of people by name, email above 85%`.
    mutating func parseDuplicates() throws(StatementAbandoned) -> Source {
        let first = index
        advance()
        advance()
        try expectOperand(after: "of")
        let set = try parseExpression()
        guard take(.by) else { throw fail(.wordExpected("by", in: "`duplicates of SET by FIELD, …`", found: found)) }
        var fields: [Expression] = []
        var before = "by"
        repeat {
            try expectOperand(after: before)
            fields.append(try parseExpression())
            before = ","
        } while take(.comma)
        var threshold: Expression?
        if current.isWord("above"), !isOnNewLine {
            advance()
            try expectOperand(after: "above")
            threshold = try parseExpression()
        }
        return .duplicates(of: set, by: fields, above: threshold, span(from: first))
    }

    /// Whether a value follows `why`, so that it is no name.
    var beginsWhy: Bool {
        let next = token(after: 1)
        guard at(.why), !next.startsLine else { return false }
        return nextIsOperandOnSameLine || next.symbol == .leftParenthesis
    }

    /// `why account "Acme".at_risk format json`.
    mutating func parseWhy() throws(StatementAbandoned) -> Statement.Kind {
        advance()
        let value = try parseExpression()
        var delivery = Delivery()
        while !isAtStatementEnd {
            if case .pipe = current.kind {
                try parseDelivery(into: &delivery)
                break
            }
            guard at(.format) || at(.into) else { break }
            try parseDelivery(into: &delivery)
        }
        return .why(value, delivery)
    }
}
