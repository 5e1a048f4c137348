import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a command tells libedit to do next.
struct CommandResult {
    let code: UInt8

    static let nothing = CommandResult(code: UInt8(CC_NORM))
    static let redraw = CommandResult(code: UInt8(CC_REFRESH))
    static let beep = CommandResult(code: UInt8(CC_ERROR))
    static let redrawAndBeep = CommandResult(code: UInt8(CC_REFRESH_BEEP))
    static let submit = CommandResult(code: UInt8(CC_NEWLINE))
    static let end = CommandResult(code: UInt8(CC_EOF))
}

extension LibEditLineEditor {
    /// Makes the commands known to libedit, and so to `.editrc`, by name.
    func addCommands() {
        func add(_ name: String, _ help: String, _ command: @escaping crmq_el_command) {
            crmq_el_add_command(editor, name, help, command)
        }
        add("crmq-enter", "Submit a complete statement, or begin a new line") { editor, _ in
            LibEditLineEditor.run(editor) { $0.enter() }
        }
        add("crmq-newline", "Begin a new line") { editor, _ in
            LibEditLineEditor.run(editor) { $0.insertNewline() }
        }
        add("crmq-up", "Go up a line, or to the statement before") { editor, _ in
            LibEditLineEditor.run(editor) { $0.goUp() }
        }
        add("crmq-down", "Go down a line, or to the statement after") { editor, _ in
            LibEditLineEditor.run(editor) { $0.goDown() }
        }
        add("crmq-line-start", "Go to the start of this line of the statement") { editor, _ in
            LibEditLineEditor.run(editor) { $0.goToLineStart() }
        }
        add("crmq-line-end", "Go to the end of this line of the statement") { editor, _ in
            LibEditLineEditor.run(editor) { $0.goToLineEnd() }
        }
        add("crmq-complete", "Complete what stands before the cursor") { editor, _ in
            LibEditLineEditor.run(editor) { $0.complete() }
        }
        add("crmq-search", "Search earlier statements") { editor, _ in
            LibEditLineEditor.run(editor) { $0.beginSearch() }
        }
        add("crmq-search-step", "Go on searching") { editor, _ in
            LibEditLineEditor.run(editor) { $0.searchStep() }
        }
        add("crmq-search-accept", "Stop searching at the statement found") { editor, _ in
            LibEditLineEditor.run(editor) { $0.acceptSearch() }
        }
        add("crmq-end", "Leave, where nothing is typed") { editor, _ in
            LibEditLineEditor.run(editor) { $0.endIfEmpty() }
        }
        add("crmq-paste", "Insert what the terminal pasted") { editor, _ in
            LibEditLineEditor.run(editor) { $0.paste() }
        }
    }

    private static func run(_ editor: OpaquePointer?, _ command: (LibEditLineEditor) -> CommandResult) -> UInt8 {
        LibEditLineEditor.of(editor).map { command($0).code } ?? UInt8(CC_ERROR)
    }

    /// Binds the keys that mean something else in a text of several lines than in one line, and those that stand for commands. `ed-`
    /// commands of libedit take the whole text for one line.
    func bindKeys(isVi: Bool) {
        let commandKeys: [(CommandKey, String)] = [
            (.paste, "crmq-paste"), (.searchStep, "crmq-search-step"), (.searchAccept, "crmq-search-accept"), (.up, "crmq-up"),
            (.down, "crmq-down"), (.left, "ed-prev-char"), (.right, "ed-next-char"), (.home, "crmq-line-start"),
            (.end, "crmq-line-end"), (.delete, "ed-delete-next-char"),
        ]
        for (key, command) in commandKeys {
            crmq_el_bind(editor, String(key.scalar), command)
            crmq_el_bind_alternative(editor, String(key.scalar), command)
        }
        let common = [("crmq-enter", ["^M", "^J"]), ("crmq-complete", ["^I"]), ("crmq-search", ["^R"]), ("crmq-end", ["^@"])]
        let emacs = [
            ("crmq-up", ["^P", "\\e[A", "\\eOA"]), ("crmq-down", ["^N", "\\e[B", "\\eOB"]),
            ("crmq-line-start", ["^A", "\\e[H", "\\eOH", "\\e[1~"]), ("crmq-line-end", ["^E", "\\e[F", "\\eOF", "\\e[4~"]),
            ("crmq-newline", ["\\e^M", "\\e^J"]), ("ed-delete-next-char", ["\\e[3~"]), ("em-next-word", ["\\e[1;5C"]),
            ("ed-prev-word", ["\\e[1;5D"]),
        ]
        let viCommandMode = [
            ("crmq-enter", ["^M", "^J"]), ("crmq-up", ["k", "^P"]), ("crmq-down", ["j", "^N"]), ("crmq-search", ["^R"]),
        ]
        for (command, keys) in isVi ? common : common + emacs {
            for key in keys { crmq_el_bind(editor, key, command) }
        }
        for (command, keys) in isVi ? viCommandMode : [] {
            for key in keys { crmq_el_bind_alternative(editor, key, command) }
        }
    }

    // MARK: Lines

    /// Enter. A text that asks for more gets a new line; a blank line submits what there is, and the parser says what is missing.
    func enter() -> CommandResult {
        let line = line
        let text = line.text
        let isBlank = text.allSatisfy(\.isWhitespace)
        guard isBlank || line.endsInBlankLine || isComplete(text) else { return insertNewline() }
        moveBelowInput()
        outcome = .statement(text)
        return .submit
    }

    /// A Ctrl-D that was typed before the editor had taken the terminal over, while a question was being answered, arrives as a zero.
    func endIfEmpty() -> CommandResult { line.text.isEmpty ? .end : .nothing }

