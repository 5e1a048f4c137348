import Types

/// The whole schema in the language's own words: saved as `schema.crmq` beside the data it gives the same schema again.
///
/// What cannot be declared, such as counts, further names and suggestions, stands in comments.
public func schemaText(_ store: Store) -> String {
    SchemaWriter(schema: store.schema, suggestions: store.suggestions).text()
}

/// One line of an entity in its parts, so that the parts can stand below each other.
private struct SchemaLine {
    var doc: String?
    var name: String
    var type: String
    var marks = ""
    var origin = ""
    var comment = ""
}

private struct SchemaWriter {
    let schema: Schema
    let suggestions: [LinkSuggestion]

    func text() -> String {
        var parts = schema.entities.map(entity)
        let pairs = schema.links.filter(isForward).map(pair)
        if !pairs.isEmpty { parts.append(pairs.joined(separator: "\n")) }
        let histories = schema.entities.flatMap { entity in entity.fields.compactMap { history($0, of: entity) } }
        if !histories.isEmpty { parts.append(histories.joined(separator: "\n")) }
        if !suggestions.isEmpty {
            let lines = suggestions.map { "-- \($0.message(in: schema))\n\(declaration($0))" }
            parts.append(
                "-- Not linked, for want of certainty. To link one, add its line to its entity.\n" + lines.joined(separator: "\n")
            )
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    // MARK: Entities

    private func entity(_ entity: Entity) -> String {
        var header = "-- \(count(entity.rowCount, "row"))"
        if !entity.aliases.isEmpty { header += "; also known as \(entity.aliases.joined(separator: ", "))" }
        var lines = [header]
        lines += docLines(entity.doc, indent: "")
        let plural = entity.plural == entity.name ? "" : " (\(SchemaNames.written(entity.plural)))"
        lines.append("entity \(SchemaNames.written(entity.name))\(plural) from \(SchemaNames.quoted(entity.origin)) {")
        lines += aligned(fieldLines(entity))
        lines.append("}")
        return lines.joined(separator: "\n")
    }

    private func fieldLines(_ entity: Entity) -> [SchemaLine] {
        var lines: [SchemaLine] = []
        for (index, field) in entity.fields.enumerated() {
            let marks = marks(index, entity)
            // The raw values of a link go without saying, unless something is to be said about them.
            if field.links.isEmpty || !marks.isEmpty || field.name != SnakeCase.name(field.header) {
                lines.append(line(field, marks, isImperfectKey: entity.reference == index && entity.key != index))
            }
            for link in field.links { lines.append(line(schema[link], field)) }
        }
        return lines
    }

    private func marks(_ index: Int, _ entity: Entity) -> String {
        var marks: [String] = []
        if entity.reference == index { marks.append("key") }
        if entity.label == index { marks.append("label") }
        if entity.time == index { marks.append("time") }
        return marks.joined(separator: " ")
    }

    private func line(_ field: Types.Field, _ marks: String, isImperfectKey: Bool) -> SchemaLine {
        let comments = [known(field.aliases), isImperfectKey ? "some values are repeated or missing" : ""].filter { !$0.isEmpty }
        return SchemaLine(
            doc: field.doc, name: SchemaNames.written(field.name), type: typeName(field.type), marks: marks,
            origin: origin(field.header, besides: field.name), comment: comments.joined(separator: "; "))
    }

    private func line(_ link: Link, _ field: Types.Field) -> SchemaLine {
        var origin = "from \(SchemaNames.quoted(field.header))"
        if let inverse = link.inverse { origin += " (\(SchemaNames.written(schema[inverse].name)))" }
        var comments: [String] = []
        if !link.aliases.isEmpty { comments.append(known(link.aliases)) }
        if let inverse = link.inverse, !schema[inverse].aliases.isEmpty {
            comments.append("way back " + known(schema[inverse].aliases))
        }
        if case .label = link.origin { comments.append("by label") }
        if link.danglingCount > 0 { comments.append("\(count(link.danglingCount, "value")) without a record") }
        return SchemaLine(
            doc: link.doc, name: SchemaNames.written(link.name), type: typeName(.record(link.to)), origin: origin,
            comment: comments.joined(separator: "; "))
    }

    private func origin(_ header: String, besides name: String) -> String {
        header == name ? "" : "from \(SchemaNames.quoted(header))"
    }

    private func known(_ aliases: [String]) -> String {
        aliases.isEmpty ? "" : "also \(aliases.joined(separator: ", "))"
    }

    private func typeName(_ type: ValueType) -> String {
        switch type {
        case .number: "number"
        case .bool: "bool"
        case .date: "date"
        case .time: "time"
        // A record's type is its entity; in backquotes where that is called like a value type.
        case .record(let entity): SchemaNames.writtenAsType(schema[entity].name)
        default: "text"
        }
    }

    private func aligned(_ lines: [SchemaLine]) -> [String] {
        let widths = (
            name: lines.map(\.name.count).max() ?? 0, type: lines.map(\.type.count).max() ?? 0,
            marks: lines.map(\.marks.count).max() ?? 0, origin: lines.map(\.origin.count).max() ?? 0
        )
        return lines.flatMap { line in
            var text = "  " + padded(line.name + ":", widths.name + 1) + " " + padded(line.type, widths.type)
            if widths.marks > 0 { text += " " + padded(line.marks, widths.marks) }
            if widths.origin > 0 { text += " " + padded(line.origin, widths.origin) }
            if !line.comment.isEmpty { text += "  -- " + line.comment }
            while text.last == " " { text.removeLast() }
            return docLines(line.doc, indent: "  ") + [text]
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func docLines(_ doc: String?, indent: String) -> [String] {
        guard let doc else { return [] }
        return doc.split(separator: "\n", omittingEmptySubsequences: false).map { "\(indent)--- \($0)" }
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    // MARK: Links through pairs

    /// Of the two directions of a table of pairs, the one that is declared.
    private func isForward(_ link: Link) -> Bool {
        guard case .pairs = link.origin else { return false }
        return link.inverse.map { $0.index >= link.id.index } ?? true
    }

    private func pair(_ link: Link) -> String {
        guard case .pairs(let edge, let near, let far, let bothWays) = link.origin else { return "" }
        let columns = [near, far].map { SchemaNames.written(columnName(schema[$0])) }.joined(separator: ", ")
        var text = "link \(SchemaNames.written(schema[link.from].name)).\(SchemaNames.written(link.name))"
        text += ": \(SchemaNames.written(schema[link.to].name)) from \(SchemaNames.quoted(schema[edge].origin)) (\(columns))"
        if bothWays { text += " both ways" }
        if let inverse = link.inverse, inverse != link.id { text += " (\(SchemaNames.written(schema[inverse].name)))" }
        return (docLines(link.doc, indent: "") + [text]).joined(separator: "\n")
    }

    /// The header that a link of a pair comes from, as far as it can be written as a name.
    private func columnName(_ link: Link) -> String {
        switch link.origin {
        case .key(let field), .label(let field): schema[field].header
        case .inverse, .pairs: link.name
        }
    }

    private func history(_ field: Types.Field, of entity: Entity) -> String? {
        guard let history = field.history else { return nil }
        let columns =
            [columnName(schema[history.record])]
            + [history.time, history.value, history.earlier].compactMap { $0.map { schema[$0].header } }
        return "history \(SchemaNames.written(entity.name)).\(SchemaNames.written(field.name)) from "
            + "\(SchemaNames.quoted(schema[history.time.entity].origin)) "
            + "(\(columns.map(SchemaNames.written).joined(separator: ", ")))"
    }

    // MARK: Suggestions

    private func declaration(_ suggestion: LinkSuggestion) -> String {
        let field = schema[suggestion.field]
        let entity = schema[suggestion.field.entity].name
        let type = SchemaNames.writtenAsType(schema[suggestion.target].name)
        return "--   entity \(entity): \(SchemaNames.written(suggestion.name)): \(type) from \(SchemaNames.quoted(field.header))"
    }
}
