/// For each record how many others lead to it along a link to one record, itself included, however many hops away: the size of the tree
/// below it. `leaders` says where each record leads, -1 for nowhere; it must have been checked to lead nowhere else. Records that lead to
/// each other in a circle have the same tree.
///
/// A record is added to its leader as soon as all that lead to it have been added to it. Most data were written down in order of time, so
/// that leaders stand before those whom they lead, or all behind them; records are gone through from the side on which nobody leads, which
/// finds nearly all of them complete. O(records), in whatever order they stand. What `check` throws ends the search.
public func forestSizes(_ leaders: Buffer<Int32>, check: () throws -> Void) rethrows -> Buffer<Int32> {
    let count = leaders.count
    // In the lower half of a word the size of a tree so far, in the upper one how many records have yet to be added to it. Those without a
    // leader are added to a place before the first record, which never becomes complete: no branch that would be guessed wrong.
    return try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count + 1) { memory in
        memory.initialize(repeating: 1)
        memory[0] = 1 &<< 63
        guard let first = memory.baseAddress else { return Buffer(capacity: 0) { _ in 0 } }
        let trees = first + 1
        let isBackward = countArrivals(leaders, trees)
        try check()
        var place = isBackward ? count &- 1 : 0
        while place >= 0, place < count {
            addUp(from: place, leaders.base, trees, isBackward: isBackward)
            place &+= isBackward ? -1 : 1
            if place & 0xFFFF == 0 { try check() }
        }
        closeCircles(leaders, trees)
        return mapped(count: count) { Int32(truncatingIfNeeded: trees[$0] & 0xFFFF_FFFF) }
    }
}

/// One record more that has to be added to a tree.
private let oneWaiting: UInt64 = 1 &<< 32

/// Counts who leads to each record; true where most are led by one that stands before them.
private func countArrivals(_ leaders: Buffer<Int32>, _ trees: UnsafeMutablePointer<UInt64>) -> Bool {
    var behind = 0
    for record in 0..<leaders.count {
        let leader = Int(leaders.base[record])
        trees[leader] &+= oneWaiting
        behind &+= leader > record ? 1 : 0
    }
    return behind <= leaders.count / 2
}

/// Adds a complete record to its leader, and that one, if it was passed already and has become complete by it, to its own.
@inline(__always)
private func addUp(
    from place: Int, _ leaders: UnsafePointer<Int32>, _ trees: UnsafeMutablePointer<UInt64>, isBackward: Bool
) {
    var record = place
    while trees[record] < oneWaiting {
        let leader = Int(leaders[record])
        trees[leader] = trees[leader] &+ trees[record] &- oneWaiting
        // What is still to be passed is seen to then.
        if isBackward ? leader <= place : leader >= place { return }
        record = leader
    }
}

/// What has not become complete leads to itself: all that the records of a circle have gathered is below each of them.
private func closeCircles(_ leaders: Buffer<Int32>, _ trees: UnsafeMutablePointer<UInt64>) {
    for start in 0..<leaders.count where trees[start] >= oneWaiting {
        var size: UInt64 = 0
        var record = start
        repeat {
            size &+= trees[record] & 0xFFFF_FFFF
            record = Int(leaders.base[record])
        } while record != start
        repeat {
            trees[record] = size
            record = Int(leaders.base[record])
        } while record != start
    }
}
