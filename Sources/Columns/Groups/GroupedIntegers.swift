/// Different integers of each group: a bit for each integer between the least and the greatest, where that takes no more memory than the
/// pairs themselves would, otherwise the pairs in a hash table.
struct GroupedIntegers {
    /// Up to here bits are taken where there are some rows: 8 MB. Few rows would wait longer for that much to be cleared and counted than
    /// for a hash table.
    private static let freeWords = 1 << 20
    private static let freeWordsPerRow = 64

    private var rowsSeen = 0
    private var groupCount = 0
    /// The integer of a group's first bit, a multiple of 64, so that a wider window moves whole words.
    private var lowest = 0
    private var wordsPerGroup = 0
    private var words: [UInt64] = []
    private var pairs: WordTable?
    private var pairCount: Int32 = 0
    /// How many pairs each group has in the hash table.
    private var counts: [Int64] = []

    /// Adds the integers that are there, each to the group beside it.
    mutating func insert(_ values: Buffer<Int32>, _ presence: PresenceReader, _ groups: Buffer<Int32>, groupCount: Int) {
        rowsSeen += values.count
        grow(to: groupCount)
        if pairs == nil, let (low, high) = Self.bounds(values, presence), !makeRoom(low, high) { becomePairs() }
        guard pairs == nil else {
            for row in 0..<values.count where presence.at(row) { insertPair(values.base[row], groups.base[row]) }
            return
        }
        let stride = wordsPerGroup
        let lowest = lowest
        words.withUnsafeMutableBufferPointer { words in
            guard let words = words.baseAddress else { return }
            for row in 0..<values.count where presence.at(row) {
                let offset = Int(values.base[row]) &- lowest
                let place = Int(groups.base[row]) &* stride &+ (offset >> 6)
                words[place] = words[place] | (1 &<< UInt64(truncatingIfNeeded: offset & 63))
            }
        }
    }

    mutating func merge(_ other: GroupedIntegers, groups: Buffer<Int32>, groupCount: Int) {
        rowsSeen += other.rowsSeen
        grow(to: groupCount)
        if pairs == nil, other.pairs == nil, other.wordsPerGroup > 0 {
            let low = other.lowest
            if makeRoom(low, low + other.wordsPerGroup * 64 - 1) {
                let shift = (low - lowest) / 64
                for index in 0..<min(groups.count, other.groupCount) {
                    let target = Int(groups[index]) * wordsPerGroup + shift
                    let source = index * other.wordsPerGroup
                    for word in 0..<other.wordsPerGroup { words[target + word] |= other.words[source + word] }
                }
                return
            }
        }
        if pairs == nil { becomePairs() }
        other.forEachPair { group, value in insertPair(value, groups[group]) }
    }

    /// How many different integers each group has.
    func distinctCounts(groupCount: Int) -> Buffer<Int64> {
        mapped(count: groupCount) { group in
            if pairs != nil { return group < counts.count ? counts[group] : 0 }
            guard group < self.groupCount else { return 0 }
            return (group * wordsPerGroup..<(group + 1) * wordsPerGroup).reduce(0) { $0 + Int64(words[$1].nonzeroBitCount) }
        }
    }

    private static func bounds(_ values: Buffer<Int32>, _ presence: PresenceReader) -> (Int, Int)? {
        if values.count > 0, presence.isFull {
            let bounds = extremes(of: values)
            return (Int(bounds.lowest), Int(bounds.highest))
        }
        var found: (low: Int, high: Int)?
        for row in 0..<values.count where presence.at(row) {
            let value = Int(values.base[row])
            found = found.map { (min($0.low, value), max($0.high, value)) } ?? (value, value)
        }
        return found
    }

    private mutating func grow(to newCount: Int) {
        guard newCount > groupCount else { return }
        groupCount = newCount
        if pairs != nil { counts.grow(to: newCount, filler: 0) } else { words.grow(to: newCount * wordsPerGroup, filler: 0) }
    }

    /// Widens the window so that it holds the integers; false where that takes too much memory.
    private mutating func makeRoom(_ low: Int, _ high: Int) -> Bool {
        let isEmpty = wordsPerGroup == 0
        let newLowest = min(isEmpty ? low : lowest, low) & ~63
        let end = max(isEmpty ? high : lowest + wordsPerGroup * 64 - 1, high)
        let newWords = (end - newLowest) / 64 + 1
        let (needed, overflow) = newWords.multipliedReportingOverflow(by: groupCount)
        if overflow || needed > max(min(Self.freeWords, rowsSeen * Self.freeWordsPerRow), rowsSeen) { return false }
        if newLowest == lowest, newWords == wordsPerGroup { return true }
        var wider = [UInt64](repeating: 0, count: needed)
        let shift = isEmpty ? 0 : (lowest - newLowest) / 64
        for group in 0..<(isEmpty ? 0 : groupCount) {
            for word in 0..<wordsPerGroup { wider[group * newWords + shift + word] = words[group * wordsPerGroup + word] }
        }
        words = wider
        lowest = newLowest
        wordsPerGroup = newWords
        return true
    }

    private mutating func becomePairs() {
        let bits = self
        words = []
        pairs = WordTable()
        counts = Array(repeating: 0, count: groupCount)
        bits.forEachPair { group, value in insertPair(value, Int32(truncatingIfNeeded: group)) }
    }

    private mutating func insertPair(_ value: Int32, _ group: Int32) {
        let known = pairCount
        let pair = UInt64(UInt32(bitPattern: group)) << 32 | UInt64(UInt32(bitPattern: value))
        if pairs?.number(of: pair, next: &pairCount) == known { counts[Int(group)] += 1 }
    }

    private func forEachPair(_ body: (_ group: Int, _ value: Int32) -> Void) {
        if let pairs {
            pairs.forEachWord { body(Int($0 >> 32), Int32(truncatingIfNeeded: $0)) }
            return
        }
        for place in words.indices {
            var word = words[place]
            let first = lowest + place % wordsPerGroup * 64
            while word != 0 {
                body(place / wordsPerGroup, Int32(truncatingIfNeeded: first + word.trailingZeroBitCount))
                word &= word - 1
            }
        }
    }
}
