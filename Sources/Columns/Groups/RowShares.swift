/// The rows of a batch shared out by their keys: rows with equal keys are in one share. Each share has its rows in their order.
public struct RowShares {
    /// Few enough that the writes to all shares stay in the first cache, and many enough that the groups of a share of millions fit into the
    /// second and that two workers rarely wait for each other at the end.
    public static let count = 16

    private let shares: Buffer<UInt8>
    /// All rows, share by share.
    public let rows: Buffer<Int32>
    /// Where each share begins among them, and where the last one ends.
    private let starts: [Int]

    /// From the share of each row. O(rows).
    fileprivate init(_ shares: Buffer<UInt8>) {
        self.shares = shares
        var starts = [Int](repeating: 0, count: Self.count + 1)
        for share in shares.pointer { starts[Int(share) + 1] += 1 }
        for share in 0..<Self.count { starts[share + 1] += starts[share] }
        self.starts = starts
        rows = Buffer(capacity: shares.count) { rows in
            starts.withUnsafeBufferPointer { starts in
                withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.count) { next in
                    for share in 0..<Self.count { next[share] = starts[share] }
                    for row in 0..<shares.count {
                        let share = Int(shares.base[row])
                        rows[next[share]] = Int32(truncatingIfNeeded: row)
                        next[share] &+= 1
                    }
                }
            }
            return shares.count
        }
    }

    /// Where the rows of a share stand among all rows.
    public func range(_ share: Int) -> Range<Int> { starts[share]..<starts[share + 1] }

    /// The rows of a share.
    public func rows(_ share: Int) -> Buffer<Int32> { rows.slice(starts[share], starts[share + 1]) }

    /// The elements of rows' lists, each in the share of the row that it belongs to.
    public func elements(ofRows parents: Buffer<Int32>) -> RowShares {
        RowShares(mapped(count: parents.count) { shares.base[Int(parents.base[$0])] })
    }

    /// For each row how many of its share come before it.
    public func ranks() -> Buffer<Int32> {
        Buffer(capacity: rows.count) { ranks in
            for share in 0..<Self.count {
                for (rank, row) in rows(share).pointer.enumerated() { ranks[Int(row)] = Int32(truncatingIfNeeded: rank) }
            }
            return rows.count
        }
    }
}

/// Shares out the rows of batch after batch by keys that are small integers of a kind.
public struct RowSharer: Sendable {
    private let meanings: [DenseKeys.Meaning]
    /// Keeps the dictionaries that the meanings stand for.
    private let first: [Vector]

    /// By the keys of a first batch, which say what those of all batches must be; none where they are not of such types.
    public init?(_ keys: [Vector]) {
        let meanings = keys.compactMap { DenseKeys($0)?.meaning }
        if meanings.count < keys.count || keys.isEmpty { return nil }
        self.meanings = meanings
        first = keys
    }

    /// The shares of a batch; none where its keys are not of the kind of the first one's, so that equal ones might be told apart. O(rows).
    public func shares(_ keys: [Vector], count: Int) -> RowShares? {
        var hashes = Buffer<UInt32>(repeating: 0, count: count)
        for (key, meaning) in zip(keys, meanings) {
            // The domain is not asked for, as no bounds are needed.
            guard let dense = DenseKeys(key, domain: 0), dense.meaning == meaning else { return nil }
            let before = hashes.base
            let values = dense.values.base
            let presence = PresenceReader(dense.presence)
            hashes = mapped(count: count) { row in
                // What stands where a value is missing may be anything.
                let value = presence.at(row) ? UInt32(bitPattern: values[row]) : 0x8000_0001
                // Both halves of the product depend on low bits of the value, and only the upper one on high bits.
                let product = UInt64(before[row] ^ value) &* 0x9E37_79B9_7F4A_7C15
                return UInt32(truncatingIfNeeded: product &>> 32) ^ UInt32(truncatingIfNeeded: product)
            }
        }
        let found = hashes.base
        return RowShares(mapped(count: count) { UInt8(truncatingIfNeeded: found[$0] &>> 28) })
    }
}
