import Output
import Session
import Syntax

/// The prompt: reads statements and commands until the person leaves.
public final class Repl {
    /// Opens a store anew, for `:open` and `:reload`.
    public typealias Opener = (_ paths: [String]) -> Session?

    var session: Session
    let streams: StandardStreams
    let opener: Opener
    /// What is open, as it was named.
    var paths: [String]
    var editor: (any LineEditor)?
    private var lineNumber = 0

    public init(
        session: Session, paths: [String], streams: StandardStreams, rowLimit: Int? = nil, opener: @escaping Opener
    ) {
        self.session = session
        self.paths = paths
        self.streams = streams
        self.opener = opener
        customRowLimit = rowLimit
    }

    /// Runs the prompt until Ctrl-D or `:quit`.
    public func run() {
        let historyFile = HistoryFile(path: HistoryFile.defaultPath)
        let isComplete: CompletenessCheck = { text in text.isCommandLine || inputIsComplete(text) }
        let editor: any LineEditor =
            LibEditLineEditor(
                historyFile: historyFile, isComplete: isComplete,
                complete: { [unowned self] text, cursor in self.complete(text, cursor) })
            ?? PlainLineReader(promptDescriptor: 2, isComplete: isComplete)
        self.editor = editor
        if let problem = historyFile.problem { streams.tell("history: \(problem)\n") }
        runInitFile()
        reading: while true {
            switch editor.read(prompt: prompt, continuationPrompt: "   … ") {
            case .end: break reading
            case .cancelled: continue
            case .statement(let text): if submit(text) == .leave { break reading }
            }
        }
    }

    enum Outcome { case goOn, leave }

    /// Runs one input: a command that begins with a colon, or statements.
    func submit(_ text: String, from name: String = "<prompt>") -> Outcome {
        let trimmed = text.trimmed
        guard !trimmed.isEmpty else { return .goOn }
        adaptToTerminal()
        if trimmed.isCommandLine { return Commands.run(String(trimmed.dropFirst()), self) }
        Interrupt.clear()
        if session.run(SourceText(name: name, text: text)) == .badQuestion, let command = Commands.meant(by: trimmed) {
            streams.tell("did you mean the command :\(command.name)? :help lists them\n")
        }
        Interrupt.clear()
        return .goOn
    }

    /// The window may have changed since the last question.
    private func adaptToTerminal() {
        guard let size = Terminal.standardOutput.size, Terminal.standardOutput.isTerminal else { return }
        session.settings.width = size.columns
        session.settings.rowLimit = streams.pages ? nil : (customRowLimit ?? max(size.rows - 6, 10))
    }

    /// What `--rows` or `:rows` set; none follows the height of the window.
    var customRowLimit: Int?

    private var prompt: String {
        let name = paths.first.map { $0.lastPathComponent.isEmpty ? $0 : $0.lastPathComponent } ?? "crmq"
        return "\u{1B}[1m\(name)\u{1B}[0m> "
    }

    // MARK: Init file

    /// `$XDG_CONFIG_HOME/crmq/init.crmq`: statements and commands that every prompt begins with.
    private func runInitFile() {
        guard let path = Self.initFilePath, let text = readFile(path) else { return }
        var buffer = StatementBuffer(blankLineSubmits: false) { $0.isCommandLine || inputIsComplete($0) }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let statement = buffer.append(line: line) { _ = submit(statement, from: path) }
        }
        if let rest = buffer.take() { _ = submit(rest, from: path) }
    }

    static var initFilePath: String? {
        if let folder = Environment.value("XDG_CONFIG_HOME") { return folder + "/crmq/init.crmq" }
        return Environment.value("HOME").map { $0 + "/.config/crmq/init.crmq" }
    }

    // MARK: Completion

    private func complete(_ text: String, _ cursor: Int) -> Completion {
        if text.isCommandLine { return Commands.complete(text, cursor) }
        let found = session.complete(text, cursor: cursor)
        return Completion(
            replace: found.replace,
            candidates: found.candidates.map {
                Candidate(text: $0.text, description: $0.description, suffix: $0.suffix)
            })
    }
}

extension String {
    /// Whether an input is a command of the prompt rather than a statement.
    var isCommandLine: Bool { trimmed.hasPrefix(":") }

    var trimmed: String {
        var view = Substring(self)
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }

    /// The last part of a path, `.` for the folder one is in.
    var lastPathComponent: String { split(separator: "/").last.map(String.init) ?? self }
}
