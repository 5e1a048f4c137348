import ArgumentParser
import Output
import Session
import Shell
import Store

import enum Syntax.OutputFormat

/// Asks: at the prompt, one question, a script, or what comes in on standard input.
struct AskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Ask questions (this is what crmq does without a command).")

    @Argument(help: "A folder of exports, or files: CSV, TSV, JSON, JSON Lines, SQLite. (default: $CRMQ_STORE)")
    var store: [String] = []

    @Option(
        name: [.customShort("c"), .long], parsing: .unconditional,
        help: "Answer this and leave; statements are separated by line breaks or `;`.")
    var command: String?

    @Option(
        help:
            "How answers are written: table, csv, tsv, json, jsonl, markdown, dot or mermaid. (default: table; tsv in a pipe)",
        transform: OutputFormat.named)
    var format: OutputFormat?

    @Flag(name: .customLong("no-header"), help: "Leave out the line with the names of the columns.")
    var noHeader = false

    @Option(help: "The day that `today` is, such as 2026-06-30. (default: $CRMQ_TODAY, otherwise the clock)")
    var today: String?

    @Flag(help: "Say on standard error how long each question took.")
    var timing = false

    @Flag(help: "No notes and hints, only errors.")
    var quiet = false

    @Flag(help: "Refuse `| command` and `into \"file\"`, for scripts of strangers.")
    var safe = false

    @Option(help: "The most rows a table shows; 0 shows all.")
    var rows: Int?

    @Option(help: "Threads to use. (default: one for each processor)")
    var threads: Int?

    @Flag(name: .customLong("no-cache"), help: "Load the data anew, and keep no snapshot of them for the next time.")
    var noCache = false

    /// Set before `run` from what the command line division found; no part of the parsed options.
    var line: CommandLineDivision?

    enum CodingKeys: String, CodingKey {
        case store, command, format, noHeader, today, timing, quiet, safe, rows, threads, noCache
    }

    func validate() throws {
        if let rows, !AskOptions.rowCounts.contains(rows) { throw ValidationError("--rows takes 0 or more") }
        if let threads, !AskOptions.threadCounts.contains(threads) { throw ValidationError("--threads takes 1 to 256") }
    }

    var options: AskOptions {
        AskOptions(
            store: store, command: command, format: format, noHeader: noHeader, today: today, timing: timing, quiet: quiet,
            safe: safe, rows: rows, threads: threads, noCache: noCache)
    }

    func run() throws {
        try AskRun(options: options, line: line).performAndLeave()
    }
}

extension OutputFormat {
    /// The format that a word of the command line names.
    @Sendable static func named(_ word: String) throws -> OutputFormat {
        if let format = OutputFormat(rawValue: word) { return format }
        throw ValidationError(
            "there is no such format" + (meant(by: word).map { "; did you mean `\($0.rawValue)`?" } ?? "; there are \(names)"))
    }
}
