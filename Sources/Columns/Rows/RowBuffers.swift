/// Kernels over buffers of row numbers, in which -1 stands for no row.
extension Buffer where Element == Int32 {
    /// The numbers `lower..<upper`.
    public static func counting(from lower: Int, to upper: Int) -> Buffer<Int32> {
        mapped(count: upper - lower) { Int32(truncatingIfNeeded: lower &+ $0) }
    }

    /// For each entry, what stands at that place of `table`; -1 where the entry is -1. Entries are checked, since a wrong one would read
    /// foreign memory.
    public func composed(with table: Buffer<Int32>) -> Buffer<Int32> {
        let source = base
        let limit = table.count
        return mapped(count: count) { position in
            let entry = Int(source[position])
            precondition(entry < limit)
            return entry < 0 ? -1 : table.base[entry]
        }
    }

    /// The table's entries at these positions, each less a number; 0 where the position is -1.
    public func composed(with table: Buffer<Int32>, less number: Int32) -> Buffer<Int32> {
        let source = base
        let limit = table.count
        return mapped(count: count) { position in
            let entry = Int(source[position])
            precondition(entry < limit)
            return entry < 0 ? 0 : table.base[entry] &- number
        }
    }

    /// The entries at the given positions; -1 where the position is -1.
    public func picked(at positions: Buffer<Int32>) -> Buffer<Int32> { positions.composed(with: self) }

    /// An array over `domain` rows that holds for each row of this buffer the value beside it, and -1 for all others.
    public func scattered(_ values: Buffer<Int32>, domain: Int) -> Buffer<Int32> {
        precondition(values.count == count)
        return Buffer(capacity: domain) { memory in
            memory.initialize(repeating: -1)
            for position in 0..<count {
                let row = Int(base[position])
                precondition(row < domain)
                if row >= 0 { memory[row] = values.base[position] }
            }
            return domain
        }
    }

    /// A bit for each row that occurs.
    public func occurrences(domain: Int) -> Bitmap {
        let wordCount = (domain + 63) / 64
        let words = Buffer<UInt64>(capacity: wordCount) { memory in
            memory.initialize(repeating: 0)
            noteOccurrences(in: memory)
            return wordCount
        }
        return Bitmap(words: words, count: domain)
    }

    /// Sets a bit for each row that occurs, in bits for all rows that there may be.
    public func noteOccurrences(in bits: inout [UInt64]) { bits.withUnsafeMutableBufferPointer { noteOccurrences(in: $0) } }

    private func noteOccurrences(in bits: UnsafeMutableBufferPointer<UInt64>) {
        precondition(count == 0 || Int(extremes(of: self).highest) < bits.count * 64)
        for row in pointer where row >= 0 { bits[Int(row) >> 6] |= 1 &<< UInt64(row & 63) }
    }

    /// How often each of the groups `0..<groupCount` occurs.
    public func histogram(groupCount: Int) -> Buffer<Int32> {
        Buffer<Int32>(capacity: groupCount) { memory in
            memory.initialize(repeating: 0)
            for group in pointer where group >= 0 {
                precondition(Int(group) < groupCount)
                memory[Int(group)] &+= 1
            }
            return groupCount
        }
    }

    /// A bit for each entry that is not -1.
    public func presence() -> Bitmap {
        let source = base
        return packedWhere(count: count) { source[$0] >= 0 }
    }

    /// Whether no entry is -1.
    public var isComplete: Bool {
        var signs: Int32 = 0
        for entry in pointer { signs |= entry }
        return signs >= 0
    }

    /// A bit for each position where both have the same entry and it is not -1.
    public func equal(_ other: Buffer<Int32>) -> Bitmap {
        precondition(count == other.count)
        let left = base
        let right = other.base
        return packedWhere(count: count) { left[$0] == right[$0] && left[$0] >= 0 }
    }

    /// The positions of the entries, sorted by what stands beside them in `groups` and then by the entry itself.
    public func positionsSorted(by groups: Buffer<Int32>) -> Buffer<Int32> {
        precondition(groups.count == count)
        var keys: [(key: UInt64, position: Int32)] = []
        keys.reserveCapacity(count)
        for position in 0..<count {
            let high = UInt64(UInt32(bitPattern: groups.base[position]))
            keys.append((high << 32 | UInt64(UInt32(bitPattern: base[position])), Int32(truncatingIfNeeded: position)))
        }
        keys.sort { $0.key < $1.key }
        return Buffer(keys.map(\.position))
    }
}
