/// A text in its canonical form, for `crmq fmt`.
public struct FormattedText: Sendable {
    /// None if the text has mistakes: what is not understood is not touched.
    public var text: String?
    public var diagnostics: [Diagnostic]
}

/// Writes a whole text in canonical form. Comments stay, those within a statement move above it, but for those between the statements
/// of a perspective; of several blank lines one stays.
public func format(_ source: SourceText) -> FormattedText {
    let parsed = parse(source)
    guard parsed.diagnostics.isEmpty else { return FormattedText(text: nil, diagnostics: parsed.diagnostics) }
    var formatter = Formatter(source: source, comments: tokenize(source).comments)
    formatter.keepFirstLine()
    return FormattedText(text: formatter.format(parsed.statements), diagnostics: [])
}

private struct Formatter {
    let source: SourceText
    let comments: [Comment]
    var nextComment = 0
    var output = ""
    /// The line of the source that was written last; none before the first.
    var lastLine: Int?

    /// A first line that begins with `#!` stays as it is.
    mutating func keepFirstLine() {
        guard source.bytes.starts(with: [0x23, 0x21]) else { return }
        output = source.text(ofLine: 0) + "\n"
        lastLine = 0
    }

    mutating func format(_ statements: [Statement]) -> String {
        for (index, statement) in statements.enumerated() {
            let span = statement.span
            let next = index + 1 < statements.count ? statements[index + 1] : nil
            var above: [Comment] = []
            while nextComment < comments.count, comments[nextComment].lower < span.upper {
                above.append(comments[nextComment])
                nextComment += 1
            }
            removeDocs(of: statement, from: &above)
            for comment in above where comment.lower < span.lower { write(comment) }
            let within = above.filter { $0.lower > span.lower }
            let firstLine =
                source.line(at: span.lower)
                - (statement.doc.map { $0.split(separator: "\n", omittingEmptySubsequences: false).count } ?? 0)
            separate(from: firstLine)
            if case .perspective(let perspective) = statement.kind {
                output += text(of: perspective, doc: statement.doc, comments: within)
            } else {
                // What explained nothing behind something on its line must not become an explanation above it.
                for comment in within { output += commentText(comment).dropFirst(comment.isDoc ? 1 : 0) + "\n" }
                let text = Printer.text(of: statement)
                output += text
                if let next, runsOn(text, into: next, below: source.line(at: span.upper)) { output += ";" }
            }
            lastLine = source.line(at: span.upper)
            if nextComment < comments.count, !comments[nextComment].ownsLine,
                source.line(at: comments[nextComment].lower) == lastLine
            {
                output += "  " + commentText(comments[nextComment])
                nextComment += 1
            }
            output += "\n"
        }
        while nextComment < comments.count {
            write(comments[nextComment])
            nextComment += 1
        }
        return output
    }

    /// Whether the next statement would be read as part of this one if only a line break stood between them, as `sort -amount` would, which
    /// goes on from the answer. A blank line is kept, and ends a statement too.
    private func runsOn(_ text: String, into next: Statement, below line: Int) -> Bool {
        let gap = source.line(at: next.span.lower) > line + 1 && next.doc == nil ? "\n\n" : "\n"
        return parse(SourceText(name: source.name, text: text + gap + Printer.text(of: next))).statements.count < 2
    }

    /// A perspective with its statements formatted one by one, so that their comments stay where they are.
    private func text(of perspective: PerspectiveDeclaration, doc: String?, comments: [Comment]) -> String {
        var inner = Formatter(source: source, comments: comments)
        let body = inner.format(perspective.statements).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let lines = StatementPrinter.docLines(doc, indent: "") + [MeaningPrinter.head(perspective)]
        return (lines + body.map { $0.isEmpty ? "" : "  " + $0 } + ["}"]).joined(separator: "\n")
    }

    /// Takes out the doc comments that are written with the statement and its fields.
    private func removeDocs(of statement: Statement, from comments: inout [Comment]) {
        let count = statement.doc?.split(separator: "\n", omittingEmptySubsequences: false).count ?? 0
        let before = comments.filter { $0.lower < statement.span.lower && $0.isDoc && $0.ownsLine }.suffix(count).map(\.lower)
        var fieldDocs = false
        if case .entity = statement.kind { fieldDocs = true }
        comments.removeAll { before.contains($0.lower) || (fieldDocs && $0.isDoc && $0.lower > statement.span.lower) }
    }

    private mutating func write(_ comment: Comment) {
        separate(from: source.line(at: comment.lower))
        output += commentText(comment) + "\n"
        lastLine = source.line(at: comment.lower)
    }

    /// Keeps a blank line that stood in the source.
    private mutating func separate(from line: Int) {
        if let lastLine, line > lastLine + 1 { output += "\n" }
    }

    private func commentText(_ comment: Comment) -> String {
        var text = source.slice(comment.lower, comment.upper)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
