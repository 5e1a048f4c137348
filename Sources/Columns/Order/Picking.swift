import Types

/// For each of `rowCount` rows the element that comes first in order of the keys among those whose parent the row is, or the last one; -1
/// for rows without elements. Elements that tie go by their numbers, and so do all where there are no keys; missing values come last.
/// Elements whose parent is -1 are left out. One pass: O(rows + elements).
public func picked(
    parents: Buffer<Int32>, rowCount: Int, keys: [(values: Vector, descending: Bool)], last: Bool
) -> Buffer<Int32> {
    // Elements that stand in the order of their key already go by their numbers.
    let keys = keys.count == 1 && keys[0].values.ascends && !keys[0].descending ? [] : keys
    let order = RowOrder(keys, count: parents.count)
    let hasKeys = !keys.isEmpty
    return Buffer(capacity: rowCount) { best in
        best.initialize(repeating: -1)
        for element in 0..<parents.count {
            let row = Int(parents.base[element])
            if row < 0 { continue }
            precondition(row < rowCount)
            let number = Int32(truncatingIfNeeded: element)
            let known = best[row]
            if known < 0 {
                best[row] = number
            } else if last {
                // The number is higher than those before it, so that a tie goes to it.
                if !hasKeys || !order.precedes(number, known) { best[row] = number }
            } else if hasKeys, order.precedes(number, known) {
                best[row] = number
            }
        }
        return rowCount
    }
}

/// Of every segment the first `limit` elements in order of the keys, or the last where `fromEnd` (still in order); the selected elements
/// go with the new segments. Without keys the order is that of the elements. With keys missing values come last, and `fromEnd` takes
/// from behind them. O(elements · log limit).
public func taken(
    _ segments: Segments, keys: [(values: Vector, descending: Bool)], limit: Int, fromEnd: Bool = false
) -> (Segments, selection: Buffer<Int32>) {
    let limit = max(0, limit)
    let taken = Segments(lengths: (0..<segments.count).map { min(limit, segments.range($0).count) })
    let order = RowOrder(keys, count: segments.elementCount)
    let selection = Buffer<Int32>(capacity: taken.elementCount) { memory in
        var position = 0
        var heap: [Int32] = []
        for row in 0..<segments.count {
            let range = segments.range(row)
            let size = min(limit, range.count)
            if keys.isEmpty || size == 0 {
                let first = fromEnd ? range.upperBound - size : range.lowerBound
                for element in first..<(first + size) {
                    memory[position] = Int32(truncatingIfNeeded: element)
                    position += 1
                }
                continue
            }
            best(of: range, size, order, fromEnd: fromEnd, &heap)
            for element in heap {
                memory[position] = element
                position += 1
            }
        }
        return position
    }
    return (taken, selection)
}

/// The first elements of a run in an order, or the last, in that order: a heap of the best so far, from which the worst gives way.
private func best(of range: Range<Int>, _ size: Int, _ order: RowOrder, fromEnd: Bool, _ heap: inout [Int32]) {
    heap.removeAll(keepingCapacity: true)
    for element in range.prefix(size) { heap.append(Int32(truncatingIfNeeded: element)) }
    let isWorse: (Int32, Int32) -> Bool = fromEnd ? { order.precedes($0, $1) } : { order.precedes($1, $0) }
    if range.count > size {
        for root in stride(from: size / 2 - 1, through: 0, by: -1) { siftDown(&heap, root, isWorse) }
        for element in range.dropFirst(size) {
            let number = Int32(truncatingIfNeeded: element)
            guard isWorse(heap[0], number) else { continue }
            heap[0] = number
            siftDown(&heap, 0, isWorse)
        }
    }
    heap.sort { order.precedes($0, $1) }
}

/// Restores a heap whose worst element is on top, from one place downwards.
private func siftDown(_ heap: inout [Int32], _ root: Int, _ isWorse: (Int32, Int32) -> Bool) {
    var parent = root
    while true {
        var worst = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isWorse(heap[child], heap[worst]) {
            worst = child
        }
        if worst == parent { return }
        heap.swapAt(parent, worst)
        parent = worst
    }
}
