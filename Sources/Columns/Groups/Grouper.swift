import Types

/// Puts rows with equal keys into groups, batch after batch. Groups are numbered in order of first appearance; a missing key is a key
/// like others, and numbers are equal by value.
///
/// Every column's values are numbered first; with several columns the numbers so far and the next column's are then numbered as pairs.
/// Amortised O(1) a row and column.
public final class Grouper {
    private let types: [ValueType]
    private let encoders: [KeyEncoder]
    /// For each column but the first: pairs of the numbers so far and its own.
    private var pairs: [WordTable]
    private var pairCounts: [Int32]
    /// The keys of the groups that each batch began.
    private var firstKeys: [[Vector]] = []
    public private(set) var groupCount = 0

    /// Without types all rows are one group.
    public init(types: [ValueType]) {
        self.types = types
        encoders = types.map { _ in KeyEncoder() }
        pairs = types.dropFirst().map { _ in WordTable() }
        pairCounts = types.dropFirst().map { _ in 0 }
    }

    /// The group of each row of a batch.
    public func assign(_ keys: [Vector], count: Int) -> Buffer<Int32> {
        precondition(keys.count == types.count)
        for key in keys { precondition(key.count == count) }
        guard let first = keys.first else {
            if count > 0 { groupCount = 1 }
            return Buffer(repeating: 0, count: count)
        }
        var groups = encoders[0].encode(first)
        for index in 1..<max(1, keys.count) {
            let numbers = encoders[index].encode(keys[index])
            let left = groups
            var table = WordTable()
            swap(&table, &pairs[index - 1])
            var next = pairCounts[index - 1]
            groups = mapped(count: count) { row in
                let pair = UInt64(UInt32(bitPattern: left.base[row])) << 32 | UInt64(UInt32(bitPattern: numbers.base[row]))
                return table.number(of: pair, next: &next)
            }
            swap(&table, &pairs[index - 1])
            pairCounts[index - 1] = next
        }
        noteFirstKeys(keys, groups)
        return groups
    }

    /// New groups come in ascending order, so the first row of each is where the highest number so far is passed.
    private func noteFirstKeys(_ keys: [Vector], _ groups: Buffer<Int32>) {
        var firstRows: [Int32] = []
        for (row, group) in groups.pointer.enumerated() where Int(group) >= groupCount {
            firstRows.append(Int32(row))
            groupCount += 1
        }
        if firstRows.isEmpty { return }
        let rows = Buffer(firstRows)
        firstKeys.append(keys.map { $0.gathered(rows) })
    }

    /// The key columns, one row a group.
    public func keys() -> [Vector] {
        types.indices.map { index in Vector.concatenated(firstKeys.map { $0[index] }, type: types[index]) }
    }
}
