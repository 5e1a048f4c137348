import Types

/// Groups of rows by the one record that each has, numbered by the records' rows rather than in the order in which they first appear; behind
/// them comes the group of rows without a record. What is kept for each row that comes is one bit, so that it stays in the fastest cache
/// where a table of groups would not, and workers need no key to know each other's groups. O(1) a row, and O(records) memory.
public final class PlacedGroups {
    private let entity: EntityID
    private let domain: Int
    /// A bit for each group that has a row.
    private var seen: [UInt64]
    /// How many groups have one.
    public private(set) var foundCount = 0

    /// How many groups there may be.
    public var groupCount: Int { domain + 1 }

    public init(_ entity: EntityID, domain: Int) {
        self.entity = entity
        self.domain = domain
        seen = [UInt64](repeating: 0, count: domain / 64 + 1)
    }

    /// Whether rows to come are so many that room for each record is soon used.
    public static func pays(domain: Int, expectedRows: Int) -> Bool { domain < expectedRows / 2 && domain < Int(Int32.max) }

    /// The group of each row, and the rows that begin a group.
    public func assign(_ keys: Vector) -> (groups: Buffer<Int32>, firsts: Buffer<Int32>) {
        let groups = groups(keys)
        checkGroups(groups, groupCount, nil)
        let firsts = seen.withUnsafeMutableBufferPointer { Self.firsts(groups, $0.baseAddress!) }
        foundCount += firsts.count
        return (groups, firsts)
    }

    /// The rows whose group has no bit yet, which each gets. There is no branch on whether it has, since while groups are found that is as
    /// good as random; and once most are, there are none among many rows, which is seen faster without writing anything.
    private static func firsts(_ groups: Buffer<Int32>, _ seen: UnsafeMutablePointer<UInt64>) -> Buffer<Int32> {
        let base = groups.base
        // Each is written before it is known to count.
        return Buffer(capacity: groups.count + 1) { firsts in
            var found = 0
            for start in stride(from: 0, to: groups.count, by: 512) {
                let end = min(start + 512, groups.count)
                var areSeen: UInt64 = 1
                for row in start..<end {
                    let group = Int(base[row])
                    areSeen &= seen[group >> 6] &>> UInt64(truncatingIfNeeded: group & 63)
                }
                if areSeen != 0 { continue }
                for row in start..<end {
                    let group = Int(base[row])
                    let word = seen[group >> 6]
                    let shift = UInt64(truncatingIfNeeded: group & 63)
                    firsts[found] = Int32(truncatingIfNeeded: row)
                    found &+= 1 &- Int(truncatingIfNeeded: word &>> shift & 1)
                    seen[group >> 6] = word | 1 &<< shift
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

    /// Takes in what another worker has seen of the same entity.
    public func merge(_ other: PlacedGroups) {
        precondition(domain == other.domain)
        foundCount = 0
        for index in seen.indices {
            seen[index] |= other.seen[index]
            foundCount += seen[index].nonzeroBitCount
        }
    }

    /// The keys of some groups.
    public func keys(_ groups: Buffer<Int32>) -> Vector {
        let missing = Int32(truncatingIfNeeded: domain)
        return Vector(
            count: groups.count, .record(entity, mapped(count: groups.count) { groups.base[$0] < missing ? groups.base[$0] : -1 })
        )
    }
}
