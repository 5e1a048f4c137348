#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// From each of some records (-1 is none) to those that a link leads to. `edges` goes with the far rows where the link has facts about
/// its pairs. O(rows + far rows).
public func expand(
    _ rows: Buffer<Int32>, through link: LinkIndex
) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?) {
    switch link {
    case .one(let targets):
        let bounds = extremes(of: rows)
        precondition(rows.count == 0 || (bounds.lowest >= -1 && Int(bounds.highest) < max(targets.count, 1)))
        let far = targets.count == 0 ? Buffer(repeating: Int32(-1), count: rows.count) : gatherRows(targets, rows)
        let isThere = packedWhere(count: rows.count) { far.base[$0] >= 0 }
        let (segments, selection) = Segments.single(count: rows.count).filtered(keep: isThere)
        return (segments, far.count == 0 ? far : gather(far, selection), nil)
    case .many(let segments, let targets, let edges):
        let (expanded, elements) = segments.gathered(rows)
        return (expanded, gather(targets, elements), edges.map { gather($0, elements) })
    }
}

/// From sets of records to the records that a link leads to from any of them, each once, in the order in which they are met.
public func expand(
    _ segments: Segments, _ rows: Buffer<Int32>, through link: LinkIndex, domain: Int
) -> (Segments, rows: Buffer<Int32>) {
    let (inner, far, _) = expand(rows, through: link)
    return uniqued(flatten(outer: segments, inner: inner), far, domain: domain)
}

/// Segments of segments as one level: the elements of a row are those of all its inner rows. O(rows).
public func flatten(outer: Segments, inner: Segments) -> Segments {
    precondition(outer.elementCount == inner.count)
    let source = inner.offsets.base
    let index = outer.offsets.base
    return Segments(offsets: mapped(count: outer.count + 1) { source[Int(index[$0])] })
}

/// Each record once in a segment, in order of first occurrence. `domain` is how many records the entity has.
public func uniqued(_ segments: Segments, _ rows: Buffer<Int32>, domain: Int) -> (Segments, Buffer<Int32>) {
    let (unique, selection) = firstOccurrences(segments, rows, domain: domain)
    if selection.count == rows.count { return (segments, rows) }
    return (unique, gather(rows, selection))
}

/// The elements at which a record first occurs in its segment. O(rows + elements): a stamp for each record says in which segment it was
/// last seen. The stamps come zeroed and untouched from the system, so that a few rows of a large entity cost no more than they should.
public func firstOccurrences(_ segments: Segments, _ rows: Buffer<Int32>, domain: Int) -> (Segments, selection: Buffer<Int32>) {
    precondition(rows.count >= segments.elementCount)
    let bounds = extremes(of: rows)
    precondition(rows.count == 0 || (bounds.lowest >= 0 && Int(bounds.highest) < domain))
    guard let memory = calloc(max(domain, 1), 4) else { fatalError("out of memory: \(domain) stamps were asked for") }
    defer { free(memory) }
    let stamps = memory.bindMemory(to: Int32.self, capacity: max(domain, 1))
    let source = segments.offsets.base
    let rowCount = segments.count
    var offsets = [Int32](repeating: 0, count: rowCount + 1)
    let selection = Buffer<Int32>(capacity: rows.count + 1) { kept in
        var position = 0
        for row in 0..<rowCount {
            let stamp = Int32(truncatingIfNeeded: row &+ 1)
            for element in Int(source[row])..<Int(source[row + 1]) {
                let record = Int(rows.base[element])
                kept[position] = Int32(truncatingIfNeeded: element)
                position &+= stamps[record] == stamp ? 0 : 1
                stamps[record] = stamp
            }
            offsets[row + 1] = Int32(truncatingIfNeeded: position)
        }
        return position
    }
    return (Segments(offsets: Buffer(offsets)), selection)
}

extension Segments {
    /// The segments with only the elements whose bit is set, and which elements those are.
    public func filtered(keep: Bitmap) -> (Segments, selection: Buffer<Int32>) {
        precondition(keep.count == elementCount)
        let ranks = RankedBitmap(keep)
        let source = offsets.base
        let newOffsets = mapped(count: offsets.count) { ranks.rank(Int(source[$0])) }
        return (Segments(offsets: newOffsets), keep.rows())
    }
}

/// The segments with only the elements whose bit is set, and which elements those are.
public func filtered(_ segments: Segments, keep: Bitmap) -> (Segments, selection: Buffer<Int32>) { segments.filtered(keep: keep) }

/// A bitmap that can say in O(1) how many bits before a row are set.
struct RankedBitmap {
    private let bitmap: Bitmap
    private let before: Buffer<Int32>

    init(_ bitmap: Bitmap) {
        self.bitmap = bitmap
        var total: Int32 = 0
        let words = bitmap.words.base
        before = mapped(count: bitmap.words.count) { index in
            defer { total &+= Int32(truncatingIfNeeded: words[index].nonzeroBitCount) }
            return total
        }
    }

    /// How many bits are set in the rows before `row`, which may be the count.
    @inline(__always)
    func rank(_ row: Int) -> Int32 {
        guard row > 0 else { return 0 }
        let last = row &- 1
        let mask: UInt64 = ~0 &>> UInt64(truncatingIfNeeded: 63 &- (last & 63))
        return before.base[last >> 6] &+ Int32(truncatingIfNeeded: (bitmap.words.base[last >> 6] & mask).nonzeroBitCount)
    }
}

/// The rows whose set has the record; a missing record is in no set. O(rows + elements).
public func contains(_ segments: Segments, _ rows: Buffer<Int32>, _ record: Operand, count: Int) -> Bitmap {
    precondition(segments.count == count && rows.count >= segments.elementCount)
    checkCount(record, count)
    let records = record.records()
    let offsets = segments.offsets.base
    return packedWhere(count: count) { row in
        let wanted = records.at(row)
        guard wanted >= 0 else { return false }
        var found = false
        for element in Int(offsets[row])..<Int(offsets[row + 1]) { found = found || rows.base[element] == wanted }
        return found
    }
}
