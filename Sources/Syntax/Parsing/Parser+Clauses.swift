extension Parser {
    /// Parses the clause whose keyword is known to stand here, unless it says how the answer is delivered.
    mutating func parseClause(_ keyword: Keyword) throws(StatementAbandoned) -> Clause {
        let first = index
        advance()
        let kind: Clause.Kind
        switch keyword {
        case .where:
            kind = .filter(try parseOperand(of: keyword, "a condition"))
        case .with:
            kind = .extend(try parseColumns(of: keyword))
        case .select:
            if at(.distinct), nextIsOperandOnSameLine { throw fail(.distinctInSelect) }
            kind = .select(try parseColumns(of: keyword))
        case .summarize:
            kind = try parseSummary()
        case .sort:
            if at(.by), nextIsOperandOnSameLine || token(after: 1).symbol == .minus { throw failWithHabit((.sortBy, 1)) }
            try expectOperand(of: keyword, "a key")
            kind = .sort(try parseSortKeys(after: "sort"))
        case .take:
            kind = .take(try parseOperand(of: keyword, "a number"))
        case .skip:
            kind = .skip(try parseOperand(of: keyword, "a number"))
        case .distinct:
            kind = .distinct
        case .follow:
            kind = .follow(try parseLinks())
        case .pivot:
            kind = .pivot(try parseOperand(of: keyword, "a key"))
        case .as:
            kind = .asOf(try parseAsOf())
        default:
            preconditionFailure("\(keyword) begins no clause")
        }
        return Clause(kind, at: span(from: first))
    }

    /// Says what a clause needs if its line ends or another clause begins right behind its keyword.
    private mutating func expectOperand(of keyword: Keyword, _ what: String) throws(StatementAbandoned) {
        let isMissing: Bool
        switch current.kind {
        case .end, .pipe: isMissing = true
        case .word(let next?):
            isMissing = isOnNewLine || (next.isClause && nextIsOperandOnSameLine) || (next.isInfix && next != .in && next != .ago)
        case .symbol(let symbol):
            isMissing = isOnNewLine || (symbol != .leftParenthesis && symbol != .minus && symbol != .range && symbol != .star)
        default: isMissing = isOnNewLine
        }
        if isMissing, !at(.leftBracket) || isOnNewLine {
            throw fail(.clauseNeeds(keyword, what: what, found: found))
        }
    }

    private mutating func parseOperand(of keyword: Keyword, _ what: String) throws(StatementAbandoned) -> Expression {
        try expectOperand(of: keyword, what)
        return try parseExpression()
    }

    private mutating func parseColumns(of keyword: Keyword) throws(StatementAbandoned) -> [ColumnItem] {
        try expectOperand(of: keyword, "a column")
        let columns = try parseColumns()
        // A name behind a column is more likely a column without its comma than a misspelt clause.
        if current.isName, !isAtStatementEnd, !(current.keyword?.isClause ?? false), openers.isEmpty, current.keyword != .by {
            throw failWithUnexpected(clausesCanFollow: true, betweenColumns: true)
        }
        return columns
    }

    /// `n = EXPR, EXPR, …`
    mutating func parseColumns() throws(StatementAbandoned) -> [ColumnItem] {
        var items: [ColumnItem] = []
        while true {
            var name: Name?
            if current.isName, token(after: 1).symbol == .equal {
                name = takeName()
                advance()
                try expectOperand(after: "=")
            }
            items.append(ColumnItem(name: name, value: try parseExpression()))
            guard at(.comma) else { return items }
            advance()
            try expectOperand(after: ",")
        }
    }

    private mutating func parseSummary() throws(StatementAbandoned) -> Clause.Kind {
        var columns: [ColumnItem] = []
        if !at(.by) || isOnNewLine {
            columns = try parseColumns(of: .summarize)
        }
        guard take(.by) else { return .summarize(columns, by: []) }
        try expectOperand(after: "by")
        return .summarize(columns, by: try parseColumns())
    }

    /// The date of `as of DATE`.
    private mutating func parseAsOf() throws(StatementAbandoned) -> Expression {
        if current.isName, !isOnNewLine, !current.isWord("of") {
            throw fail(.habit(.alias(current.text)), at: span(of: tokens[index - 1]).joined(with: currentSpan))
        }
        guard current.isWord("of") else { throw fail(.wordExpected("of", in: "`as of DATE`", found: found)) }
        advance()
        if isOnNewLine || current.isEnd { throw fail(.clauseNeeds(.as, what: "a date", found: found)) }
        return try parseExpression()
    }

    /// `KEY, -KEY`: a minus before the whole key turns its order round.
    mutating func parseSortKeys(after word: String) throws(StatementAbandoned) -> [SortKey] {
        var keys: [SortKey] = []
        var before = word
        while true {
            try expectOperand(after: before)
            let isDescending = take(.minus)
            if isDescending { try expectOperand(after: "-") }
            keys.append(SortKey(try parseExpression(), descending: isDescending))
            guard at(.comma) else { return keys }
            advance()
            before = ","
        }
    }

    private mutating func parseLinks() throws(StatementAbandoned) -> [Expression] {
        var links = [try parseOperand(of: .follow, "a link")]
        while at(.comma) {
            advance()
            try expectOperand(after: ",")
            links.append(try parseExpression())
        }
        return links
    }

    // MARK: Delivery

    /// `format json`, `into "file.csv"` and `| command`.
    mutating func parseDelivery(into delivery: inout Delivery) throws(StatementAbandoned) {
        let first = index
        if case .pipe = current.kind {
            try parsePipe(into: &delivery)
        } else if at(.format) {
            if delivery.format != nil || delivery.chart != nil {
                throw fail(.deliveredTwice("format"), at: currentSpan)
            }
            advance()
            guard current.isName, !isOnNewLine else { throw fail(.formatMissing(found: found)) }
            let word = current.text.lowercased()
            guard let format = OutputFormat(rawValue: word) else {
                throw fail(.formatUnknown(current.text, meant: OutputFormat.meant(by: word)))
            }
            advance()
            delivery.format = format
        } else if at(.chart) {
            if delivery.format != nil || delivery.chart != nil { throw fail(.deliveredTwice("chart"), at: currentSpan) }
            advance()
            guard current.isName, !isOnNewLine else { throw fail(.clauseNeeds(.chart, what: "a kind", found: found)) }
            guard let kind = ChartKind(rawValue: current.text.lowercased()) else { throw fail(.chartUnknown(current.text)) }
            advance()
            delivery.chart = kind
        } else {
            if delivery.file != nil { throw fail(.deliveredTwice("into"), at: currentSpan) }
            advance()
            guard let path = current.textLiteral, !isOnNewLine else { throw fail(.fileMissing(found: found)) }
            advance()
            delivery.file = (path, span(from: first))
        }
    }

    private mutating func parsePipe(into delivery: inout Delivery) throws(StatementAbandoned) {
        let command = current.text
        let firstWord = command.prefix { $0.isLetter }.lowercased()
        // No Unix command has these names, so someone from KQL or PRQL means a clause.
        if let keyword = Keyword(rawValue: firstWord), [.where, .select, .summarize, .take].contains(keyword) {
            throw fail(.clauseAfterPipe(keyword, command: command))
        }
        delivery.command = (command, currentSpan)
        advance()
    }
}
