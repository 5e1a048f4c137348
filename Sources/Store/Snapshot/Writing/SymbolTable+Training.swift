import Columns

/// Finds in a text the longest symbol that it continues with.
struct SymbolMatcher {
    private var words: [UInt64] = []
    private var masks: [UInt64] = []
    /// The number of each symbol in its table, and its length.
    private var numbers: [Int32] = []
    private var lengths: [Int32] = []
    /// Where the symbols begin that begin with a byte and are longer than two, longest first; the last entry is their end.
    private var starts = [Int32](repeating: 0, count: SymbolMatcher.slotCount + 1)
    /// The symbols of two bytes and of one, or -1.
    private var pairs = [Int16](repeating: -1, count: 65_536)
    private var singles = [Int16](repeating: -1, count: 256)

    private static let slotCount = 4096

    @inline(__always)
    private static func slot(_ word: UInt64) -> Int {
        Int(truncatingIfNeeded: ((word & 0xff_ffff) &* 0x9E37_79B1) >> 17) & (slotCount - 1)
    }

    @inline(__always)
    private static func mask(_ length: Int) -> UInt64 { length >= 8 ? ~0 : (1 << UInt64(length * 8)) - 1 }

    init(words: [UInt64], lengths: [Int]) {
        var bySlot: [(slot: Int, symbol: Int)] = []
        for symbol in words.indices {
            switch lengths[symbol] {
            case 1: singles[Int(words[symbol])] = Int16(symbol)
            case 2: pairs[Int(words[symbol])] = Int16(symbol)
            default: bySlot.append((Self.slot(words[symbol]), symbol))
            }
        }
        bySlot.sort { ($0.slot, lengths[$1.symbol], $0.symbol) < ($1.slot, lengths[$0.symbol], $1.symbol) }
        for (slot, symbol) in bySlot {
            starts[slot + 1] += 1
            self.words.append(words[symbol])
            masks.append(Self.mask(lengths[symbol]))
            numbers.append(Int32(symbol))
            self.lengths.append(Int32(lengths[symbol]))
        }
        for slot in 0..<Self.slotCount { starts[slot + 1] += starts[slot] }
    }

    /// The symbol that the next bytes begin with; -1 where it is only the byte itself. `word` holds the next eight bytes, zeros where
    /// there are fewer than that.
    @inline(__always)
    func match(_ word: UInt64, remaining: Int) -> (symbol: Int, length: Int) {
        if remaining >= 3 {
            let slot = Self.slot(word)
            var entry = Int(starts[slot])
            let end = Int(starts[slot + 1])
            while entry < end {
                if (word ^ words[entry]) & masks[entry] == 0, Int(lengths[entry]) <= remaining {
                    return (Int(numbers[entry]), Int(lengths[entry]))
                }
                entry &+= 1
            }
        }
        if remaining >= 2 {
            let pair = pairs[Int(truncatingIfNeeded: word & 0xffff)]
            if pair >= 0 { return (Int(pair), 2) }
        }
        return (Int(singles[Int(truncatingIfNeeded: word & 0xff)]), 1)
    }

    /// The next bytes of a text as a word.
    @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>, _ remaining: Int) -> UInt64 {
        if remaining >= 8 { return UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)) }
        var word: UInt64 = 0
        for place in 0..<remaining { word |= UInt64(bytes[place]) << UInt64(place * 8) }
        return word
    }
}

extension SymbolTable {
    private static let sampleSize = 1 << 17
    private static let rounds = 6

    /// The symbols that shorten the texts most, found on a sample: in each round the sample is divided by the symbols so far, and the best
    /// of these, and of pairs of them that follow each other, make the next table.
    static func trained(on texts: TextStorage) -> SymbolTable {
        let sample = self.sample(of: texts)
        var words: [UInt64] = []
        var lengths: [Int] = []
        for round in 0..<rounds {
            let counts = count(sample, SymbolMatcher(words: words, lengths: lengths), words, lengths)
            // A pair that was seen once in the sample is chance, early on as well as later.
            let best = counts.filter { $0.value > (round == rounds - 1 ? 3 : 2) }
                .sorted {
                    gain($0) != gain($1) ? gain($0) > gain($1) : ($0.key.length, $0.key.word) < ($1.key.length, $1.key.word)
                }
                .prefix(most)
            words = best.map(\.key.word)
            lengths = best.map { Int($0.key.length) }
        }
        return SymbolTable(words: words, lengths: lengths.map { UInt8($0) })
    }

    private struct Candidate: Hashable {
        var word: UInt64
        var length: Int
    }

    /// The bytes that a symbol saves; a single byte saves its escape.
    private static func gain(_ candidate: (key: Candidate, value: Int)) -> Int { candidate.value * candidate.key.length }

    private static func count(
        _ sample: [[UInt8]], _ matcher: SymbolMatcher, _ words: [UInt64], _ lengths: [Int]
    ) -> [Candidate: Int] {
        var counts: [Candidate: Int] = [:]
        for text in sample {
            text.withUnsafeBufferPointer { text in
                guard let bytes = text.baseAddress else { return }
                var place = 0
                var previous: Candidate?
                while place < text.count {
                    let word = SymbolMatcher.word(bytes + place, text.count - place)
                    let (symbol, length) = matcher.match(word, remaining: text.count - place)
                    let found =
                        symbol >= 0
                        ? Candidate(word: words[symbol], length: lengths[symbol]) : Candidate(word: word & 0xff, length: 1)
                    counts[found, default: 0] += 1
                    if let previous, previous.length < longest {
                        let joined = previous.word | found.word << UInt64(previous.length * 8)
                        counts[Candidate(word: joined, length: min(longest, previous.length + found.length)), default: 0] += 1
                    }
                    previous = found
                    place += length
                }
            }
        }
        return counts
    }

    /// Texts from all over the column, since what stands together in a file often resembles each other.
    private static func sample(of texts: TextStorage) -> [[UInt8]] {
        var sample: [[UInt8]] = []
        let total = texts.count
        let each = max(1, Int(texts.offsets[total]) / max(total, 1))
        let wanted = min(total, sampleSize / each + 1)
        for number in 0..<wanted {
            let text = texts.bytes(at: number * total / wanted)
            // A text of a megabyte must not take the place of all others.
            sample.append(Array(text.prefix(4096)))
        }
        return sample
    }
}

/// Writes texts as symbols.
struct SymbolEncoder {
    let matcher: SymbolMatcher

    init(_ table: SymbolTable) { matcher = SymbolMatcher(words: table.words, lengths: table.lengths.map(Int.init)) }

    /// Writes a text, and gives the end of what was written. There must be room for twice its length.
    @inline(__always)
    func encode(_ text: UnsafeBufferPointer<UInt8>, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        guard let bytes = text.baseAddress else { return start }
        var target = start
        var place = 0
        while place < text.count {
            let remaining = text.count &- place
            let (symbol, length) = matcher.match(SymbolMatcher.word(bytes + place, remaining), remaining: remaining)
            if symbol >= 0 {
                target[0] = UInt8(truncatingIfNeeded: symbol)
                target += 1
            } else {
                target[0] = SymbolTable.escape
                target[1] = bytes[place]
                target += 2
            }
            place &+= length
        }
        return target
    }
}
