import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Edits statements at a terminal through libedit's native interface: whole statements of several lines in one buffer, history,
/// completion, incremental search, and the keys that a person's `.editrc` asks for.
///
/// libedit draws and edits; keys come from `KeyReader`, and what is special to statements are commands of our own (`+Commands`), which
/// an `.editrc` can bind to further keys by their names.
public final class LibEditLineEditor: LineEditor {
    let editor: OpaquePointer
    let output: UnsafeMutablePointer<FILE>
    let terminal: Terminal
    let keys = KeyReader(descriptor: STDIN_FILENO)
    let isComplete: CompletenessCheck
    let completer: Completer
    let statements: StatementHistory
    /// What libedit's own history commands (vi's `/`, for one) look through.
    private let libEditHistory: OpaquePointer
    private let historyFile: HistoryFile
    private var signals = EditingSignals()

    /// Set by the command that ends the line.
    var outcome: ReadResult?
    var prompt = StyledPrompt("")
    var search: HistorySearch?
    /// What an aborted search goes back to.
    var lineBeforeSearch: EditedLine?
    var lastSearchPattern = ""
    /// The buffer as the last Tab left it: a second Tab on the same text lists the candidates.
    var completedLine: EditedLine?
    /// The column that Up and Down aim at, kept while they pass shorter lines.
    var verticalMotion: (cursor: Int, column: Int)?
    private var promptBytes: UnsafeMutablePointer<CChar>?
    /// libedit's vi mode cannot tell the Escape key from the start of an arrow key's sequence, so keys are translated for it.
    private var isVi = false

    /// Answers nothing where lines cannot be edited: no terminal to read from or to draw on, or one that cannot move its
    /// cursor. `PlainLineReader` is for those.
    public init?(historyFile: HistoryFile, isComplete: @escaping CompletenessCheck, complete: @escaping Completer) {
        // With standard output in a pipe (`crmq DIR | tee log`) the line is drawn on standard error.
        let drawsOnOutput = Terminal.standardOutput.isTerminal
        let terminal = drawsOnOutput ? Terminal.standardOutput : Terminal.standardError
        guard Terminal.standardInput.isTerminal, terminal.isTerminal, !terminal.isDumb else { return nil }
        let output = drawsOnOutput ? crmq_stdout()! : crmq_stderr()!
        Self.chooseUTF8()
        guard let editor = el_init("crmq", crmq_stdin(), output, crmq_stderr()) else { return nil }
        guard let libEditHistory = history_init() else {
            el_end(editor)
            return nil
        }
        self.editor = editor
        self.libEditHistory = libEditHistory
        self.output = output
        self.terminal = terminal
        self.isComplete = isComplete
        self.completer = complete
        self.historyFile = historyFile
        statements = StatementHistory(file: historyFile)
        Interrupt.install()
        configure()
    }

    deinit {
        el_end(editor)
        history_end(libEditHistory)
        free(promptBytes)
    }

    public var history: [String] { statements.entries }

    /// Why history is not kept, if it should be and cannot.
    public var historyProblem: String? { historyFile.problem }

    public func read(prompt: String, continuationPrompt: String) -> ReadResult {
        begin(prompt: prompt)
        var count: Int32 = 0
        let line = el_gets(editor, &count)
        let leftover = line.map { String(cString: $0) }
        finish()
        let result = outcome ?? leftover.map { .statement($0) } ?? .end
        switch result {
        case .statement(let text):
            // `ed-newline`, should an `.editrc` bind a key to it, submits with the newline.
            let statement = StatementBuffer.withoutTrailingBlankLines(text)
            if statements.add(statement) { _ = crmq_history_enter(libEditHistory, statement) }
            return .statement(statement)
        case .cancelled:
            return .cancelled
        case .end:
            show("\r\n")
            return .end
        }
    }

    // MARK: Begin and end

    private func begin(prompt: String) {
        let styled = StyledPrompt(prompt)
        self.prompt = terminal.hasColour ? styled : StyledPrompt(styled.plain)
        outcome = nil
        search = nil
        completedLine = nil
        verticalMotion = nil
        statements.leave()
        Interrupt.clear()
        SignalRelay.drain()
        signals.begin()
        // libedit takes the terminal over when it waits for the first key; what is typed between its prompt and then would be shown twice.
        crmq_el_prepare_terminal(editor, 1)
        show(KeyReader.bracketedPasteOn)
    }

    private func finish() {
        show(KeyReader.bracketedPasteOff)
        signals.end()
    }

