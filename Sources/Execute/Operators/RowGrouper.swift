import Columns
import Types

/// Numbers groups of rows that agree in their keys, in the order in which the groups first appear.
struct RowGrouper {
    private var grouper: Grouper?
    private(set) var groupCount: Int

    /// Without keys all rows are one group, which is there even if no row is.
    init(_ types: [ValueType], in schema: Schema, expectedRows: Int = 0, expectedGroups: Int = 0) {
        let domains = types.map { type in
            if case .record(let entity) = type { schema[entity].rowCount } else { Int?.none }
        }
        grouper =
            types.isEmpty
            ? nil : Grouper(types: types, expectedRows: expectedRows, expectedGroups: expectedGroups, domains: domains)
        groupCount = types.isEmpty ? 1 : 0
    }

    /// The group of each row, and the rows that are the first of theirs.
    mutating func assign(_ keys: [Vector], count: Int) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>) {
        guard let grouper else { return (Buffer(repeating: 0, count: count), Buffer([])) }
        let assigned = grouper.assignNotingFirsts(keys, count: count)
        groupCount = grouper.groupCount
        return assigned
    }

    /// How many groups there can be with the values so far, where that is known.
    var combinationCount: Int? { grouper?.combinationCount }

    /// Whether no other table would be made for the values so far if more rows were expected.
    var hasLargestTable: Bool { grouper?.hasLargestTable ?? true }

    /// How groups were found, in plain words; none where there was no choice.
    var strategy: String? {
        switch grouper?.numbering {
        case .array(let placeCount): "groups in an array of \(placeCount) places"
        case .hashedCombinations: "groups in a hash table of combinations"
        case .hashedValues: "groups in hash tables of values"
        case nil: nil
        }
    }

    /// The key columns, one row a group.
    func keys() -> [Vector] { grouper?.keyPieces.map(Vector.joined) ?? [] }
}
