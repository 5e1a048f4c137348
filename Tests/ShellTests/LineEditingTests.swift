import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Types at the editor. Serialized: each test starts a process, and time-outs mean something only if the machine is not flooded.
@Suite(.serialized, .enabled(if: !EditorChild.isChild), .timeLimit(.minutes(2))) struct LineEditingTests {
    @Test func submitsACompleteLine() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("accounts\r")
        #expect(terminal.wait(for: "crmq> accounts\n<accounts>\ncrmq>"))
        terminal.press(.controlD)
        #expect(terminal.wait(for: "bye"))
        #expect(terminal.exitStatus() == 7)
        #expect(!terminal.screen.marksPastes)
    }

    /// As a zero it arrives where the terminal was not the editor's yet when it was typed.
    @Test func leavesAtAControlDThatWasTypedAhead() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.settle()
        terminal.type("x")
        #expect(terminal.wait(forCurrentLine: "crmq> x"))
        terminal.type("\u{0}y")
        #expect(terminal.wait(forCurrentLine: "crmq> xy"))
        terminal.type("\r")
        #expect(terminal.wait(for: "crmq> xy\n<xy>\ncrmq>"))
        terminal.settle()
        terminal.type("\u{0}")
        #expect(terminal.wait(for: "bye"))
        #expect(terminal.exitStatus() == 7)
    }

    @Test func editsSeveralLinesInOneBuffer() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("accounts[a,\r")
        #expect(terminal.wait(forCurrentLine: ""))
        terminal.type("b]")
        #expect(terminal.wait(for: "crmq> accounts[a,\n  b]"))
        terminal.press(.up)
        #expect(terminal.wait { $0.cursorRow == 1 && $0.cursorColumn == 6 })
        terminal.type("X")
        terminal.press(.enter)
        #expect(terminal.wait(for: "<Xaccounts[a,⏎  b]>"))
    }

    @Test func recallsStatementsOfSeveralLines() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("first\rf(a,\rb)\r")
        #expect(terminal.wait(for: "<f(a,⏎  b)>\ncrmq>"))
        terminal.type("unfinished")
        terminal.press(.up)
        #expect(terminal.wait(forCurrentLine: "  b)"))
        terminal.press(.up, .up)
        #expect(terminal.wait(forCurrentLine: "crmq> first"))
        terminal.press(.down, .down)
        #expect(terminal.wait(forCurrentLine: "  b)"))
        terminal.press(.down)
        #expect(terminal.wait(forCurrentLine: "crmq> unfinished"))
    }

    @Test func homeAndEndStayInTheirLine() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("one")
        terminal.press(.altEnter)
        terminal.type("two")
        terminal.press(.home)
        #expect(terminal.wait { $0.currentLine == "  two" && $0.cursorColumn == 0 })
        terminal.press(.up, .end)
        #expect(terminal.wait { $0.currentLine == "crmq> one" && $0.cursorColumn == 9 })
        terminal.press(.controlA)
        #expect(terminal.wait { $0.cursorColumn == 6 })
        terminal.press(.enter)
        #expect(terminal.wait(for: "<one⏎  two>"))
    }

    @Test func aBlankLineSubmitsWhatIsThere() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("f(a\r\r")
        #expect(terminal.wait(for: "<f(a>"))
    }

    @Test func insertsTheOnlyCandidateAndListsSeveral() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("wh\t")
        #expect(terminal.wait { $0.currentLine == "crmq> where" && $0.cursorColumn == 12 })
        terminal.type("x = \"M\t")
        #expect(terminal.wait(forCurrentLine: "crmq> where x = \"München\""))
        terminal.press(.controlU)
        terminal.type("ac\t")
        #expect(terminal.wait(forCurrentLine: "crmq> account"))
        #expect(!terminal.screen.text.contains("342"))
        terminal.press(.tab)
        #expect(terminal.wait(for: "accounts  342 records\naccount   an entity\ncrmq> account"))
    }

    @Test func takesAPasteAsAWhole() throws {
        let terminal = try PseudoTerminal.withEditor()
        #expect(terminal.screen.marksPastes)
        terminal.paste("accounts\n\twhere a\n\u{1B}Mselect b\n")
        #expect(terminal.wait(forCurrentLine: "Mselect b"))
        #expect(!terminal.screen.text.contains("<"))
        terminal.press(.enter)
        #expect(terminal.wait(for: "<accounts⏎"))
        #expect(terminal.wait(for: "where a⏎Mselect b>"))
    }

    @Test func controlCDropsTheLineAndEndsAQuestion() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("f(a,\rb")
        #expect(terminal.wait(forCurrentLine: "  b"))
        terminal.press(.up, .controlC)
        #expect(terminal.wait(for: "  b^C\ncancelled\ncrmq>"))
        terminal.type(":run\r")
        #expect(terminal.wait(for: "running"))
        terminal.press(.controlC)
        #expect(terminal.wait(for: "interrupted\ncrmq>"))
        terminal.type("still here\r")
        #expect(terminal.wait(for: "<still here>"))
    }

    @Test func searchesHistoryIncrementally() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("deals[won]\rf(漢字)\rdeals[lost]\r")
        #expect(terminal.wait(for: "<deals[lost]>\ncrmq>"))
        terminal.press(.controlR)
        terminal.type("ls[")
        #expect(terminal.wait(forCurrentLine: "search \"ls[\": deals[lost]"))
        terminal.press(.controlR)
        #expect(terminal.wait(forCurrentLine: "search \"ls[\": deals[won]"))
        terminal.press(.controlG)
        #expect(terminal.wait(forCurrentLine: "crmq>"))
        terminal.press(.controlR)
        terminal.type("字")
        #expect(terminal.wait(forCurrentLine: "search \"字\": f(漢字)"))
        terminal.press(.enter)
        #expect(terminal.wait { $0.text.hasSuffix("<f(漢字)>\ncrmq>") })
    }

    @Test func editsWideAndAccentedCharacters() throws {
        let terminal = try PseudoTerminal.withEditor(environment: ["LANG": ""])
        terminal.type("hé 漢字 😀x")
        #expect(terminal.wait { $0.cursorColumn == 17 })
        terminal.press(.backspace, .left, .left)
        terminal.type("ü")
        #expect(terminal.wait(forCurrentLine: "crmq> hé 漢字ü 😀"))
        terminal.press(.enter)
        #expect(terminal.wait(for: "<hé 漢字ü 😀>"))
    }

    @Test func keepsHistoryBetweenSessions() throws {
        let home = TemporaryFolder()
        let first = try PseudoTerminal.withEditor(home: home)
        first.type("f(a,\rb)\rone\rone\r")
        #expect(first.wait(for: "<one>\ncrmq> one\n<one>\ncrmq>"))
        first.press(.controlD)
        #expect(first.exitStatus() == 7)
        #expect(home.read(".local/state/crmq/history") == "f(a,\\n  b)\none\n")
        let second = try PseudoTerminal.withEditor(home: home)
        second.press(.up, .up)
        #expect(second.wait(for: "crmq> f(a,\n  b)"))
    }

    @Test func worksInViMode() throws {
        let home = TemporaryFolder()
        home.write("bind -v\n", to: ".editrc")
        let terminal = try PseudoTerminal.withEditor(home: home)
        terminal.type("one\rxtwo")
        #expect(terminal.wait(forCurrentLine: "crmq> xtwo"))
        terminal.press(.escape)
        terminal.settle()
        terminal.type("0x")
        #expect(terminal.wait(forCurrentLine: "crmq> two"))
        terminal.type("k")
        #expect(terminal.wait(forCurrentLine: "crmq> one"))
        terminal.type("A[")
        terminal.press(.enter)
        terminal.paste("2]")
        #expect(terminal.wait(for: "crmq> one[\n  2]"))
        terminal.press(.up)
        #expect(terminal.wait { $0.currentLine == "crmq> one[" })
        terminal.press(.enter)
        #expect(terminal.wait(for: "<one[⏎  2]>"))
    }

    @Test func redrawsAfterAResize() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.type("a question that is long enough to be wrapped")
        #expect(terminal.wait(for: "wrapped"))
        terminal.resize(columns: 30, rows: 10)
        #expect(terminal.wait(for: "crmq> a question that is long\nenough to be wrapped") || terminal.wait(for: "wrapped"))
        terminal.press(.enter)
        #expect(terminal.wait(for: "<a question"))
    }

    @Test func leavesThePagerQuietly() throws {
        let terminal = try PseudoTerminal.withEditor(environment: ["CRMQ_PAGER": "head -2"])
        terminal.type(":page\r")
        #expect(terminal.wait(for: "line 1\nline 2\nleft the pager\ncrmq>"))
    }

    @Test func aDamagedHistoryIsNoReasonNotToStart() throws {
        let folder = TemporaryFolder()
        let terminal = try PseudoTerminal.withEditor(environment: ["CRMQ_HISTORY": folder.path])
        terminal.type("works\r")
        #expect(terminal.wait(for: "<works>"))
    }

    @Test func aDumbTerminalGetsPlainLines() throws {
        let terminal = try PseudoTerminal.withEditor(environment: ["TERM": "dumb"])
        terminal.type("f(a\r")
        #expect(terminal.wait(forCurrentLine: "  ..."))
        terminal.type("b)\r")
        #expect(terminal.wait(for: "<f(a⏎b)>"))
    }

    @Test func aKilledSessionLeavesTheTerminalInOrder() throws {
        let terminal = try PseudoTerminal.withEditor()
        terminal.signal(SIGTERM)
        #expect(terminal.exitStatus() == 128 + SIGTERM)
        #expect(!terminal.screen.marksPastes)
    }
}
