/// Perspectives, types of relationships and goals.
extension Parser {
    /// `perspective NAME "DESCRIPTION" { … }`: what it holds is parsed statement by statement, so that several mistakes are told at once.
    mutating func parsePerspective() throws(StatementAbandoned) -> PerspectiveDeclaration {
        let first = index
        advance()
        let name = takeName()
        let description = try parseDescription()
        var statements: [Statement] = []
        try parseBlock(in: "`perspective NAME { … }`") { parser throws(StatementAbandoned) in
            let before = parser.index
            do throws(StatementAbandoned) {
                let statement = try parser.parseStatement()
                guard statement.canStandInPerspective else { throw parser.failInPerspective(statement, opened: first) }
                try parser.expectStatementEnd(after: statement.kind)
                statements.append(statement)
            } catch {
                guard parser.diagnostics.count < Parser.diagnosticLimit else { throw error }
                parser.skipToNextStatement(from: before)
                parser.openers = []
                if parser.index == before { parser.advance() }
            }
        }
        return PerspectiveDeclaration(name: name, description: description, statements: statements)
    }

    private mutating func failInPerspective(_ statement: Statement, opened first: Int) -> StatementAbandoned {
        let note = Diagnostic.Note("in this perspective; is its `}` missing?", at: span(of: tokens[first]))
        return fail(.notInPerspective, at: statement.span, notes: [note])
    }

    /// `relationship NAME "DESCRIPTION" { when … needs … worth … cost … experience … }`
    mutating func parseRelationship() throws(StatementAbandoned) -> RelationshipDeclaration {
        advance()
        let name = takeName()
        let description = try parseDescription()
        let place = "`relationship NAME { when CONDITION }`"
        let words = ["when", "needs", "worth", "cost", "experience"]
        var needs: [String] = []
        var experience: String?
        var values: [String: Expression] = [:]
        var seen: Set<String> = []
        try parseBlock(in: place) { parser throws(StatementAbandoned) in
            let word = try parser.takeEntry(words, seen: &seen)
            switch word {
            case "needs":
                needs.append(try parser.expectText("what the relationship needs"))
                while parser.take(.comma) { needs.append(try parser.expectText("what the relationship needs")) }
            case "experience": experience = try parser.expectText("how the relationship is lived")
            default:
                try parser.expectOperand(after: word)
                values[word] = try parser.parseExpression()
            }
        }
        guard let condition = values["when"] else { throw fail(.entryMissing("when", in: place), at: name.span) }
        return RelationshipDeclaration(
            name: name, description: description, condition: condition, needs: needs, worth: values["worth"],
            cost: values["cost"], experience: experience)
    }

    /// `goal NAME "DESCRIPTION" { measure … from V on DATE V by DATE target V by DATE }`; what begins with none of these words is a
    /// mile-marker.
    mutating func parseGoal() throws(StatementAbandoned) -> GoalDeclaration {
        advance()
        let name = takeName()
        let description = try parseDescription()
        let place = "`goal NAME { measure VALUE; from VALUE on DATE; target VALUE by DATE }`"
        var measure: Expression?
        var ends: [String: GoalDeclaration.Point] = [:]
        var markers: [GoalDeclaration.Point] = []
        var seen: Set<String> = []
        try parseBlock(in: place) { parser throws(StatementAbandoned) in
            guard Self.goalWords.contains(parser.current.text.lowercased()), parser.current.isWord else {
                return markers.append(try parser.parsePoint("by"))
            }
            let word = try parser.takeEntry(Self.goalWords, seen: &seen)
            try parser.expectOperand(after: word)
            if word == "measure" {
                measure = try parser.parseExpression()
            } else {
                ends[word] = try parser.parsePoint(word == "from" ? "on" : "by")
            }
        }
        guard let measure else { throw fail(.entryMissing("measure", in: place), at: name.span) }
        guard let start = ends["from"] else { throw fail(.entryMissing("from", in: place), at: name.span) }
        guard let target = ends["target"] else { throw fail(.entryMissing("target", in: place), at: name.span) }
        return GoalDeclaration(
            name: name, description: description, measure: measure, start: start, markers: markers, target: target)
    }

    static let goalWords = ["measure", "from", "target"]

