/// Finds the statement, the clause and the brackets in which a cursor stands, from the tokens before it.
struct CursorReader {
    let text: String
    let source: SourceText
    /// The tokens before what is being typed, without the end.
    let tokens: [Token]
    private let parser: Parser
    var place: CursorPlace
    /// Where the question begins, and the clause or, before any clause, the source of it.
    var questionStart = 0
    var segmentStart = 0
    /// The keyword of the clause; none in the source.
    var clause: Keyword?
    /// Whether the statement holds a value and no question: `define`, `param`.
    var isExpression = false
    /// The brackets that are open, of the whole statement and then of the clause.
    var openers: [Int] = []
    /// Whether the statement stands within the braces of a perspective.
    private var isInPerspective = false

    init(_ tokenized: TokenizedText, typed: CursorPlace.Typed, text: String) {
        self.text = text
        source = SourceText(name: "<prompt>", text: text)
        tokens = Array(tokenized.tokens.dropLast())
        parser = Parser(tokenized)
        place = CursorPlace(typed: typed, expectation: .nothing)
    }

    mutating func read() -> CursorPlace {
        let start = statementStart()
        if start > 0 { place.earlier = parse(SourceText(name: "<prompt>", text: slice(0, start))).statements }
        questionStart = start
        if start == tokens.count {
            place.expectation = statementExpectation(continues: false)
            return place
        }
        openers = openBrackets(from: start)
        if beginsNewLine, openers.isEmpty, !wantsMore(tokens[tokens.count - 1], before: tokens.dropLast().last) {
            place.expectation = statementExpectation(continues: true)
            return place
        }
        if let expectation = readHead() {
            place.expectation = expectation
            return place
        }
        guard questionStart < tokens.count else {
            place.expectation = .source
            return place
        }
        findClause()
        readEnclosures()
        place.expectation = expectation()
        return place
    }

    var last: Token? { tokens.last }

    /// The text from one token up to another, exclusive.
    func slice(_ from: Int, _ to: Int) -> String {
        from < to ? source.slice(tokens[from].lower, tokens[to - 1].upper) : ""
    }

    private var beginsNewLine: Bool {
        guard let last else { return true }
        return source.slice(last.upper, place.typed.lower).contains("\n")
    }

    // MARK: Statements

    private func statementExpectation(continues: Bool) -> CursorPlace.Expectation {
        isInPerspective ? .words(["define", "question", "relationship", "goal"]) : .statement(continues: continues)
    }

    /// The statements of a perspective are statements of their own.
    private mutating func statementStart() -> Int {
        var start = 0
        var depth = 0
        for (index, token) in tokens.enumerated() {
            if index > start, token.startsLine, depth == 0, !parser.continuesStatement(index),
                !wantsMore(tokens[index - 1], before: index > 1 ? tokens[index - 2] : nil)
            {
                start = index
            }
            guard let symbol = token.symbol else { continue }
            if symbol == .leftBrace, depth == 0, tokens[start].keyword == .perspective, index - start > 1 {
                (start, isInPerspective) = (index + 1, true)
            } else if symbol == .rightBrace, depth == 0, isInPerspective {
                (start, isInPerspective) = (index + 1, false)
            } else if symbol.closer != nil {
                depth += 1
            } else if symbol.isCloser {
                depth = max(0, depth - 1)
            } else if symbol == .semicolon, depth == 0 {
                start = index + 1
            }
        }
        return start
    }

    func openBrackets(from start: Int) -> [Int] {
        var open: [Int] = []
        for index in start..<max(start, tokens.count) {
            guard let symbol = tokens[index].symbol else { continue }
            if symbol.closer != nil { open.append(index) } else if symbol.isCloser { _ = open.popLast() }
        }
        return open
    }

