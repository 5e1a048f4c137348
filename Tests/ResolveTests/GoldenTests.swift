import Foundation
import Syntax
import Testing

@testable import Resolve

/// Questions with what they resolve to, and mistakes with the messages as people see them. The cases stand in `Golden/*.txt`;
/// `CRMQ_ACCEPT=1 swift test` rewrites what is expected there, to be read before it is committed.
@Suite struct GoldenTests {
    struct Case {
        var title: String
        var input: String
        var expected: String
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static let files = [
        "questions.txt", "expressions.txt", "summarize.txt", "definitions.txt", "name-errors.txt", "type-errors.txt",
        "aggregate-errors.txt",
        "clause-errors.txt", "declaration-errors.txt", "hints.txt",
    ]

    @Test(arguments: files) func resolvesAsExpected(file: String) throws {
        let url = Self.folder.appending(path: file)
        var cases = Self.read(try String(contentsOf: url, encoding: .utf8))
        #expect(!cases.isEmpty)
        let accepts = ProcessInfo.processInfo.environment["CRMQ_ACCEPT"] != nil
        let showsSteps = !file.hasSuffix("hints.txt")
        for index in cases.indices {
            let output = resolved(cases[index].input, showsSteps: showsSteps)
            if accepts {
                cases[index].expected = output
            } else {
                #expect(output == cases[index].expected, "\(cases[index].title)")
            }
            if file.hasSuffix("errors.txt") { #expect(output.contains("error:"), "\(cases[index].title)") }
        }
        if accepts { try Self.write(cases).write(to: url, atomically: true, encoding: .utf8) }
    }

    /// A case is a line `### title`, the text, a line `#==` and what is expected.
    static func read(_ text: String) -> [Case] {
        text.components(separatedBy: "### ").dropFirst().map { block in
            let parts = block.components(separatedBy: "#==\n")
            let head = parts[0].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            var input = head.count > 1 ? String(head[1]) : ""
            if input.hasSuffix("\n") { input.removeLast() }
            var expected = parts.count > 1 ? parts[1] : ""
            if expected.hasSuffix("\n\n") || expected == "\n" { expected.removeLast() }
            return Case(title: String(head[0]), input: input, expected: expected)
        }
    }

    static func write(_ cases: [Case]) -> String {
        cases.map { "### \($0.title)\n\($0.input)\n#==\n\($0.expected)" }.joined(separator: "\n")
    }
}
