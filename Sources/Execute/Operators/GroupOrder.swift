import Columns

/// In which order groups first came up, where several workers each saw a part of the rows.
///
/// A place is the number of a batch in the upper half and a row of it in the lower. A worker takes batches in ascending order, so that
/// the places that it notes ascend.
struct GroupOrder {
    /// Ascending.
    private var places: [Int64] = []
    /// The group that began at each place; none where they are numbered in that order.
    private var groups: [Int32]?
    private var batchNumber = -1
    /// How many rows of the batch at hand came before.
    private var rowsOfBatch = 0

    /// `numbersInOrder` tells whether groups are numbered as they begin; there is room for so many.
    init(numbersInOrder: Bool = true, expectedGroups: Int = 0) {
        places.reserveCapacity(expectedGroups)
        if !numbersInOrder { groups = Array(unsafeUninitializedCapacity: expectedGroups) { $1 = 0 } }
    }

    /// Notes the rows that began groups, in a batch or the next part of one, and which groups these are, where they are not numbered as
    /// they begin.
    mutating func note(_ firsts: Buffer<Int32>, of begun: Buffer<Int32>? = nil, batch number: Int, rowCount: Int) {
        precondition(number >= batchNumber && (begun?.count ?? 0) == (groups == nil ? 0 : firsts.count))
        if let begun { groups?.append(contentsOf: begun.pointer) }
        if number != batchNumber { rowsOfBatch = 0 }
        batchNumber = number
        let base = Int64(number) << 32 + Int64(rowsOfBatch)
        for row in firsts.pointer { places.append(base + Int64(row)) }
        rowsOfBatch += rowCount
    }

    /// Takes in what another worker noted, whose groups have the given numbers here; all groups are numbered below `groupCount` then. Both orders are
    /// walked side by side, and a group counts where it comes first: O(groups).
    mutating func merge(_ other: GroupOrder, numbers: Buffer<Int32>, groupCount: Int) {
        // Nothing begins the one group that there is without keys.
        if places.isEmpty, other.places.isEmpty { return }
        let ownGroups = groups ?? places.indices.map { Int32(truncatingIfNeeded: $0) }
        let otherGroups = other.places.indices.map { numbers[Int(other.group(at: $0))] }
        var isKnown = [UInt8](repeating: 0, count: groupCount)
        var mergedGroups: [Int32] = []
        // One more than there can be, since each is written before it is known to count.
        let mergedPlaces = [Int64](unsafeUninitializedCapacity: groupCount + 1) { toPlaces, count in
            mergedGroups = [Int32](unsafeUninitializedCapacity: groupCount + 1) { toGroups, groupsWritten in
                var own = 0
                var others = 0
                var written = 0
                func append(_ place: Int64, _ group: Int32) {
                    toPlaces[written] = place
                    toGroups[written] = group
                    written &+= 1 &- Int(isKnown[Int(group)])
                    isKnown[Int(group)] = 1
                }
                // Which comes next is as good as random, so there is no branch on it.
                while own < places.count, others < other.places.count {
                    let isOwn = places[own] < other.places[others]
                    append(isOwn ? places[own] : other.places[others], isOwn ? ownGroups[own] : otherGroups[others])
                    own &+= isOwn ? 1 : 0
                    others &+= isOwn ? 0 : 1
                }
                for index in own..<places.count { append(places[index], ownGroups[index]) }
                for index in others..<other.places.count { append(other.places[index], otherGroups[index]) }
                groupsWritten = written
            }
            count = mergedGroups.count
        }
        places = mergedPlaces
        groups = mergedGroups
        // Nothing can be noted any more.
        batchNumber = .max
    }

    /// The groups of several that have none in common, counted through one after another, in their order. `starts` tells for each batch how
    /// many rows came before it; `rowCount` is how many there were in all. O(rows / 64 + groups).
    static func interleaved(_ orders: [GroupOrder], starts: [Int], rowCount: Int) -> Buffer<Int32> {
        let wordCount = (rowCount + 63) / 64
        var words = [UInt64](repeating: 0, count: wordCount)
        func position(_ place: Int64) -> Int { starts[Int(place >> 32)] + Int(UInt32(truncatingIfNeeded: place)) }
        for order in orders {
            for place in order.places {
                let position = position(place)
                words[position >> 6] |= 1 &<< UInt64(position & 63)
            }
        }
        var before = [Int32](repeating: 0, count: wordCount)
        var groupCount: Int32 = 0
        for word in 0..<wordCount {
            before[word] = groupCount
            groupCount += Int32(words[word].nonzeroBitCount)
        }
        return Buffer(capacity: Int(groupCount)) { permutation in
            var group: Int32 = 0
            for order in orders {
                for place in order.places {
                    let position = position(place)
                    let lower = words[position >> 6] & ((1 &<< UInt64(position & 63)) - 1)
                    permutation[Int(before[position >> 6]) + lower.nonzeroBitCount] = group
                    group += 1
                }
            }
            return Int(groupCount)
        }
    }

    private func group(at index: Int) -> Int32 { groups?[index] ?? Int32(truncatingIfNeeded: index) }

    /// The groups in their order; none where they are numbered so.
    var permutation: Buffer<Int32>? { groups.map { Buffer($0) } }
}
