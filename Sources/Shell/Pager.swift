import CLibEdit
import Output

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Shows an answer: directly if it fits the terminal, through a pager if it does not. Bytes are held back only until one
/// screenful is exceeded; from then on they stream. Off a terminal they always go straight through.
public final class Pager {
    private static let standardCommand = "less -SRFX"

    private let terminal: Terminal
    private let command: String?
    private var held: [UInt8] = []
    private var room: ScreenRoom
    private var state = State.holding

    private enum State {
        case holding
        case direct
        case paging(PipedCommand)
        /// The reader has gone; what still comes is not wanted.
        case closed
    }

    /// - Parameters:
    ///   - isEnabled: false sends everything straight to the terminal, as before a question is asked at the prompt.
    ///   - command: the pager; nothing for `$CRMQ_PAGER`, `$PAGER` or less. Empty, or `cat`: none.
    public init(terminal: Terminal = .standardOutput, isEnabled: Bool = true, command: String? = nil) {
        self.terminal = terminal
        let chosen = command ?? Environment.value("CRMQ_PAGER") ?? Environment.value("PAGER") ?? Self.standardCommand
        let isWanted = isEnabled && chosen != "cat" && chosen.contains(where: { !$0.isWhitespace })
        self.command = isWanted ? chosen : nil
        let size = terminal.size
        room = ScreenRoom(columns: size?.columns ?? 80, rows: max((size?.rows ?? 24) - 2, 1))
        // A dumb terminal has no screen that a pager could turn into pages.
        if !isWanted || size == nil || terminal.isDumb { state = .direct }
    }

    /// Shows a finished answer.
    public static func show(_ bytes: [UInt8], on terminal: Terminal = .standardOutput, isEnabled: Bool = true) {
        let pager = Pager(terminal: terminal, isEnabled: isEnabled)
        _ = pager.write(bytes)
        pager.finish()
    }

    /// Answers false once nobody reads any more; the rest need not be computed.
    public func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch state {
        case .closed:
            return false
        case .direct:
            return writeDirectly(bytes)
        case .paging(let pager):
            if !pager.write(bytes) {
                // The person has left the pager: quietly so.
                state = .closed
                pager.finish()
                settle()
            }
        case .holding:
            held += bytes
            if !room.take(bytes) { startPaging() }
        }
        if case .closed = state { return false }
        return true
    }

    public func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { write($0) }
    }

    /// Shows what is held back, and waits for the person to leave the pager.
    public func finish() {
        switch state {
        case .holding:
            state = .direct
            writeHeld()
        case .paging(let pager):
            pager.finish()
            settle()
        case .direct, .closed: break
        }
        state = .closed
    }

    private var quitAction = sigaction()

    private func startPaging() {
        guard let command, let pager = PipedCommand(command) else {
            state = .direct
            writeHeld()
            return
        }
        // Ctrl-\ is meant for the pager while it has the terminal. (Ctrl-C only sets a flag once `Interrupt` is installed.)
        _ = crmq_signal_catch(SIGQUIT, { _ in }, &quitAction)
        state = .paging(pager)
        let first = held
        held = []
        _ = first.withUnsafeBytes { write($0) }
    }

    /// Back from the pager: its Ctrl-C was not ours.
    private func settle() {
        _ = crmq_signal_restore(SIGQUIT, &quitAction)
        Interrupt.clear()
    }

    private func writeHeld() {
        let bytes = held
        held = []
        _ = bytes.withUnsafeBytes { writeDirectly($0) }
    }

    private func writeDirectly(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if writeAll(bytes, to: terminal.descriptor) == 0 { return true }
        state = .closed
        return false
    }
}

/// Counts the rows that output takes on a screen, colour escapes aside.
struct ScreenRoom {
    private let columns: Int
    private var rowsLeft: Int
    private var column = 0
    private var inEscape = false

    init(columns: Int, rows: Int) {
        self.columns = max(columns, 1)
        rowsLeft = rows
    }

    /// Answers false once the output is longer than the screen. Bytes of one character may come in two calls; its width is
    /// taken as one, which is near enough to tell a long answer from a short one.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for byte in bytes {
            if inEscape {
                inEscape = !(0x40...0x7E).contains(byte) || byte == UInt8(ascii: "[")
            } else if byte == 0x1B {
                inEscape = true
            } else if byte == 0x0A {
                rowsLeft -= 1
                column = 0
            } else if byte & 0xC0 != 0x80 {
                if column == columns {
                    rowsLeft -= 1
                    column = 0
                }
                column += 1
            }
            if rowsLeft < 0 { return false }
        }
        return true
    }
}
