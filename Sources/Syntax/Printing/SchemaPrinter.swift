/// Writes the declarations of a schema, as `crmq schema` prints what was inferred.
enum SchemaPrinter {
    /// An entity with a line a field, names, types and marks below one another.
    static func lines(_ entity: EntityDeclaration) -> [String] {
        var head = "entity " + Printer.value(entity.name)
        if let plural = entity.plural { head += " (\(Printer.plain(plural)))" }
        if let file = entity.file { head += " from " + Printer.literal(file) }
        guard !entity.fields.isEmpty else { return [head + " {}"] }
        let names = column(entity.fields.map { Printer.plain($0.name) + ":" })
        let types = column(entity.fields.map { Printer.plain($0.type) })
        let marks = column(entity.fields.map { $0.marks.map(\.rawValue).joined(separator: " ") })
        var lines = [head + " {"]
        for (index, field) in entity.fields.enumerated() {
            lines += StatementPrinter.docLines(field.doc, indent: "  ")
            var parts = [names[index], types[index]]
            if !marks[index].isEmpty { parts.append(marks[index]) }
            if let origin = field.column { parts.append("from " + Printer.literal(origin)) }
            if let inverse = field.inverse { parts.append("(\(Printer.plain(inverse)))") }
            var line = "  " + parts.joined(separator: " ")
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines + ["}"]
    }

    static func text(_ link: LinkDeclaration) -> String {
        var text = "link \(Printer.value(link.entity)).\(Printer.plain(link.name)): \(Printer.plain(link.target))"
        text += " from \(Printer.literal(link.file)) (\(Printer.plain(link.fromColumn)), \(Printer.plain(link.toColumn)))"
        if link.bothWays { text += " both ways" }
        if let inverse = link.inverse { text += " (\(Printer.plain(inverse)))" }
        if !link.facts.isEmpty {
            text +=
                " { " + link.facts.map { "\(Printer.plain($0.name)): \(Printer.plain($0.type))" }.joined(separator: ", ") + " }"
        }
        return text
    }

    static func text(_ history: HistoryDeclaration) -> String {
        let columns =
            [history.recordColumn, history.timeColumn, history.valueColumn] + (history.earlierColumn.map { [$0] } ?? [])
        return "history \(Printer.value(history.entity)).\(Printer.plain(history.field)) from \(Printer.literal(history.file))"
            + " (\(columns.map(Printer.plain).joined(separator: ", ")))"
    }

    /// The texts with spaces behind them up to the width of the widest.
    private static func column(_ texts: [String]) -> [String] {
        let width = texts.map { DisplayWidth.of($0) }.max() ?? 0
        return texts.map { $0 + String(repeating: " ", count: width - DisplayWidth.of($0)) }
    }
}
