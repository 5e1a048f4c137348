import Foundation
import Testing

/// The manual page and `--help` say what the program takes, and nothing else.
@Suite(.timeLimit(.minutes(2))) struct ManualTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The manual page without what only sets it in type.
    private static func manual() throws -> String {
        try String(contentsOf: root.appending(path: "docs/crmq.1"), encoding: .utf8)
            .replacing("\\-", with: "-").replacing("\\fI", with: "").replacing("\\fR", with: "").replacing("\\fB", with: "")
    }

    private static func help(_ words: String...) throws -> String {
        let crmq = try Crmq()
        defer { crmq.remove() }
        let found = try crmq.run(["help"] + words)
        #expect(found.status == 0, "\(words)")
        return found.output
    }

    private static func subcommands() throws -> [String] {
        let list = try help().split(separator: "SUBCOMMANDS:")[1]
        let names = list.matches(of: #/(?m)^  ([a-z]+) /#).map { String($0.output.1) }
        #expect(names.count >= 6)
        return names
    }

    private static func options(in text: String) -> Set<String> {
        Set(text.matches(of: #/(?:^|[^A-Za-z-])(--?[a-z][a-z-]*)/#).map { String($0.output.1) })
    }

    @Test func everyCommandAndOptionIsInTheManual() throws {
        let manual = try Self.manual()
        var known = Self.options(in: try Self.help())
        for command in try Self.subcommands() {
            if command != "ask" { #expect(manual.contains("crmq \(command)"), "crmq \(command)") }
            known.formUnion(Self.options(in: String(try Self.help(command).split(separator: "USAGE:")[1])))
        }
        let told = Self.options(in: manual)
        #expect(known.subtracting(told).isEmpty, "not in the manual: \(known.subtracting(told).sorted())")
        // What examples show of other programs and of scripts' parameters.
        let others: Set = ["--days", "-s"]
        #expect(told.subtracting(known).subtracting(others).isEmpty, "not in the program: \(told.subtracting(known).sorted())")
    }

    @Test func everyVariableAndStatusIsInTheManual() throws {
        let manual = try Self.manual()
        let sources = Self.root.appending(path: "Sources")
        var names: Set<String> = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where file.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            names.formUnion(text.matches(of: #/(?:value|getenv)\("([A-Z_]+)"\)/#).map { String($0.output.1) })
        }
        #expect(names.count >= 9)
        for name in names where name != "HOME" { #expect(manual.contains(name), "\(name)") }
        let environment = manual.split(separator: ".SH ENVIRONMENT")[1].split(separator: ".SH ")[0]
        for told in environment.matches(of: #/[A-Z]+_[A-Z_]+/#).map({ String($0.output) }) where told != "NO_COLOR" {
            #expect(names.contains(told), "\(told)")
        }
        let statuses = try String(contentsOf: sources.appending(path: "Session/ExitStatus.swift"), encoding: .utf8)
            .matches(of: #/case [a-zA-Z]+ = ([0-9]+)/#).map { String($0.output.1) }
        #expect(statuses.count == 5)
        let told = manual.split(separator: ".SH EXIT STATUS")[1].split(separator: ".SH ")[0]
        #expect(told.matches(of: #/\.B ([0-9]+)/#).map { String($0.output.1) } == statuses)
        let help = try Self.help().split(separator: #/\s+/#).joined(separator: " ")
        for status in statuses { #expect(help.contains(" \(status) "), "\(status)") }
    }
}
