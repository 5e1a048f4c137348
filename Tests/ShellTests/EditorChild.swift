import Foundation
import Shell
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The other side of the tests at a pseudo-terminal: the test binary started once more, which edits lines and echoes what it got. Thus
/// the editor is tested without an executable of its own, and before there is a crmq.
@Suite struct EditorChild {
    static let variable = "CRMQ_EDITOR_CHILD"
    static let isChild = Environment.value(variable) != nil

    @Test(.enabled(if: isChild)) func editsLines() {
        let file = HistoryFile(path: HistoryFile.defaultPath)
        let libEdit = LibEditLineEditor(historyFile: file, isComplete: Self.isComplete, complete: Self.complete)
        let editor: any LineEditor = libEdit ?? PlainLineReader(promptDescriptor: STDOUT_FILENO, isComplete: Self.isComplete)
        Interrupt.install()
        ignoreSIGPIPE()
        Self.say("\u{1B}[2J\u{1B}[Hready\n")
        while true {
            switch editor.read(prompt: "crmq> ", continuationPrompt: "  ... ") {
            case .statement(":run"):
                Interrupt.clear()
                Self.say("running\n")
                while !Interrupt.isRequested { usleep(1_000) }
                Self.say("interrupted\n")
            case .statement(":page"):
                Pager.show(Array((1...100).map { "line \($0)\n" }.joined().utf8))
                Self.say("left the pager\n")
            case .statement(":history"):
                for statement in editor.history { Self.say("- \(Self.oneLine(statement))\n") }
            case .statement(let text):
                Self.say("<\(Self.oneLine(text))>\n")
            case .cancelled:
                Self.say("cancelled\n")
            case .end:
                Self.say("bye\n")
                exit(7)
            }
        }
    }

    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }

    private static func oneLine(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
    }

    /// Open brackets and a comma at the end ask for more.
    private static func isComplete(_ text: String) -> Bool {
        let depth = text.reduce(0) { $0 + (($1 == "[" || $1 == "(") ? 1 : ($1 == "]" || $1 == ")") ? -1 : 0) }
        return depth <= 0 && !text.hasSuffix(",")
    }

    private static func complete(_ text: String, _ cursor: Int) -> Completion {
        let before = Array(text.utf8.prefix(cursor))
        let start = (before.lastIndex { $0 == 0x20 || $0 == 0x0A || $0 == 0x22 } ?? -1) + 1
        let word = String(decoding: before[start...], as: UTF8.self)
        let isValue = start > 0 && before[start - 1] == 0x22
        let candidates =
            isValue
            ? ["gold", "München"].map { Candidate(text: $0, suffix: "\"") }
            : [
                Candidate(text: "accounts", description: "342 records", suffix: " "),
                Candidate(text: "account", description: "an entity", suffix: " "),
                Candidate(text: "where", suffix: " "),
            ]
        return Completion(replace: start..<cursor, candidates: candidates.filter { $0.text.hasPrefix(word) })
    }
}

extension PseudoTerminal {
    /// The editor at a terminal, with a home of its own so that no `.editrc` or history of the person who tests comes in.
    static func withEditor(
        home: TemporaryFolder = TemporaryFolder(), environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
    ) throws -> PseudoTerminal {
        var variables = ["HOME": home.path, EditorChild.variable: "1"]
        variables.merge(environment) { $1 }
        let terminal = try PseudoTerminal(
            ["/proc/self/exe", "--testing-library", "swift-testing", "--filter", "EditorChild"], environment: variables,
            columns: columns, rows: rows)
        try #require(terminal.wait(for: "ready\ncrmq>", seconds: 30), "\(terminal.screen.text)")
        return terminal
    }
}

/// A folder that goes when the test is over.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/crmq-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        guard path != "/tmp" else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) {
        guard let file = fopen("\(path)/\(name)", "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    func read(_ name: String) -> String? {
        let descriptor = open("\(path)/\(name)", O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return PlainLineReader.readAll(descriptor: descriptor).map { String(decoding: $0, as: UTF8.self) }
    }
}
