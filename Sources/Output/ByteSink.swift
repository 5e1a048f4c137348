#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why an answer could not be written.
public enum OutputError: Error, Sendable, Equatable {
    /// The reader has gone (`| head -1`); the program ends quietly.
    case closedPipe
    /// The person asked to stop.
    case interrupted
    /// A full disk, a directory without permission and the like.
    case cannotWrite(path: String, reason: String)
    /// An answer without anything that leads from one thing to another, to be drawn as a graph.
    case notAGraph

    public var message: String {
        switch self {
        case .closedPipe: "the reader of the output has gone"
        case .interrupted: "interrupted"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .notAGraph: "dot and mermaid draw paths, or an answer with the columns `from` and `to`"
        }
    }
}

/// Bytes on their way to a file descriptor or into memory, gathered into blocks of 64 KB.
///
/// A write that is interrupted by a signal goes on, unless the person asked to stop; SIGPIPE must be ignored by the process, so that a closed pipe is an error here.
public final class ByteSink {
    private static let blockSize = 65_536
    private static let rowsAtATime = 64
    /// So much memory stays for the next answer.
    private static let mostKept = 1 << 20

    private enum Target {
        case descriptor(Int32, name: String)
        case memory
    }
    private let target: Target
    private let isCancelled: @Sendable () -> Bool
    /// How many bytes of a sink in memory there were when it was last asked whether to stop.
    private var askedAt = 0
    /// What has not been written yet; for a sink in memory everything.
    public private(set) var bytes: [UInt8] = []

    /// Writes to an open descriptor, which stays the caller's to close. `name` is what messages call it. `isCancelled` is asked once a
    /// block, and while the reader makes it wait.
    public init(descriptor: Int32, name: String, isCancelled: @escaping @Sendable () -> Bool = { false }) {
        target = .descriptor(descriptor, name: name)
        self.isCancelled = isCancelled
        bytes.reserveCapacity(Self.blockSize + 4096)
    }

    /// Keeps everything in `bytes`. `isCancelled` is asked once a block.
    public init(isCancelled: @escaping @Sendable () -> Bool = { false }) {
        target = .memory
        self.isCancelled = isCancelled
    }

    public func write(_ text: String) throws(OutputError) {
        bytes.append(contentsOf: text.utf8)
        try flushIfFull()
    }

    public func write(_ byte: UInt8) throws(OutputError) {
        bytes.append(byte)
        try flushIfFull()
    }

    public func write(_ more: [UInt8]) throws(OutputError) {
        bytes.append(contentsOf: more)
        try flushIfFull()
    }

    /// Lets a kernel append in place, without a copy of its own.
    func append(_ body: (inout [UInt8]) -> Void) throws(OutputError) {
        body(&bytes)
        try flushIfFull()
    }

    /// Lets a writer append rows in place, a block of them between two looks at whether the bytes are to go on.
    @inline(__always)
    func append(rows: Int, _ body: (Int, inout [UInt8]) -> Void) throws(OutputError) {
        for start in stride(from: 0, to: rows, by: Self.rowsAtATime) {
            try append { bytes in
                for row in start..<min(start + Self.rowsAtATime, rows) { body(row, &bytes) }
            }
        }
    }

    private func flushIfFull() throws(OutputError) {
        guard bytes.count - askedAt >= Self.blockSize else { return }
        try checkCancelled()
        if case .memory = target { askedAt = bytes.count } else { try flush() }
    }

    /// Throws where the person has asked to stop; for writers that work long before they write.
    func checkCancelled() throws(OutputError) {
        if isCancelled() { throw .interrupted }
    }

    /// Forgets everything but keeps the memory, unless that is much, for a sink that serves one answer after another.
    public func clear() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.mostKept)
        askedAt = 0
    }

    /// Writes what is still held back. A sink in memory keeps it.
    public func flush() throws(OutputError) {
        guard case .descriptor(let descriptor, let name) = target else { return }
        defer { bytes.removeAll(keepingCapacity: true) }
        try writeOut(bytes, to: descriptor, name: name, isCancelled: isCancelled)
    }
}

/// Writes bytes to an open descriptor at once. `name` is what messages call it; `isCancelled` is asked while the reader makes it wait.
public func writeOut(_ bytes: [UInt8], to descriptor: Int32, name: String, isCancelled: () -> Bool = { false })
    throws(OutputError)
{
    var written = 0
    while written < bytes.count {
        let result = bytes.withUnsafeBytes { memory in
            #if canImport(Glibc)
                Glibc.write(descriptor, memory.baseAddress! + written, memory.count - written)
            #else
                Darwin.write(descriptor, memory.baseAddress! + written, memory.count - written)
            #endif
        }
        if result >= 0 {
            written += result
        } else if errno == EAGAIN {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, -1)
            if isCancelled() { throw .interrupted }
        } else if errno == EINTR {
            if isCancelled() { throw .interrupted }
        } else {
            let reason = errno
            throw reason == EPIPE ? .closedPipe : .cannotWrite(path: name, reason: String(cString: strerror(reason)))
        }
    }
}
