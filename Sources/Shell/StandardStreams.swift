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
            try writeOut(bytes, to: STDOUT_FILENO, name: "standard output", isCancelled: { Interrupt.isRequested })
        } catch {
            if error == .closedPipe { isClosed = true }
            throw error
        }
    }

    public func tell(_ message: String) {
        // Where even standard error is gone there is nobody left to tell.
        try? writeOut(Array(message.utf8), to: STDERR_FILENO, name: "standard error")
    }
}
