import ArgumentParser
import Output
import Session
import Shell
import Syntax

/// Prints scripts in their canonical form.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Print a script in its canonical form, with its comments.")

    @ArgumentParser.Argument(help: "The script.")
    var file: String

    @Flag(help: "Write the file itself.")
    var write = false

    func run() throws {
        guard let text = readFile(file) else { throw failure("cannot read \(file)", code: .badData) }
        let formatted = format(SourceText(name: file, text: text))
        guard let result = formatted.text else {
            StandardStreams().tell(DiagnosticRenderer(color: Terminal.standardError.hasColour).render(formatted.diagnostics))
            throw ExitCode(ExitStatus.badQuestion.rawValue)
        }
        guard write else { return print(result, terminator: "") }
        guard result == text || writeFile(file, result) else { throw failure("cannot write \(file)", code: .badData) }
    }
}
