import Output
import Resolve
import Syntax

/// Lays an explanation out as indented lines, each part below what it is a part of.
struct WhyText {
    /// Columns that a line may take; none breaks no lines.
    let width: Int?
    let color: Bool

    func text(_ told: Told) -> String {
        var lines: [String] = []
        append(told, depth: 0, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private func append(_ told: Told, depth: Int, to lines: inout [String]) {
        let indent = String(repeating: " ", count: depth * 2)
        guard told.isNeeded else { return add("\(told.text), which did not matter", mark: "·", indent, to: &lines) }
        let mark: String? = told.holds.map { $0 ? "✓" : "✗" }
        var line = told.text
        if told.holds != nil {
            line += told.value == "none" ? " is none" : ""
        } else if told.text != told.value {
            line += " = \(told.value)"
        }
        if told.declared == nil, !told.details.isEmpty {
            line += ", where " + told.details.map { "\($0.text) = \($0.value)" }.joined(separator: ", ")
        }
        add(line, mark: mark, indent, to: &lines)
        let inner = indent + "    "
        if let declared = told.declared {
            add("\(declared.name) is declared at \(declared.place)", mark: nil, inner, to: &lines)
            if let doc = declared.doc { add(doc, mark: nil, inner, to: &lines) }
            if !told.details.isEmpty {
                add(
                    "with " + told.details.map { "\($0.text) = \($0.value)" }.joined(separator: ", "), mark: nil, inner,
                    to: &lines)
            }
        }
        for line in told.recordLines { add(line, mark: nil, inner, to: &lines) }
        for part in told.parts { append(part, depth: depth + 1, to: &lines) }
    }

    /// Adds a line, broken between words where it is too long.
    private func add(_ text: String, mark: String?, _ indent: String, to lines: inout [String]) {
        var line = indent + (mark.map { $0 + " " } ?? "")
        let margin = String(repeating: " ", count: DisplayWidth.of(line) + 2)
        var isFirst = true
        var isBroken = false
        let leading = text.prefix { $0 == " " }
        line += leading
        for word in text.split(separator: " ") {
            if !isFirst, let width, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > width {
                lines.append(isBroken ? line : colored(line, mark))
                isBroken = true
                line = margin + leading + word
            } else {
                line += (isFirst ? "" : " ") + word
            }
            isFirst = false
        }
        lines.append(isBroken ? line : colored(line, mark))
    }

    private func colored(_ line: String, _ mark: String?) -> String {
        guard color, let mark else { return line }
        let code =
            switch mark {
            case "✓": "32"
            case "✗": "31"
            default: "2"
            }
        let indent = line.prefix { $0 == " " }
        let rest = line.dropFirst(indent.count + mark.count)
        return mark == "·" ? "\u{1B}[\(code)m\(line)\u{1B}[0m" : "\(indent)\u{1B}[\(code)m\(mark)\u{1B}[0m\(rest)"
    }
}
