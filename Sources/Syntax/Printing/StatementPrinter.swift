/// Writes questions and declarations.
enum StatementPrinter {
    /// How many columns a line of a question may take before its clauses are put below one another.
    private static let lineWidth = 100

    static func text(_ statement: Statement) -> String {
        var lines = docLines(statement.doc, indent: "")
        switch statement.kind {
        case .question(let question): lines += self.lines(question)
        case .define(let definition): lines.append(text(definition))
        case .param(let parameter, let description): lines.append(text(parameter, description))
        case .letBinding(let name, let question): lines += prefixed("let \(Printer.value(name)) = ", self.lines(question))
        case .use(let name):
            // `use none` takes no perspective of that name.
            lines.append("use " + (!name.quoted && name.text.lowercased() == "none" ? "none" : Printer.value(name)))
        case .declareQuestion(let declaration): lines += self.lines(declaration)
        case .entity(let entity): lines += SchemaPrinter.lines(entity)
        case .link(let link): lines.append(SchemaPrinter.text(link))
        case .history(let history): lines.append(SchemaPrinter.text(history))
        case .perspective(let perspective): lines += MeaningPrinter.lines(perspective)
        case .relationship(let relationship): lines += MeaningPrinter.lines(relationship)
        case .goal(let goal): lines += MeaningPrinter.lines(goal)
        case .describe(let perspective, let names, _):
            let prefix = perspective.map { Printer.plain($0) + "::" } ?? ""
            lines.append("describe " + prefix + names.map(Printer.plain).joined(separator: "."))
        case .explain(let question): lines += prefixed("explain ", self.lines(question))
        case .why(let value, let delivery):
            lines.append((["why " + startingStatement(ExpressionPrinter.text(value))] + parts(delivery)).joined(separator: " "))
        }
        return lines.joined(separator: "\n")
    }

