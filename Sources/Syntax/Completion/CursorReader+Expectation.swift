extension CursorReader {
    static let infixWords = ["and", "or", "in", "not in", "matches"]
    static let units = CalendarUnit.allCases.map { $0.rawValue + "s" }

    /// What can stand behind the last token.
    func expectation() -> CursorPlace.Expectation {
        guard let last, tokens.count > questionStart else { return .source }
        let index = tokens.count - 1
        if case .text = place.typed.form { return textExpectation(index) }
        if last.symbol == .doubleColon, index > 0 { return .definition(ofPerspective: tokens[index - 1].text) }
        if let expectation = comparisonExpectation(index) ?? eachExpectation(index) { return expectation }
        if last.symbol == .dot {
            return chain(endingAt: index - 1).map { .member(of: $0) } ?? .nothing
        }
        if let expectation = combinationExpectation(index) ?? pathExpectation(index) ?? evidenceExpectation(index) {
            return expectation
        }
        if openers.isEmpty, let expectation = clauseExpectation(index) { return expectation }
        if let expectation = wordExpectation(index) { return expectation }
        if isColumnName(before: index) { return .operand }
        if let comparison = comparison(at: index) { return comparison }
        if endsOperand(index) { return continuation(index) }
        if clause == nil, openers.isEmpty, index < segmentStart || last.keyword == .explain { return .source }
        return .operand
    }

    /// Texts stand on the right of comparisons and name records; elsewhere nothing is known of them.
    private func textExpectation(_ index: Int) -> CursorPlace.Expectation {
        if let comparison = comparison(at: index) { return comparison }
        let last = tokens[index]
        if last.symbol == .leftBracket, index > questionStart, let set = chain(endingAt: index - 1) {
            return .recordName(of: set)
        }
        if last.isName, !(last.keyword?.isInfix ?? false), last.keyword != .into {
            return .recordName(of: Expression(.name(Name(last.text, at: span(index))), at: span(index)))
        }
        return .nothing
    }

    /// `compare ENTITY.NAME across PERSPECTIVE, PERSPECTIVE`.
    private func comparisonExpectation(_ index: Int) -> CursorPlace.Expectation? {
        guard clause == nil, openers.isEmpty, tokens[questionStart].keyword == .compare, !isExpression else { return nil }
        if index == questionStart { return .entity }
        if tokens[questionStart...].contains(where: { $0.isWord("across") }) {
            return tokens[index].symbol == .comma || tokens[index].isWord("across")
                ? .perspective : .continuation(words: [], clauses: true)
        }
        guard tokens[index].symbol == .dot else { return endsOperand(index) ? .words(["across"]) : nil }
        let records = parse(SourceText(name: "<prompt>", text: slice(questionStart + 1, index))).statements.first?.kind
        guard case .question(let question)? = records, case .expression(let set) = question.source else { return .nothing }
        return .comparable(of: set)
    }

    /// `each UNIT in PERIOD`.
    private func eachExpectation(_ index: Int) -> CursorPlace.Expectation? {
        guard clause == nil, openers.isEmpty, tokens[questionStart].keyword == .each, !isExpression else { return nil }
        switch index - questionStart {
        case 0: return .words(["day", "week", "month", "quarter", "year"])
        case 1: return CalendarUnit(word: tokens[index].text) == nil ? nil : .words(["in"])
        case 2: return tokens[index].keyword == .in ? .words(["last", "this", "next"]) : nil
        default: return endsOperand(index) ? .continuation(words: [], clauses: true) : nil
        }
    }

    /// `for NAME in SET, NAME in SET`.
    private func combinationExpectation(_ index: Int) -> CursorPlace.Expectation? {
        guard clause == nil, tokens[questionStart].keyword == .for, openers.isEmpty else { return nil }
        let last = tokens[index]
        if index == questionStart { return .nothing }
        if last.symbol == .comma { return .nothing }
        if last.isName, last.keyword != .in, tokens[index - 1].keyword == .for || tokens[index - 1].symbol == .comma {
            return .words(["in"])
        }
        return last.keyword == .in ? .operand : nil
    }

    /// Directly behind the keyword of a clause, or where a clause has only one word.
    private func clauseExpectation(_ index: Int) -> CursorPlace.Expectation? {
        if clause == nil, tokens[questionStart].keyword == .ask {
            return index == questionStart ? .question : endsOperand(index) ? continuation(index) : .operand
        }
        switch clause {
        case .format:
            return index == segmentStart
                ? .words(OutputFormat.allCases.map(\.rawValue)) : .continuation(words: [], clauses: true)
        case .chart:
            return index == segmentStart
                ? .words(ChartKind.allCases.map(\.rawValue)) : .continuation(words: [], clauses: true)
        case .into: return index == segmentStart ? .nothing : .continuation(words: [], clauses: true)
        case .distinct: return .continuation(words: [], clauses: true)
        case .follow: return index == segmentStart || tokens[index].symbol == .comma ? .link : nil
        case .take, .skip:
            return endsOperand(index) ? .continuation(words: [], clauses: true) : nil
        case .as: return .nothing
        default: return nil
        }
    }

    /// Units behind numbers, calendar words, `per all` and `ago`.
    private func wordExpectation(_ index: Int) -> CursorPlace.Expectation? {
        let last = tokens[index]
        if case .literal(.number) = last.kind {
            return .continuation(words: Self.units + continuationWords(index), clauses: openers.isEmpty && !isExpression)
        }
        if last.isWord, index > segmentStart, !endsOperand(index - 1) {
            switch last.text.lowercased() {
            case "last", "this", "next":
                return .continuation(words: CalendarUnit.allCases.dropFirst(3).map(\.rawValue), clauses: false)
            default: break
            }
        }
        if index > segmentStart, last.isWord, CalendarUnit(word: last.text) != nil,
            case .literal(.number) = tokens[index - 1].kind
        {
            return .continuation(words: ["ago"] + continuationWords(index), clauses: openers.isEmpty && !isExpression)
        }
        return nil
    }

    /// `tier =`, `tier in (`, `tier in ("gold",`: what is compared with what stands at the cursor.
    private func comparison(at index: Int) -> CursorPlace.Expectation? {
        var index = index
        var isList = false
        if let opener = openers.last, tokens[opener].symbol == .leftParenthesis, opener > questionStart,
            tokens[opener - 1].keyword == .in, opener == index || tokens[index].symbol == .comma
        {
            index = opener - 1
            isList = true
        }
        let comparison = comparisonSymbol(at: index)
        let isIn = tokens[index].keyword == .in
        guard isIn || comparison != nil, index > segmentStart || isList else { return nil }
        if isColumnName(before: index) { return nil }
        let end = isIn && index > 0 && tokens[index - 1].keyword == .not ? index - 2 : index - 1
        guard end >= questionStart, endsOperand(end), let left = chain(endingAt: end) else { return nil }
        return .comparand(of: left, isList ? .equal : isIn ? .isIn : comparison ?? .equal)
    }

    /// The comparison that a token is, if it is one by a sign. (A function of its own: the optimizer of Swift 6.3 trips over the token's
    /// lifetime where this stands in line.)
    private func comparisonSymbol(at index: Int) -> BinaryOperator? {
        guard let symbol = tokens[index].symbol, let found = BinaryOperator(rawValue: symbol.rawValue) else { return nil }
        switch found {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains: return found
        default: return nil
        }
    }

    private func continuation(_ index: Int) -> CursorPlace.Expectation {
        .continuation(words: continuationWords(index), clauses: openers.isEmpty && !isExpression)
    }

    /// The words that can go on behind an operand, the likeliest first.
    private func continuationWords(_ index: Int) -> [String] {
        var words: [String] = []
        if let word = openConditional() { words.append(word) }
        if let opener = openers.last {
            if tokens[opener].symbol == .leftParenthesis, opener > questionStart, tokens[opener - 1].isName {
                let function = tokens[opener - 1].text.lowercased()
                words.append(["first", "last", "top"].contains(function) ? "by" : "where")
            }
            return words + Self.infixWords
        }
        switch clause {
        case nil: return isExpression ? words + Self.infixWords : words
        case .where: return words + Self.infixWords
        case .summarize where !tokens[segmentStart...].contains { $0.keyword == .by }: words.append("by")
        default: break
        }
        return words + (clause == .sort || clause == .follow || clause == .pivot ? [] : ["per"]) + Self.infixWords
    }

    /// The word that an `if` which has begun within the same brackets still wants.
    private func openConditional() -> String? {
        var wanted: [String] = []
        for index in ((openers.last ?? segmentStart - 1) + 1)..<tokens.count {
            switch tokens[index].keyword {
            case .if: wanted.append("then")
            case .then: if !wanted.isEmpty { wanted[wanted.count - 1] = "else" }
            case .else: _ = wanted.popLast()
            default: break
            }
        }
        return wanted.last
    }

    /// Whether the token is the `=` of a new column: `with n =`, `select a, n =`.
    func isColumnName(before index: Int) -> Bool {
        guard tokens[index].symbol == .equal, index >= questionStart + 2, tokens[index - 1].isName else { return false }
        let opener = openers.last { $0 < index }
        let before = tokens[index - 2]
        if let opener {
            guard tokens[opener].symbol == .leftBrace else { return false }
            return index - 2 == opener || before.symbol == .comma
        }
        guard clause == .with || clause == .select || clause == .summarize else { return false }
        return index - 2 == segmentStart || before.symbol == .comma || before.keyword == .by
    }

    // MARK: Operands

    /// Whether an operand can end with a token.
    func endsOperand(_ index: Int) -> Bool {
        guard index >= 0 else { return false }
        let token = tokens[index]
        switch token.kind {
        case .literal, .quotedName: return true
        case .symbol(let symbol): return symbol.isCloser
        case .pipe, .end: return false
        case .word(let keyword?):
            if index > 0, tokens[index - 1].symbol == .dot || tokens[index - 1].symbol == .doubleColon { return true }
            switch keyword {
            case .ago: return true
            case .distinct: return !(index > 0 && tokens[index - 1].symbol == .leftParenthesis)
            case .not, .any, .no, .if, .for, .ask, .explain, .let, .define, .param: return false
            default: return !keyword.isInfix && !keyword.isClause
            }
        case .word(nil): return true
        }
    }

    /// The names, calls and brackets that end at a token and belong together: `a.people[x].touches`, parsed.
    func chain(endingAt end: Int) -> Expression? {
        guard let start = chainStart(end) else { return nil }
        let text = slice(start, end + 1)
        guard case .question(let question)? = parse(SourceText(name: "<prompt>", text: text)).statements.first?.kind,
            case .expression(let expression) = question.source
        else { return nil }
        return expression
    }

    private func chainStart(_ end: Int) -> Int? {
        var index = end
        while index >= questionStart {
            let token = tokens[index]
            if let symbol = token.symbol {
                guard symbol.isCloser, let opener = opener(of: index) else { return nil }
                index = opener
                let before = index - 1
                guard before >= questionStart else { return index }
                if tokens[before].symbol == .dot {
                    index = before - 1
                } else if tokens[opener].symbol == .leftParenthesis {
                    guard tokens[before].isName, endsOperand(before) else { return index }
                    index = before
                } else {
                    index = before
                }
            } else if token.isName || token.isLiteral {
                guard index > questionStart else { return index }
                if tokens[index - 1].symbol == .doubleColon, index - 2 >= questionStart {
                    index -= 2
                } else if tokens[index - 1].symbol == .dot {
                    index -= 2
                } else if token.textLiteral != nil, tokens[index - 1].isName, endsOperand(index - 1) {
                    index -= 1
                } else {
                    return index
                }
            } else {
                return nil
            }
        }
        return nil
    }

    private func opener(of closer: Int) -> Int? {
        var depth = 0
        for index in stride(from: closer, through: questionStart, by: -1) {
            guard let symbol = tokens[index].symbol else { continue }
            if symbol.isCloser { depth += 1 } else if symbol.closer != nil { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
