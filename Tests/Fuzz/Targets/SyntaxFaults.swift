import Syntax

/// Tokens follow one another, lie within the text and end with its end; messages have places that can be shown.
func lexingFault(_ text: String) -> String? {
    let source = SourceText(name: "f", text: text)
    let tokenized = tokenize(source)
    let isSound = tokenized.diagnostics.isEmpty
    var end = 0
    for token in tokenized.tokens {
        if token.lower < end || token.upper < token.lower || token.upper > source.bytes.count {
            return "the token at \(token.lower)..<\(token.upper) follows \(end) in \(source.bytes.count) bytes"
        }
        if cutsCharacter(token.lower, source) || cutsCharacter(token.upper, source) {
            return "the token at \(token.lower)..<\(token.upper) cuts a character"
        }
        // A mistake has the meaning that it most likely has, such as `!` that of `not`.
        if case .word = token.kind, isSound, token.text != source.slice(token.lower, token.upper) {
            return "the word at \(token.lower) is `\(token.text)`"
        }
        end = token.upper
    }
    guard case .end? = tokenized.tokens.last?.kind else { return "the last token is not the end" }
    for comment in tokenized.comments where comment.upper > source.bytes.count || comment.lower >= comment.upper {
        return "a comment at \(comment.lower)..<\(comment.upper)"
    }
    _ = inputIsComplete(text)
    _ = closedInput(text, name: "f", linesBefore: 0)
    return renderingFault(tokenized.diagnostics)
}

/// What parses is printed as text that parses to the same and is printed the same; so is a formatted text. Completion works anywhere.
func parsingFault(_ text: String) -> String? {
    let source = SourceText(name: "f", text: text)
    let parsed = parse(source)
    if let fault = renderingFault(parsed.diagnostics) { return fault }
    for statement in parsed.statements {
        if let fault = printingFault(statement) { return fault }
    }
    if let fault = formattingFault(source) { return fault }
    // Every place of a short text, a few of a long one.
    let step = max(1, source.bytes.count / 16)
    for cursor in stride(from: 0, through: source.bytes.count, by: step) where !cutsCharacter(cursor, source) {
        let place = cursorPlace(in: text, at: cursor)
        if place.typed.lower > cursor || place.typed.lower < 0 { return "completion at \(cursor) begins at \(place.typed.lower)" }
    }
    return nil
}

/// What is wrong with how a statement is printed.
private func printingFault(_ statement: Statement) -> String? {
    let printed = Printer.text(of: statement)
    let again = parse(SourceText(name: "printed", text: printed))
    guard again.diagnostics.isEmpty, again.statements.count == 1 else {
        return "printed as something else: \(printed.debugDescription)"
    }
    let twice = Printer.text(of: again.statements[0])
    return twice == printed ? nil : "printed as \(printed.debugDescription), then as \(twice.debugDescription)"
}

private func formattingFault(_ source: SourceText) -> String? {
    guard let formatted = format(source).text else { return nil }
    let second = SourceText(name: "formatted", text: formatted)
    guard let twice = format(second).text else { return "formatted as what does not parse: \(formatted.debugDescription)" }
    if twice != formatted { return "formatted as \(formatted.debugDescription), then as \(twice.debugDescription)" }
    let before = parse(source).statements.map { Printer.text(of: $0) }
    let after = parse(second).statements.map { Printer.text(of: $0) }
    return before == after ? nil : "formatting \(before) gives \(after)"
}

/// Messages can be shown in any form, and point to places within their text.
func renderingFault(_ diagnostics: [Diagnostic]) -> String? {
    for diagnostic in diagnostics {
        for span in [diagnostic.span] + diagnostic.notes.map(\.span) {
            guard let span else { continue }
            if span.lower < 0 || span.upper > span.source.bytes.count { return "`\(diagnostic.code)` points outside of the text" }
            if cutsCharacter(span.lower, span.source) || cutsCharacter(span.upper, span.source) {
                return "`\(diagnostic.code)` at \(span.lower)..<\(span.upper) cuts a character"
            }
        }
        _ = DiagnosticRenderer(color: true, width: 40).render(diagnostic)
        if DiagnosticRenderer().render(diagnostic).isEmpty { return "`\(diagnostic.code)` says nothing" }
    }
    return nil
}

/// Whether an offset lies within the bytes of one scalar.
private func cutsCharacter(_ offset: Int, _ source: SourceText) -> Bool {
    offset < source.bytes.count && source.bytes[offset] & 0xc0 == 0x80
}
