/// Rows of one table that come piece by piece, each kept once. A few are kept as they are, so that they cost nothing that grows with the
/// table; more of them as a bit for each row of the table.
public struct DistinctRows {
    /// Beyond so many, or a share of the table, bits are quicker than sorting.
    private static let fewAtMost = 4096
    private static let tableRowsPerFew = 1024

    private let domain: Int
    private var few: [Int32] = []
    private var bits: [UInt64]?

    /// For rows of a table of `domain` rows.
    public init(domain: Int) { self.domain = domain }

    /// Adds rows; -1 stands for none. Rows beyond the table end the program.
    public mutating func insert(_ rows: Buffer<Int32>) {
        if bits == nil, few.count + rows.count > min(Self.fewAtMost, domain / Self.tableRowsPerFew) {
            var all = [UInt64](repeating: 0, count: (domain + 63) / 64)
            Buffer(few).noteOccurrences(in: &all)
            few = []
            bits = all
        }
        if bits != nil { return rows.noteOccurrences(in: &bits!) }
        for row in rows.pointer where row >= 0 {
            precondition(Int(row) < domain)
            few.append(row)
        }
    }

    /// The rows, ascending. O(n log n) for a few, otherwise O(table / 64 + n).
    public func rows() -> Buffer<Int32> {
        if let bits { return Bitmap(words: Buffer(bits), count: domain).rows() }
        var sorted = few
        sorted.withUnsafeMutableBufferPointer { sortAscending($0) }
        var distinct: [Int32] = []
        for row in sorted where row != distinct.last { distinct.append(row) }
        return Buffer(distinct)
    }
}
