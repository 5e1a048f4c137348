/// One bit a row, in words of 64, lowest bit first. Bits at and beyond `count` in the last word are 0, so that words can be counted
/// and combined without masks.
public struct Bitmap: Sendable {
    public let words: Buffer<UInt64>
    public let count: Int

    public init(words: Buffer<UInt64>, count: Int) {
        precondition(words.count == (count + 63) / 64)
        self.words = words
        self.count = count
    }

    public init(repeating bit: Bool, count: Int) {
        let wordCount = (count + 63) / 64
        words = Buffer(capacity: wordCount) { memory in
            memory.initialize(repeating: bit ? ~0 : 0)
            if bit, count % 64 != 0 { memory[wordCount - 1] = (1 << UInt64(count % 64)) - 1 }
            return wordCount
        }
        self.count = count
    }

    /// The bits of one run of rows are set.
    init(setting run: Range<Int>, count: Int) {
        precondition(run.lowerBound >= 0 && run.upperBound <= count)
        let wordCount = (count + 63) / 64
        words = Buffer(capacity: wordCount) { memory in
            memory.initialize(repeating: 0)
            guard !run.isEmpty else { return wordCount }
            let first = run.lowerBound >> 6
            let last = (run.upperBound - 1) >> 6
            memory[first...last].update(repeating: ~0)
            memory[first] &= ~0 << UInt64(run.lowerBound & 63)
            memory[last] &= ~0 >> UInt64(63 - (run.upperBound - 1) & 63)
            return wordCount
        }
        self.count = count
    }

    public init(_ bits: some Collection<Bool>) {
        count = bits.count
        let wordCount = (bits.count + 63) / 64
        words = Buffer(capacity: wordCount) { memory in
            memory.initialize(repeating: 0)
            for (row, bit) in bits.enumerated() where bit { memory[row >> 6] |= 1 << UInt64(row & 63) }
            return wordCount
        }
    }

    /// Bounds-checked.
    @inlinable
    public subscript(_ row: Int) -> Bool {
        precondition(row >= 0 && row < count)
        return (words.base[row >> 6] >> UInt64(row & 63)) & 1 != 0
    }
}
