#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads statements from an input that offers no editing: a pipe, a file, or a terminal that cannot move its cursor. Takes 64 KB at
/// a time, where libedit would make a system call for each byte.
public final class PlainLineReader: LineEditor {
    private static let blockSize = 65_536

    private let descriptor: Int32
    private let promptDescriptor: Int32?
    private var buffer: StatementBuffer
    private var block: [UInt8] = []
    private var blockStart = 0
    private var reachedEnd = false

    public private(set) var history: [String] = []
    /// How many lines were read before the statement that was answered last began.
    public private(set) var linesBefore = 0
    private var linesRead = 0
    /// Whether reading ended for another reason than the end of the input.
    public private(set) var hasFailed = false

    /// - Parameter promptDescriptor: where prompts go; nothing for none, as is right for anything but a person.
    public init(descriptor: Int32 = STDIN_FILENO, promptDescriptor: Int32? = nil, isComplete: @escaping CompletenessCheck) {
        self.descriptor = descriptor
        self.promptDescriptor = promptDescriptor
        self.buffer = StatementBuffer(blankLineSubmits: promptDescriptor != nil, isComplete: isComplete)
        SignalRelay.open()
    }

    public func read(prompt: String, continuationPrompt: String) -> ReadResult {
        while true {
            if buffer.isEmpty { linesBefore = linesRead }
            if let promptDescriptor {
                let shown = buffer.isEmpty ? prompt : continuationPrompt
                writeAll(StyledPrompt(shown).plain, to: promptDescriptor)
            }
            switch nextLine() {
            case .line(let line):
                linesRead += 1
                if let statement = buffer.append(line: line) {
                    if promptDescriptor != nil { history.append(statement) }
                    return .statement(statement)
                }
            case .interrupted:
                Interrupt.clear()
                _ = buffer.take()
                if let promptDescriptor { writeAll("\n", to: promptDescriptor) }
                return .cancelled
            case .end:
                // A last line without a newline, or one that asks for more: the parser says what is missing.
                if let promptDescriptor { writeAll("\n", to: promptDescriptor) }
                return buffer.take().map { .statement($0) } ?? .end
            }
        }
    }

    /// Everything that is left of a file. Answers nothing if reading failed.
    public static func readAll(descriptor: Int32) -> [UInt8]? {
        var all: [UInt8] = []
        while true {
            guard let count = readBlock(descriptor, into: &all) else { return nil }
            if count == 0 { return all }
        }
    }

    private enum Line {
        case line(String)
        case interrupted
        case end
    }

    private func nextLine() -> Line {
        while true {
            if let newline = block[blockStart...].firstIndex(of: 0x0A) {
                defer { blockStart = newline + 1 }
                return .line(decode(block[blockStart..<newline]))
            }
            if reachedEnd {
                guard blockStart < block.count else { return .end }
                defer { blockStart = block.count }
                return .line(decode(block[blockStart...]))
            }
            guard waitForInput() else {
                block = []
                blockStart = 0
                return .interrupted
            }
            block.removeFirst(blockStart)
            blockStart = 0
            let read = Self.readBlock(descriptor, into: &block)
            if read == nil { hasFailed = true }
            reachedEnd = read ?? 0 == 0
        }
    }

    private func decode(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
    }

    /// Waits until there is something to read; answers false if Ctrl-C came first.
    private func waitForInput() -> Bool {
        while true {
            if Interrupt.isRequested { return false }
            var watched = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: SignalRelay.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&watched, nfds_t(watched.count), -1)
            if ready < 0 && errno != EINTR { return true }
            if watched[1].revents != 0 { SignalRelay.drain() }
            if ready > 0 && watched[0].revents != 0 { return true }
        }
    }

    /// Appends what can be read; answers how many bytes those were: none at the end, and nothing after an error.
    private static func readBlock(_ descriptor: Int32, into bytes: inout [UInt8]) -> Int? {
        var result = 0
        bytes.append(addingCapacity: blockSize) { output in
            output.withUnsafeMutableBufferPointer { memory, count in
                repeat {
                    result = readDescriptor(descriptor, memory.baseAddress! + count, blockSize)
                } while result < 0 && errno == EINTR
                count += max(result, 0)
            }
        }
        return result < 0 ? nil : result
    }
}
