import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Facts about the terminal behind a descriptor, asked afresh each time because windows change their size.
public struct Terminal: Sendable {
    public struct Size: Equatable, Sendable {
        public var columns: Int
        public var rows: Int

        public init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }
    }

    public static let standardInput = Terminal(descriptor: STDIN_FILENO)
    public static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    public static let standardError = Terminal(descriptor: STDERR_FILENO)

    public let descriptor: Int32

    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    public var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The window's size, or nothing where there is no window. Serial lines and some containers report no size at all; they
    /// count as the 80 by 24 that programs have assumed for fifty years.
    public var size: Size? {
        var window = winsize()
        guard isTerminal, crmq_window_size(descriptor, &window) == 0 else { return nil }
        return Size(
            columns: window.ws_col == 0 ? 80 : Int(window.ws_col), rows: window.ws_row == 0 ? 24 : Int(window.ws_row))
    }

    /// Whether colours may be sent: a terminal that knows them, and a person who has not asked for none (no-color.org).
    public var hasColour: Bool { isTerminal && !isDumb && Environment.value("NO_COLOR", orEmpty: false) == nil }

    /// A terminal that cannot move its cursor, such as Emacs's shell window, needs plain lines.
    public var isDumb: Bool {
        guard let name = Environment.value("TERM", orEmpty: false) else { return true }
        return name == "dumb"
    }
}

/// The process's environment as Swift strings.
public enum Environment {
    /// The value of a variable, or nothing if it is unset. With `orEmpty` false an empty value counts as unset.
    public static func value(_ name: String, orEmpty: Bool = true) -> String? {
        guard let bytes = getenv(name) else { return nil }
        let value = String(cString: bytes)
        return value.isEmpty && !orEmpty ? nil : value
    }
}

/// Writes all bytes, through interruptions and short writes. Answers the error number that stopped it, or 0: a closed pipe (EPIPE)
/// is for the caller to take quietly.
@discardableResult
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count >= 0 {
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR && errno != EAGAIN {
            return errno
        }
    }
    return 0
}

@discardableResult
func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
}

/// `read` under a name that methods called `read` do not hide.
func readDescriptor(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
