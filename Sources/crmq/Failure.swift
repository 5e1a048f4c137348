import ArgumentParser
import Session
import Shell

/// Tells a person what went wrong and gives the exit code to leave with.
func failure(_ message: String, code: ExitStatus) -> ExitCode {
    StandardStreams().tell("crmq: \(message)\n")
    return ExitCode(code.rawValue)
}
