import ArgumentParser
import Session
import Shell

/// The program: reads the command line and hands over to the shell.
///
/// What stands behind a script's name belongs to the script first (`crmq STORE q.crmq --region APAC`), so the command line is divided
/// before the argument parser sees it.
@main
struct Program {
    static func main() {
        ignoreSIGPIPE()
        // Scripts ask for the version to see whether crmq is there, so it should cost nothing but the start of a process.
        if CommandLine.arguments.dropFirst() == ["--version"] { return print(Crmq.versionText) }
        let divided = CommandLineDivision(Array(CommandLine.arguments.dropFirst()))
        do {
            if !divided.isSubcommand, divided.own.first != "ask", let options = AskOptions(plain: divided.own) {
                return try AskRun(options: options, line: divided).performAndLeave()
            }
            var command = try Crmq.parseAsRoot(divided.own)
            if var ask = command as? AskCommand {
                ask.line = divided
                try ask.run()
            } else {
                try command.run()
            }
        } catch {
            Crmq.exit(withError: error)
        }
    }
}

struct Crmq: ParsableCommand {
    static let versionText = "crmq \(Version.text)"

    static let configuration = CommandConfiguration(
        commandName: "crmq",
        abstract: "Ask questions about relationships, over a folder of CRM exports.",
        discussion: """
            crmq STORE                      a prompt
            crmq STORE -c 'QUESTION'        one question
            crmq STORE SCRIPT [--PARAM V]   a script; --help behind its name lists its parameters
            crmq STORE < SCRIPT             the same from standard input
            crmq check STORE SCRIPT         a report of the goals that the script declares; 1 if one is behind

            STORE is a folder of exports (CSV, TSV, JSON, JSON Lines, SQLite, also gzipped), such files by name, or a
            snapshot that `crmq pack` wrote.
            Exit status: 0 answered, 1 a question that cannot be answered, 64 wrong usage, 65 data that cannot be read
            or written, 130 interrupted.
            """,
        version: versionText,
        subcommands: [
            AskCommand.self, DemoCommand.self, PackCommand.self, SchemaCommand.self, FormatCommand.self, CheckCommand.self,
        ],
        defaultSubcommand: AskCommand.self)
}
