/// Up to 255 short byte sequences that occur often in the texts of a column. A text is stored as the numbers of the symbols that it is made
/// of, one byte each, so that any text can be read by itself, at about a nanosecond a symbol. Byte 255 says that the next byte stands for
/// itself. (The scheme is that of P. Boncz, T. Neumann, V. Leis: FSST, VLDB 2020.)
struct SymbolTable: Sendable {
    static let escape: UInt8 = 255
    static let most = 255
    static let longest = 8
    /// In a file: a byte of length, and eight of the symbol.
    private static let entrySize = 9

    /// Each symbol's bytes, the first one lowest, zeros behind it.
    private(set) var words: [UInt64]
    private(set) var lengths: [UInt8]

    var count: Int { lengths.count }

    init(words: [UInt64], lengths: [UInt8]) {
        self.words = words
        self.lengths = lengths
    }

    // MARK: As a section

    var bytes: [UInt8] {
        zip(words, lengths).flatMap { word, length in [length] + (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
        }
    }

    /// None where the bytes are no table.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count % Self.entrySize == 0, bytes.count / Self.entrySize <= Self.most else { return nil }
        words = []
        lengths = []
        for entry in stride(from: 0, to: bytes.count, by: Self.entrySize) {
            guard (1...Self.longest).contains(Int(bytes[entry])) else { return nil }
            lengths.append(bytes[entry])
            words.append(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: entry + 1, as: UInt64.self)))
        }
    }

    // MARK: Reading

    /// Appends the text that a run of stored bytes stands for, by a table as it stands in the file: a text by itself is read without
    /// reading all symbols. False where the run ends in the middle or names no sound symbol.
    static func append(
        _ stored: UnsafeRawBufferPointer, by table: UnsafeRawBufferPointer, to text: inout [UInt8]
    ) -> Bool {
        var place = 0
        while place < stored.count {
            let entry = Int(stored[place]) * entrySize
            place += 1
            if entry == Int(escape) * entrySize {
                guard place < stored.count else { return false }
                text.append(stored[place])
                place += 1
            } else {
                guard entry + entrySize <= table.count, (1...longest).contains(Int(table[entry])) else { return false }
                text.append(contentsOf: table[(entry + 1)..<(entry + 1 + Int(table[entry]))])
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
