import Types

/// The rows in order of the keys, the first key first; rows that tie keep their order. Missing values come last, ascending and
/// descending alike; texts go by the order of their code points.
///
/// A radix sort by bytes from the last key to the first, which skips the bytes in which no two rows differ: O(rows · differing bytes), and
/// for plain texts O(n log n). `checkpoint` is called every few milliseconds, and ends the sort by throwing.
public func sortedRows(
    _ keys: [(values: Vector, descending: Bool)], count: Int, checkpoint: () throws -> Void
) rethrows -> Buffer<Int32> {
    for key in keys { precondition(key.values.count == count) }
    var rows: Buffer<Int32> = mapped(count: count) { Int32(truncatingIfNeeded: $0) }
    if count < 2 { return rows }
    if count <= 64 {
        let order = RowOrder(keys, count: count)
        return Buffer(rows.array.sorted { order.precedes($0, $1) })
    }
    for key in keys.reversed() {
        let prepared = try PreparedKey(
            key.values, descending: key.descending, ranksTexts: true, checkpoint: checkpoint)
        guard let missing = prepared.missing else {
            rows = try radixSorted(rows, by: prepared.words, checkpoint)
            continue
        }
        // What is stored where a value is missing means nothing, so such rows must tie to keep their order.
        rows = try radixSorted(rows, by: mapped(count: count) { missing[$0] ? 0 : prepared.words.base[$0] }, checkpoint)
        rows = presentFirst(rows, missing)
    }
    return rows
}

public func sortedRows(_ keys: [(values: Vector, descending: Bool)], count: Int) -> Buffer<Int32> {
    sortedRows(keys, count: count, checkpoint: {})
}

/// A stable pass that puts the rows whose value is missing behind the others.
private func presentFirst(_ rows: Buffer<Int32>, _ missing: Bitmap) -> Buffer<Int32> {
    Buffer(capacity: rows.count) { memory in
        var front = 0
        var back = rows.count - missing.popCount
        for row in rows.pointer {
            if missing[Int(row)] {
                memory[back] = row
                back += 1
            } else {
                memory[front] = row
                front += 1
            }
        }
        return rows.count
    }
}

/// A stable sort of rows by one word each, byte by byte from the lowest.
private func radixSorted(
    _ rows: Buffer<Int32>, by words: Buffer<UInt64>, _ checkpoint: () throws -> Void
) rethrows -> Buffer<Int32> {
    var differing: UInt64 = 0
    let first = words.base[0]
    for word in words.pointer { differing |= word ^ first }
    if differing == 0 { return rows }
    var rows = rows
    for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 0xFF != 0 {
        try checkpoint()
        rows = counted(rows, words, shift)
    }
    return rows
}

/// A stable counting sort by one byte.
private func counted(_ rows: Buffer<Int32>, _ words: Buffer<UInt64>, _ shift: UInt64) -> Buffer<Int32> {
    var starts = [Int](repeating: 0, count: 257)
    for word in words.pointer { starts[Int(truncatingIfNeeded: (word &>> shift) & 0xFF) + 1] += 1 }
    for digit in 0..<256 { starts[digit + 1] += starts[digit] }
    return Buffer(capacity: rows.count) { memory in
        starts.withUnsafeMutableBufferPointer { next in
            for row in rows.pointer {
                let digit = Int(truncatingIfNeeded: (words.base[Int(row)] &>> shift) & 0xFF)
                memory[next[digit]] = row
                next[digit] &+= 1
            }
        }
        return rows.count
    }
}

/// Whether so many of the rows are wanted that sorting all of them takes less than picking these out.
public func isSortedForTop(_ limit: Int, of count: Int) -> Bool { limit > count / 4 }

/// The first `limit` rows of `sortedRows`, without sorting all of them: O(rows · log limit).
///
/// A heap of the best rows so far, the worst on top, which the next better row replaces.
public func topRows(_ keys: [(values: Vector, descending: Bool)], count: Int, limit: Int) -> Buffer<Int32> {
    let limit = max(0, min(limit, count))
    if limit == 0 { return Buffer([]) }
    if isSortedForTop(limit, of: count) { return sortedRows(keys, count: count).slice(0, limit) }
    let order = RowOrder(keys, count: count)
    var heap = (0..<Int32(limit)).map { $0 }
    for root in stride(from: limit / 2 - 1, through: 0, by: -1) { siftDown(&heap, root, order) }
    for row in Int32(limit)..<Int32(count) where order.precedes(row, heap[0]) {
        heap[0] = row
        siftDown(&heap, 0, order)
    }
    return Buffer(heap.sorted { order.precedes($0, $1) })
}

private func siftDown(_ heap: inout [Int32], _ root: Int, _ order: RowOrder) {
    var parent = root
    while true {
        var last = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && order.precedes(heap[last], heap[child]) {
            last = child
        }
        if last == parent { return }
        heap.swapAt(parent, last)
        parent = last
    }
}

/// The elements of every segment in order of the keys, which have one value an element; where `keys` is empty as they are.
public func sortedWithin(_ segments: Segments, keys: [(values: Vector, descending: Bool)]) -> Buffer<Int32> {
    let total = segments.elementCount
    let order = RowOrder(keys, count: total)
    let identity: Buffer<Int32> = mapped(count: total) { Int32(truncatingIfNeeded: $0) }
    if keys.isEmpty { return identity }
    var rows = identity.array
    rows.withUnsafeMutableBufferPointer { rows in
        for row in 0..<segments.count {
            let range = segments.range(row)
            if range.count > 1 { rows[range].sort { order.precedes($0, $1) } }
        }
    }
    return Buffer(rows)
}
