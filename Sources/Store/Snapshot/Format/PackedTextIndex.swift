import Columns

/// Finds the rows of a text in a column whose texts (nearly) all differ, by reading a few of them: rows in the order of their texts' hashes,
/// in buckets, with a byte of each hash beside them.
struct PackedTextIndex: Sendable {
    /// Texts to a bucket, on average.
    private static let load = 4

    /// Where each bucket begins, and the end of the last.
    var starts: PackedIntegers
    var rows: PackedIntegers
    /// A byte of the hash for each of the rows.
    var marks: Extent

    private var bucketCount: Int { starts.count - 1 }

    /// The lower half tells the bucket, the top byte is the mark.
    private static func bucket(_ hash: UInt64, of count: Int) -> Int {
        Int(((hash & 0xffff_ffff) &* UInt64(truncatingIfNeeded: count)) >> 32)
    }

    private static func mark(_ hash: UInt64) -> UInt8 { UInt8(hash >> 56) }

    func write(to directory: inout DirectoryWriter) {
        starts.write(to: &directory)
        rows.write(to: &directory)
        directory.write(marks)
    }

    init(_ directory: inout DirectoryReader, rowCount: Int) throws(SnapshotError) {
        starts = try PackedIntegers(&directory)
        rows = try PackedIntegers(&directory)
        marks = try directory.extent()
        guard starts.count > 1, starts.count <= Int(UInt32.max), rows.count <= rowCount, marks.length == rows.count else {
            throw directory.damage("an index does not fit its column")
        }
    }

    /// Enters the rows that have a text.
    init(_ texts: TextStorage, isPresent: (Int) -> Bool, to sink: SnapshotSink) throws(SnapshotError) {
        let rows = (0..<texts.count).filter(isPresent)
        let hashes = rows.map { BlockHash.hash(texts.bytes(at: $0)) }
        let bucketCount = max(1, rows.count / Self.load)
        var starts = [Int32](repeating: 0, count: bucketCount + 1)
        for hash in hashes { starts[Self.bucket(hash, of: bucketCount) + 1] += 1 }
        for bucket in 0..<bucketCount { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var ordered = [Int32](repeating: 0, count: rows.count)
        var marks = [UInt8](repeating: 0, count: rows.count)
        for (row, hash) in zip(rows, hashes) {
            let bucket = Self.bucket(hash, of: bucketCount)
            ordered[Int(next[bucket])] = Int32(row)
            marks[Int(next[bucket])] = Self.mark(hash)
            next[bucket] += 1
        }
        self.starts = try PackedIntegers.pack(count: starts.count, to: sink) { Int64(starts[$0]) }
        self.rows = try PackedIntegers.pack(count: ordered.count, to: sink) { Int64(ordered[$0]) }
        self.marks = try sink.section(marks)
    }

    /// The rows that may have a text, ascending; which of them do, their texts say.
    func candidates(for text: [UInt8], rowCount: Int, in file: SnapshotFile) throws(SnapshotError) -> [Int32] {
        let hash = text.withUnsafeBufferPointer { BlockHash.hash($0) }
        let bucket = Self.bucket(hash, of: bucketCount)
        let bounds = 0...Int64(rows.count)
        let start = Int(try starts.value(at: bucket, within: bounds, in: file))
        let end = Int(try starts.value(at: bucket + 1, within: bounds, in: file))
        guard start <= end else { throw file.damage("an index runs backwards") }
        let marks = try file.bytes(marks, from: start, count: end - start)
        var found: [Int32] = []
        for place in start..<end where marks[place - start] == Self.mark(hash) {
            found.append(Int32(try rows.value(at: place, within: 0...Int64(rowCount - 1), in: file)))
        }
        return found.sorted()
    }
}
