import CKernels

extension Segments {
    /// Where the elements of a row lie.
    public func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

    /// From the number of elements of each row.
    public init(lengths: some Collection<Int>) {
        var total: Int32 = 0
        self.init(
            offsets: Buffer(
                [0]
                    + lengths.map { length in
                        total += Int32(length)
                        return total
                    }))
    }

    /// Rows without elements.
    public static func empty(count: Int) -> Segments { Segments(offsets: Buffer(repeating: 0, count: count + 1)) }

    /// One element for every row.
    public static func single(count: Int) -> Segments { Segments(offsets: mapped(count: count + 1) { Int32($0) }) }

    /// How many elements each row has.
    public func lengths() -> Buffer<Int32> {
        let source = offsets.base
        return mapped(count: count) { source[$0 &+ 1] &- source[$0] }
    }

    /// For every element the row that it belongs to: ascending, so that it can serve as group numbers. O(rows + elements).
    public func parents() -> Buffer<Int32> {
        let source = offsets.base
        let rowCount = count
        return Buffer(capacity: elementCount) { memory in
            for row in 0..<rowCount {
                for element in Int(source[row])..<Int(source[row + 1]) { memory[element] = Int32(truncatingIfNeeded: row) }
            }
            return memory.count
        }
    }

    /// Whether each row has an element.
    public func isOccupied() -> Bitmap {
        let source = offsets.base
        return packedWhere(count: count) { source[$0 &+ 1] != source[$0] }
    }

    /// The segments of rows `lower..<upper`, counted from 0 again; the elements to go with them are `elementRange(lower, upper)`.
    public func range(_ lower: Int, _ upper: Int) -> Segments {
        precondition(lower >= 0 && lower <= upper && upper <= count)
        let source = offsets.base + lower
        let first = source[0]
        return Segments(offsets: mapped(count: upper - lower + 1) { source[$0] &- first })
    }

    /// The elements of rows `lower..<upper`.
    public func elementRange(_ lower: Int, _ upper: Int) -> Range<Int> { Int(offsets[lower])..<Int(offsets[upper]) }
}

/// The way back of a to-one link: for each of `targetCount` far rows the near rows that lead to it, ascending. Near rows of -1 lead
/// nowhere. A counting sort: O(near rows + far rows).
public func inverted(_ toOne: Buffer<Int32>, targetCount: Int) -> (Segments, Buffer<Int32>) {
    let source = toOne.pointer
    var rows: Buffer<Int32>?
    let starts = Buffer<Int32>(capacity: targetCount + 1) { offsets in
        offsets.initialize(repeating: 0)
        var total = 0
        for target in source where target >= 0 {
            offsets[Int(target) + 1] &+= 1
            total += 1
        }
        for target in 0..<targetCount { offsets[target + 1] &+= offsets[target] }
        rows = Buffer(capacity: total) { memory in
            placeRows(source, at: offsets.baseAddress!, in: memory.baseAddress!)
            return total
        }
        // Each start has become the end of its rows, which is where the next one's began.
        for target in stride(from: targetCount, to: 0, by: -1) { offsets[target] = offsets[target - 1] }
        offsets[0] = 0
        return targetCount + 1
    }
    return (Segments(offsets: starts), rows!)
}

/// Writes each row to the next free place of its target, and leaves `next` behind the last. The places lie far apart: what a row needs is
/// asked for some rows ahead, the place of its place first.
private func placeRows(
    _ source: UnsafeBufferPointer<Int32>, at next: UnsafeMutablePointer<Int32>, in memory: UnsafeMutablePointer<Int32>
) {
    let ahead = 16
    for row in 0..<source.count {
        if row + 2 * ahead < source.count {
            let later = source[row + 2 * ahead]
            if later >= 0 { crmq_prefetch(next + Int(later)) }
            let sooner = source[row + ahead]
            if sooner >= 0 { crmq_prefetch(memory + Int(next[Int(sooner)])) }
        }
        let target = source[row]
        guard target >= 0 else { continue }
        memory[Int(next[Int(target)])] = Int32(truncatingIfNeeded: row)
        next[Int(target)] &+= 1
    }
}
