/// The keys by which texts that may agree are brought together, so that not all are compared with all.
///
/// For two texts to agree by at least `t`, the words that are left alone can weigh no more than a part `u = c / (1 + c)` of either text,
/// where `c = 2 (1 - t) / t`. So of each text some of the heaviest words must be paired: where the heaviest alone weighs 1 - u or more, one
/// of the heaviest that together weigh more than u (mostly just that one), and otherwise two of those heaviest words that, the first of
/// them apart, weigh more than u. A text is kept under each such word or under each two such words, and looked for under every word and every two words of its own. A word stands for itself and for what is
/// left of it without any one of its letters, so that words with one slip (a letter too many, missing, wrong, or two exchanged) meet;
/// of two words one may have a slip. Long words also meet by their first five letters.
final class WordKeys: Sendable {
    /// The heaviest words of a text under which it is looked for.
    private static let probedWords = 6

    private let field: WordField
    private let seed: UInt64
    /// The part of a text's weight that may be left alone.
    private let looseShare: Double
    /// The hashes of word `w` are `hashes[starts[w]..<starts[w + 1]]`, that of the word itself first.
    private let starts: Buffer<Int32>
    private let hashes: Buffer<UInt64>

    /// Where `isCancelled` says so, the words that are left stand for themselves only.
    init(_ field: WordField, threshold: Double, seed: UInt64, isCancelled: () -> Bool) {
        self.field = field
        self.seed = seed
        let c = 2 * (1 - threshold) / threshold
        looseShare = c / (1 + c)
        var starts: [Int32] = [0]
        var hashes: [UInt64] = []
        var isLeft = false
        for (word, points) in field.vocabulary.points.enumerated() {
            isLeft = isLeft || word & 0xFFF == 0 && isCancelled()
            Self.appendVariants(points, isPlain: isLeft || field.vocabulary.hasDigit[word], to: &hashes)
            starts.append(Int32(hashes.count))
        }
        self.starts = Buffer(starts)
        self.hashes = Buffer(hashes)
    }

    private static func appendVariants(_ points: [UInt32], isPlain: Bool, to hashes: inout [UInt64]) {
        hashes.append(hash(points, leavingOut: -1, limit: points.count))
        guard !isPlain, points.count >= 3 else { return }
        // Of a run of equal letters it does not matter which one is left out.
        for place in points.indices where place == 0 || points[place] != points[place - 1] {
            hashes.append(hash(points, leavingOut: place, limit: points.count))
        }
        if points.count >= 7 { hashes.append(hash(points, leavingOut: -1, limit: 5) &+ 0x5851_F42D_4C95_7F2D) }
    }

    private static func hash(_ points: [UInt32], leavingOut left: Int, limit: Int) -> UInt64 {
        var hash = WordHash()
        for index in 0..<limit where index != left { hash.take(points[index]) }
        return hash.value
    }

    private func variants(_ word: Int32) -> UnsafeBufferPointer<UInt64> {
        let first = Int(starts.base[Int(word)])
        return UnsafeBufferPointer(start: hashes.base + first, count: Int(starts.base[Int(word) + 1]) - first)
    }

    /// The words of a record, the heaviest first; each once.
    private func heaviest(_ record: Int) -> [Int32] {
        var words: [Int32] = []
        for word in field[record] where !words.contains(word) { words.append(word) }
        let weights = field.vocabulary.weights
        return words.sorted { (weights[Int($0)], $1) > (weights[Int($1)], $0) }
    }

    /// The keys under which a record is kept.
    func kept(_ record: Int, _ emit: (UInt64) -> Void) {
        let words = heaviest(record)
        guard let first = words.first else { return }
        emit(key(field.compact[record]))
        let weights = field.vocabulary.weights
        let loose = looseShare * field.totals[record]
        if weights[Int(first)] >= field.totals[record] - loose || words.count == 1 {
            var sum = 0.0
            for word in words where sum <= loose {
                for hash in variants(word) { emit(key(hash)) }
                sum += weights[Int(word)]
            }
            return
        }
        var count = 1
        var behindFirst = 0.0
        while count < words.count, behindFirst <= loose {
            behindFirst += weights[Int(words[count])]
            count += 1
        }
        emitPairs(words.prefix(count), emit)
    }

    /// The keys under which records that may agree with a record are looked for.
    func probed(_ record: Int, _ emit: (UInt64) -> Void) {
        let words = heaviest(record).prefix(Self.probedWords)
        guard !words.isEmpty else { return }
        emit(key(field.compact[record]))
        for word in words {
            for hash in variants(word) { emit(key(hash)) }
        }
        emitPairs(words, emit)
    }

    /// Each two words, of which one may have a slip.
    private func emitPairs(_ words: ArraySlice<Int32>, _ emit: (UInt64) -> Void) {
        for i in words.indices {
            for j in words.indices where j > i {
                let (a, b) = (variants(words[i]), variants(words[j]))
                for hash in a { emit(key(hash &+ b[0])) }
                for hash in b.dropFirst() { emit(key(a[0] &+ hash)) }
            }
        }
    }

    private func key(_ hash: UInt64) -> UInt64 { (hash ^ seed) &* 0x9E37_79B9_7F4A_7C15 }
}
