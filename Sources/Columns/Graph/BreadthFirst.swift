#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Searches breadth first along links that lead from an entity to itself, any number of times with the same memory.
///
/// A bit says of each record whether the search at hand has met it; behind a search the bits of the met ones are taken back, so that a
/// search costs what it sees, however large the entity is.
public final class BreadthFirst {
    /// The links along which it searches, whose memory must outlive the arcs.
    public let links: [LinkIndex]
    private let arcs: [Arcs]
    private let domain: Int
    private let seen: UnsafeMutablePointer<UInt64>
    private let queue: UnsafeMutablePointer<Int32>
    private var tail = 0
    /// Arcs gone along since `check` was last called.
    private var sinceCheck = 0
    private static let checkInterval = 1 << 16

    /// For `domain` records; the links must have been checked to lead nowhere else.
    public init(_ links: [LinkIndex], domain: Int) {
        self.links = links
        self.domain = domain
        arcs = links.map(Arcs.init)
        guard let bits = calloc(domain / 64 + 1, 8), let memory = malloc(max(domain, 1) * 4) else {
            fatalError("out of memory: a search over \(domain) records")
        }
        seen = bits.bindMemory(to: UInt64.self, capacity: domain / 64 + 1)
        queue = memory.bindMemory(to: Int32.self, capacity: max(domain, 1))
    }

    deinit {
        free(seen)
        free(queue)
    }

    /// The records that lie `lower` to `upper` hops from the nearest of each row's starts (-1 is none), ascending.
    ///
    /// O(records and arcs seen), for each row anew. `check` is called now and then, and behind each row with the number of records found
    /// so far; what it throws ends the search.
    public func reached(
        from segments: Segments, _ starts: Buffer<Int32>, lower: Int, upper: Int, check: (Int) throws -> Void
    ) rethrows -> (Segments, rows: Buffer<Int32>) {
        var rows: [Int32] = []
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(segments.count + 1)
        for row in 0..<segments.count {
            let levels = try search(from: starts.slice(segments.range(row)), lower: lower, upper: upper) {
                try check(rows.count)
            }
            appendAscending(from: levels.first ?? tail, to: &rows)
            forget()
            try check(rows.count)
            offsets.append(Int32(truncatingIfNeeded: rows.count))
        }
        return (Segments(offsets: Buffer(offsets)), Buffer(rows))
    }

    /// The records that lie `lower` to `upper` hops from the nearest start, the nearest first and those of one distance ascending, with
    /// the distance of each.
    public func reached(
        from starts: Buffer<Int32>, lower: Int, upper: Int, check: () throws -> Void
    ) rethrows -> (rows: Buffer<Int32>, hops: Buffer<Int32>) {
        var levels = try search(from: starts, lower: lower, upper: upper, check: check)
        levels.append(tail)
        var hops: [Int32] = []
        for (index, (start, end)) in zip(levels, levels.dropFirst()).enumerated() {
            sortQueue(start..<end)
            hops += repeatElement(Int32(lower + index), count: end - start)
        }
        let first = levels.first ?? tail
        defer { forget() }
        return (Buffer(UnsafeBufferPointer(start: queue + first, count: tail - first)), Buffer(hops))
    }

    /// Fills the queue; gives the positions at which the distances `lower`, `lower + 1` and so on begin.
    private func search(from starts: Buffer<Int32>, lower: Int, upper: Int, check: () throws -> Void) rethrows -> [Int] {
        do {
            tail = 0
            for start in starts.pointer where start >= 0 {
                precondition(Int(start) < domain)
                meet(start, &tail)
            }
            var levels = lower == 0 ? [0] : []
            var head = 0
            var hop = 0
            while head < tail, hop < upper {
                let end = tail
                for arcs in self.arcs { try expand(head..<end, along: arcs, check: check) }
                head = end
                hop += 1
                if hop >= lower { levels.append(end) }
            }
            return levels
        } catch {
            forget()
            throw error
        }
    }

    private func expand(_ level: Range<Int>, along arcs: Arcs, check: () throws -> Void) rethrows {
        // The end of the queue stays in a register: fields of objects are checked for exclusive access each time.
        var end = tail
        defer { tail = end }
        for position in level {
            let record = Int(queue[position])
            guard let offsets = arcs.offsets else {
                if arcs.targets[record] >= 0 { meet(arcs.targets[record], &end) }
                continue
            }
            let first = Int(offsets[record])
            let last = Int(offsets[record &+ 1])
            for element in first..<last { meet(arcs.targets[element], &end) }
            sinceCheck &+= last &- first &+ 1
            if sinceCheck > Self.checkInterval {
                sinceCheck = 0
                try check()
            }
        }
    }

    /// Puts a record at the end of the queue unless it was met before.
    @inline(__always)
    private func meet(_ record: Int32, _ end: inout Int) {
        let word = Int(record) >> 6
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: record & 63)
        guard seen[word] & bit == 0 else { return }
        seen[word] |= bit
        queue[end] = record
        end &+= 1
    }

    /// Appends what the queue holds from a position on. Where that is a good part of the entity, the bits give the order.
    private func appendAscending(from first: Int, to rows: inout [Int32]) {
        let count = tail - first
        guard count > 64, count > domain / 1024 else {
            sortQueue(first..<tail)
            rows += UnsafeBufferPointer(start: queue + first, count: count)
            return
        }
        for position in 0..<first { seen[Int(queue[position]) >> 6] &= ~(1 &<< UInt64(queue[position] & 63)) }
        for word in 0...(domain / 64) {
            var bits = seen[word]
            while bits != 0 {
                rows.append(Int32(truncatingIfNeeded: word &* 64 &+ bits.trailingZeroBitCount))
                bits &= bits &- 1
            }
        }
    }

    private func sortQueue(_ range: Range<Int>) {
        sortAscending(UnsafeMutableBufferPointer(start: queue + range.lowerBound, count: range.count))
    }

    private func forget() {
        for position in 0..<tail { seen[Int(queue[position]) >> 6] = 0 }
        tail = 0
    }
}

/// Where the records lead by one link, without counting references.
struct Arcs {
    /// None where each record leads to one at most; then there is a target, or -1, for each.
    let offsets: UnsafePointer<Int32>?
    let targets: UnsafePointer<Int32>

    /// The link's memory must outlive it.
    init(_ link: LinkIndex) {
        switch link {
        case .one(let rows): (offsets, targets) = (nil, rows.base)
        case .many(let segments, let rows, _): (offsets, targets) = (segments.offsets.base, rows.base)
        }
    }

    /// Where the arcs of a record stand among the targets.
    @inline(__always)
    func elements(_ record: Int) -> Range<Int> {
        guard let offsets else { return targets[record] < 0 ? record..<record : record..<record &+ 1 }
        return Int(offsets[record])..<Int(offsets[record &+ 1])
    }
}

extension Buffer {
    /// The elements of a range, sharing the memory.
    func slice(_ range: Range<Int>) -> Buffer { slice(range.lowerBound, range.upperBound) }
}
