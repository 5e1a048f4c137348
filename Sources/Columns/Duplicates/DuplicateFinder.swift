import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Two records that are probably one.
public struct DuplicatePair: Sendable, Hashable {
    /// Positions in the columns that were compared; `a` is the smaller one.
    public var a: Int32
    public var b: Int32
    /// How much they agree, in thousandths.
    public var score: Int32
}

/// Finds records that are probably one by comparing some of their values, without comparing all with all.
///
/// The score of two records is the mean of the measures of their fields, weighed by how much each field tells records apart: by the
/// entropy of its values (C. E. Shannon, "A Mathematical Theory of Communication", 1948). A field that one of the two lacks counts neither
/// for nor against. As a mean that reaches the threshold needs a field that does, candidates are those records that may agree so in one
/// field: see `WordKeys` for texts; other values meet if they are equal and no more than `KeyBlocks.blockLimit` records have them. Of many
/// records with the same words only those are compared that stand near each other in the order of the compared values (the
/// sorted-neighbourhood method of M. Hernández and S. Stolfo, "The Merge/Purge Problem for Large Databases", 1995).
///
/// Making one takes O(n log n) for n records, finding the pairs O(n) as long as blocks are small.
public struct DuplicateFinder: Sendable {
    private enum Field: Sendable {
        case words(WordField, WordKeys)
        case digits(DigitField)
        case date(DateField)
        case number(NumberField)
        case equality

        var isText: Bool { if case .words = self { true } else { false } }
    }

    public let count: Int
    private let threshold: Int32
    /// Records are numbered by the order of their compared values here; `order` has their positions.
    private let order: [Int32]
    private var fields: [Field] = []
    /// The fields in the order in which they are compared: those first that are compared in no time, since most candidates agree in the one
    /// field by which they met and in no other.
    private var comparisons: [Int] = []
    private var weights: [Double] = []
    private var totalWeight = 0.0
    /// The number of each record's value by field; -1 where it is missing.
    private var values: [[Int32]] = []
    private var blocks = KeyBlocks()

    /// Columns of one length with the values to compare; `threshold` is in 0...1. Where `isCancelled` says so, it is left unfinished and
    /// finds nothing.
    public init(_ columns: [Vector], count: Int, threshold: Double, isCancelled: () -> Bool = { false }) {
        self.count = count
        self.threshold = Int32((threshold * 1000).rounded(.up))
        let keys = columns.map { column in
            (values: column.type == .text ? fold(.vector(column), count: count) : column, descending: false)
        }
        let sorted = sortedRows(keys, count: count)
        order = sorted.array
        for (index, column) in columns.enumerated() where !isCancelled() {
            let ordered = column.gathered(sorted)
            let (numbers, entropy) = Self.numbered(ordered)
            values.append(numbers)
            weights.append(max(entropy, 0.001))
            // A score is rounded to thousandths, so that a little less may do.
            fields.append(
                Self.field(
                    ordered, threshold: max(0.001, threshold - 0.0005), seed: Self.seed(index), isCancelled: isCancelled))
        }
        totalWeight = weights.reduce(0, +)
        comparisons = fields.indices.filter { !fields[$0].isText } + fields.indices.filter { fields[$0].isText }
        var entries: [(hash: UInt64, record: Int32)] = []
        for record in 0..<count {
            if record % 4096 == 0, isCancelled() { return }
            for index in fields.indices { kept(record, field: index) { entries.append(($0, Int32(record))) } }
        }
        blocks = KeyBlocks(entries, isCancelled: isCancelled) ?? KeyBlocks()
    }

    private static func seed(_ field: Int) -> UInt64 { UInt64(field + 1) &* 0xBF58_476D_1CE4_E5B9 }

