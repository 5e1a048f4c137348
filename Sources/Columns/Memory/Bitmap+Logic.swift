import CKernels

extension Bitmap {
    /// Combines word by word; zeros beyond `count` stay zeros since no combination used here sets a bit from two zeros.
    @inline(__always)
    private func combined(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) -> Bitmap {
        precondition(count == other.count)
        let left = words.base
        let right = other.words.base
        return Bitmap(words: mapped(count: words.count) { operation(left[$0], right[$0]) }, count: count)
    }

    public func and(_ other: Bitmap) -> Bitmap { combined(other) { $0 & $1 } }
    public func or(_ other: Bitmap) -> Bitmap { combined(other) { $0 | $1 } }
    public func xor(_ other: Bitmap) -> Bitmap { combined(other) { $0 ^ $1 } }
    public func andNot(_ other: Bitmap) -> Bitmap { combined(other) { $0 & ~$1 } }

    public func not() -> Bitmap {
        let source = words.base
        let last = words.count - 1
        let tail = Bitmap.tailMask(count)
        return Bitmap(words: mapped(count: words.count) { ~source[$0] & ($0 == last ? tail : ~0) }, count: count)
    }

    /// The bits in use of the last word.
    @inline(__always)
    static func tailMask(_ count: Int) -> UInt64 { count & 63 == 0 ? ~0 : (1 << UInt64(count & 63)) - 1 }

    /// How many bits are set.
    public var popCount: Int {
        var total = 0
        for word in words.pointer { total &+= word.nonzeroBitCount }
        return total
    }

    /// Whether no bit is set.
    public var isEmpty: Bool { words.pointer.allSatisfy { $0 == 0 } }

    /// Whether every bit is set.
    public var isFull: Bool { popCount == count }

    /// The numbers of the rows whose bit is set, ascending. Every row is written and the write position moves by the bit, so that the
    /// time does not depend on how the bits are mixed; words without any bit are passed over.
    public func rows() -> Buffer<Int32> {
        let total = popCount
        let words = words.base
        let wordCount = self.words.count
        // Up to 63 entries behind the last one are written and not kept.
        return Buffer(capacity: total + 64) { memory in
            let out = memory.baseAddress!
            var position = 0
            for index in 0..<wordCount {
                var word = words[index]
                guard word != 0 else { continue }
                let base = Int32(truncatingIfNeeded: index &* 64)
                if word.nonzeroBitCount < 16 {
                    while word != 0 {
                        out[position] = base &+ Int32(truncatingIfNeeded: word.trailingZeroBitCount)
                        position &+= 1
                        word &= word &- 1
                    }
                } else {
                    for bit in 0..<64 {
                        out[position] = base &+ Int32(truncatingIfNeeded: bit)
                        position &+= Int(truncatingIfNeeded: (word &>> UInt64(bit)) & 1)
                    }
                }
            }
            return total
        }
    }

    /// The bits of rows `lower..<upper`.
    public func range(_ lower: Int, _ upper: Int) -> Bitmap {
        precondition(lower >= 0 && lower <= upper && upper <= count)
        if lower == 0 && upper == count { return self }
        let newCount = upper - lower
        let source = words.base
        let sourceCount = words.count
        let shift = UInt64(lower & 63)
        let first = lower >> 6
        let wordCount = (newCount + 63) / 64
        let tail = Bitmap.tailMask(newCount)
        let result: Buffer<UInt64> = mapped(count: wordCount) { index in
            let low = source[first &+ index] &>> shift
            let next = first &+ index &+ 1
            let high = shift != 0 && next < sourceCount ? source[next] &<< (64 &- shift) : 0
            return (low | high) & (index == wordCount - 1 ? tail : ~0)
        }
        return Bitmap(words: result, count: newCount)
    }

    /// The bits of the given rows, which must lie within the bitmap; a row of -1 gives `absent`.
    func gathered(_ rows: Buffer<Int32>, absent: Bool) -> Bitmap {
        let source = words.base
        let rows = rows
        let index = rows.base
        let other: UInt64 = absent ? 1 : 0
        guard count > 0 else { return Bitmap(repeating: absent, count: rows.count) }
        return packed(count: rows.count) { position in
            let row = Int(index[position])
            let safe = row & ~(row >> 63)
            let bit = (source[safe >> 6] &>> UInt64(truncatingIfNeeded: safe & 63)) & 1
            return row < 0 ? other : bit
        }
    }
}

/// A bitmap of one bit a row, where `bit` gives 0 or 1. The closure is inlined; there is no branch on the bit. Of 64 rows the bits are first
/// written as bytes, since a loop that does so is one of vectors where the closure allows it, and then turned into a word at once: shifting
/// each bit to its place takes up to twelve times as long.
@inline(__always)
func packed(count: Int, _ bit: (Int) -> UInt64) -> Bitmap {
    let wordCount = (count + 63) / 64
    let words = Buffer<UInt64>(capacity: wordCount) { memory in
        guard let out = memory.baseAddress else { return 0 }
        let fullWords = count >> 6
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 64) { memory in
            let bytes = memory.baseAddress!.assumingMemoryBound(to: UInt8.self)
            for index in 0..<fullWords {
                let base = index &* 64
                for position in 0..<64 { bytes[position] = UInt8(truncatingIfNeeded: bit(base &+ position)) }
                out[index] = crmq_mask64(bytes, 1, 1, 1)
            }
        }
        if fullWords < wordCount {
            var word: UInt64 = 0
            for row in (fullWords &* 64)..<count { word |= bit(row) &<< UInt64(truncatingIfNeeded: row & 63) }
            out[fullWords] = word
        }
        return wordCount
    }
    return Bitmap(words: words, count: count)
}

/// As `packed`, from a condition.
@inline(__always)
func packedWhere(count: Int, _ condition: (Int) -> Bool) -> Bitmap {
    packed(count: count) { condition($0) ? 1 : 0 }
}

/// Both of two validities, where none stands for all bits set.
func both(_ left: Bitmap?, _ right: Bitmap?) -> Bitmap? {
    guard let left else { return right }
    guard let right else { return left }
    return left.and(right)
}

/// Bits gathered piece by piece.
struct BitmapBuilder {
    private var words: [UInt64] = []
    private(set) var count = 0

    mutating func append(_ bit: Bool) {
        if count & 63 == 0 { words.append(0) }
        if bit { words[count >> 6] |= 1 << UInt64(count & 63) }
        count += 1
    }

    mutating func append(repeating bit: Bool, count: Int) { append(Bitmap(repeating: bit, count: count)) }

    mutating func append(_ bitmap: Bitmap) {
        guard bitmap.count > 0 else { return }
        let shift = UInt64(count & 63)
        for word in bitmap.words.pointer {
            if shift == 0 {
                words.append(word)
            } else {
                words[words.count - 1] |= word << shift
                words.append(word >> (64 - shift))
            }
        }
        count += bitmap.count
        words.removeLast(words.count - (count + 63) / 64)
    }

    func finish() -> Bitmap { Bitmap(words: Buffer(words), count: count) }
}
