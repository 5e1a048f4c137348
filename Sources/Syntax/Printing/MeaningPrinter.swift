/// Writes perspectives, types of relationships, goals and comparisons.
enum MeaningPrinter {
    static func lines(_ perspective: PerspectiveDeclaration) -> [String] {
        let inner = perspective.statements.flatMap {
            Printer.text(of: $0).split(separator: "\n", omittingEmptySubsequences: false)
        }
        return [head(perspective)] + inner.map { "  " + $0 } + ["}"]
    }

    /// The line that opens a perspective.
    static func head(_ perspective: PerspectiveDeclaration) -> String {
        head("perspective", perspective.name, perspective.description)
    }

    static func lines(_ relationship: RelationshipDeclaration) -> [String] {
        var entries = ["when " + ExpressionPrinter.text(relationship.condition)]
        if !relationship.needs.isEmpty {
            entries.append("needs " + relationship.needs.map(Printer.literal).joined(separator: ", "))
        }
        if let worth = relationship.worth { entries.append("worth " + ExpressionPrinter.text(worth)) }
        if let cost = relationship.cost { entries.append("cost " + ExpressionPrinter.text(cost)) }
        if let experience = relationship.experience { entries.append("experience " + Printer.literal(experience)) }
        return [head("relationship", relationship.name, relationship.description)] + entries.map { "  " + $0 } + ["}"]
    }

    static func lines(_ goal: GoalDeclaration) -> [String] {
        var entries = ["measure " + ExpressionPrinter.text(goal.measure), "from " + text(goal.start, "on")]
        entries += goal.markers.map { marker in
            let text = text(marker, "by")
            let word = text.prefix { $0.unicodeScalars.allSatisfy(Lexer.isNameScalar) }.lowercased()
            let isMisread =
                ExpressionPrinter.beginsWithOperator(text) || Keyword(rawValue: word) != nil || Parser.goalWords.contains(word)
            return isMisread ? "(\(ExpressionPrinter.text(marker.value))) by " + ExpressionPrinter.text(marker.day) : text
        }
        entries.append("target " + text(goal.target, "by"))
        return [head("goal", goal.name, goal.description)] + entries.map { "  " + $0 } + ["}"]
    }

    static func text(_ comparison: PerspectiveComparison) -> String {
        let kind: Expression.Kind =
            comparison.arguments.map { .memberCall(comparison.records, comparison.definition, $0) }
            ?? .member(comparison.records, comparison.definition)
        return "compare " + ExpressionPrinter.text(Expression(kind, at: comparison.span)) + " across "
            + comparison.perspectives.map(Printer.value).joined(separator: ", ")
    }

    static func text(_ comparison: DayComparison) -> String {
        let kind: Expression.Kind =
            comparison.arguments.map { .memberCall(comparison.records, comparison.name, $0) }
            ?? .member(comparison.records, comparison.name)
        let days = [comparison.before, comparison.after].map(ExpressionPrinter.text).joined(separator: ", ")
        return "compare \(ExpressionPrinter.text(Expression(kind, at: comparison.span))) across \(days)"
    }

    private static func text(_ point: GoalDeclaration.Point, _ word: String) -> String {
        ExpressionPrinter.textBeforeWord(point.value) + " \(word) " + ExpressionPrinter.text(point.day)
    }

    private static func head(_ word: String, _ name: Name, _ description: String?) -> String {
        "\(word) \(Printer.value(name))" + (description.map { " " + Printer.literal($0) } ?? "") + " {"
    }
}
