import ArgumentParser
import Demo
import Output
import Session

/// Writes the demo data.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Write a believable CRM as CSV files, the same on every machine.")

    @Argument(help: "The folder to write to; it is made if it is not there.")
    var directory: String

    @Option(help: "How much: 1 gives 10,000 accounts and a million touches.")
    var scale = 0.02

    func validate() throws {
        guard scale > 0, scale <= 1000 else { throw ValidationError("--scale takes a number above 0, up to 1000") }
    }

    func run() throws {
        do throws(DemoError) {
            let files = try writeDemo(to: directory, options: DemoOptions(scale: scale))
            let rows = files.reduce(0) { $0 + $1.rows }
            print("\(countText(rows, "row")) in \(countText(files.count, "file")) written to \(directory)")
        } catch {
            throw failure(error.message, code: .badData)
        }
    }
}