    private static func field(
        _ column: Vector, threshold: Double, seed: UInt64, isCancelled: () -> Bool
    ) -> Field {
        switch column.type {
        case .text:
            if DigitField.fits(column) { return .digits(DigitField(column)) }
            let words = WordField(column, isCancelled: isCancelled)
            return .words(words, WordKeys(words, threshold: threshold, seed: seed, isCancelled: isCancelled))
        case .date:
            return .date(
                DateField((0..<column.count).map { if case .date(let day) = column.value(at: $0) { day } else { nil } }))
        case .number:
            return .number(
                NumberField(
                    (0..<column.count).map {
                        if case .number(let number) = column.value(at: $0) { number.doubleValue } else { nil }
                    }))
        default: return .equality
        }
    }

    /// A number for every different value, and the entropy of these in nats.
    private static func numbered(_ column: Vector) -> (numbers: [Int32], entropy: Double) {
        guard column.type != .none else { return ([Int32](repeating: -1, count: column.count), 0) }
        let grouper = Grouper(types: [column.type])
        var numbers = grouper.assign([column], count: column.count).array
        var counts = [Int](repeating: 0, count: grouper.groupCount)
        let present = column.isPresentBitmap()
        var total = 0
        for row in numbers.indices {
            if present[row] {
                counts[Int(numbers[row])] += 1
                total += 1
            } else {
                numbers[row] = -1
            }
        }
        let entropy = counts.reduce(0.0) { sum, count in
            guard count > 0 else { return sum }
            let part = Double(count) / Double(total)
            return sum - part * log(part)
        }
        return (numbers, entropy)
    }

    // MARK: Scores

    /// What comparing needs from record to record; one for each thread.
    public struct Scratch: Sendable {
        /// One for each field, since each numbers its words by itself.
        var words: [WordScratch]
        var lastSeen: [Int32]
        fileprivate var candidates: [Candidate] = []
        var keys: [UInt64] = []
        public init(_ finder: DuplicateFinder) {
            words = finder.fields.map { field in
                if case .words = field { WordScratch() } else { WordScratch(cacheSize: 0) }
            }
            lastSeen = [Int32](repeating: -1, count: finder.count)
        }
    }

    /// A record that may agree with another, with what the fields so far have given.
    fileprivate struct Candidate: Sendable {
        var record: Int32
        var sum = 0.0
        var weight = 0.0
        var score: Int32 { Int32((sum / weight * 1000).rounded()) }
    }

    /// How much two records agree, in thousandths; none where they have no value in common to compare. O(n), for looking at single pairs.
    public func score(_ a: Int, _ b: Int, _ scratch: inout Scratch) -> Int32? {
        guard let first = order.firstIndex(of: Int32(a)), let second = order.firstIndex(of: Int32(b)) else { return nil }
        var candidates = [Candidate(record: Int32(max(first, second)))]
        compare(min(first, second), &candidates, atLeast: 0, &scratch)
        return candidates.first.flatMap { $0.weight > 0 ? $0.score : nil }
    }

    /// Compares a record with candidates, field by field, and drops those that cannot reach a score, however much the other fields agree.
    private func compare(_ record: Int, _ candidates: inout [Candidate], atLeast least: Int32, _ scratch: inout Scratch) {
        var rest = totalWeight
        let needed = (Double(least) - 0.5) / 1000
        for index in comparisons {
            rest -= weights[index]
            let weight = weights[index]
            let values = values[index]
            let own = values[record]
            if own < 0 { continue }
            // The measure is chosen once for all candidates: between threads, asking for it costs more than many a comparison.
            func narrow(_ measure: (_ first: Int, _ second: Int, _ least: Double) -> Double?) {
                var kept = 0
                for place in candidates.indices {
                    var candidate = candidates[place]
                    let other = Int(candidate.record)
                    if values[other] >= 0 {
                        let wanted = (needed * (candidate.weight + weight + rest) - candidate.sum - rest) / weight
                        let agreement = values[other] == own ? 1 : measure(min(record, other), max(record, other), wanted)
                        if let agreement {
                            candidate.sum += weight * agreement
                            candidate.weight += weight
                        }
                    }
                    if candidate.sum + rest < needed * (candidate.weight + rest) - 1e-9 { continue }
                    candidates[kept] = candidate
                    kept += 1
                }
                candidates.removeLast(candidates.count - kept)
            }
            switch fields[index] {
            case .words(let words, _): narrow { first, second, _ in words.similarity(first, second, &scratch.words[index]) }
            case .digits(let digits): narrow { digits.similarity($0, $1, atLeast: $2) }
            case .date(let dates): narrow { first, second, _ in dates.similarity(first, second) }
            case .number(let numbers): narrow { first, second, _ in numbers.similarity(first, second) }
            case .equality: narrow { _, _, _ in 0 }
            }
        }
    }

