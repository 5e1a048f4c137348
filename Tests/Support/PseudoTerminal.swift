#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Runs a program at a terminal of its own, types at it and looks at its screen. Every wait has a time-out, so that a test of a program
/// that hangs fails instead of hanging.
public final class PseudoTerminal {
    public enum Failure: Error {
        case noTerminal
        case cannotStart(String)
    }

    /// Keys by what a terminal sends for them.
    public enum Key: String, Sendable {
        case enter = "\r"
        case tab = "\t"
        case escape = "\u{1B}"
        case backspace = "\u{7F}"
        case up = "\u{1B}[A"
        case down = "\u{1B}[B"
        case right = "\u{1B}[C"
        case left = "\u{1B}[D"
        case home = "\u{1B}[H"
        case end = "\u{1B}[F"
        case altEnter = "\u{1B}\r"
        case controlA = "\u{01}"
        case controlC = "\u{03}"
        case controlD = "\u{04}"
        case controlG = "\u{07}"
        case controlL = "\u{0C}"
        case controlR = "\u{12}"
        case controlU = "\u{15}"
        case controlZ = "\u{1A}"
    }

    public private(set) var screen: Screen
    public let process: pid_t
    /// All that the program wrote.
    public private(set) var output: [UInt8] = []
    private let master: Int32
    private var hasEnded = false
    private var status: Int32?

    /// - Parameters:
    ///   - command: the program's path and its arguments.
    ///   - environment: what is set beyond `PATH` and the libraries' path; the rest of the test's own environment is left out.
    public init(_ command: [String], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24) throws {
        screen = Screen(columns: columns, rows: rows)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        var master: Int32 = -1
        var slave: Int32 = -1
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw Failure.noTerminal }
        // The program opens its side by itself; it has gone when nobody holds it open, so we must not.
        defer { close(slave) }
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
        self.master = master
        var variables = ["TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"]
        for name in ["PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        variables.merge(environment) { $1 }
        process = try Self.start(command, variables, terminal: name)
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            var ignored: Int32 = 0
            waitpid(process, &ignored, 0)
        }
        close(master)
    }

    // MARK: Typing

    public func type(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
            // A terminal holds only a few kilobytes of either direction; the program must not wait for us to read.
            if !bytes.isEmpty { readWhatIsThere(milliseconds: 1) }
        }
    }

    public func press(_ keys: Key...) {
        for key in keys {
            // A Ctrl-D that comes before the editor has taken the terminal over ends nothing.
            if key == .controlD { settle() }
            type(key.rawValue)
        }
    }

    /// Pastes as a terminal does that marks pastes, with carriage returns for newlines.
    public func paste(_ text: String) {
        type("\u{1B}[200~" + String(text.map { $0 == "\n" ? "\r" : $0 }) + "\u{1B}[201~")
    }

    public func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        screen = Screen(columns: columns, rows: rows)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    public func signal(_ number: Int32) {
        kill(process, number)
    }

    // MARK: Looking

    /// Reads until the screen is as asked. Answers whether it came to that in time.
    public func wait(seconds: Double = 30, until isAsAsked: (Screen) -> Bool) -> Bool {
        let deadline = Self.now() + seconds
        while !isAsAsked(screen) {
            if hasEnded || Self.now() > deadline { return isAsAsked(screen) }
            readWhatIsThere(milliseconds: 20)
        }
        return true
    }

    /// Reads until the text stands somewhere on the screen.
    public func wait(for text: String, seconds: Double = 30) -> Bool {
        wait(seconds: seconds) { $0.text.contains(text) }
    }

    /// Reads until the line with the cursor is this one.
    public func wait(forCurrentLine line: String, seconds: Double = 30) -> Bool {
        wait(seconds: seconds) { $0.currentLine == line }
    }

    /// Reads until the program writes nothing for a while: for what must not happen.
    public func settle(milliseconds: Int32 = 150) {
        while !hasEnded && readWhatIsThere(milliseconds: milliseconds) {}
    }

    /// Waits for the program's end. Answers its exit status as a shell would (128 and the number of a signal), or nothing if it goes on.
    public func exitStatus(seconds: Double = 30) -> Int32? {
        let deadline = Self.now() + seconds
        while status == nil && Self.now() < deadline {
            readWhatIsThere(milliseconds: 10)
            var waited: Int32 = 0
            if waitpid(process, &waited, WNOHANG) == process {
                let signal = waited & 0x7F
                status = signal == 0 ? (waited >> 8) & 0xFF : 128 + signal
            }
        }
        return status
    }

    @discardableResult
    private func readWhatIsThere(milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard !hasEnded, poll(&watched, 1, milliseconds) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(master, &bytes, bytes.count)
        guard count > 0 else {
            hasEnded = true
            return false
        }
        output += bytes[..<count]
        screen.feed(bytes[..<count])
        return true
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    // MARK: Starting

    /// A session of its own, whose first opened terminal becomes the one that Ctrl-C comes from.
    private static func start(_ command: [String], _ variables: [String: String], terminal: [CChar]) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let newSession = Int16(POSIX_SPAWN_SETSID)
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            // POSIX_SPAWN_SETSID, which the C library shows only to GNU programs.
            let newSession: Int16 = 0x80
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, command[0], &actions, &attributes, &arguments, &environment)
        guard failure == 0 else { throw Failure.cannotStart("\(command[0]): \(String(cString: strerror(failure)))") }
        return process
    }
}
