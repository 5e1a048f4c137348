import Output
import Session
import Syntax

extension Commands {
    static func help(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        guard argument.isEmpty else {
            _ = repl.session.run(SourceText(name: "<prompt>", text: "describe " + argument))
            return .goOn
        }
        var text = """
            Ask a question: a source, then clauses, from left to right.

              accounts where tier = "gold" and no touches[at > 90 days ago]
                select name, owner.name, won = sum(deals[stage = "won"].amount)
                sort -won take 10

            A line that begins with a clause goes on from the last answer: where, with, select, summarize, sort, take, skip,
            distinct, follow, pivot, as of, chart, format, into, |. Tab completes names and values. `describe NAME` explains a
            field, a function or a clause; `entities`, `fields`, `links`, `functions` list what there is.

            Questions that others have asked: `perspectives`, then `use NAME`, `questions`, `ask QUESTION`. `why VALUE` tells how a
            value came to be, `rows N` which records make up a row of the last answer, `goals` how far your goals are.


            """
        let lines = all.map { command in
            (":\(command.name) \(command.argument)" + (command.shortcut.map { "  (:\($0))" } ?? ""), command.summary)
        }
        let width = lines.map { DisplayWidth.of($0.0) }.max() ?? 0
        for line in lines {
            text += "  " + line.0 + String(repeating: " ", count: width - DisplayWidth.of(line.0) + 2) + line.1 + "\n"
        }
        show(text, repl)
        return .goOn
    }

    static func schema(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        if argument.isEmpty {
            show(repl.session.schemaOverview(), repl)
        } else {
            _ = repl.session.run(SourceText(name: "<prompt>", text: "describe " + argument))
        }
        return .goOn
    }

    static func open(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        let paths = shellWords(argument)
        guard !paths.isEmpty else {
            repl.streams.tell("usage: :open PATH…\n")
            return .goOn
        }
        replaceSession(repl, paths)
        return .goOn
    }

    static func reload(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        guard !repl.paths.isEmpty else {
            repl.streams.tell("nothing is open; :open PATH opens a folder or files\n")
            return .goOn
        }
        replaceSession(repl, repl.paths)
        return .goOn
    }

    /// The old session stays when the new data cannot be opened.
    private static func replaceSession(_ repl: Repl, _ paths: [String]) {
        guard let session = repl.opener(paths) else { return }
        session.takeOver(from: repl.session)
        repl.session = session
        repl.paths = paths
    }

    static func problems(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        show(repl.session.problemsText(), repl)
        return .goOn
    }

    static func format(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        if argument.isEmpty {
            show("format is \(repl.session.settings.effectiveFormat.rawValue)\n", repl)
        } else if argument == "auto" {
            repl.session.settings.format = nil
            return self.format(repl, "")
        } else if let format = OutputFormat(rawValue: argument.lowercased()) {
            repl.session.settings.format = format
            return self.format(repl, "")
        } else {
            let meant = OutputFormat.meant(by: argument).map { "; did you mean `\($0.rawValue)`?" }
            repl.streams.tell(
                "there is no format `\(argument)`" + (meant ?? "; there are \(OutputFormat.names) and auto") + "\n")
        }
        return .goOn
    }

    static func timing(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        setSwitch(argument, name: "timing", repl, get: repl.session.settings.timing) { repl.session.settings.timing = $0 }
        return .goOn
    }

    static func header(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        setSwitch(argument, name: "header", repl, get: repl.session.settings.header) { repl.session.settings.header = $0 }
        return .goOn
    }

    static func pager(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        setSwitch(argument, name: "pager", repl, get: repl.streams.pages) { repl.streams.pages = $0 }
        return .goOn
    }

    private static func setSwitch(_ argument: String, name: String, _ repl: Repl, get: Bool, set: (Bool) -> Void) {
        switch argument {
        case "": show("\(name) is \(get ? "on" : "off")\n", repl)
        case "on", "off":
            set(argument == "on")
            show("\(name) is \(argument)\n", repl)
        default: repl.streams.tell("usage: :\(name) on|off\n")
        }
    }

    static func rows(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        switch argument {
        case "": break
        case "all": repl.customRowLimit = Int.max
        case "auto": repl.customRowLimit = nil
        default:
            guard let count = Int(argument), count > 0 else {
                repl.streams.tell("usage: :rows N, :rows all or :rows auto\n")
                return .goOn
            }
            repl.customRowLimit = count
        }
        let limit: String =
            switch repl.customRowLimit {
            case Int.max?: "all rows"
            case let count?: countText(count, "row")
            case nil: "as many rows as the window has room for"
            }
        show("a table shows \(repl.streams.pages ? "all rows, in a pager" : limit)\n", repl)
        return .goOn
    }

    static func runScript(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        guard let path = shellWords(argument).first else {
            repl.streams.tell("usage: :run SCRIPT\n")
            return .goOn
        }
        guard let text = readFile(path) else {
            repl.streams.tell("cannot read \(path)\n")
            return .goOn
        }
        Interrupt.clear()
        _ = repl.session.run(SourceText(name: path, text: text))
        return .goOn
    }

    static func history(_ repl: Repl, _ argument: String) -> Repl.Outcome {
        let entries = repl.editor?.history ?? []
        let count = argument.isEmpty ? 20 : (Int(argument) ?? 20)
        for (index, entry) in entries.enumerated().suffix(max(count, 0)) {
            let lines = entry.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n        ")
            show(String(repeating: " ", count: max(0, 5 - String(index + 1).count)) + "\(index + 1)  \(lines)\n", repl)
        }
        return .goOn
    }

    private static func show(_ text: String, _ repl: Repl) {
        try? repl.streams.show(Array(text.utf8), isTable: true)
    }

    /// Words separated by blanks; quotes keep blanks inside, and `~` is the home folder.
    private static func shellWords(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isOpen = false
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                isOpen = true
            } else if character.isWhitespace {
                if isOpen || !word.isEmpty { words.append(word) }
                (word, isOpen) = ("", false)
            } else {
                word.append(character)
            }
        }
        if isOpen || !word.isEmpty { words.append(word) }
        return words.map { word in
            guard word == "~" || word.hasPrefix("~/"), let home = Environment.value("HOME") else { return word }
            return home + word.dropFirst()
        }
    }
}
