import Columns
import Types

/// Numbers groups of rows that agree in their keys, in the order in which the groups first appear.
struct RowGrouper {
    private var grouper: Grouper?
    private(set) var groupCount: Int

    /// Without keys all rows are one group, which is there even if no row is.
    init(_ types: [ValueType]) {
        grouper = types.isEmpty ? nil : Grouper(types: types)
        groupCount = types.isEmpty ? 1 : 0
    }

    /// The group of each row, and the rows that are the first of theirs.
    mutating func assign(_ keys: [Vector], count: Int) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>) {
        guard grouper != nil else { return (Buffer(repeating: 0, count: count), Buffer([])) }
        let known = groupCount
        let groups = grouper?.assign(keys, count: count) ?? Buffer([])
        let firsts = groups.firstAppearances(from: known)
        groupCount = known + firsts.count
        return (groups, firsts)
    }
}