    // MARK: Pairs

    private func kept(_ record: Int, field: Int, _ emit: (UInt64) -> Void) {
        switch fields[field] {
        case .words(_, let keys): keys.kept(record, emit)
        case .digits(let digits): digits.keys(record, seed: Self.seed(field), emit)
        case .date, .number, .equality: equalityKey(record, field, emit)
        }
    }

    private func equalityKey(_ record: Int, _ field: Int, _ emit: (UInt64) -> Void) {
        guard values[field][record] >= 0 else { return }
        emit((UInt64(values[field][record]) &+ Self.seed(field)) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// Adds the pairs that reach the threshold and of which the first record, in the order of the values, is among some; each may be found
    /// from either of its records, so that the same pair can come twice from different calls.
    public func appendPairs(of records: Range<Int>, to found: inout [DuplicatePair], _ scratch: inout Scratch) {
        for record in records {
            scratch.candidates.removeAll(keepingCapacity: true)
            scratch.lastSeen[record] = Int32(record)
            for field in fields.indices { collect(record, field, &scratch) }
            var candidates: [Candidate] = []
            swap(&candidates, &scratch.candidates)
            compare(record, &candidates, atLeast: threshold, &scratch)
            for candidate in candidates where candidate.weight > 0 && candidate.score >= threshold {
                let (a, b) = (order[record], order[Int(candidate.record)])
                found.append(DuplicatePair(a: min(a, b), b: max(a, b), score: candidate.score))
            }
            swap(&candidates, &scratch.candidates)
        }
    }

    /// Gathers the records that may agree with one, each once.
    private func collect(_ record: Int, _ field: Int, _ scratch: inout Scratch) {
        let own = Int32(record)
        scratch.keys.removeAll(keepingCapacity: true)
        // Two texts may meet only from one of them; where both look under the same keys, the first one is enough.
        var meetsFromBoth = true
        var isWhole = false
        switch fields[field] {
        case .words(_, let keys):
            meetsFromBoth = false
            keys.probed(record) { scratch.keys.append($0) }
        case .digits(let digits): digits.keys(record, seed: Self.seed(field)) { scratch.keys.append($0) }
        case .date, .number, .equality:
            isWhole = true
            equalityKey(record, field) { scratch.keys.append($0) }
        }
        blocks.narrow(&scratch.keys)
        let lowest = meetsFromBoth ? own : -1
        for key in scratch.keys {
            blocks.forEach(under: key, near: own, isWhole: isWhole) { candidate in
                guard candidate > lowest, scratch.lastSeen[Int(candidate)] != own else { return }
                scratch.lastSeen[Int(candidate)] = own
                scratch.candidates.append(Candidate(record: candidate))
            }
        }
    }
}

/// Each pair once, the likeliest first, then in the order of the records.
public func ranked(_ pairs: [DuplicatePair]) -> [DuplicatePair] {
    var sorted = pairs.sorted { ($1.score, $0.a, $0.b) < ($0.score, $1.a, $1.b) }
    var kept = 0
    for index in sorted.indices where kept == 0 || sorted[index] != sorted[kept - 1] {
        sorted[kept] = sorted[index]
        kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    return sorted
}
