import Foundation
import Output
import TestSupport
import Testing

@testable import Shell

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.enabled(if: !EditorChild.isChild)) struct HistoryFileTests {
    @Test(arguments: ["plain", "two\nlines", "a\\nb", "\\", "tab\tand é 漢字 😀", "cr\r\n"])
    func keepsAnyStatement(statement: String) {
        let folder = TemporaryFolder()
        let file = HistoryFile(path: "\(folder.path)/deep/er/history")
        file.append("before")
        file.append(statement)
        #expect(HistoryFile(path: file.path).load() == ["before", statement])
        #expect(file.problem == nil)
    }

    @Test func isForItsOwnerOnly() {
        let folder = TemporaryFolder()
        HistoryFile(path: "\(folder.path)/state/history").append("x")
        var status = stat()
        #expect(stat("\(folder.path)/state/history", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(stat("\(folder.path)/state", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
    }

    @Test func takesWhatADamagedFileStillHolds() {
        let folder = TemporaryFolder()
        folder.write("\n\nwhole\nlast without newline\\", to: "history")
        let file = HistoryFile(path: "\(folder.path)/history")
        #expect(file.load() == ["whole", "last without newline\\"])
        file.append("next")
        #expect(file.load() == ["whole", "last without newline\\", "next"])
    }

    @Test func keepsTheLatestStatementsOnly() {
        let folder = TemporaryFolder()
        let count = HistoryFile.entryLimit + HistoryFile.entryLimit / 2
        folder.write((0..<count).map { "entry \($0)\n" }.joined(), to: "history")
        let entries = HistoryFile(path: "\(folder.path)/history").load()
        #expect(entries.count == HistoryFile.entryLimit)
        #expect(entries.last == "entry \(count - 1)")
        #expect(folder.read("history")?.utf8.count(where: { $0 == 0x0A }) == HistoryFile.entryLimit)
    }

    @Test func losesNothingToOtherSessions() async {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/state/history"
        await withTaskGroup(of: Void.self) { group in
            for session in 0..<4 {
                group.addTask {
                    let file = HistoryFile(path: path)
                    for number in 0..<100 { file.append("session \(session)\nstatement \(number)") }
                }
            }
        }
        let entries = HistoryFile(path: path).load()
        #expect(entries.count == 400)
        #expect(Set(entries).count == 400)
    }

    @Test func saysWhatIsWrong() {
        let file = HistoryFile(path: "/dev/null")
        #expect(file.load() == [])
        #expect(file.problem == "history: /dev/null is not a regular file")
    }

    @Test func dropsRepeatsAndBlanks() {
        let history = StatementHistory(file: HistoryFile(path: nil))
        for statement in ["a", "a", " \n", "b", "a"] { history.add(statement) }
        #expect(history.entries == ["a", "b", "a"])
        #expect(history.older(from: "new") == "a")
        #expect(history.older(from: "a") == "b")
        #expect(history.older(from: "b") == "a")
        #expect(history.older(from: "a") == nil)
        #expect([history.newer(), history.newer(), history.newer(), history.newer()] == ["b", "a", "new", nil])
    }
}

@Suite(.enabled(if: !EditorChild.isChild)) struct HistorySearchTests {
    @Test func goesFromNewToOldAndBack() {
        var search = HistorySearch(entries: ["deals[won]", "Accounts", "deals[lost]", "deals[lost]"])
        search.extend(by: "deals[")
        #expect(search.entryIndex == 3)
        search.older()
        #expect(search.entry == "deals[won]")
        search.older()
        #expect(search.hasFailed && search.entry == "deals[won]")
        search.newer()
        #expect(!search.hasFailed && search.entry == "deals[lost]")
        search.extend(by: "x")
        #expect(search.hasFailed && search.prompt == "no match \"deals[x\": ")
        search.shorten()
        #expect(!search.hasFailed && search.entryIndex == 3)
    }

    @Test func foldsCaseUnlessAskedNotTo() {
        #expect(HistorySearch.offset(of: "acc", in: "My Accounts") == 3)
        #expect(HistorySearch.offset(of: "Acc", in: "accounts") == nil)
        #expect(HistorySearch.offset(of: "é", in: "café é") == 6)
        #expect(HistorySearch.offset(of: "longer", in: "long") == nil)
    }
}

