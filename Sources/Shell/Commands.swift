import Output
import Session
import Syntax

/// The commands of the prompt: everything that is about the shell rather than about the data. One table makes the dispatch, the help and
/// the completion.
enum Commands {
    struct Command: Sendable {
        let name: String
        let shortcut: String?
        /// What may follow, as the help shows it.
        let argument: String
        let summary: String
        let run: @Sendable (Repl, String) -> Repl.Outcome
        /// Words that may follow, for completion.
        var words: [String] = []
    }

    static let all: [Command] = [
        Command(
            name: "help", shortcut: "h", argument: "[WORD]", summary: "this list, or what a word of the language means", run: help
        ),
        Command(
            name: "schema", shortcut: "s", argument: "[ENTITY]", summary: "what is loaded: entities, fields and links",
            run: schema),
        Command(name: "open", shortcut: nil, argument: "PATH…", summary: "open another folder or other files", run: open),
        Command(name: "reload", shortcut: nil, argument: "", summary: "read the data again, as after a new export", run: reload),
        Command(name: "problems", shortcut: nil, argument: "", summary: "what was wrong in the data", run: problems),
        Command(
            name: "format", shortcut: "f", argument: "[FORMAT]", summary: "how answers are written; none says how they are",
            run: format, words: OutputFormat.allCases.map(\.rawValue) + ["auto"]),
        Command(
            name: "timing", shortcut: nil, argument: "[on|off]", summary: "say how long each question took", run: timing,
            words: ["on", "off"]),
        Command(
            name: "header", shortcut: nil, argument: "[on|off]", summary: "the line with the columns' names (off for `| sort`)",
            run: header, words: ["on", "off"]),
        Command(
            name: "rows", shortcut: nil, argument: "[N|all|auto]", summary: "how many rows of a long answer are shown", run: rows,
            words: ["all", "auto"]),
        Command(
            name: "pager", shortcut: nil, argument: "[on|off]", summary: "show long answers whole, in a pager", run: pager,
            words: ["on", "off"]),
        Command(name: "run", shortcut: "r", argument: "SCRIPT", summary: "run a script of questions", run: runScript),
        Command(name: "history", shortcut: nil, argument: "[N]", summary: "the last statements", run: history),
        Command(name: "quit", shortcut: "q", argument: "", summary: "leave (also Ctrl-D)", run: { _, _ in .leave }),
    ]

    /// Runs a line without its colon.
    static func run(_ line: String, _ repl: Repl) -> Repl.Outcome {
        let name = String(line.prefix { !$0.isWhitespace })
        let argument = String(line.dropFirst(name.count)).trimmed
        guard let command = all.first(where: { $0.name == name || $0.shortcut == name }) ?? uniquePrefix(name) else {
            let near = nearest(to: name, among: all.map(\.name), limit: 1).first
            repl.streams.tell(
                "there is no command :\(name)" + (near.map { "; did you mean :\($0)?" } ?? "; :help lists them") + "\n")
            return .goOn
        }
        return command.run(repl, argument)
    }

    private static func uniquePrefix(_ name: String) -> Command? {
        let matching = name.isEmpty ? [] : all.filter { $0.name.hasPrefix(name) }
        return matching.count == 1 ? matching[0] : nil
    }

    static func complete(_ text: String, _ cursor: Int) -> Completion {
        let typed = String(decoding: Array(text.utf8.prefix(cursor)), as: UTF8.self)
        guard let colon = typed.firstIndex(of: ":") else { return .none }
        let line = typed[typed.index(after: colon)...]
        let name = line.prefix { !$0.isWhitespace }
        if name.count == line.count {
            let matching = all.filter { $0.name.hasPrefix(name) }
            return Completion(
                replace: (cursor - name.utf8.count)..<cursor,
                candidates: matching.map {
                    Candidate(
                        text: $0.name, display: ":\($0.name) \($0.argument)", description: $0.summary,
                        suffix: $0.argument.isEmpty ? "" : " ")
                })
        }
        guard let command = all.first(where: { $0.name == name || $0.shortcut == String(name) }) else { return .none }
        let last = line.reversed().prefix { !$0.isWhitespace }
        let part = String(last.reversed())
        return Completion(
            replace: (cursor - part.utf8.count)..<cursor,
            candidates: command.words.filter { $0.hasPrefix(part) }.map { Candidate(text: $0) })
    }
}
