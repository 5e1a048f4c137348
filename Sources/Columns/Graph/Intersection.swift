import CKernels

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
    var found = FoundRecords()
    defer { found.release() }
    let offsets = try Buffer<Int32>(capacity: rowCount + 1) { offsets in
        offsets[0] = 0
        for row in 0..<rowCount {
            var lower: Int32 = -1
            var upper = Int32.max
            for bound in above { lower = bound.base[row] < 0 ? .max : max(lower, bound.base[row]) }
            for bound in below { upper = min(upper, bound.base[row]) }
            for index in cursors.indices {
                cursors[index].prefetch(behind: row, rowCount: rowCount)
                cursors[index].move(to: row, rowCount: rowCount)
            }
            if lower < upper, let driver = cheapestDriver(cursors) {
                var candidates = cursors[driver].targets(above: lower, below: upper)
                found.reserve(candidates.count)
                // What the driving list has is narrowed by one list after another.
                for index in cursors.indices where index != driver {
                    candidates = cursors[index].common(candidates, into: found.end)
                }
                found.append(candidates)
            }
            offsets[row &+ 1] = Int32(truncatingIfNeeded: found.count)
            if row & 1023 == 1023 { try check(found.count) }
        }
        return rowCount + 1
    }
    try check(found.count)
    withExtendedLifetime(lists) {}
    return (Segments(offsets: offsets), found.buffer)
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
    private let targets: UnsafePointer<Int32>
    private let domain: Int
    /// A bit a record; there once a list was marked.
    private var marks: UnsafeMutablePointer<UInt64>?
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
        self.domain = domain
    }

    func release() { marks?.deallocate() }

    /// What asking the list for a record costs, compared with going through another one.
    @inline(__always)
    var searchCost: Int { marked == record ? 1 : 2 &* (Int.bitWidth &- range.count.leadingZeroBitCount) }

    /// Asks for the lists of rows to come: most lists lie where nothing was read before, and waiting for the memory of one after another
    /// would take longer than all the rest.
    @inline(__always)
    func prefetch(behind row: Int, rowCount: Int) {
        guard row &+ 16 < rowCount, let offsets else { return }
        let later = records[row &+ 16]
        if later >= 0 { crmq_prefetch(offsets + Int(later)) }
        let sooner = records[row &+ 8]
        if sooner >= 0 { crmq_prefetch(targets + Int(offsets[Int(sooner)])) }
    }

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
        let marks = self.marks ?? makeMarks()
        if marked >= 0 { for element in elements(of: marked) { marks[Int(targets[element]) >> 6] = 0 } }
        for element in range { marks[Int(targets[element]) >> 6] |= 1 &<< UInt64(truncatingIfNeeded: targets[element] & 63) }
        marked = record
    }

    private mutating func makeMarks() -> UnsafeMutablePointer<UInt64> {
        let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: domain / 64 + 1)
        memory.initialize(repeating: 0, count: domain / 64 + 1)
        marks = memory
        return memory
    }

    /// The records of the list within bounds, ascending.
    @inline(__always)
    func targets(above lower: Int32, below upper: Int32) -> UnsafeBufferPointer<Int32> {
        let first = lower < 0 ? range.lowerBound : firstElement(notBelow: lower &+ 1, from: range.lowerBound)
        let end = upper == .max ? range.upperBound : firstElement(notBelow: upper, from: first)
        return UnsafeBufferPointer(start: targets + first, count: end &- first)
    }

    /// Those of some ascending records that the list has, written to `memory`, which may be where they lie.
    @inline(__always)
    func common(
        _ records: UnsafeBufferPointer<Int32>, into memory: UnsafeMutablePointer<Int32>
    ) -> UnsafeBufferPointer<Int32> {
        var count = 0
        // All are written, and the next one over those that are not common: no branch is guessed wrong.
        if marked == record, let marks {
            for wanted in records {
                memory[count] = wanted
                count &+= Int(truncatingIfNeeded: marks[Int(wanted) >> 6] >> UInt64(truncatingIfNeeded: wanted & 63) & 1)
            }
        } else {
            var place = range.lowerBound
            for wanted in records {
                place = firstElement(notBelow: wanted, from: place)
                if place == range.upperBound { break }
                memory[count] = wanted
                count &+= targets[place] == wanted ? 1 : 0
            }
        }
        return UnsafeBufferPointer(start: memory, count: count)
    }

    private func elements(of record: Int32) -> Range<Int> {
        let row = Int(record)
        guard let offsets else { return targets[row] < 0 ? row..<row : row..<row &+ 1 }
        return Int(offsets[row])..<Int(offsets[row &+ 1])
    }

    /// The first element at or behind a place whose record is not below one. Short lists are counted through, which no wrong guess of a
    /// branch interrupts.
    @inline(__always)
    private func firstElement(notBelow record: Int32, from start: Int) -> Int {
        var lower = start
        var upper = range.upperBound
        while upper &- lower > 24 {
            let middle = (lower &+ upper) >> 1
            if targets[middle] < record { lower = middle &+ 1 } else { upper = middle }
        }
        var below = 0
        var element = lower
        while element < upper {
            // The sign of the difference: neither of them is negative.
            below &+= Int(UInt32(bitPattern: targets[element] &- record) >> 31)
            element &+= 1
        }
        return lower &+ below
    }
}

/// Memory for the records of all rows, which grows.
private struct FoundRecords {
    private var base: UnsafeMutablePointer<Int32>
    private var capacity = 1024
    private(set) var count = 0

    init() { base = .allocate(capacity: capacity) }
    func release() { base.deallocate() }

    /// Where the next records belong.
    var end: UnsafeMutablePointer<Int32> { base + count }
    var buffer: Buffer<Int32> { Buffer(UnsafeBufferPointer(start: base, count: count)) }

    /// Makes room for more records.
    @inline(__always)
    mutating func reserve(_ more: Int) { if count &+ more > capacity { grow(to: count + more) } }

    private mutating func grow(to least: Int) {
        capacity = max(least, capacity * 2)
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
    }

    /// Appends records for which there is room; they may lie there already.
    @inline(__always)
    mutating func append(_ records: UnsafeBufferPointer<Int32>) {
        if let first = records.baseAddress, first != UnsafePointer(end) { end.update(from: first, count: records.count) }
        count &+= records.count
    }
}