    static func docLines(_ doc: String?, indent: String) -> [String] {
        guard let doc else { return [] }
        return doc.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? indent + "---" : indent + "--- " + $0
        }
    }

    private static func prefixed(_ prefix: String, _ lines: [String]) -> [String] {
        [prefix + (lines.first ?? "")] + lines.dropFirst()
    }

    // MARK: Questions

    /// The lines of a question: its source and first conditions, then every clause that makes new rows or columns on a line of its own,
    /// with the short ones behind it as long as there is room.
    static func lines(_ question: Question) -> [String] {
        var parts: [(text: String, beginsLine: Bool)] = []
        let source = text(question.source)
        if !source.isEmpty { parts.append((source, false)) }
        for clause in question.clauses { parts.append((text(clause), beginsLine(clause))) }
        for part in self.parts(question.delivery) { parts.append((part, false)) }

        let whole = parts.map(\.text).joined(separator: " ")
        if whole.count <= lineWidth { return [whole] }
        var lines: [String] = []
        for part in parts {
            if let last = lines.last, !part.beginsLine, last.count + part.text.count < lineWidth {
                lines[lines.count - 1] = last + " " + part.text
            } else {
                lines.append((lines.isEmpty ? "" : "  ") + part.text)
            }
        }
        return lines
    }

    private static func parts(_ delivery: Delivery) -> [String] {
        var parts: [String] = []
        if let kind = delivery.chart { parts.append("chart " + kind.rawValue) }
        if let format = delivery.format { parts.append("format " + format.rawValue) }
        if let file = delivery.file { parts.append("into " + Printer.literal(file.path)) }
        if let command = delivery.command { parts.append("| " + command.text) }
        return parts
    }

    private static func beginsLine(_ clause: Clause) -> Bool {
        switch clause.kind {
        case .select, .summarize, .extend, .follow, .pivot: true
        default: false
        }
    }

    private static func text(_ source: Source) -> String {
        switch source {
        case .expression(let expression): return startingStatement(ExpressionPrinter.text(expression))
        case .combinations(let bindings):
            return "for "
                + bindings.map { Printer.value($0.name) + " in " + ExpressionPrinter.text($0.source) }.joined(separator: ", ")
        case .compare(let comparison): return MeaningPrinter.text(comparison)
        case .compareDays(let comparison): return MeaningPrinter.text(comparison)
        case .ask(let perspective, let name, let arguments, _):
            let name = (perspective.map { Printer.value($0) + "::" } ?? "") + Printer.value(name)
            return "ask " + name + (arguments.isEmpty ? "" : ExpressionPrinter.text(arguments, firstCanBeLabelled: true))
        case .path(let path): return text(path)
        case .lastAnswer: return ""
        case .rows(let number, let column, _):
            return "rows \(number)" + (column.map { " of " + ExpressionPrinter.text($0) } ?? "")
        case .duplicates(let set, let fields, let threshold, _):
            return "duplicates of " + ExpressionPrinter.text(set) + " by "
                + fields.map(ExpressionPrinter.textBeforeWord).joined(separator: ", ")
                + (threshold.map { " above " + ExpressionPrinter.text($0) } ?? "")
        case .each(let each): return "each \(each.unit.rawValue) in " + ExpressionPrinter.text(each.range)
        }
    }

    private static func text(_ path: PathSource) -> String {
        let links = path.links.map(ExpressionPrinter.textBeforeWord).joined(separator: ", ")
        var text =
            "path from \(ExpressionPrinter.textBeforeWord(path.from)) to \(ExpressionPrinter.textBeforeWord(path.to)) via \(links)"
        switch path.order {
        case .shortest: text += " shortest"
        case .strongest(let value): text += " strongest by " + ExpressionPrinter.textBeforeWord(value)
        case .cheapest(let value): text += " cheapest by " + ExpressionPrinter.textBeforeWord(value)
        case nil: break
        }
        return path.limit.map { text + " within " + ExpressionPrinter.text($0) } ?? text
    }

    /// The text of an expression that begins a statement, changed so that it neither goes on with the line above nor is read as a
    /// statement or a clause.
    private static func startingStatement(_ text: String) -> String {
        if ExpressionPrinter.beginsWithOperator(text) { return "(\(text))" }
        let word = text.prefix { $0.unicodeScalars.allSatisfy(Lexer.isNameScalar) }
        guard let keyword = Keyword(rawValue: word.lowercased()) else { return text }
        switch keyword {
        case .not, .any, .no, .if, .true, .false, .none, .it: return text
        default: return "`\(word)`" + text.dropFirst(word.count)
        }
    }

    static func text(_ clause: Clause) -> String {
        switch clause.kind {
        case .filter(let condition): return "where " + ExpressionPrinter.text(condition)
        case .extend(let columns): return "with " + ExpressionPrinter.text(columns)
        case .select(let columns): return "select " + ExpressionPrinter.text(columns)
        case .summarize(let columns, let keys):
            var text = "summarize"
            if !columns.isEmpty { text += " " + ExpressionPrinter.text(columns) }
            if !keys.isEmpty { text += " by " + ExpressionPrinter.text(keys) }
            return text
        case .sort(let keys): return "sort " + ExpressionPrinter.text(keys)
        case .take(let count): return "take " + ExpressionPrinter.text(count)
        case .skip(let count): return "skip " + ExpressionPrinter.text(count)
        case .distinct: return "distinct"
        case .follow(let links): return "follow " + links.map(ExpressionPrinter.text).joined(separator: ", ")
        case .pivot(let key): return "pivot " + ExpressionPrinter.text(key)
        case .asOf(let day): return "as of " + ExpressionPrinter.text(day)
        }
    }

    // MARK: Declarations

    private static func lines(_ declaration: QuestionDeclaration) -> [String] {
        var head = "question " + Printer.value(declaration.name)
        if !declaration.parameters.isEmpty { head += text(declaration.parameters) }
        if let title = declaration.title { head += " " + Printer.literal(title) }
        return [head + " {"] + lines(declaration.body).map { "  " + $0 } + ["}"]
    }

    private static func text(_ definition: Definition) -> String {
        var text = "define "
        if let entity = definition.entity {
            text += Printer.value(entity) + "." + Printer.plain(definition.name)
        } else {
            text += Printer.value(definition.name)
        }
        if definition.hasParameterList { text += self.text(definition.parameters) }
        if let result = definition.result { text += ": " + self.text(result) }
        guard let body = definition.body else { return text + " = native" }
        let value = ExpressionPrinter.text(body)
        return text + " = " + (value.lowercased() == "native" ? "`\(value)`" : value)
    }

    private static func text(_ parameters: [Parameter]) -> String {
        "(" + parameters.map { text($0) }.joined(separator: ", ") + ")"
    }

    private static func text(_ parameter: Parameter) -> String {
        let start = declared(parameter)
        return parameter.defaultValue.map { start + " = " + ExpressionPrinter.text($0) } ?? start
    }

    private static func declared(_ parameter: Parameter) -> String {
        Printer.plain(parameter.name) + (parameter.type.map { ": " + text($0) } ?? "")
    }

    /// A default that ends with a name, or holds a record, is put in parentheses where the text behind it could be taken for a label.
    private static func text(_ parameter: Parameter, _ description: String?) -> String {
        var text = "param " + declared(parameter)
        if let defaultValue = parameter.defaultValue {
            var value = ExpressionPrinter.text(defaultValue)
            if case .literal = defaultValue.kind {
            } else {
                let isRisky =
                    parameter.type?.isPlainValue ?? false
                    ? value.contains("\"") : description != nil && !["today", "now", "yesterday"].contains(value)
                if isRisky { value = "(\(value))" }
            }
            text += " = " + value
        }
        return description.map { text + " " + Printer.literal($0) } ?? text
    }

    private static func text(_ type: TypeExpression) -> String {
        switch type {
        case .named(let name): Printer.plain(name)
        case .list(let element, _): "list of " + text(element)
        case .set(let element, _): "set of " + text(element)
        }
    }
}
