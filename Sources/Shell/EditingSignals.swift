import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The terminal's settings before editing began. Read by a signal handler, so it lives outside any object; written only while no
/// such handler is installed.
nonisolated(unsafe) private var settingsBeforeEditing = termios()
private let bracketedPasteOff: StaticString = "\u{1B}[?2004l"

/// Puts the terminal back as it was and lets the signal do what it always does. `tcsetattr`, `write` and `raise` are allowed in a
/// handler. Without this a killed session leaves a shell that does not echo.
private func restoreTerminalAndDie(_ number: Int32) {
    _ = write(STDOUT_FILENO, bracketedPasteOff.utf8Start, bracketedPasteOff.utf8CodeUnitCount)
    _ = tcsetattr(STDIN_FILENO, TCSANOW, &settingsBeforeEditing)
    _ = crmq_signal_default(number)
    _ = raise(number)
}

/// The signals that only matter while a line is being edited: window size, Ctrl-Z and what follows it, and signals that end the
/// process. libedit's own handling (EL_SIGNAL) reallocates its buffers inside the handler, which another thread may run.
struct EditingSignals {
    private var previous: [(number: Int32, action: sigaction)] = []

    /// Installs the handlers. What the parent process has set to be ignored stays ignored.
    mutating func begin() {
        _ = tcgetattr(STDIN_FILENO, &settingsBeforeEditing)
        for number in [SIGWINCH, SIGTSTP, SIGCONT] {
            catchUnlessIgnored(number) { SignalRelay.note($0) }
        }
        for number in [SIGTERM, SIGHUP, SIGQUIT] {
            catchUnlessIgnored(number) { restoreTerminalAndDie($0) }
        }
    }

    mutating func end() {
        for (number, action) in previous {
            var action = action
            _ = crmq_signal_restore(number, &action)
        }
        previous = []
    }

    private mutating func catchUnlessIgnored(_ number: Int32, _ handler: @convention(c) (Int32) -> Void) {
        var action = sigaction()
        guard crmq_signal_catch(number, handler, &action) == 0 else { return }
        if crmq_signal_is_ignored(&action) != 0 {
            _ = crmq_signal_ignore(number)
        } else {
            previous.append((number, action))
        }
    }
}
