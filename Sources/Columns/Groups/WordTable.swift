/// Gives every distinct pair of a word and a tag a number, in order of first appearance. Open addressing with linear probing, half full at
/// most; amortised O(1) a look-up.
struct WordTable {
    private var words: [UInt64] = []
    private var tags: [UInt8] = []
    /// Number + 1, or 0 for a free place; a power of two in size.
    private var places: [Int32] = Array(repeating: 0, count: 64)

    var count: Int { words.count }

    @inline(__always)
    private static func hash(_ word: UInt64, _ tag: UInt8) -> Int {
        Int(truncatingIfNeeded: mix(word ^ 0x9E37_79B9_7F4A_7C15, 0xE703_7ED1_A0B4_28DB &+ UInt64(tag) &* 0x2545_F491_4F6C_DD1D))
    }

    @inline(__always)
    mutating func number(of word: UInt64, tag: UInt8 = 0) -> Int32 {
        let mask = places.count &- 1
        var place = Self.hash(word, tag) & mask
        while true {
            let found = places[place]
            if found == 0 { break }
            let index = Int(found &- 1)
            if words[index] == word, tags[index] == tag { return found &- 1 }
            place = (place &+ 1) & mask
        }
        let number = Int32(words.count)
        words.append(word)
        tags.append(tag)
        places[place] = number + 1
        if words.count * 2 > places.count { grow() }
        return number
    }

    private mutating func grow() {
        let mask = places.count * 2 - 1
        places = Array(repeating: 0, count: mask + 1)
        for index in words.indices {
            var place = Self.hash(words[index], tags[index]) & mask
            while places[place] != 0 { place = (place + 1) & mask }
            places[place] = Int32(index) + 1
        }
    }
}

/// Numbers for integers that mostly lie close together: a plain array over a window, which grows while it stays in proportion to the
/// number of rows seen; what lies outside goes through a hash table.
struct WindowTable {
    private var lowest: Int64 = 0
    /// Number, or -1 for what has not occurred.
    private var window: [Int32] = []
    private var rowsSeen = 0

    /// Widens the window to the range of a batch if that is worth its memory.
    mutating func prepare(lowest newLowest: Int64, highest newHighest: Int64, rowCount: Int) {
        rowsSeen += rowCount
        let low = window.isEmpty ? newLowest : min(lowest, newLowest)
        let high = window.isEmpty ? newHighest : max(lowest + Int64(window.count) - 1, newHighest)
        if !window.isEmpty, low == lowest, high == lowest + Int64(window.count) - 1 { return }
        let (span, overflow) = high.subtractingReportingOverflow(low)
        guard !overflow, span < max(65_536, Int64(rowsSeen) * 8), span < 1 << 28 else { return }
        var wider = [Int32](repeating: -1, count: Int(span) + 1)
        for (index, number) in window.enumerated() { wider[Int(lowest - low) + index] = number }
        window = wider
        lowest = low
    }

    /// The number of a value within the window, a new one from `next` where it has not occurred; none outside the window.
    @inline(__always)
    mutating func number(of value: Int64, next: () -> Int32) -> Int32? {
        let index = value &- lowest
        guard index >= 0, index < Int64(window.count) else { return nil }
        let place = Int(truncatingIfNeeded: index)
        if window[place] < 0 { window[place] = next() }
        return window[place]
    }
}
