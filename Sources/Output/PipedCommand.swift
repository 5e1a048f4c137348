#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A command of the Unix shell that reads what is written to it: a pager, or what stands after `|` in a question. Its output goes
/// where crmq's own goes.
public final class PipedCommand {
    private let process: pid_t
    private var input: Int32

    /// What the command reads, for as long as it is not finished.
    public var sink: ByteSink { ByteSink(descriptor: input, name: "the command") }

    /// Starts the command, or answers nothing if no process can be had. SIGPIPE must be ignored by the process. Signals are at their defaults in it, so that Ctrl-C ends it
    /// unless it minds.
    public init?(_ command: String) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard let process = Self.start(command, reading: ends[0]) else {
            close(ends[0])
            close(ends[1])
            return nil
        }
        close(ends[0])
        self.process = process
        input = ends[1]
    }

    deinit {
        if input >= 0 { close(input) }
    }

    /// Writes to the command. Answers false once it reads no more, which is its good right.
    public func write(_ bytes: [UInt8]) -> Bool {
        guard input >= 0 else { return false }
        do throws(OutputError) {
            let sink = sink
            try sink.write(bytes)
            try sink.flush()
            return true
        } catch {
            return false
        }
    }

    public func write(_ bytes: UnsafeRawBufferPointer) -> Bool { write(Array(bytes)) }

    /// Closes the command's input and waits for it. Answers its exit code; 127 if there was no such command.
    @discardableResult
    public func finish() -> Int32 {
        if input >= 0 { close(input) }
        input = -1
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return 127 }
        }
        // Ended by a signal: 128 and its number, as shells have it.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    private static func start(_ command: String, reading input: Int32) -> pid_t? {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        // An ignored SIGPIPE would be handed down, and `yes | head` inside the command would never end.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var process: pid_t = 0
        let arguments = ["sh", "-c", command]
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, &pointers, environ) == 0 ? process : nil
    }
}
