import Foundation
import Syntax

/// The standard library as a document: every function, definition and question with its doc comment, file by file.
struct LibraryDocument {
    private var text = """
        # The standard library

        What comes with crmq, from the texts in `stdlib/`. At the prompt `describe NAME` shows one of these, and `definitions` and `questions` list
        them with what the data at hand lack for them; [language.md](language.md#the-standard-library) says how they are used.

        `scripts/library-docs` writes this file, and a test holds it up to date.

        """

    /// From the texts in their order, each with the name of its file.
    static func text(of sources: [(name: String, text: String)]) -> String {
        var document = LibraryDocument()
        for source in sources { document.add(source.name, source.text) }
        return document.text
    }

    private mutating func add(_ name: String, _ source: String) {
        text += "\n## \(name)\n"
        let comment = source.split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("--") && !$0.hasPrefix("---") }
        if !comment.isEmpty { text += "\n" + comment.map { Self.escaped($0.dropFirst(3)) }.joined(separator: "\n") + "\n" }
        for statement in parse(SourceText(name: name, text: source)).statements { add(statement, in: nil) }
    }

    private mutating func add(_ statement: Statement, in perspective: String?) {
        let source = statement.span.source
        switch statement.kind {
        case .define(let definition):
            // The head as it is written, and the body where it is short enough to say more than words.
            let end = definition.body?.span.lower ?? statement.span.upper
            var head = Self.squeezed(source.slice(statement.span.lower, end))
            if head.hasSuffix("=") { head.removeLast() }
            if head.hasSuffix("= native") { head.removeLast("= native".count) }
            add(head.dropFirst("define ".count), title: nil, statement.doc)
        case .declareQuestion(let question):
            // What stands before the title and the body.
            let head = source.slice(question.name.span.lower, statement.span.upper).prefix { $0 != "\"" && $0 != "{" }
            add(
                "ask " + (perspective.map { "\($0)::" } ?? "") + Self.squeezed(String(head)), title: question.title, statement.doc
            )
        case .perspective(let perspective):
            if let description = perspective.description { text += "\n\(description).\n" }
            for inner in perspective.statements { add(inner, in: perspective.name.text) }
        default: return
        }
    }

    /// A paragraph: the head, the title of a question, the prose of the comment, and a line for each of its remarks.
    private mutating func add(_ head: some StringProtocol, title: String?, _ doc: String?) {
        text += "\n**`\(head.trimmingCharacters(in: .whitespaces))`**" + (title.map { "  \n\($0)" } ?? "") + "\n"
        var prose: [String] = []
        var remarks: [String] = []
        for line in (doc ?? "").split(separator: "\n") {
            let word = line.prefix { $0.isLetter && $0.isLowercase }
            if !word.isEmpty, line.dropFirst(word.count).hasPrefix(": ") {
                let value = line.dropFirst(word.count + 2)
                let isCode = ["formula", "example", "usage"].contains(String(word)) && !value.contains("`")
                remarks.append("- \(word): " + (isCode ? "`\(value)`" : Self.escaped(value)))
            } else {
                prose.append(Self.escaped(line))
            }
        }
        if !prose.isEmpty { text += prose.joined(separator: "\n") + "\n" }
        if !remarks.isEmpty { text += "\n" + remarks.joined(separator: "\n") + "\n" }
    }

    /// Signs that Markdown would take for its own, outside of code.
    private static func escaped(_ line: some StringProtocol) -> String {
        var result = ""
        var isCode = false
        for character in line {
            if character == "`" { isCode.toggle() }
            if !isCode, "*_<".contains(character) { result += "\\" }
            result.append(character)
        }
        return result
    }

    private static func squeezed(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
