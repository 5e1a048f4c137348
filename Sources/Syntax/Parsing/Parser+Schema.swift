extension Parser {
    /// `entity account (accounts) from "Account.csv" { … }`
    mutating func parseEntity() throws(StatementAbandoned) -> EntityDeclaration {
        advance()
        let name = try expectName("the name of the entity")
        let plural = try parseNameInParentheses("the plural")
        var file: String?
        var fileSpan: Span?
        if current.isWord("from") {
            advance()
            fileSpan = currentSpan
            file = try expectText("the file of the entity")
        }
        var fields: [EntityDeclaration.Field] = []
        if at(.leftBrace), !isOnNewLine {
            open()
            while current.isName {
                fields.append(try parseField())
                _ = take(.comma)
            }
            if !at(.rightBrace), !current.isEnd { throw fail(.nameExpected(what: "a field or `}`", found: found)) }
            try close()
        }
        return EntityDeclaration(name: name, plural: plural, file: file, fileSpan: fileSpan, fields: fields)
    }

    private mutating func parseNameInParentheses(_ what: String) throws(StatementAbandoned) -> Name? {
        guard at(.leftParenthesis), !isOnNewLine else { return nil }
        open()
        let name = try expectName(what)
        try close()
        return name
    }

    /// `owner: user from "OwnerId" (accounts)`
    private mutating func parseField() throws(StatementAbandoned) -> EntityDeclaration.Field {
        let doc = text.docs[index]
        let name = takeName()
        try expect(.colon, in: "`FIELD: TYPE`")
        guard current.isName else { throw fail(.typeExpected(found: found)) }
        let type = takeName()
        var marks: [EntityDeclaration.Field.Mark] = []
        while current.isWord, token(after: 1).symbol != .colon,
            let mark = EntityDeclaration.Field.Mark(rawValue: current.text.lowercased())
        {
            advance()
            if !marks.contains(mark) { marks.append(mark) }
        }
        var column: String?
        if current.isWord("from"), token(after: 1).symbol != .colon {
            advance()
            column = try expectText("the column of the field")
        }
        let inverse = try parseNameInParentheses("the name of the way back")
        return EntityDeclaration.Field(name: name, type: type, marks: marks, column: column, inverse: inverse, doc: doc)
    }

    /// `link person.knows: person from "knows.csv" (from_id, to_id) both ways (known_by) { since: date }`
    mutating func parseLink() throws(StatementAbandoned) -> LinkDeclaration {
        let place = "`link ENTITY.NAME: ENTITY from FILE (FROM, TO)`"
        advance()
        let entity = try expectName("the entity that the link begins at")
        try expect(.dot, in: place)
        let name = try expectName("the name of the link")
        try expect(.colon, in: place)
        let target = try expectName("the entity that the link leads to")
        try expectWord("from", in: place)
        let fileSpan = currentSpan
        let file = try expectText("the file of the link")
        try expectOpen(.leftParenthesis, in: place)
        let fromColumn = try expectName("a column")
        try expect(.comma, in: place)
        let toColumn = try expectName("a column")
        try close()
        var bothWays = false
        if current.isWord("both"), !isOnNewLine {
            advance()
            try expectWord("ways", in: "`both ways`")
            bothWays = true
        }
        let inverse = try parseNameInParentheses("the name of the way back")
        var facts: [(name: Name, type: Name)] = []
        if at(.leftBrace), !isOnNewLine {
            open()
            while current.isName {
                let fact = takeName()
                try expect(.colon, in: "`FACT: TYPE`")
                guard current.isName else { throw fail(.typeExpected(found: found)) }
                facts.append((fact, takeName()))
                _ = take(.comma)
            }
            if !at(.rightBrace), !current.isEnd { throw fail(.nameExpected(what: "a fact or `}`", found: found)) }
            try close()
        }
        return LinkDeclaration(
            entity: entity, name: name, target: target, file: file, fileSpan: fileSpan, fromColumn: fromColumn,
            toColumn: toColumn, bothWays: bothWays, inverse: inverse, facts: facts)
    }

    /// `history deal.stage from "deal_changes.csv" (deal_id, at, stage)`, with a fourth column for the value until then.
    mutating func parseHistory() throws(StatementAbandoned) -> HistoryDeclaration {
        let place = "`history ENTITY.FIELD from FILE (RECORD, TIME, VALUE)`"
        advance()
        let entity = try expectName("the entity that has the field")
        try expect(.dot, in: place)
        let field = try expectName("the field that has a history")
        try expectWord("from", in: place)
        let fileSpan = currentSpan
        let file = try expectText("the file of the history")
        try expectOpen(.leftParenthesis, in: place)
        var columns = [try expectName("the column of the record")]
        for what in ["the column of the time", "the column of the value"] {
            try expect(.comma, in: place)
            columns.append(try expectName(what))
        }
        var earlier: Name?
        if take(.comma) { earlier = try expectName("the column of the value until then") }
        try close()
        return HistoryDeclaration(
            entity: entity, field: field, file: file, fileSpan: fileSpan, recordColumn: columns[0], timeColumn: columns[1],
            valueColumn: columns[2], earlierColumn: earlier)
    }
}
