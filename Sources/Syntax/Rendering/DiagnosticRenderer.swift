/// Writes messages as text: where, what, the line it is in with the place marked, and what helps.
public struct DiagnosticRenderer: Sendable {
    /// Whether to write ANSI colours.
    public var color: Bool
    /// How many columns an excerpt of the source may take; longer lines are shown around the place in question.
    public var width: Int
    /// Whether long notes and help are broken into lines: for a person, not for a program that reads them line by line.
    public var wraps: Bool

    /// - Parameter width: of the terminal; nothing where there is none.
    public init(color: Bool = false, width: Int? = nil) {
        self.color = color
        self.width = max(width ?? 100, 30)
        wraps = width != nil
    }

    /// The message with its notes and help, ending with a line break.
    public func render(_ diagnostic: Diagnostic) -> String {
        var lines: [String] = []
        let accent: Style =
            switch diagnostic.severity {
            case .error: .red
            case .warning: .yellow
            case .hint: .cyan
            }
        let label = styled(diagnostic.severity.rawValue + ":", accent)
        let place = diagnostic.span.map { styled(location(of: $0) + ":", .bold) + " " } ?? ""
        lines.append(place + label + " " + styled(visible(diagnostic.message), .bold))
        if let span = diagnostic.span { lines += excerpt(of: span, accent) }
        for note in diagnostic.notes {
            let place = note.span.map { location(of: $0) + ": " } ?? ""
            lines += labelled(place + "note:", styled: place + styled("note:", .cyan), note.message)
            if let span = note.span { lines += excerpt(of: span, .cyan) }
        }
        for help in diagnostic.help { lines += labelled("help:", styled: styled("help:", .green), help) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text behind its label, broken between words where it is too long for the terminal; what goes on stands under the text.
    private func labelled(_ label: String, styled styledLabel: String, _ text: String) -> [String] {
        let words = visible(text).split(separator: " ", omittingEmptySubsequences: false)
        let margin = min(DisplayWidth.of(label) + 1, 6)
        var lines: [String] = []
        var line = styledLabel
        var used = DisplayWidth.of(label)
        for word in words {
            let size = DisplayWidth.of(word)
            if wraps, used + 1 + size > width, used > margin {
                lines.append(line)
                line = String(repeating: " ", count: margin) + word
                used = margin + size
            } else {
                line += " " + word
                used += 1 + size
            }
        }
        return lines + [line]
    }

    /// Several messages, with a blank line between them.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined(separator: "\n")
    }

    /// `file:line:column`, both counted from 1, the column in characters.
    public func location(of span: Span) -> String {
        let source = span.source
        let lower = min(max(span.lower, 0), source.bytes.count)
        let line = source.line(at: lower)
        let column = source.slice(source.lineStarts[line], lower).count + 1
        return "\(source.name):\(source.lineNumber(line)):\(column)"
    }

    // MARK: Excerpts

    /// The lines of a span, the middle ones left out, each with a line of carets under it.
    private func excerpt(of span: Span, _ accent: Style) -> [String] {
        let source = span.source
        let lower = min(max(span.lower, 0), source.bytes.count)
        let upper = min(max(span.upper, lower), source.bytes.count)
        let firstLine = source.line(at: lower)
        let lastLine = upper > lower ? source.line(at: upper - 1) : firstLine
        let gutter = String(source.lineNumber(lastLine)).count
        var lines: [String] = []
        for line in firstLine == lastLine ? [firstLine] : [firstLine, lastLine] {
            if line == lastLine, lastLine > firstLine + 1 { lines.append(styled(pad("", gutter) + " ...", .dim)) }
            let start = source.lineStarts[line]
            let text = source.text(ofLine: line)
            let from = line == firstLine ? lower - start : text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
            let to = line == lastLine ? upper - start : text.utf8.count
            let marked = mark(text, from: min(from, text.utf8.count), to: min(to, text.utf8.count), gutter: gutter)
            lines.append(styled(pad("\(source.lineNumber(line))", gutter) + " |", .dim) + " " + marked.text)
            lines.append(styled(pad("", gutter) + " |", .dim) + " " + styled(marked.carets, accent))
        }
        return lines
    }

    /// A line as it can be shown, and the carets under the UTF-8 offsets `from..<to` of it: at least one.
    private func mark(_ text: String, from: Int, to: Int, gutter: Int) -> (text: String, carets: String) {
        var cells: [(text: String, width: Int, isMarked: Bool)] = []
        var offset = 0
        var column = 0
        for character in text {
            let length = character.utf8.count
            let cell = cellText(character, at: column)
            let width = DisplayWidth.of(cell)
            cells.append((cell, width, offset < to && offset + length > from))
            offset += length
            column += width
        }
        if from >= to || !cells.contains(where: \.isMarked) {
            // Nothing is covered: point at the character there, or behind the last.
            let position = text.utf8.prefix(from).count
            let index = String(decoding: text.utf8.prefix(position), as: UTF8.self).count
            if index < cells.count { cells[index].isMarked = true } else { cells.append((" ", 1, true)) }
        }
        let shown = window(cells, limit: width - gutter - 3)
        var line = shown.map(\.text).joined()
        while line.last == " " { line.removeLast() }
        var carets = ""
        for cell in shown {
            carets += String(repeating: cell.isMarked ? "^" : " ", count: cell.isMarked ? max(cell.width, 1) : cell.width)
        }
        while carets.last == " " { carets.removeLast() }
        return (line, carets)
    }

    /// Cuts a line that is too long to a stretch around what is marked, with `…` where something was left out.
    private func window(
        _ cells: [(text: String, width: Int, isMarked: Bool)], limit: Int
    ) -> [(text: String, width: Int, isMarked: Bool)] {
        let total = cells.reduce(0) { $0 + $1.width }
        guard total > limit, let marked = cells.firstIndex(where: \.isMarked) else { return cells }
        let lead = limit / 3
        var start = marked
        var before = 0
        while start > 0, before + cells[start - 1].width <= lead {
            start -= 1
            before += cells[start].width
        }
        var end = start
        var taken = 0
        let room = limit - 2
        while end < cells.count, taken + cells[end].width <= room {
            taken += cells[end].width
            end += 1
        }
        while end == cells.count, start > 0, taken + cells[start - 1].width <= room {
            start -= 1
            taken += cells[start].width
        }
        var shown = Array(cells[start..<end])
        if start > 0 { shown.insert(("…", 1, false), at: 0) }
        if end < cells.count { shown.append(("…", 1, false)) }
        return shown
    }

    /// What is shown for a character: spaces for a tab, a placeholder for what could steer the terminal.
    private func cellText(_ character: Character, at column: Int) -> String {
        if character == "\t" { return String(repeating: " ", count: 4 - column % 4) }
        return visible(String(character))
    }

    // MARK: Style

    private enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "1;31"
        case green = "32"
        case yellow = "1;33"
        case cyan = "36"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        color && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Texts may quote data, and data may hold control characters that steer the terminal or turn the writing direction: they are
    /// shown as `·`.
    private func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isSteering) else { return text }
        var result = ""
        for scalar in text.unicodeScalars { result.unicodeScalars.append(isSteering(scalar) ? "·" : scalar) }
        return result
    }

    private func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029: true
        default: false
        }
    }
}