    /// `85% by 2026-06-30`
    private mutating func parsePoint(_ word: String) throws(StatementAbandoned) -> GoalDeclaration.Point {
        let value = try parseExpression()
        let form = "`VALUE \(word) DATE`"
        guard current.isWord(word), !isOnNewLine else { throw fail(.wordExpected(word, in: form, found: found)) }
        advance()
        try expectOperand(after: word)
        return GoalDeclaration.Point(value: value, day: try parseExpression())
    }

    private mutating func parseDescription() throws(StatementAbandoned) -> String? {
        current.textLiteral == nil || isOnNewLine ? nil : try expectText("a description")
    }

    /// The word that begins an entry, each of which may stand once.
    private mutating func takeEntry(_ words: [String], seen: inout Set<String>) throws(StatementAbandoned) -> String {
        let word = current.text.lowercased()
        guard current.isWord, words.contains(word) else {
            let near = current.isWord ? nearest(to: word, among: words, limit: 1).first : nil
            let instead: Found = current.isName ? .word(current.text) : found
            throw fail(.entryExpected(words, found: instead, nearest: near), at: current.isEnd ? nil : currentSpan)
        }
        guard seen.insert(word).inserted else { throw fail(.entryTwice(word), at: currentSpan) }
        advance()
        return word
    }

    /// Goes through the braces of a declaration, an entry at a time. Unlike in other brackets, the end of a line ends an entry.
    private mutating func parseBlock(
        in place: String, _ entry: (inout Parser) throws(StatementAbandoned) -> Void
    ) throws(StatementAbandoned) {
        try expectOpen(.leftBrace, in: place)
        let outer = openers
        openers = []
        blockDepth += 1
        defer { blockDepth -= 1 }
        while !at(.rightBrace), !current.isEnd {
            if take(.semicolon) { continue }
            do throws(StatementAbandoned) {
                try entry(&self)
            } catch {
                openers = outer + openers
                throw error
            }
        }
        openers = outer
        try close()
    }

    // MARK: Comparing perspectives

    /// `compare ENTITY.DEFINITION across PERSPECTIVE, PERSPECTIVE`
    mutating func parseCompare() throws(StatementAbandoned) -> Source {
        let first = index
        let form = "`compare ENTITY.NAME across PERSPECTIVE, PERSPECTIVE`"
        advance()
        let value = try parsePostfix()
        let parts: (records: Expression, definition: Name, arguments: [Argument]?)
        switch value.kind {
        case .member(let base, let name): parts = (base, name, nil)
        case .memberCall(let base, let name, let arguments): parts = (base, name, arguments)
        default: throw fail(.comparesDefinition, at: value.span)
        }
        guard current.isWord("across") else { throw fail(.wordExpected("across", in: form, found: found)) }
        advance()
        if beginsDay {
            let before = try parseExpression()
            try expect(.comma, in: "`compare ENTITY.NAME across DATE, DATE`")
            try expectOperand(after: ",")
            let after = try parseExpression()
            return .compareDays(
                DayComparison(
                    records: parts.records, name: parts.definition, arguments: parts.arguments, before: before, after: after,
                    at: span(from: first)))
        }
        var perspectives: [Name] = []
        while true {
            guard current.isName, !(current.keyword?.isClause ?? false) else {
                throw fail(.nameExpected(what: "the name of a perspective", found: found))
            }
            perspectives.append(takeName())
            if perspectives.count > 1, !at(.comma) { break }
            try expect(.comma, in: form)
        }
        return .compare(
            PerspectiveComparison(
                records: parts.records, definition: parts.definition, arguments: parts.arguments, perspectives: perspectives,
                at: span(from: first)))
    }
}

extension Parser {
    /// Whether a day stands here rather than the name of a perspective.
    private var beginsDay: Bool {
        if current.isLiteral { return true }
        return ["today", "yesterday", "last", "this"].contains(current.text.lowercased()) && !isOnNewLine
    }
}

extension Statement {
    /// Whether it says what something means to some people, rather than asking or changing the session.
    fileprivate var canStandInPerspective: Bool {
        switch kind {
        case .define, .declareQuestion, .relationship, .goal: true
        default: false
        }
    }
}
