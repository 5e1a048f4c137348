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
/// Lists are narrowed to the bounds first. A list that several rows in a row share is marked in a bitmap once, and then asked by a bit;
/// others are searched. What drives the search is the list that makes this cheapest. O(rows · (lists + driving list)), times a logarithm
/// where lists are searched. A missing bound leaves nothing. `check` is called now and then with the number of records found so far.
public func intersected(
    _ lists: [Neighbours], rowCount: Int, above: [Buffer<Int32>], below: [Buffer<Int32>], domain: Int,
    check: (Int) throws -> Void
) rethrows -> (Segments, rows: Buffer<Int32>) {
    var cursors = lists.map { NeighbourCursor($0, domain: domain) }
    var found: [Int32] = []
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(rowCount + 1)
    for row in 0..<rowCount {
        var lower: Int32 = -1
        var upper = Int32.max
        for bound in above { lower = bound.base[row] < 0 ? .max : max(lower, bound.base[row]) }
        for bound in below { upper = min(upper, bound.base[row]) }
        for index in cursors.indices { cursors[index].move(to: row, rowCount: rowCount, lower: lower, upper: upper) }
        if let driver = cheapestDriver(cursors) {
            let targets = cursors[driver].targets
            for element in cursors[driver].range {
                let record = targets[element]
                var isCommon = true
                for index in cursors.indices where index != driver && isCommon { isCommon = cursors[index].holds(record) }
                if isCommon { found.append(record) }
            }
        }
        offsets.append(Int32(truncatingIfNeeded: found.count))
        if row & 1023 == 1023 { try check(found.count) }
    }
    try check(found.count)
    return (Segments(offsets: Buffer(offsets)), Buffer(found))
}

/// The list to go through; none where one of them is empty.
@inline(__always)
private func cheapestDriver(_ cursors: [NeighbourCursor]) -> Int? {
    var best = 0
    var bestCost = Int.max
    var searches = 0
    for cursor in cursors {
        if cursor.range.isEmpty { return nil }
        searches &+= cursor.searchCost
    }
    for (index, cursor) in cursors.enumerated() {
        let cost = cursor.range.count &* (1 &+ searches &- cursor.searchCost)
        if cost < bestCost { (best, bestCost) = (index, cost) }
    }
    return best
}

/// One list of the row at hand.
private struct NeighbourCursor {
    private let neighbours: Neighbours
    private let offsets: UnsafePointer<Int32>?
    let targets: UnsafePointer<Int32>
    private let domain: Int
    /// The record whose list is marked, or -1.
    private var marked: Int32 = -1
    private var marks: [UInt64] = []
    private var record: Int32 = -1
    /// The elements of the list within the bounds.
    private(set) var range = 0..<0

    init(_ neighbours: Neighbours, domain: Int) {
        self.neighbours = neighbours
        self.domain = domain
        let arcs = Arcs(neighbours.link)
        (offsets, targets) = (arcs.offsets, arcs.targets)
    }

    /// What asking the list for a record costs, compared with going through another one.
    var searchCost: Int { marked == record ? 1 : 2 * (Int.bitWidth - range.count.leadingZeroBitCount) }

    mutating func move(to row: Int, rowCount: Int, lower: Int32, upper: Int32) {
        record = neighbours.rows.base[row]
        guard record >= 0 else {
            range = 0..<0
            return
        }
        let whole = elements(of: record)
        range = firstElement(in: whole, notBelow: lower == .max ? .max : lower &+ 1)..<whole.upperBound
        if upper < .max { range = range.lowerBound..<max(range.lowerBound, firstElement(in: range, notBelow: upper)) }
        if lower == .max { range = 0..<0 }
        // Marking pays for itself when the next row has the same list.
        if marked != record, row + 1 < rowCount, neighbours.rows.base[row + 1] == record { mark(whole) }
    }

    /// Whether the list has a record that lies within the bounds.
    @inline(__always)
    func holds(_ wanted: Int32) -> Bool {
        if marked == record { return marks[Int(wanted) >> 6] >> UInt64(truncatingIfNeeded: wanted & 63) & 1 != 0 }
        let place = firstElement(in: range, notBelow: wanted)
        return place < range.upperBound && targets[place] == wanted
    }

    private mutating func mark(_ elements: Range<Int>) {
        if marks.isEmpty { marks = Array(repeating: 0, count: domain / 64 + 1) }
        if marked >= 0 { for element in self.elements(of: marked) { marks[Int(targets[element]) >> 6] = 0 } }
        for element in elements { marks[Int(targets[element]) >> 6] |= 1 &<< UInt64(truncatingIfNeeded: targets[element] & 63) }
        marked = record
    }

    private func elements(of record: Int32) -> Range<Int> {
        let row = Int(record)
        guard let offsets else { return targets[row] < 0 ? row..<row : row..<row &+ 1 }
        return Int(offsets[row])..<Int(offsets[row &+ 1])
    }

    @inline(__always)
    private func firstElement(in range: Range<Int>, notBelow record: Int32) -> Int {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper {
            let middle = (lower &+ upper) >> 1
            if targets[middle] < record { lower = middle &+ 1 } else { upper = middle }
        }
        return lower
    }
}
