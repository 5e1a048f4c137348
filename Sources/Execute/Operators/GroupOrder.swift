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

    /// Notes the rows that began groups, in a batch or the next part of one.
    mutating func note(_ firsts: Buffer<Int32>, batch number: Int, rowCount: Int) {
        precondition(number >= batchNumber && groups == nil)
        if number != batchNumber { rowsOfBatch = 0 }
        batchNumber = number
        let base = Int64(number) << 32 + Int64(rowsOfBatch)
        for row in firsts.pointer { places.append(base + Int64(row)) }
        rowsOfBatch += rowCount
    }

    /// Takes in what another worker noted, whose groups have the given numbers here; there are `groupCount` in all then. Both orders are
    /// walked side by side, and a group counts where it comes first: O(groups).
    mutating func merge(_ other: GroupOrder, numbers: Buffer<Int32>, groupCount: Int) {
        var mergedPlaces: [Int64] = []
        var mergedGroups: [Int32] = []
        mergedPlaces.reserveCapacity(groupCount)
        mergedGroups.reserveCapacity(groupCount)
        var isKnown = [Bool](repeating: false, count: groupCount)
        var own = 0
        var others = 0
        while own < places.count || others < other.places.count {
            let isOwn = others == other.places.count || (own < places.count && places[own] < other.places[others])
            let place = isOwn ? places[own] : other.places[others]
            let group = isOwn ? group(at: own) : numbers[Int(other.group(at: others))]
            if isOwn { own += 1 } else { others += 1 }
            if isKnown[Int(group)] { continue }
            isKnown[Int(group)] = true
            mergedPlaces.append(place)
            mergedGroups.append(group)
        }
        places = mergedPlaces
        groups = mergedGroups
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
