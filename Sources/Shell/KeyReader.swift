#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Keys that become commands of ours by way of control characters nobody types (U+0080 to U+009F). libedit looks those up
/// in its key maps like any other, so all of these work in emacs and in vi mode alike.
enum CommandKey: UInt8, CaseIterable {
    case paste = 0x9D
    case searchStep = 0x9C
    case searchAccept = 0x9B
    case up = 0x90
    case down = 0x91
    case left = 0x92
    case right = 0x93
    case home = 0x94
    case end = 0x95
    case delete = 0x96

    var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) }
}

/// Turns bytes from the terminal into characters and commands: decodes UTF-8, gathers pastes, and takes the keys of a search.
final class KeyReader {
    enum Key {
        case character(Unicode.Scalar)
        case command(CommandKey)
        /// A signal arrived while waiting.
        case signal
        case end
    }

    /// What a key means while a search is on.
    enum SearchStep {
        case extend(String)
        case shorten
        case older
        case newer
        case abort
    }

    static let bracketedPasteOn = "\u{1B}[?2004h"
    static let bracketedPasteOff = "\u{1B}[?2004l"
    private static let escape: UInt8 = 0x1B
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    /// How long the rest of a key's escape sequence may take to arrive; a person's next key takes longer.
    private static let sequenceMilliseconds: Int32 = 40
    /// The sequences that are told apart here, all without their Escape.
    private static let pasteStart = Array("[200~".utf8)
    private static let sequences: [[UInt8]: CommandKey] = {
        let names: [(CommandKey, [String])] = [
            (.up, ["[A", "OA"]), (.down, ["[B", "OB"]), (.right, ["[C", "OC"]), (.left, ["[D", "OD"]),
            (.home, ["[H", "OH", "[1~"]), (.end, ["[F", "OF", "[4~"]), (.delete, ["[3~"]),
        ]
        var table: [[UInt8]: CommandKey] = [:]
        for (key, sequences) in names {
            for sequence in sequences { table[Array(sequence.utf8)] = key }
        }
        return table
    }()

    /// Whether arrow keys and their like are translated, for vi mode; emacs mode leaves them to libedit's key map.
    var translatesSequences = false
    /// What `CommandKey.paste` brings.
    private(set) var pastedText = ""
    /// What `CommandKey.searchStep` brings.
    private(set) var searchStep = SearchStep.abort

    private let descriptor: Int32
    /// Bytes that were read ahead and turned out to belong to something else, the next one last.
    private var unread: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    func next(isSearching: Bool) -> Key {
        switch nextByte(timeout: -1) {
        case .signal: return .signal
        case .end, .timeout: return .end
        case .byte(let byte):
            if isSearching, let key = searchKey(byte) { return key }
            return byte == Self.escape ? keyAfterEscape() : character(startingWith: byte)
        }
    }

    /// Forgets what was read ahead.
    func discard() {
        unread = []
    }

    // MARK: Search

    /// Answers nothing for a key that means in a search what it means elsewhere, once the search has been left.
    private func searchKey(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x12: searchStep = .older
        case 0x13: searchStep = .newer
        case 0x07: searchStep = .abort
        case 0x08, 0x7F: searchStep = .shorten
        case 0x20...:
            guard case .character(let scalar) = character(startingWith: byte) else { return .signal }
            searchStep = .extend(String(scalar))
        case Self.escape:
            // The Escape key alone leaves the search; a sequence leaves it and counts.
            if isMoreWaiting { unread.append(byte) }
            return .command(.searchAccept)
        default:
            unread.append(byte)
            return .command(.searchAccept)
        }
        return .command(.searchStep)
    }

    // MARK: Sequences

    private func keyAfterEscape() -> Key {
        var read: [UInt8] = []
        func isPrefix(_ sequence: [UInt8]) -> Bool { sequence.starts(with: read) }
        while isPrefix(Self.pasteStart) || translatesSequences && Self.sequences.keys.contains(where: isPrefix) {
            guard case .byte(let byte) = nextByte(timeout: Self.sequenceMilliseconds) else { break }
            read.append(byte)
            if read == Self.pasteStart { return paste() }
            if translatesSequences, let key = Self.sequences[read] { return .command(key) }
        }
        unread += read.reversed()
        return .character(Unicode.Scalar(Self.escape))
    }

    private func paste() -> Key {
        var bytes: [UInt8] = []
        while true {
            switch nextByte(timeout: -1) {
            case .byte(let byte):
                bytes.append(byte)
                if byte == Self.pasteEnd.last && bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] {
                    pastedText = Self.pastedText(bytes.dropLast(Self.pasteEnd.count))
                    return .command(.paste)
                }
            case .signal:
                // Ctrl-C ends a paste whose end never came.
                if Interrupt.isRequested { return .signal }
                SignalRelay.drain()
            case .end, .timeout:
                return .end
            }
        }
    }

    /// Terminals send newlines in a paste as carriage returns. Other control characters have no place in a statement, and could
    /// play tricks on the terminal. The last newline goes too: the person, not the paste, submits.
    static func pastedText(_ bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\r", "\n": text.append("\n")
            case "\t": text.append(scalar)
            default: if scalar.properties.generalCategory != .control { text.append(scalar) }
            }
            previous = scalar
        }
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }

    // MARK: Bytes

    private enum Byte {
        case byte(UInt8)
        case signal
        case timeout
        case end
    }

    private var isMoreWaiting: Bool {
        guard case .byte(let byte) = nextByte(timeout: Self.sequenceMilliseconds) else { return false }
        unread.append(byte)
        return true
    }

    /// Decodes a UTF-8 character. Bytes that make none are passed over.
    private func character(startingWith first: UInt8) -> Key {
        var bytes = [first]
        let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
        while bytes.count < length {
            guard case .byte(let byte) = nextByte(timeout: Self.sequenceMilliseconds) else { break }
            guard byte & 0xC0 == 0x80 else {
                unread.append(byte)
                break
            }
            bytes.append(byte)
        }
        let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
        // The control characters that stand for our commands are nobody's to type.
        let isCommand = (0x80...0x9F).contains(scalar.value)
        return .character(isCommand ? "\u{FFFD}" : scalar)
    }

    private func nextByte(timeout: Int32) -> Byte {
        if let byte = unread.popLast() { return .byte(byte) }
        while true {
            var watched = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: SignalRelay.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&watched, nfds_t(watched.count), timeout)
            if ready < 0 && errno == EINTR { continue }
            if ready == 0 { return .timeout }
            if watched[1].revents != 0 { return .signal }
            // One byte at a time: what is typed ahead belongs to whichever program reads next, a pager perhaps.
            var byte: UInt8 = 0
            switch readDescriptor(descriptor, &byte, 1) {
            case 1: return .byte(byte)
            case -1 where errno == EINTR || errno == EAGAIN: continue
            default: return .end
            }
        }
    }
}
