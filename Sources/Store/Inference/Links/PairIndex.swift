import Columns

/// Lists what a table of pairs leads to.
enum PairIndex {
    /// The far rows of each near row, ascending and each once, with the first row of the table that says so. `bothWays` enters each
    /// pair in both directions.
    static func make(near: Buffer<Int32>, far: Buffer<Int32>, nearCount: Int, bothWays: Bool) -> LinkIndex {
        precondition(near.count == far.count)
        var offsets = [Int32](repeating: 0, count: nearCount + 1)
        func forEachPair(_ body: (_ near: Int, _ far: Int32, _ edge: Int32) -> Void) {
            for row in 0..<near.count where near[row] >= 0 && far[row] >= 0 {
                body(Int(near[row]), far[row], Int32(row))
                if bothWays, near[row] != far[row] { body(Int(far[row]), near[row], Int32(row)) }
            }
        }
        forEachPair { near, _, _ in offsets[near + 1] += 1 }
        for row in 0..<nearCount { offsets[row + 1] += offsets[row] }
        // The far row in the high half, so that a segment sorts by it first and by the row of the table second.
        var entries = [UInt64](repeating: 0, count: Int(offsets[nearCount]))
        var next = offsets
        forEachPair { near, far, edge in
            entries[Int(next[near])] = UInt64(UInt32(bitPattern: far)) << 32 | UInt64(UInt32(bitPattern: edge))
            next[near] += 1
        }
        return unique(entries, offsets)
    }

    private static func unique(_ sortable: [UInt64], _ offsets: [Int32]) -> LinkIndex {
        var entries = sortable
        var rows: [Int32] = []
        var edges: [Int32] = []
        rows.reserveCapacity(entries.count)
        edges.reserveCapacity(entries.count)
        var newOffsets: [Int32] = [0]
        newOffsets.reserveCapacity(offsets.count)
        for segment in 0..<(offsets.count - 1) {
            let range = Int(offsets[segment])..<Int(offsets[segment + 1])
            if range.count > 1 { entries[range].sort() }
            let start = rows.count
            for place in range {
                let far = Int32(truncatingIfNeeded: entries[place] >> 32)
                if rows.count > start, rows[rows.count - 1] == far { continue }
                rows.append(far)
                edges.append(Int32(truncatingIfNeeded: entries[place]))
            }
            newOffsets.append(Int32(rows.count))
        }
        return .many(Segments(offsets: Buffer(newOffsets)), rows: Buffer(rows), edges: Buffer(edges))
    }
}
