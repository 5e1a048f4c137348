/// Keeps a number for every distinct pair of a word and a tag. Open addressing with linear probing, half full at most; key and number lie
/// side by side, so that a look-up mostly touches one cache line. Amortised O(1).
struct WordTable {
    private struct Entry {
        var word: UInt64 = 0
        var tag: UInt8 = 0
        /// Number + 1, or 0 for a free place.
        var number: Int32 = 0
    }
    private var entries: [Entry]
    private(set) var count = 0

    /// An empty table costs nothing until it is used.
    init() { entries = [] }

    @inline(__always)
    private static func hash(_ word: UInt64, _ tag: UInt8) -> Int {
        Int(truncatingIfNeeded: mix(word ^ 0x9E37_79B9_7F4A_7C15, 0xE703_7ED1_A0B4_28DB &+ UInt64(tag) &* 0x2545_F491_4F6C_DD1D))
    }

    /// The number of a key; one that is new gets `next`, which is then counted up.
    @inline(__always)
    mutating func number(of word: UInt64, tag: UInt8 = 0, next: inout Int32) -> Int32 {
        if count &* 2 >= entries.count { grow() }
        let mask = entries.count &- 1
        var place = Self.hash(word, tag) & mask
        return entries.withUnsafeMutableBufferPointer { entries in
            while entries[place].number != 0 {
                if entries[place].word == word, entries[place].tag == tag { return entries[place].number &- 1 }
                place = (place &+ 1) & mask
            }
            entries[place] = Entry(word: word, tag: tag, number: next &+ 1)
            count += 1
            defer { next += 1 }
            return next
        }
    }

    /// Calls `body` for the word of every entry, in no order.
    func forEachWord(_ body: (UInt64) -> Void) {
        for entry in entries where entry.number != 0 { body(entry.word) }
    }

    private mutating func grow() {
        // Small tables grow fast: most of them either stay small or become large.
        let mask = max(64, entries.count * (entries.count < 1 << 20 ? 4 : 2)) - 1
        var wider = [Entry](repeating: Entry(), count: mask + 1)
        for entry in entries where entry.number != 0 {
            var place = Self.hash(entry.word, entry.tag) & mask
            while wider[place].number != 0 { place = (place + 1) & mask }
            wider[place] = entry
        }
        entries = wider
    }
}

/// Numbers for integers that mostly lie close together: a plain array over a window, which grows while it stays in proportion to the
/// number of rows seen; what lies outside is left to a hash table.
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
        guard !overflow, span < max(4096, Int64(rowsSeen) * 8), span < 1 << 28 else { return }
        var wider = [Int32](repeating: -1, count: Int(span) + 1)
        for (index, number) in window.enumerated() { wider[Int(lowest - low) + index] = number }
        window = wider
        lowest = low
    }

    /// The number of a value, or -1 where it lies outside the window or has not occurred within it.
    @inline(__always)
    func number(of value: Int64) -> Int32 {
        let index = value &- lowest
        guard UInt64(bitPattern: index) < UInt64(window.count) else { return -1 }
        return window[Int(truncatingIfNeeded: index)]
    }

    /// Notes the number of a value if it lies within the window.
    mutating func note(_ number: Int32, for value: Int64) {
        let index = value &- lowest
        if UInt64(bitPattern: index) < UInt64(window.count) { window[Int(truncatingIfNeeded: index)] = number }
    }
}