    /// Reads what stands before the question in a declaration; answers what is expected there if the question has not begun.
    private mutating func readHead() -> CursorPlace.Expectation? {
        let first = questionStart
        let count = tokens.count - first
        // A word that begins a statement is one only before another word; alone it is one because nobody completes behind a name.
        guard count == 1 || tokens[first + 1].isName else { return nil }
        switch tokens[first].keyword {
        case .explain:
            questionStart = first + 1
            return nil
        case .why:
            questionStart = first + 1
            isExpression = true
            return questionStart < tokens.count ? nil : .operand
        case .describe: return describeExpectation(first)
        case .use: return count == 1 ? .perspective : .nothing
        case .entity, .link, .history, .perspective: return .nothing
        case .relationship: return readEntries(first, ["when", "needs", "worth", "cost", "experience"])
        case .goal: return readEntries(first, Parser.goalWords)
        case .let:
            guard let equal = symbolIndex(.equal, from: first) else { return .nothing }
            questionStart = equal + 1
            return nil
        case .define, .param: return readDeclaration(first)
        case .question: return readQuestionHead(first)
        default: return nil
        }
    }

    private func describeExpectation(_ first: Int) -> CursorPlace.Expectation {
        if last?.symbol == .doubleColon, tokens.count - first == 3 { return .definition(ofPerspective: tokens[first + 1].text) }
        if last?.symbol == .dot, tokens.count - first == 3 {
            return .member(of: Expression(.name(Name(tokens[first + 1].text, at: span(first + 1))), at: span(first + 1)))
        }
        return tokens.count - first == 1 ? .thing : .nothing
    }

    private mutating func readDeclaration(_ first: Int) -> CursorPlace.Expectation? {
        guard let equal = symbolIndex(.equal, from: first) else {
            if last?.symbol == .colon { return .type }
            return tokens.count - first == 1 && tokens[first].keyword == .define ? .entity : .nothing
        }
        let head = parse(SourceText(name: "<prompt>", text: slice(first, equal) + " = none")).statements.first?.kind
        if case .define(let definition)? = head {
            place.owner = definition.entity
            place.parameters = definition.parameters
        }
        questionStart = equal + 1
        isExpression = true
        if questionStart < tokens.count { return nil }
        return .operand
    }

    private mutating func readQuestionHead(_ first: Int) -> CursorPlace.Expectation? {
        guard let brace = symbolIndex(.leftBrace, from: first) else { return last?.symbol == .colon ? .type : .nothing }
        let head = parse(SourceText(name: "<prompt>", text: slice(first, brace) + " { 1 }")).statements.first?.kind
        if case .declareQuestion(let question)? = head { place.parameters = question.parameters }
        openers.removeAll { $0 == brace }
        questionStart = brace + 1
        return nil
    }

    /// Within the braces of a relationship or a goal: the words that begin an entry, or what stands behind the last of them.
    private mutating func readEntries(_ first: Int, _ words: [String]) -> CursorPlace.Expectation? {
        guard let brace = symbolIndex(.leftBrace, from: first) else { return .nothing }
        openers.removeAll { $0 == brace }
        let entry = tokens[(brace + 1)...].lastIndex { $0.isWord && words.contains($0.text.lowercased()) }
        guard let entry, !(openers.isEmpty && beginsNewLine && entry < tokens.count - 1) else { return .words(words) }
        if ["needs", "experience"].contains(tokens[entry].text.lowercased()) { return .nothing }
        if tokens[first].keyword == .relationship { place.owner = Name("account", at: span(entry)) }
        questionStart = entry + 1
        isExpression = true
        return questionStart < tokens.count ? nil : .operand
    }

    /// The first such symbol outside of brackets.
    private func symbolIndex(_ wanted: Symbol, from start: Int) -> Int? {
        var depth = 0
        for index in start..<tokens.count {
            guard let symbol = tokens[index].symbol else { continue }
            if depth == 0, symbol == wanted { return index }
            if symbol.closer != nil { depth += 1 } else if symbol.isCloser { depth -= 1 }
        }
        return nil
    }

    func span(_ index: Int) -> Span { Span(source, tokens[index].lower, tokens[index].upper) }

    // MARK: Clauses

