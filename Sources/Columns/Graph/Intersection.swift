/// The records that a link leads to from each of some rows' records, -1 being none.
public struct Neighbours: Sendable {
    let link: LinkIndex
    let rows: Buffer<Int32>

    public init(_ link: LinkIndex, of rows: Buffer<Int32>) {
        self.link = link
        self.rows = rows
    }
}

/// For each row the records that every one of its lists has, which lie above all of `above` and below all of `below`; ascending.
///
/// A list that several rows in a row share is marked in a bitmap once, and then asked by a bit; others are searched. What is gone through is
/// the part within the bounds of the list that makes this cheapest. O(rows · (lists + driving list)), times a logarithm where lists are
/// searched. A missing bound leaves nothing. `check` is called now and then with the number of records found so far.
public func intersected(
    _ lists: [Neighbours], rowCount: Int, above: [Buffer<Int32>], below: [Buffer<Int32>], domain: Int,
    check: (Int) throws -> Void
) rethrows -> (Segments, rows: Buffer<Int32>) {
    // Outside of an array, cursors are changed in place without asking each time who else holds them.
    let cursors = UnsafeMutableBufferPointer<NeighbourCursor>.allocate(capacity: lists.count)
    defer {
        for index in cursors.indices { cursors[index].release() }
        cursors.deinitialize()
        cursors.deallocate()
    }
    for (index, list) in lists.enumerated() { cursors.initializeElement(at: index, to: NeighbourCursor(list, domain: domain)) }
    var found: [Int32] = []
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(rowCount + 1)
    for row in 0..<rowCount {
        var lower: Int32 = -1
        var upper = Int32.max
        for bound in above { lower = bound.base[row] < 0 ? .max : max(lower, bound.base[row]) }
        for bound in below { upper = min(upper, bound.base[row]) }
        for index in cursors.indices { cursors[index].move(to: row, rowCount: rowCount) }
        if lower < upper, let driver = cheapestDriver(cursors) {
            let targets = cursors[driver].targets
            let range = cursors[driver].range
            for element in cursors[driver].firstElement(in: range, notBelow: lower &+ 1)..<range.upperBound {
                let record = targets[element]
                if record >= upper { break }
                var isCommon = true
                for index in cursors.indices where index != driver && isCommon { isCommon = cursors[index].holds(record) }
                if isCommon { found.append(record) }
            }
        }
        offsets.append(Int32(truncatingIfNeeded: found.count))
        if row & 1023 == 1023 { try check(found.count) }
    }
    try check(found.count)
    withExtendedLifetime(lists) {}
    return (Segments(offsets: Buffer(offsets)), Buffer(found))
}

/// The list to go through; none where one of them is empty.
@inline(__always)
private func cheapestDriver(_ cursors: UnsafeMutableBufferPointer<NeighbourCursor>) -> Int? {
    var best = 0
    var bestCost = Int.max
    var searches = 0
    for index in cursors.indices {
        if cursors[index].range.isEmpty { return nil }
        searches &+= cursors[index].searchCost
    }
    for index in cursors.indices {
        let cost = cursors[index].range.count &* (1 &+ searches &- cursors[index].searchCost)
        if cost < bestCost { (best, bestCost) = (index, cost) }
    }
    return best
}

/// One list of the row at hand.
private struct NeighbourCursor {
    private let records: UnsafePointer<Int32>
    private let offsets: UnsafePointer<Int32>?
    let targets: UnsafePointer<Int32>
    private let marks: UnsafeMutablePointer<UInt64>
    /// The record whose list is marked, or -1.
    private var marked: Int32 = -1
    private var record: Int32 = -1
    /// The elements of the list.
    private(set) var range = 0..<0

    /// The memory of the neighbours must outlive it.
    init(_ neighbours: Neighbours, domain: Int) {
        records = neighbours.rows.base
        let arcs = Arcs(neighbours.link)
        (offsets, targets) = (arcs.offsets, arcs.targets)
        marks = .allocate(capacity: domain / 64 + 1)
        marks.initialize(repeating: 0, count: domain / 64 + 1)
    }

    func release() { marks.deallocate() }

    /// What asking the list for a record costs, compared with going through another one.
    @inline(__always)
    var searchCost: Int { marked == record ? 1 : 2 &* (Int.bitWidth &- range.count.leadingZeroBitCount) }

    @inline(__always)
    mutating func move(to row: Int, rowCount: Int) {
        let next = records[row]
        if next == record { return markIfShared(row, rowCount) }
        record = next
        range = record < 0 ? 0..<0 : elements(of: record)
        markIfShared(row, rowCount)
    }

    /// Marking pays for itself when the next row has the same list.
    @inline(__always)
    private mutating func markIfShared(_ row: Int, _ rowCount: Int) {
        guard marked != record, record >= 0, row &+ 1 < rowCount, records[row &+ 1] == record else { return }
        if marked >= 0 { for element in elements(of: marked) { marks[Int(targets[element]) >> 6] = 0 } }
        for element in range { marks[Int(targets[element]) >> 6] |= 1 &<< UInt64(truncatingIfNeeded: targets[element] & 63) }
        marked = record
    }

    /// Whether the list has a record.
    @inline(__always)
    func holds(_ wanted: Int32) -> Bool {
        if marked == record { return marks[Int(wanted) >> 6] >> UInt64(truncatingIfNeeded: wanted & 63) & 1 != 0 }
        let place = firstElement(in: range, notBelow: wanted)
        return place < range.upperBound && targets[place] == wanted
    }

    private func elements(of record: Int32) -> Range<Int> {
        let row = Int(record)
        guard let offsets else { return targets[row] < 0 ? row..<row : row..<row &+ 1 }
        return Int(offsets[row])..<Int(offsets[row &+ 1])
    }

    /// Short lists are counted through, which no wrong guess of a branch interrupts.
    @inline(__always)
    func firstElement(in range: Range<Int>, notBelow record: Int32) -> Int {
        var lower = range.lowerBound
        var upper = range.upperBound
        while upper &- lower > 24 {
            let middle = (lower &+ upper) >> 1
            if targets[middle] < record { lower = middle &+ 1 } else { upper = middle }
        }
        var below = 0
        for element in lower..<upper { below &+= targets[element] < record ? 1 : 0 }
        return lower &+ below
    }
}