@Suite(.enabled(if: !EditorChild.isChild)) struct LineTests {
    @Test func aStatementEndsWhereItIsComplete() {
        var buffer = StatementBuffer(blankLineSubmits: true) { $0.hasSuffix(";") }
        #expect(buffer.append(line: "a") == nil)
        #expect(buffer.append(line: "b;") == "a\nb;")
        #expect(buffer.append(line: "c") == nil)
        #expect(buffer.append(line: "  ") == "c")
        #expect(buffer.isEmpty && buffer.take() == nil)
    }

    @Test func aBlankLineInAScriptMeansNothing() {
        var buffer = StatementBuffer(blankLineSubmits: false) { $0.hasSuffix(";") }
        #expect(buffer.append(line: "a") == nil)
        #expect(buffer.append(line: "") == nil)
        #expect(buffer.append(line: "b;") == "a\n\nb;")
    }

    @Test func readsStatementsFromAPipe() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        writeAll("one;\r\ntwo\nthree;\nrest", to: ends[1])
        close(ends[1])
        defer { close(ends[0]) }
        let reader = PlainLineReader(descriptor: ends[0]) { $0.hasSuffix(";") }
        let results = (0..<5).map { _ in reader.read(prompt: "", continuationPrompt: "") }
        #expect(results == [.statement("one;"), .statement("two\nthree;"), .statement("rest"), .end, .end])
    }

    @Test func marksColoursInAPrompt() {
        let prompt = StyledPrompt("\u{1B}[1m\u{1B}[36mcrmq\u{1B}[0m> ")
        #expect(prompt.plain == "crmq> ")
        #expect(prompt.marked == "\u{1}\u{1B}[1m\u{1B}[36m\u{1}crmq\u{1}\u{1B}[0m\u{1}> ")
        #expect(StyledPrompt("x\u{1B}[0m").marked == "x\u{1}\u{1B}[0m\u{1} ")
        #expect(StyledPrompt("").marked == "")
    }

    @Test(arguments: [
        ("ab", 2, [0, 8, 0, 8]), ("ab\ncd", 1, [0, 7, 1, 2]), ("abcd", 4, [1, 0, 1, 0]), ("abc漢x", 5, [1, 3, 1, 3]),
        ("abcd\nx", 6, [2, 1, 2, 1]), ("a\n\tx", 2, [1, 0, 1, 9]),
    ])
    func placesTheCursor(text: String, cursor: Int, expected: [Int]) {
        LibEditLineEditor.chooseUTF8()
        let layout = InputLayout(prompt: "crmq> ", text: Array(text.unicodeScalars), cursor: cursor, columns: 10)
        #expect([layout.cursorRow, layout.cursorColumn, layout.lastRow, layout.lastColumn] == expected)
    }

    @Test func cleansPastes() {
        #expect(KeyReader.pastedText("a\r\nb\rc\n\td\u{1B}[0m\u{7}\n\n".utf8) == "a\nb\nc\n\td[0m")
        #expect(KeyReader.pastedText([0xFF, 0x61]) == "\u{FFFD}a")
    }

    @Test func convertsOffsets() {
        let line = EditedLine(scalars: Array("aé漢\nb".unicodeScalars), cursor: 3)
        #expect(line.cursorUTF8Offset == 6)
        #expect([0, 1, 3, 6, 8, 99].map { line.scalarIndex(utf8Offset: $0) } == [0, 1, 2, 3, 5, 5])
        #expect(line.lineStart == 0 && line.lineEnd == 3 && !line.endsInBlankLine)
        #expect(EditedLine(scalars: Array("a\n  ".unicodeScalars), cursor: 4).endsInBlankLine)
    }
}