    /// A new line goes on at the indentation of the one before; the first one is indented as clauses are written.
    func insertNewline() -> CommandResult {
        let line = line
        let isFirst = line.lineStart == 0
        replace(line.cursor..<line.cursor, with: "\n" + (isFirst && line.indentation.isEmpty ? "  " : line.indentation))
        return .redraw
    }

    func paste() -> CommandResult {
        let cursor = line.cursor
        replace(cursor..<cursor, with: keys.pastedText)
        return .redraw
    }

    func goToLineStart() -> CommandResult {
        moveCursor(to: line.lineStart)
        return .redraw
    }

    func goToLineEnd() -> CommandResult {
        moveCursor(to: line.lineEnd)
        return .redraw
    }

    // MARK: Up and down

    func goUp() -> CommandResult {
        let line = line
        if line.lineStart > 0 {
            let end = line.lineStart - 1
            let start = (line.scalars[..<end].lastIndex(of: "\n") ?? -1) + 1
            return goVertically(from: line, toLine: start..<end)
        }
        guard let statement = statements.older(from: line.text) else { return .beep }
        replaceLine(with: statement)
        return .redraw
    }

    func goDown() -> CommandResult {
        let line = line
        if line.lineEnd < line.scalars.count {
            let start = line.lineEnd + 1
            let end = line.scalars[start...].firstIndex(of: "\n") ?? line.scalars.count
            return goVertically(from: line, toLine: start..<end)
        }
        guard let statement = statements.newer() else { return .beep }
        replaceLine(with: statement)
        if statements.position != nil {
            // At the end of the first line, so that Down leafs through the statement as Up does from its last line.
            moveCursor(to: statement.unicodeScalars.prefix { $0 != "\n" }.count)
        }
        return .redraw
    }

    /// Aims at the column on the screen, where the first line begins behind the prompt.
    private func goVertically(from line: EditedLine, toLine target: Range<Int>) -> CommandResult {
        func margin(ofLineAt start: Int) -> Int { start == 0 ? EditorWidth.of(shownPrompt.plain) : 0 }
        var goal = line.scalars[line.lineStart..<line.cursor].reduce(margin(ofLineAt: line.lineStart)) {
            $0 + EditorWidth.of($1)
        }
        if let motion = verticalMotion, motion.cursor == line.cursor { goal = motion.column }
        var column = margin(ofLineAt: target.lowerBound)
        var cursor = target.lowerBound
        while cursor < target.upperBound && column < goal {
            column += EditorWidth.of(line.scalars[cursor])
            cursor += 1
        }
        moveCursor(to: cursor)
        verticalMotion = (cursor, goal)
        return .redraw
    }

    // MARK: Search

    func beginSearch() -> CommandResult {
        search = HistorySearch(entries: statements.entries)
        lineBeforeSearch = line
        return .redraw
    }

    func searchStep() -> CommandResult {
        guard var search, let before = lineBeforeSearch else { return .nothing }
        switch keys.searchStep {
        case .extend(let text): search.extend(by: text)
        case .shorten: search.shorten()
        case .older: search.pattern.isEmpty ? search.extend(by: lastSearchPattern) : search.older()
        case .newer: search.newer()
        case .abort:
            self.search = nil
            replaceLine(with: before.text)
            moveCursor(to: before.cursor)
            return .redraw
        }
        self.search = search
        if let entry = search.entry {
            replaceLine(with: entry)
            moveCursor(to: search.matchScalarOffset)
        } else {
            replaceLine(with: before.text)
            moveCursor(to: before.cursor)
        }
        return search.hasFailed ? .redrawAndBeep : .redraw
    }

    func acceptSearch() -> CommandResult {
        guard let search else { return .nothing }
        if !search.pattern.isEmpty { lastSearchPattern = search.pattern }
        if let index = search.entryIndex { statements.jump(to: index, from: lineBeforeSearch?.text ?? "") }
        self.search = nil
        return .redraw
    }

    // MARK: Completion

    func complete() -> CommandResult {
        let line = line
        let completion = completer(line.text, line.cursorUTF8Offset)
        guard !completion.candidates.isEmpty else { return .beep }
        let range =
            line.scalarIndex(
                utf8Offset: completion.replace.lowerBound)..<line.scalarIndex(
                utf8Offset: completion.replace.upperBound)
        let list = CompletionList(candidates: completion.candidates)
        if completion.candidates.count == 1 {
            insert(completion.candidates[0], over: range, in: line)
            return .redraw
        }
        let typed = line.scalars[range]
        let common = list.commonPrefix
        if common.unicodeScalars.count >= typed.count && !common.unicodeScalars.elementsEqual(typed) {
            replace(range, with: common)
            completedLine = self.line
            return .redraw
        }
        guard completedLine == line else {
            completedLine = line
            return .beep
        }
        show(list)
        return .nothing
    }

    /// What follows the only candidate is left out where it stands there already, such as the quote in `"go|"`.
    private func insert(_ candidate: Candidate, over range: Range<Int>, in line: EditedLine) {
        let isThere =
            !candidate.suffix.isEmpty && line.scalars[range.upperBound...].starts(with: candidate.suffix.unicodeScalars)
        replace(range, with: candidate.text + (isThere ? "" : candidate.suffix))
        if isThere { moveCursor(to: self.line.cursor + candidate.suffix.unicodeScalars.count) }
    }

    private func show(_ list: CompletionList) {
        let size = screenSize
        let inputRows = layout(of: line).lastRow + 1
        let lines = list.lines(columns: size.columns, rows: size.rows - inputRows - 1, colour: terminal.hasColour)
        moveBelowInput()
        show(lines.joined(separator: "\r\n") + "\r\n")
        crmq_el_redraw(editor)
    }
}
