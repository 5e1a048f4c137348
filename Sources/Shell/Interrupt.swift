import CLibEdit
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Ctrl-C as a flag. The signal's handler only sets it; a running question polls it and stops by itself, and the prompt drops its
/// line. Neither ends the session.
public enum Interrupt {
    /// Takes SIGINT over. Until then it ends the process as usual, which is right for scripts that are still loading.
    public static func install() {
        SignalRelay.open()
        _ = crmq_signal_catch(SIGINT, { SignalRelay.note($0) }, nil)
    }

    /// Whether Ctrl-C was pressed since the last `clear`. Costs one relaxed load, so a loop over batches may ask each time.
    public static var isRequested: Bool {
        SignalRelay.pending.load(ordering: .relaxed) & SignalRelay.interrupt != 0
    }

    /// Forgets an earlier Ctrl-C; called before a question starts.
    public static func clear() {
        SignalRelay.take(SignalRelay.interrupt)
    }
}

/// Makes a closed pipe an error that writes report (EPIPE) instead of a signal that ends the process: after `| head -1` the
/// session goes on.
public func ignoreSIGPIPE() {
    _ = crmq_signal_ignore(SIGPIPE)
}

/// Carries signals from their handlers, where almost nothing is allowed, to the one place that waits for keys. Handlers may run on
/// any thread, so they only set a bit and write to a pipe that `poll` watches beside the keyboard: no signal is lost
/// between a check and the wait, and libedit is never called from a handler.
enum SignalRelay {
    static let interrupt: UInt32 = 1
    static let resize: UInt32 = 2
    static let suspend: UInt32 = 4
    static let resume: UInt32 = 8

    static let pending = Atomic<UInt32>(0)
    private static let readEnd = Atomic<Int32>(-1)
    private static let writeEnd = Atomic<Int32>(-1)

    /// The descriptor that becomes readable when a signal was noted.
    static var descriptor: Int32 { readEnd.load(ordering: .relaxed) }

    /// Makes the pipe. Without one (no descriptors left) signals still set their bits, and are seen at the next key.
    static func open() {
        guard readEnd.load(ordering: .relaxed) < 0 else { return }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readEnd.store(ends[0], ordering: .relaxed)
        writeEnd.store(ends[1], ordering: .releasing)
    }

    /// Runs in signal handlers: atomics, `write` and `errno` only.
    static func note(_ number: Int32) {
        let bit: UInt32
        switch number {
        case SIGINT: bit = interrupt
        case SIGWINCH: bit = resize
        case SIGTSTP: bit = suspend
        default: bit = resume
        }
        let savedError = errno
        pending.bitwiseOr(bit, ordering: .relaxed)
        var byte: UInt8 = 0
        _ = write(writeEnd.load(ordering: .relaxed), &byte, 1)
        errno = savedError
    }

    /// Answers whether the signal was noted, and forgets it.
    @discardableResult
    static func take(_ bit: UInt32) -> Bool {
        pending.bitwiseAnd(~bit, ordering: .relaxed).oldValue & bit != 0
    }

    /// Empties the pipe; the bits stay.
    static func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(descriptor, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
    }
}
