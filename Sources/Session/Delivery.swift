import Output
import Syntax

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why an answer did not arrive where it was to go.
public enum DeliveryError: Error, Sendable {
    case output(OutputError)
    case chart(ChartError)
    /// `into "x.svg"` without a `chart`.
    case pictureWithoutChart(span: Span)
    /// `| command` and `into "file"` are refused in safe mode.
    case refused(what: String, span: Span)
    case cannotStart(command: String, reason: String)
    /// The command ended with a status that is not 0.
    case commandFailed(command: String, status: Int32)

    public var diagnostic: Diagnostic {
        switch self {
        case .output(let error): Diagnostic(code: "cannot-write", error.message, at: nil)
        case .chart(let error): Diagnostic(code: "cannot-draw", error.message, at: nil)
        case .pictureWithoutChart(let span):
            Diagnostic(
                code: "no-chart", "a picture needs a chart", at: span,
                help: ["`chart line`, `chart bar` or `chart heat` before `into`"])
        case .refused(let what, let span):
            Diagnostic(
                code: "refused", "\(what) is not allowed in safe mode", at: span,
                help: ["run without --safe if you trust this script"])
        case .cannotStart(let command, let reason):
            Diagnostic(code: "cannot-start", "cannot start `\(command)`: \(reason)", at: nil)
        case .commandFailed(let command, let status):
            Diagnostic(.warning, code: "command-failed", "`\(command)` ended with status \(status)", at: nil)
        }
    }
}

/// Writes what `body` writes to a file, through a temporary file beside it that is renamed when all is written, so that a failure never
/// leaves half an answer behind.
func write(
    toFile path: String, isCancelled: @escaping @Sendable () -> Bool, _ body: (ByteSink) throws(OutputError) -> Void
) throws(DeliveryError) {
    let temporary = path + ".\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .output(.cannotWrite(path: path, reason: String(cString: strerror(errno)))) }
    do throws(OutputError) {
        let sink = ByteSink(descriptor: descriptor, name: path, isCancelled: isCancelled)
        try body(sink)
        try sink.flush()
    } catch {
        close(descriptor)
        unlink(temporary)
        throw .output(error)
    }
    // A full disk may only show when the file is closed.
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
        let reason = String(cString: strerror(errno))
        unlink(temporary)
        throw .output(.cannotWrite(path: path, reason: reason))
    }
}

/// Runs a shell command with what `body` writes as its input and waits for it. A command that stops reading early is no error.
func write(toCommand text: String, _ body: (ByteSink) throws(OutputError) -> Void) throws(DeliveryError) {
    guard let command = PipedCommand(text) else {
        throw .cannotStart(command: text, reason: String(cString: strerror(errno)))
    }
    do throws(OutputError) {
        let sink = command.sink
        try body(sink)
        try sink.flush()
    } catch {
        if error != .closedPipe { throw .output(error) }
    }
    let status = command.finish()
    // A reader that is ended by SIGPIPE or SIGINT had its reasons.
    guard status == 0 || status == 128 + SIGPIPE || status == 128 + SIGINT else {
        throw .commandFailed(command: text, status: status)
    }
}