    /// Parts the question into its source and its clauses and parses those before the cursor's, each by itself, so that a mistake in
    /// one does not hide the others.
    private mutating func findClause() {
        var starts: [Int] = []
        var depth = 0
        for index in questionStart..<tokens.count {
            if depth == 0, beginsClause(index) { starts.append(index) }
            guard let symbol = tokens[index].symbol else { continue }
            if symbol.closer != nil { depth += 1 } else if symbol.isCloser { depth = max(0, depth - 1) }
        }
        openers.removeAll { $0 < (starts.last ?? questionStart) }
        segmentStart = starts.last ?? questionStart
        clause = starts.last.flatMap { tokens[$0].keyword }
        place.isInClause = clause != nil
        let sourceEnd = starts.first ?? sourcePrefixEnd()
        if sourceEnd > questionStart {
            place.source = question(slice(questionStart, sourceEnd))?.source
        } else if starts.first == questionStart {
            place.source = .lastAnswer(span(questionStart))
        }
        if let start = pathStart() { place.source = start }
        for (index, start) in starts.enumerated().dropLast() {
            place.clauses += question(slice(start, starts[index + 1]))?.clauses ?? []
        }
        readEarlierItems()
    }

    /// In the source of the cursor only `for` can be seen: its variables before the one that is being bound.
    private func sourcePrefixEnd() -> Int {
        guard isInCombinations, let comma = lastComma(from: questionStart) else { return questionStart }
        return comma
    }

    var isInCombinations: Bool {
        clause == nil && questionStart < tokens.count && tokens[questionStart].keyword == .for && questionStart + 1 < tokens.count
            && tokens[questionStart + 1].isName
    }

    /// The items of a `with` see the ones before them; those of `summarize` can name them.
    private mutating func readEarlierItems() {
        guard clause == .with || clause == .summarize else { return }
        if clause == .with, let comma = lastComma(from: segmentStart) {
            place.clauses += question(slice(segmentStart, comma))?.clauses ?? []
        } else {
            let names = (segmentStart..<tokens.count).filter { isColumnName(before: $0) }
            place.newNames = names.map { tokens[$0 - 1].text }
        }
    }

    private func lastComma(from start: Int) -> Int? {
        var depth = 0
        var found: Int?
        for index in start..<tokens.count {
            guard let symbol = tokens[index].symbol else { continue }
            if symbol == .comma, depth == 0 { found = index }
            if symbol.closer != nil { depth += 1 } else if symbol.isCloser { depth -= 1 }
        }
        return found
    }

    private func question(_ text: String) -> Question? {
        guard case .question(let question)? = parse(SourceText(name: "<prompt>", text: text)).statements.first?.kind else {
            return nil
        }
        return question
    }

    private func beginsClause(_ index: Int) -> Bool {
        guard let keyword = tokens[index].keyword, keyword.isClause else { return false }
        if index + 1 < tokens.count, tokens[index + 1].symbol == .dot { return false }
        return index == questionStart || endsOperand(index - 1)
    }

    // MARK: Brackets

    /// Finds the sets whose brackets are open at the cursor, and the set over which `first(S by` goes.
    private mutating func readEnclosures() {
        if let set = comparedSet { place.enclosures.append(set) }
        for opener in openers {
            guard let base = setBefore(opener) else { continue }
            place.enclosures.append(base)
        }
    }

    private func setBefore(_ opener: Int) -> Expression? {
        guard opener > questionStart else { return nil }
        switch tokens[opener].symbol {
        case .leftBracket, .leftBrace: return chain(endingAt: opener - 1)
        case .leftParenthesis:
            if tokens[opener - 1].symbol == .dot { return chain(endingAt: opener - 2) }
            // What stands behind `by` sees the records of the set before it.
            guard tokens[opener - 1].isName, let by = lastBy(behind: opener) else { return nil }
            return chain(endingAt: by - 1)
        default: return nil
        }
    }

    /// The `by` of `first(S by`, if the cursor stands behind it and within the same parentheses.
    private func lastBy(behind opener: Int) -> Int? {
        var depth = 0
        var found: Int?
        for index in (opener + 1)..<max(opener + 1, tokens.count) {
            if depth == 0, tokens[index].keyword == .by { found = index }
            guard let symbol = tokens[index].symbol else { continue }
            if symbol.closer != nil { depth += 1 } else if symbol.isCloser { depth -= 1 }
        }
        return found
    }
}