@Suite(.enabled(if: !EditorChild.isChild)) struct CommandListTests {
    @Test func everyCommandIsInTheManual() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../docs/crmq.1").standardized
        let manual = try String(contentsOf: file, encoding: .utf8)
        let told = Set(manual.matches(of: #/:([a-z]+)/#).map { String($0.output.1) })
        let known = Set(Commands.all.flatMap { [$0.name] + ($0.shortcut.map { [$0] } ?? []) })
        #expect(told == known, "\(told.symmetricDifference(known).sorted())")
    }

    @Test(arguments: [
        ("exit", "quit"), ("QUIT;", "quit"), ("help", "help"), ("\\?", "help"), (".tables", "schema"),
        ("show  tables;", "schema"),
        ("\\d people", "schema"), (".read a.crmq", "run"), (".q", "quit"),
    ])
    func commandsOfOtherShellsAreUnderstood(line: String, command: String) {
        #expect(Commands.meant(by: line)?.name == command)
    }

    @Test(arguments: ["accounts", "exit polls", "d", ".", "\\", ""])
    func questionsAreNoCommands(line: String) {
        #expect(Commands.meant(by: line) == nil)
    }

    @Test func noTwoCommandsHaveANameInCommon() {
        let names = Commands.all.flatMap { [$0.name] + ($0.shortcut.map { [$0] } ?? []) + $0.foreignNames }
        #expect(Set(names).count == names.count)
    }
}

@Suite(.enabled(if: !EditorChild.isChild)) struct CompletionListTests {
    private func list(_ names: [String], _ description: String? = nil) -> CompletionList {
        CompletionList(candidates: names.map { Candidate(text: $0, description: description) })
    }

    @Test func findsTheCommonPrefix() {
        #expect(list(["account", "accounts"]).commonPrefix == "account")
        #expect(list(["cafe\u{301}", "cafe"]).commonPrefix == "caf")
        #expect(list(["x"]).commonPrefix == "x")
        #expect(list(["x", "y"]).commonPrefix == "")
    }

    @Test func runsDownColumns() {
        #expect(list(["a", "bb", "ccc", "d", "e"]).lines(columns: 16, rows: 10, colour: false) == ["a    ccc  e", "bb   d"])
        #expect(list(["a", "b", "c", "d", "e"]).lines(columns: 2, rows: 3, colour: false) == ["a", "b", "… and 3 more"])
    }

    @Test func describesAndCuts() {
        LibEditLineEditor.chooseUTF8()
        let lines = list(["ab", "c"], "what it is").lines(columns: 12, rows: 10, colour: false)
        #expect(lines == ["ab  what i…", "c   what i…"])
        #expect(list(["漢字会社"]).lines(columns: 6, rows: 5, colour: false) == ["漢字…"])
    }
}

@Suite(.enabled(if: !EditorChild.isChild), .serialized) struct PipedCommandTests {
    @Test func feedsACommandAndTellsItsStatus() throws {
        let folder = TemporaryFolder()
        let command = try #require(PipedCommand("sort > \(folder.path)/out; exit 3"))
        #expect(command.write(Array("b\na\n".utf8)))
        #expect(command.finish() == 3)
        #expect(folder.read("out") == "a\nb\n")
    }

    @Test func aReaderThatLeavesIsNoError() throws {
        ignoreSIGPIPE()
        let command = try #require(PipedCommand("head -1 > /dev/null"))
        let block = [UInt8](repeating: 0x0A, count: 1 << 20)
        while command.write(block) {}
        #expect(command.finish() == 0)
    }

    @Test func theCommandDiesOfAClosedPipeAsUsual() throws {
        ignoreSIGPIPE()
        let command = try #require(PipedCommand("yes | head -1 > /dev/null"))
        #expect(command.finish() == 0)
    }

    @Test func countsTheRowsOfAScreen() {
        func fits(_ text: String) -> Bool {
            var room = ScreenRoom(columns: 4, rows: 2)
            return Array(text.utf8).withUnsafeBytes { room.take($0) }
        }
        #expect(fits("abcd\nabcd\n"))
        #expect(!fits("a\nb\nc\n"))
        #expect(!fits("abcdabcdabcd\n"))
        #expect(fits("\u{1B}[31mabcd\u{1B}[0m\néééé\n"))
    }
}
