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
        /// What it is called in other shells, without the `.` or `\` in front.
        var foreignNames: [String] = []
    }

    static let all: [Command] = [
        Command(
            name: "help", shortcut: "h", argument: "[WORD]", summary: "this list, or what a word of the language means",
            run: help,
            foreignNames: ["?"]),
        Command(
            name: "schema", shortcut: "s", argument: "[ENTITY]", summary: "what is loaded: entities, fields and links",
            run: schema, foreignNames: ["tables", "show tables", "d", "dt", "describe", "desc", "ls"]),
        Command(
            name: "open", shortcut: nil, argument: "PATH…", summary: "open another folder or other files", run: open,
            foreignNames: ["use", "connect", "c", "import"]),
        Command(name: "reload", shortcut: nil, argument: "", summary: "read the data again, as after a new export", run: reload),
        Command(name: "problems", shortcut: nil, argument: "", summary: "what was wrong in the data", run: problems),
        Command(
            name: "format", shortcut: "f", argument: "[FORMAT]", summary: "how answers are written; none says how they are",
            run: format, words: OutputFormat.allCases.map(\.rawValue) + ["auto"], foreignNames: ["mode"]),
        Command(
            name: "timing", shortcut: nil, argument: "[on|off]", summary: "say how long each question took", run: timing,
            words: ["on", "off"], foreignNames: ["timer"]),
        Command(
            name: "header", shortcut: nil, argument: "[on|off]", summary: "the line with the columns' names (off for `| sort`)",
            run: header, words: ["on", "off"],
            foreignNames: ["headers"]),
        Command(
            name: "rows", shortcut: nil, argument: "[N|all|auto]", summary: "how many rows of a long answer are shown", run: rows,
            words: ["all", "auto"], foreignNames: ["maxrows"]),
        Command(
            name: "pager", shortcut: nil, argument: "[on|off]", summary: "show long answers whole, in a pager", run: pager,
            words: ["on", "off"]),
        Command(
            name: "run", shortcut: "r", argument: "SCRIPT", summary: "run a script of questions", run: runScript,
            foreignNames: ["read", "source", "i"]),
        Command(name: "history", shortcut: nil, argument: "[N]", summary: "the last statements", run: history),
        Command(
            name: "quit", shortcut: "q", argument: "", summary: "leave (also Ctrl-D)", run: { _, _ in .leave },
            foreignNames: ["exit", "bye"]),
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

    /// The command that a line means which is neither one nor a question: `exit`, `.tables`, `\d`.
    static func meant(by line: String) -> Command? {
        let words = line.lowercased().split { $0.isWhitespace || $0 == ";" }.joined(separator: " ")
        let isMarked = words.hasPrefix(".") || words.hasPrefix("\\")
        let name = String(isMarked ? words.dropFirst().prefix { $0 != " " } : words[...])
        // A single letter is a command behind a mark only.
        guard isMarked || name.count > 1 else { return nil }
        return all.first { $0.name == name || $0.shortcut == name || $0.foreignNames.contains(name) }
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
