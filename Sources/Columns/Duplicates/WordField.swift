import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Texts taken as bags of words, so that their order does not matter, with weights that the data give: a word that few records have says
/// more than one that many have, and `GmbH` or `Inc` hardly anything.
///
/// Two texts agree by a soft measure in the spirit of SoftTFIDF (W. Cohen, P. Ravikumar, S. Fienberg, "A Comparison of String Distance
/// Metrics for Name-Matching Tasks", 2003): words are paired with equal words, then with those whose Jaro-Winkler similarity is at
/// least 0.85; the measure is 2 Σ w·s over the pairs, divided by 2 Σ w over the pairs and Σ w over the words left alone. `s` is the
/// similarity and `w` the weight ln(1 + N / n) of a word that n of N texts have; of a pair the smaller weight counts, since the rarer word
/// is then a slip of the other. Words with digits are paired only with equal ones. Texts that differ in nothing but their blanks and
/// signs agree wholly.
final class WordField: Sendable {
    /// Below this similarity two words are different words.
    static let closeness = 0.85
    /// The words of record `r` are `words[offsets[r]..<offsets[r + 1]]`, numbers of the vocabulary.
    private let offsets: Buffer<Int32>
    private let words: Buffer<Int32>
    /// The sum of the weights of each record's words.
    let totals: [Double]
    /// The hash of each record's text without anything between its words; 0 where it has none.
    let compact: [UInt64]
    let vocabulary: Vocabulary
    private let weights: Buffer<Double>
    private let hasDigit: Buffer<Bool>
    private let shapes: Buffer<WordShape>

    /// Where `isCancelled` says so, the records that are left have no words.
    init(_ texts: Vector, isCancelled: () -> Bool) {
        let present = texts.isPresentBitmap()
        let folded = fold(.vector(texts), count: texts.count)
        var builder = WordFieldBuilder()
        var bytes: [UInt8] = []
        var wanted = 0..<texts.count
        for row in 0..<texts.count {
            bytes.removeAll(keepingCapacity: true)
            if row & 0xFFF == 0, isCancelled() { wanted = 0..<0 }
            if present[row], wanted.contains(row) { folded.appendText(of: row, to: &bytes) }
            builder.append(bytes)
        }
        builder.vocabulary.finish(textCount: present.popCount)
        offsets = Buffer(builder.offsets)
        words = Buffer(builder.words)
        weights = Buffer(builder.vocabulary.weights)
        hasDigit = Buffer(builder.vocabulary.hasDigit)
        shapes = Buffer(builder.vocabulary.points.map(WordShape.init))
        compact = builder.compact
        vocabulary = builder.vocabulary
        totals = (0..<texts.count).map { row in
            builder.words[Int(builder.offsets[row])..<Int(builder.offsets[row + 1])].reduce(0) {
                $0 + builder.vocabulary.weights[Int($1)]
            }
        }
    }

    /// The words of a record.
    subscript(record: Int) -> UnsafeBufferPointer<Int32> {
        let first = Int(offsets.base[record])
        return UnsafeBufferPointer(start: words.base + first, count: Int(offsets.base[record + 1]) - first)
    }

    /// How much two records agree, from 0 to 1; none where one has no words.
    func similarity(_ a: Int, _ b: Int, _ scratch: inout WordScratch) -> Double? {
        let (left, right) = (self[a], self[b])
        if left.isEmpty || right.isEmpty { return nil }
        if compact[a] == compact[b] { return 1 }
        let weights = weights.base
        let hasDigit = hasDigit.base
        // A bit for each word that is not yet paired.
        var leftAlone = UInt64.max >> UInt64(64 - left.count)
        var rightAlone = UInt64.max >> UInt64(64 - right.count)
        var paired = 0.0
        for (i, word) in left.enumerated() {
            for (j, other) in right.enumerated() where other == word && rightAlone >> UInt64(j) & 1 == 1 {
                leftAlone &= ~(1 << UInt64(i))
                rightAlone &= ~(1 << UInt64(j))
                paired += weights[Int(word)]
                break
            }
        }
        var agreed = paired
        for (i, word) in left.enumerated() where leftAlone >> UInt64(i) & 1 == 1 && !hasDigit[Int(word)] {
            var best = 0.0
            var partner = -1
            for (j, other) in right.enumerated() where rightAlone >> UInt64(j) & 1 == 1 && !hasDigit[Int(other)] {
                guard shapes.base[Int(word)].mayBeLike(shapes.base[Int(other)]) else { continue }
                let likeness = scratch.likeness(word, other, in: vocabulary)
                if likeness >= Self.closeness, likeness > best { (best, partner) = (likeness, j) }
            }
            guard partner >= 0 else { continue }
            let weight = min(weights[Int(word)], weights[Int(right[partner])])
            leftAlone &= ~(1 << UInt64(i))
            rightAlone &= ~(1 << UInt64(partner))
            agreed += best * weight
            paired += weight
        }
        var alone = 0.0
        for (i, word) in left.enumerated() where leftAlone >> UInt64(i) & 1 == 1 { alone += weights[Int(word)] }
        for (j, word) in right.enumerated() where rightAlone >> UInt64(j) & 1 == 1 { alone += weights[Int(word)] }
        return 2 * agreed / (2 * paired + alone)
    }
}

