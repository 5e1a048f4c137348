import ArgumentParser
import Output
import Session
import Shell
import Store

/// Writes data as a snapshot, which opens at once.
struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Write data to one file that opens in milliseconds, with all that was found out about it.")

    @Argument(help: "A folder of exports, files, or a snapshot.")
    var store: [String]

    @Option(name: .shortAndLong, help: "The file to write, such as book.crmdb; it is replaced if it is there.")
    var output: String

    func run() throws {
        let store = try opened(store, options: LoadOptions(threads: processorCount()))
        do throws(SnapshotError) {
            try writeSnapshot(of: store, to: output)
        } catch {
            throw failure(error)
        }
        let summary = StoreSummary(store)
        print(
            "\(countText(summary.rowCount, "row")) of \(countText(summary.entityCount, "entity", "entities")) written to \(output)"
        )
    }
}

/// Tells what is wrong with a snapshot and gives the exit code to leave with.
func failure(_ error: SnapshotError) -> ExitCode {
    StandardStreams().tell("crmq: \(error.message)\n" + (error.help.map { "help: \($0)\n" } ?? ""))
    return ExitCode(ExitStatus.badData.rawValue)
}
