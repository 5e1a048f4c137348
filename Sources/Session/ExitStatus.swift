/// What the process answers when it ends. Documented in the man page; scripts rely on it.
public enum ExitStatus: Int32, Sendable {
    case success = 0
    /// A question that cannot be understood or answered: an unknown name, a type that does not fit, an error while it ran.
    case badQuestion = 1
    /// An unknown option, a missing or malformed parameter. (64 is EX_USAGE of sysexits.h, which the argument parser uses as well.)
    case usage = 64
    /// Data that cannot be read, or a file that cannot be written. (EX_DATAERR)
    case badData = 65
    /// Interrupted by Ctrl-C: 128 and the number of SIGINT, as shells have it.
    case interrupted = 130

    /// What `crmq check` answers where a goal is behind.
    public static let behind = badQuestion
}
