/// Up to 255 short byte sequences that occur often in the texts of a column. A text is stored as the numbers of the symbols that it is made
/// of, one byte each, so that any text can be read by itself, at about a nanosecond a symbol. Byte 255 says that the next byte stands for
/// itself. (The scheme is that of P. Boncz, T. Neumann, V. Leis: FSST, VLDB 2020.)
struct SymbolTable: Sendable {
    static let escape: UInt8 = 255
    static let most = 255
    static let longest = 8

    /// Each symbol's bytes, the first one lowest, zeros behind it.
    private(set) var words: [UInt64]
    private(set) var lengths: [UInt8]

    var count: Int { lengths.count }

    init(words: [UInt64], lengths: [UInt8]) {
        self.words = words
        self.lengths = lengths
    }

    // MARK: As a section

    /// A byte of length and eight of the symbol, each.
    var bytes: [UInt8] {
        zip(words, lengths).flatMap { word, length in [length] + (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
        }
    }

    /// None where the bytes are no table.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count % 9 == 0, bytes.count / 9 <= Self.most else { return nil }
        words = []
        lengths = []
        for index in 0..<(bytes.count / 9) {
            let length = bytes[index * 9]
            guard (1...8).contains(length) else { return nil }
            lengths.append(length)
            words.append(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 9 + 1, as: UInt64.self)))
        }
    }

    // MARK: Reading

    /// Appends the text that a run of stored bytes stands for; false where the run ends in the middle or names no symbol.
    func append(_ stored: UnsafeRawBufferPointer, to text: inout [UInt8]) -> Bool {
        var place = 0
        while place < stored.count {
            let code = Int(stored[place])
            place += 1
            if code == Self.escape {
                guard place < stored.count else { return false }
                text.append(stored[place])
                place += 1
            } else {
                guard code < lengths.count else { return false }
                for byte in 0..<Int(lengths[code]) { text.append(UInt8(truncatingIfNeeded: words[code] >> UInt64(byte * 8))) }
            }
        }
        return true
    }

    /// The table in the form that `expand` reads: all 256 numbers, of which those without a symbol give nothing.
    func expansion() -> [(word: UInt64, length: Int)] {
        (0..<256).map { $0 < count ? (words[$0].littleEndian, Int(lengths[$0])) : (0, 0) }
    }

    /// Writes what a run of stored bytes stands for; none where it ends in the middle or does not fit. Whole words are written, so up to
    /// seven bytes behind the text are overwritten, but nothing beyond `end`.
    @inline(__always)
    static func expand(
        _ source: UnsafePointer<UInt8>, count: Int, _ symbols: UnsafePointer<(word: UInt64, length: Int)>,
        to start: UnsafeMutablePointer<UInt8>, end: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8>? {
        var target = start
        var place = 0
        while place < count {
            guard end - target >= longest else { return nil }
            let code = source[place]
            place &+= 1
            if code == escape {
                guard place < count else { return nil }
                target[0] = source[place]
                place &+= 1
                target += 1
            } else {
                let symbol = symbols[Int(code)]
                UnsafeMutableRawPointer(target).storeBytes(of: symbol.word, as: UInt64.self)
                target += symbol.length
            }
        }
        return target
    }
}
