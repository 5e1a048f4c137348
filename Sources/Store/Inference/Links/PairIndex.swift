import Columns

/// Lists what a table of pairs leads to.
enum PairIndex {
    /// The far rows of each near row, ascending and each once, with the first row of the table that says so. `bothWays` enters each
    /// pair in both directions.
    ///
    /// A counting sort by near row, then each short run by itself. O(pairs + near rows), and for long runs O(n log n).
    static func make(near: Buffer<Int32>, far: Buffer<Int32>, nearCount: Int, bothWays: Bool) -> LinkIndex {
        precondition(near.count == far.count)
        let ends = Growing<Int32>(capacity: nearCount + 1)
        defer { withExtendedLifetime((ends, near, far)) {} }
        let end = ends.base
        end.initialize(repeating: 0, count: nearCount + 1)
        let (nearRows, farRows) = (near.base, far.base)
        for row in 0..<near.count where nearRows[row] >= 0 && farRows[row] >= 0 {
            end[Int(nearRows[row])] += 1
            if bothWays, nearRows[row] != farRows[row] { end[Int(farRows[row])] += 1 }
        }
        var total: Int32 = 0
        for row in 0...nearCount { (end[row], total) = (total, total + end[row]) }
        // The far row in the high half, so that a run sorts by it first and by the row of the table second.
        let entries = Growing<UInt64>(capacity: Int(total))
        defer { withExtendedLifetime(entries) {} }
        let entry = entries.base
        @inline(__always)
        func enter(_ near: Int32, _ far: Int32, _ row: Int) {
            entry[Int(end[Int(near)])] = UInt64(UInt32(bitPattern: far)) << 32 | UInt64(truncatingIfNeeded: row)
            end[Int(near)] &+= 1
        }
        for row in 0..<near.count where nearRows[row] >= 0 && farRows[row] >= 0 {
            enter(nearRows[row], farRows[row], row)
            if bothWays, nearRows[row] != farRows[row] { enter(farRows[row], nearRows[row], row) }
        }
        return unique(entry, count: Int(total), ends: end, nearCount: nearCount)
    }

    /// The runs `ends[i - 1]..<ends[i]` sorted, each far row once.
    private static func unique(
        _ entries: UnsafeMutablePointer<UInt64>, count: Int, ends: UnsafePointer<Int32>, nearCount: Int
    ) -> LinkIndex {
        var edges: Buffer<Int32>?
        var offsets: Buffer<Int32>?
        let rows = Buffer<Int32>(capacity: count) { rows in
            var written = 0
            edges = Buffer<Int32>(capacity: count) { edges in
                offsets = Buffer<Int32>(capacity: nearCount + 1) { offsets in
                    offsets[0] = 0
                    var lower = 0
                    for segment in 0..<nearCount {
                        let upper = Int(ends[segment])
                        sort(entries + lower, upper - lower)
                        let start = written
                        for place in lower..<upper {
                            let far = Int32(truncatingIfNeeded: entries[place] >> 32)
                            if written > start, rows[written - 1] == far { continue }
                            rows[written] = far
                            edges[written] = Int32(truncatingIfNeeded: entries[place])
                            written += 1
                        }
                        offsets[segment + 1] = Int32(written)
                        lower = upper
                    }
                    return nearCount + 1
                }
                return written
            }
            return written
        }
        return .many(Segments(offsets: offsets!), rows: rows, edges: edges!)
    }

    /// Runs are short, mostly: by insertion then.
    @inline(__always)
    private static func sort(_ entries: UnsafeMutablePointer<UInt64>, _ count: Int) {
        if count > 32 {
            var run = UnsafeMutableBufferPointer(start: entries, count: count)
            return run.sort()
        }
        for index in stride(from: 1, to: count, by: 1) {
            let value = entries[index]
            var place = index
            while place > 0, entries[place &- 1] > value {
                entries[place] = entries[place &- 1]
                place &-= 1
            }
            entries[place] = value
        }
    }
}
