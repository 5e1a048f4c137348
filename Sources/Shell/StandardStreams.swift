import Output
import Session

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Answers on standard output, messages on standard error, each written at once, so that the two stay in order where both are shown.
public final class StandardStreams: AnswerOutput {
    /// Whether a table that is longer than the screen goes through the pager.
    public var pages = false
    /// Set when the reader of standard output has gone; nothing more needs to be asked then.
    public private(set) var isClosed = false

    public init() {}

    public func show(_ bytes: [UInt8], isTable: Bool) throws(OutputError) {
        if pages, isTable, Terminal.standardOutput.isTerminal {
            Pager.show(bytes)
            return
        }
        do throws(OutputError) {
            let sink = ByteSink(
                descriptor: STDOUT_FILENO, name: "standard output", isCancelled: { Interrupt.isRequested })
            try sink.write(bytes)
            try sink.flush()
        } catch {
            if error == .closedPipe { isClosed = true }
            throw error
        }
    }

    public func tell(_ message: String) {
        // Where even standard error is gone there is nobody left to tell.
        try? {
            let sink = ByteSink(descriptor: STDERR_FILENO, name: "standard error")
            try sink.write(message)
            try sink.flush()
        }()
    }
}
