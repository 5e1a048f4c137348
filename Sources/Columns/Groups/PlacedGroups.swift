import Types

/// Groups of rows by the one record that each has, numbered by the records' rows rather than in the order in which they first appear; behind
/// them comes the group of rows without a record. What is kept for each group is one byte, so that it stays in a fast cache where a table
/// of groups would not, and workers need no key to know each other's groups. O(1) a row, and O(records) memory.
public struct PlacedGroups {
    private let entity: EntityID
    private let domain: Int
    /// For each group 1 where it has a row, else 0.
    private var seen: [UInt8]
    /// How many groups have one.
    public private(set) var groupCount = 0

    /// The numbers of groups lie below it.
    public var numberCount: Int { domain + 1 }

    public init(_ entity: EntityID, domain: Int) {
        self.entity = entity
        self.domain = domain
        seen = [UInt8](repeating: 0, count: domain + 1)
    }

    /// Whether rows to come are so many that room for each record is soon used.
    public static func pays(domain: Int, expectedRows: Int) -> Bool { domain < expectedRows / 2 && domain < Int(Int32.max) }

    /// The group of each row, and the rows that begin a group.
    public mutating func assign(_ keys: Vector) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>) {
        let groups = groups(keys)
        checkGroups(groups, numberCount, nil)
        let firsts = seen.withUnsafeMutableBufferPointer { Self.firsts(groups, $0.baseAddress!) }
        groupCount += firsts.count
        return (groups, firsts)
    }

    /// The rows whose group has none yet. There is no branch on whether it has, since while groups are found that is as good as random; and
    /// once most are, there are none among many rows, which is seen faster without writing anything.
    private static func firsts(_ groups: Buffer<Int32>, _ seen: UnsafeMutablePointer<UInt8>) -> Buffer<Int32> {
        let base = groups.base
        // Each is written before it is known to count.
        return Buffer(capacity: groups.count + 1) { firsts in
            var found = 0
            for start in stride(from: 0, to: groups.count, by: 256) {
                let end = min(start + 256, groups.count)
                var areSeen: UInt8 = 1
                for row in start..<end { areSeen &= seen[Int(base[row])] }
                if areSeen != 0 { continue }
                for row in start..<end {
                    let group = Int(base[row])
                    firsts[found] = Int32(truncatingIfNeeded: row)
                    found &+= 1 &- Int(seen[group])
                    seen[group] = 1
                }
            }
            return found
        }
    }

    private func groups(_ keys: Vector) -> Buffer<Int32> {
        let missing = Int32(truncatingIfNeeded: domain)
        guard case .record(_, let rows) = keys.storage else { return Buffer(repeating: missing, count: keys.count) }
        if rows.isComplete { return rows }
        return mapped(count: rows.count) { rows.base[$0] < 0 ? missing : rows.base[$0] }
    }

    /// Takes in what another worker has seen of the same entity, and gives the number that each of its numbers has here, which is the same.
    public mutating func merge(_ other: PlacedGroups) -> Buffer<Int32> {
        precondition(entity == other.entity && domain == other.domain)
        groupCount = 0
        for index in seen.indices {
            seen[index] |= other.seen[index]
            groupCount += Int(seen[index])
        }
        return .counting(from: 0, to: numberCount)
    }

    /// The keys of some groups.
    public func keys(_ groups: Buffer<Int32>) -> Vector {
        let missing = Int32(truncatingIfNeeded: domain)
        return Vector(
            count: groups.count, .record(entity, mapped(count: groups.count) { groups.base[$0] < missing ? groups.base[$0] : -1 })
        )
    }
}
