import Columns

/// How rows find their groups. What several workers found is merged only among groups that are found in the same way.
protocol RowGroups {
    /// Whether groups are numbered in the order in which they first appear, without gaps.
    static var numbersInOrder: Bool { get }
    /// How many groups there are.
    var groupCount: Int { get }
    /// The numbers of groups lie below it.
    var numberCount: Int { get }
    /// How groups were found, in plain words; none where there was no choice.
    var strategy: String? { get }

    /// The group of each row, and the rows that are the first of theirs.
    mutating func assign(_ keys: [Vector], count: Int) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>)
    /// Takes in the groups that another worker found, and gives the number that each of its numbers has here.
    mutating func merge(_ other: Self) -> Buffer<Int32>
    /// The key columns of some groups; of all, where none are given.
    func keys(of groups: Buffer<Int32>?) -> [Vector]
}

extension RowGrouper: RowGroups {
    static var numbersInOrder: Bool { true }
    var numberCount: Int { groupCount }

    mutating func merge(_ other: RowGrouper) -> Buffer<Int32> {
        let keys = other.keys()
        // Without keys there is one group.
        if keys.isEmpty { return Buffer([0]) }
        return assign(keys, count: other.groupCount).groups
    }

    func keys(of groups: Buffer<Int32>?) -> [Vector] { keys().map { column in groups.map(column.gathered) ?? column } }
}

extension PlacedGroups: RowGroups {
    static var numbersInOrder: Bool { false }
    var strategy: String? { "groups numbered as their records" }

    mutating func assign(_ keys: [Vector], count: Int) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>) { assign(keys[0]) }

    func keys(of groups: Buffer<Int32>?) -> [Vector] { [keys(groups ?? .counting(from: 0, to: numberCount))] }
}
