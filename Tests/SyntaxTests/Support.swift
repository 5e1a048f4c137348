import Syntax
import Testing

func parsed(_ text: String) -> ParsedText { parse(SourceText(name: "t.crmq", text: text)) }

/// The only statement of a text that has no mistakes.
func statement(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Statement? {
    let result = parsed(text)
    if !result.diagnostics.isEmpty {
        Issue.record("\(DiagnosticRenderer().render(result.diagnostics))", sourceLocation: location)
    }
    if result.statements.count != 1 { Issue.record("\(result.statements.count) statements in \(text)", sourceLocation: location) }
    return result.statements.first
}

func question(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Question? {
    guard case .question(let question)? = statement(text, location)?.kind else { return nil }
    return question
}

/// The expression that a text is, as a question of its own.
func expression(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Expression? {
    guard case .expression(let expression)? = question(text, location)?.source else { return nil }
    return expression
}

/// An expression with every operator in parentheses, to see what binds how.
func grouped(_ expression: Expression) -> String {
    switch expression.kind {
    case .literal, .name, .qualified, .it, .record: return expression.canonicalText
    case .member(let base, let name): return "\(grouped(base)).\(name.text)"
    case .mapped(let base, let value): return "\(grouped(base)).(\(grouped(value)))"
    case .filtered(let base, let condition): return "\(grouped(base))[\(grouped(condition))]"
    case .shaped(let base, let items): return "\(grouped(base)){\(items.map(grouped).joined(separator: ", "))}"
    case .repeated(let links, let steps):
        return
            "repeat<\(links.map(grouped).joined(separator: ", ")), \(steps.lower), \(steps.upper.map { String($0) } ?? "open")>"
    case .call(let name, let arguments): return "\(name.text)(\(arguments.map(grouped).joined(separator: ", ")))"
    case .memberCall(let base, let name, let arguments):
        return "\(grouped(base)).\(name.text)(\(arguments.map(grouped).joined(separator: ", ")))"
    case .any(let set): return "(any \(grouped(set)))"
    case .no(let set): return "(no \(grouped(set)))"
    case .not(let operand): return "(not \(grouped(operand)))"
    case .negated(let operand): return "(-\(grouped(operand)))"
    case .binary(let op, let left, let right): return "(\(grouped(left)) \(op.rawValue) \(grouped(right)))"
    case .range(let lower, let upper): return "(\(lower.map(grouped) ?? "")..\(upper.map(grouped) ?? ""))"
    case .list(let elements): return "list<\(elements.map(grouped).joined(separator: ", "))>"
    case .conditional(let condition, let then, let otherwise):
        return "(if \(grouped(condition)) then \(grouped(then))\(otherwise.map { " else " + grouped($0) } ?? ""))"
    case .ago(let operand): return "(\(grouped(operand)) ago)"
    case .ahead(let operand): return "(in \(grouped(operand)))"
    case .relative(let word, let count, let unit): return "<\(word) \(count.map(grouped) ?? "-") \(unit)>"
    case .per(let call, let keys): return "(\(grouped(call)) per <\(keys.map(grouped).joined(separator: ", "))>)"
    }
}

private func grouped(_ item: ColumnItem) -> String { (item.name.map { $0.text + " = " } ?? "") + grouped(item.value) }

private func grouped(_ argument: Argument) -> String {
    var text = argument.label.map { $0.text + ": " } ?? ""
    if argument.distinct { text += "distinct " }
    text += grouped(argument.value)
    if let condition = argument.condition { text += " where " + grouped(condition) }
    if !argument.order.isEmpty {
        text += " by " + argument.order.map { ($0.descending ? "desc " : "") + grouped($0.value) }.joined(separator: "; ")
    }
    return text
}

/// A generator of the same numbers every time (SplitMix64 of Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