/// What of a word tells at once that it cannot be like another.
struct WordShape: BitwiseCopyable, Sendable {
    /// Which letters occur, those that leave the same rest by 64 as one.
    private let letters: UInt64
    private let first: UInt32
    private let length: Int32

    init(_ points: [UInt32]) {
        letters = points.reduce(0) { $0 | 1 << UInt64($1 & 63) }
        first = points.first ?? 0
        length = Int32(points.count)
    }

    /// Whether the Jaro-Winkler similarity may reach the closeness of words: letters that the other has not got find no partner there.
    @inline(__always)
    func mayBeLike(_ other: WordShape) -> Bool {
        let partners = min(
            length &- Int32((letters & ~other.letters).nonzeroBitCount),
            other.length &- Int32((other.letters & ~letters).nonzeroBitCount))
        if partners <= 0 { return false }
        let jaro = (Double(partners) / Double(length) + Double(partners) / Double(other.length) + 1) / 3
        let most = first == other.first ? jaro + 0.4 * (1 - jaro) : jaro
        return most >= WordField.closeness - 1e-9
    }
}

/// Takes texts apart into words.
private struct WordFieldBuilder {
    /// Further words of a text are not looked at, since a word's place must fit the bits that tell which are paired.
    private static let wordLimit = 64

    var offsets: [Int32] = [0]
    var words: [Int32] = []
    var compact: [UInt64] = []
    var vocabulary = Vocabulary()

    mutating func append(_ text: [UInt8]) {
        var hash = WordHash()
        let first = words.count
        var start = 0
        while start < text.count, words.count - first < Self.wordLimit {
            while start < text.count, !Self.isWordByte(text[start]) { start += 1 }
            var end = start
            while end < text.count, Self.isWordByte(text[end]) {
                hash.take(UInt32(text[end]))
                end += 1
            }
            if end > start {
                let word = vocabulary.number(of: text[start..<end])
                if !words[first...].contains(word) { vocabulary.count(word) }
                words.append(word)
            }
            start = end
        }
        offsets.append(Int32(words.count))
        compact.append(words.count > first ? hash.value : 0)
    }

    /// Letters and digits; every character beyond ASCII counts as a letter.
    @inline(__always)
    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte &- 48 < 10 || (byte | 0x20) &- 97 < 26
    }
}

/// The different words of a column.
struct Vocabulary: Sendable {
    private var numbers = TextDictionaryBuilder()
    private var counts: [Int32] = []
    /// The words as code points.
    private(set) var points: [[UInt32]] = []
    private(set) var hasDigit: [Bool] = []
    /// What a word says: ln(1 + N / n).
    private(set) var weights: [Double] = []

    mutating func number(of word: ArraySlice<UInt8>) -> Int32 {
        let number = word.withUnsafeBufferPointer { numbers.code(of: $0) }
        if number == points.count {
            points.append(Self.codePoints(word))
            hasDigit.append(word.contains { $0 &- 48 < 10 })
            counts.append(0)
        }
        return Int32(number)
    }

    /// Counts a text that has the word.
    mutating func count(_ word: Int32) { counts[Int(word)] += 1 }

    mutating func finish(textCount: Int) {
        weights = counts.map { log(1 + Double(textCount) / Double(max(1, $0))) }
    }

    private static func codePoints(_ word: ArraySlice<UInt8>) -> [UInt32] {
        word.withUnsafeBufferPointer { bytes in
            var points: [UInt32] = []
            var position = 0
            while position < bytes.count {
                let (point, length) = codePoint(bytes, position)
                points.append(point)
                position += length
            }
            return points
        }
    }
}

/// What comparing two bags of words needs from pair to pair: similarities computed before, since the same two words meet again and again.
struct WordScratch: Sendable {
    private var matcher = JaroWinkler()
    private var keys: [UInt64]
    private var values: [Double]
    private let shift: UInt64

    /// How many similarities are kept, a power of two; with none it serves no words.
    init(cacheSize: Int = 1 << 14) {
        keys = [UInt64](repeating: .max, count: cacheSize)
        values = [Double](repeating: 0, count: cacheSize)
        shift = UInt64(64 - cacheSize.trailingZeroBitCount)
    }

    mutating func likeness(_ a: Int32, _ b: Int32, in vocabulary: Vocabulary) -> Double {
        let key = UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
        let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        if keys[place] == key { return values[place] }
        let value = matcher.similarity(vocabulary.points[Int(min(a, b))], vocabulary.points[Int(max(a, b))])
        keys[place] = key
        values[place] = value
        return value
    }
}

/// FNV-1a over code points, with a last stir, since its low bits alone select a bucket.
struct WordHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func take(_ point: UInt32) { state = (state ^ UInt64(point)) &* 0x0000_0100_0000_01B3 }

    var value: UInt64 {
        var mixed = (state ^ (state >> 32)) &* 0xD6E8_FEB8_6659_FD93
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return (mixed ^ (mixed >> 32)) | 1
    }
}
