import Types

/// How the group of a row is found.
public enum GroupNumbering: Sendable, Equatable {
    /// At the place of its combination of keys in an array.
    case array(placeCount: Int)
    /// By its combination of keys, in a hash table.
    case hashedCombinations
    /// By the values themselves, in a hash table for each key.
    case hashedValues
}

/// Puts rows with equal keys into groups, batch after batch. Groups are numbered in order of first appearance; a missing key is a key
/// like others, and numbers are equal by value.
///
/// Where the keys are small integers of a kind, their combination gives the group (`CombinationGroups`). Otherwise every column's values are
/// numbered first; with several columns the numbers so far and the next column's are then numbered as pairs. Amortised O(1) a row and
/// column.
public final class Grouper {
    private let types: [ValueType]
    private let expectedRows: Int
    private var rowsSeen = 0
    private var combinations: CombinationGroups?
    private var hashed: HashedGroups?
    /// For each column the keys of the groups that each batch began.
    public private(set) var keyPieces: [[Vector]]
    public private(set) var groupCount = 0

    /// Without types all rows are one group. `expectedRows` and `expectedGroups` are how many are likely to come, and `domains` how many
    /// records there are of each key's entity, where that is known.
    public init(types: [ValueType], expectedRows: Int = 0, expectedGroups: Int = 0, domains: [Int?] = []) {
        self.types = types
        self.expectedRows = expectedRows
        combinations = types.isEmpty ? nil : CombinationGroups(domains: domains, expectedGroups: expectedGroups)
        keyPieces = types.map { _ in [] }
    }

    /// How groups are found now; none without keys and before the first batch.
    public var numbering: GroupNumbering? { hashed == nil ? combinations?.numbering : .hashedValues }

    /// How many groups there can be with the values so far, where that is known.
    public var combinationCount: Int? { combinations?.combinationCount }

    /// Whether no other table would be made for the values so far if more rows were expected.
    public var hasLargestTable: Bool { combinations?.isArray ?? true }

    /// The group of each row of a batch.
    public func assign(_ keys: [Vector], count: Int) -> Buffer<Int32> { assignNotingFirsts(keys, count: count).groups }

    /// The group of each row of a batch, and the rows that begin a group, in the order of their groups.
    public func assignNotingFirsts(_ keys: [Vector], count: Int) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>) {
        precondition(keys.count == types.count)
        for key in keys { precondition(key.count == count) }
        if keys.isEmpty {
            let isFirst = count > 0 && groupCount == 0
            if isFirst { groupCount = 1 }
            return (Buffer(repeating: 0, count: count), Buffer(isFirst ? [0] : []))
        }
        rowsSeen += count
        var firsts: [Int32] = []
        let groups = assignByCombination(keys, &firsts) ?? assignByHash(keys, count: count, &firsts)
        groupCount += firsts.count
        let rows = Buffer(firsts)
        if rows.count > 0 {
            for index in keys.indices { keyPieces[index].append(keys[index].gathered(rows)) }
        }
        return (groups, rows)
    }

    private func assignByCombination(_ keys: [Vector], _ firsts: inout [Int32]) -> Buffer<Int32>? {
        guard let integers = combinations?.keys(keys) else { return nil }
        let known = { self.keys() }
        guard combinations?.prepare(integers, rowCount: max(expectedRows, rowsSeen), known: known) == true else { return nil }
        return combinations?.assign(integers, groupCount: groupCount, firsts: &firsts)
    }

    /// Once a batch has too many combinations, none is tried again: the groups so far are entered by their keys.
    private func assignByHash(_ keys: [Vector], count: Int, _ firsts: inout [Int32]) -> Buffer<Int32> {
        combinations = nil
        if hashed == nil {
            let table = HashedGroups(columnCount: types.count)
            if groupCount > 0 { _ = table.assign(self.keys(), count: groupCount) }
            hashed = table
        }
        let groups = hashed?.assign(keys, count: count) ?? Buffer([])
        // New groups come in ascending order, so the first row of each is where the highest number so far is passed.
        var next = groupCount
        for row in 0..<count where Int(groups.base[row]) >= next {
            firsts.append(Int32(truncatingIfNeeded: row))
            next += 1
        }
        return groups
    }

    /// The key columns, one row a group.
    public func keys() -> [Vector] {
        types.indices.map { index in Vector.concatenated(keyPieces[index], type: types[index]) }
    }
}

/// Numbers combinations of keys of any type by hashing.
private final class HashedGroups {
    private let encoders: [KeyEncoder]
    /// For each column but the first: pairs of the numbers so far and its own.
    private var pairs: [WordTable]
    private var pairCounts: [Int32]

    init(columnCount: Int) {
        encoders = (0..<columnCount).map { _ in KeyEncoder() }
        pairs = (1..<max(columnCount, 1)).map { _ in WordTable() }
        pairCounts = pairs.map { _ in 0 }
    }

    func assign(_ keys: [Vector], count: Int) -> Buffer<Int32> {
        var groups = encoders[0].encode(keys[0])
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
        return groups
    }
}