    private func configure() {
        crmq_el_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
        crmq_el_set_prompt(editor, { LibEditLineEditor.of($0)?.promptForLibEdit() }, CChar(StyledPrompt.marker.value))
        crmq_el_set_reader(editor) { editor, character in
            guard let editor = LibEditLineEditor.of(editor), let character else { return 0 }
            return editor.nextCharacter(character)
        }
        crmq_history_set_size(libEditHistory, Int32(HistoryFile.entryLimit))
        for statement in statements.entries { crmq_history_enter(libEditHistory, statement) }
        crmq_el_set_history(editor, libEditHistory)
        crmq_el_set_editor(editor, "emacs")
        addCommands()
        // Afterwards, because `bind -v` and `bind -e` in an .editrc set all keys anew.
        el_source(editor, nil)
        isVi = crmq_el_is_vi(editor) != 0
        keys.translatesSequences = isVi
        bindKeys(isVi: isVi)
    }

    /// Without a UTF-8 locale libedit would take each byte of é for a character. Containers and cron often have none set.
    static func chooseUTF8() {
        for name in ["", "C.UTF-8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil {
            if String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8" { return }
        }
    }

    // MARK: Called by libedit

    static func of(_ editor: OpaquePointer?) -> LibEditLineEditor? {
        guard let editor, let data = crmq_el_client_data(editor) else { return nil }
        return Unmanaged<LibEditLineEditor>.fromOpaque(data).takeUnretainedValue()
    }

    /// The prompt changes while a search is on. libedit reads it at each redraw, and does not free it.
    private func promptForLibEdit() -> UnsafeMutablePointer<CChar>? {
        free(promptBytes)
        promptBytes = strdup(shownPrompt.marked)
        return promptBytes
    }

    var shownPrompt: StyledPrompt { search.map { StyledPrompt($0.prompt) } ?? prompt }

    /// Gives libedit its next character: 1 for one, 0 at the end of the input, -1 if the line is cancelled.
    private func nextCharacter(_ character: UnsafeMutablePointer<wchar_t>) -> Int32 {
        while true {
            // Commands of libedit that read on by themselves (vi's `f`, `/`) ask again after a cancelled line.
            guard outcome == nil else {
                errno = EINTR
                return -1
            }
            switch keys.next(isSearching: search != nil) {
            case .character(let scalar):
                character.pointee = wchar_t(bitPattern: scalar.value)
                return 1
            case .command(let key):
                character.pointee = wchar_t(bitPattern: key.scalar.value)
                return 1
            case .end:
                return 0
            case .signal:
                handleSignals()
            }
        }
    }

    private func handleSignals() {
        SignalRelay.drain()
        if SignalRelay.take(SignalRelay.interrupt) { cancel() }
        if SignalRelay.take(SignalRelay.suspend) { suspend() }
        if SignalRelay.take(SignalRelay.resume) {
            crmq_el_prepare_terminal(editor, 1)
            show(KeyReader.bracketedPasteOn)
            crmq_el_redraw(editor)
        }
        if SignalRelay.take(SignalRelay.resize) { redrawAfterResize() }
    }

    private func cancel() {
        outcome = .cancelled
        keys.discard()
        moveBelowInput(saying: "^C")
    }

    /// Ctrl-Z: hands the terminal back in order, stops, and takes up the line where it was.
    private func suspend() {
        moveBelowInput()
        show(KeyReader.bracketedPasteOff)
        crmq_el_prepare_terminal(editor, 0)
        signals.end()
        _ = kill(getpid(), SIGTSTP)
        signals.begin()
        crmq_el_prepare_terminal(editor, 1)
        show(KeyReader.bracketedPasteOn)
        el_resize(editor)
        crmq_el_redraw(editor)
    }

    /// Terminals move what they show when their width changes. From the new width follows how far above the cursor the input
    /// now begins; from there it is drawn again.
    private func redrawAfterResize() {
        let above = layout(of: line).cursorRow
        show("\r" + (above > 0 ? "\u{1B}[\(above)A" : "") + "\u{1B}[J")
        el_resize(editor)
        crmq_el_redraw(editor)
    }

    // MARK: Screen

    var screenSize: Terminal.Size { terminal.size ?? Terminal.Size(columns: 80, rows: 24) }

    func layout(of line: EditedLine) -> InputLayout {
        InputLayout(prompt: shownPrompt.plain, text: line.scalars, cursor: line.cursor, columns: screenSize.columns)
    }

    /// Goes to the start of the row after the input, with some words behind its end. Newlines rather than cursor movements, so
    /// that the screen scrolls.
    func moveBelowInput(saying words: String = "") {
        let layout = layout(of: line)
        // Of an input taller than the screen libedit shows the end.
        let rows = min(layout.lastRow - layout.cursorRow, screenSize.rows - 1)
        show(String(repeating: "\n", count: rows) + "\r")
        if !words.isEmpty { show((layout.lastColumn > 0 ? "\u{1B}[\(layout.lastColumn)C" : "") + words) }
        show("\r\n")
    }

    /// Writes through libedit's own stream, which buffers, so that all stays in order.
    func show(_ text: String) {
        fputs(text, output)
        fflush(output)
    }
}
