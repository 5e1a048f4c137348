import ArgumentParser
import Output
import Session
import Shell
import Syntax

/// Reports how far the goals of a script are, for cron and continuous integration.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report how far the goals of a script are; exit with 1 if one is behind, missed, or cannot be measured.")

    @ArgumentParser.Argument(
        help: "A folder of exports, or files; behind it the script that declares the goals. (default of the store: $CRMQ_STORE)")
    var paths: [String]

    @Option(help: "The day that `today` is, such as 2026-06-30. (default: $CRMQ_TODAY, otherwise the clock)")
    var today: String?

    @Option(
        help: "How the report is written: table, csv, tsv, json, jsonl or markdown. (default: table)",
        transform: OutputFormat.named)
    var format: OutputFormat?

    @Flag(help: "No notes and hints, only the report, errors, and the goals that are behind.")
    var quiet = false

    func validate() throws {
        guard paths.last?.hasSuffix(".crmq") ?? false else {
            throw ValidationError("the script that declares the goals comes last, such as goals.crmq")
        }
    }

    func run() throws {
        let script = paths[paths.count - 1]
        guard let text = readFile(script) else { throw failure("cannot read \(script)", code: .usage) }
        // The same as for a script that only asks: where the data come from, the clock, and how messages are told.
        let run = AskRun(
            options: AskOptions(store: paths.dropLast(), format: format ?? .table, today: today, quiet: quiet))
        guard !run.paths.isEmpty else { throw failure("check needs a store before the script", code: .usage) }
        let status = try run.openSession(run.paths, isInteractive: false).checkGoals(of: SourceText(name: script, text: text))
        guard status == .success else { throw ExitCode(status.rawValue) }
    }
}
