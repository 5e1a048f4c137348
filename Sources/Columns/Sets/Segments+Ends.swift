extension Segments {
    /// The first or the last element of each of some rows; -1 for rows without elements, and for the row -1. O(rows).
    public func ends(of rows: Buffer<Int32>, last: Bool) -> Buffer<Int32> {
        let offsets = offsets.base
        let count = Int32(truncatingIfNeeded: count)
        return mapped(count: rows.count) { index in
            let row = rows.base[index]
            precondition(row < count)
            guard row >= 0 else { return -1 }
            let lower = offsets[Int(row)]
            let upper = offsets[Int(row) &+ 1]
            return lower == upper ? -1 : last ? upper &- 1 : lower
        }
    }

    /// From the last element of each row back to the first one that has the same date or time, or from the first element on to the last
    /// that has the same. `targets` says which row of the column, which ascends, each element is. O(rows + elements that tie).
    public func farEndsOfTies(of rows: Buffer<Int32>, last: Bool, targets: Buffer<Int32>, in column: Vector) -> Buffer<Int32> {
        switch column.storage {
        case .date(let days): farEndsOfTies(of: rows, last: last) { days[Int(targets[$0])] == days[Int(targets[$1])] }
        case .time(let instants): farEndsOfTies(of: rows, last: last) { instants[Int(targets[$0])] == instants[Int(targets[$1])] }
        default: preconditionFailure("only dates and times are known to ascend")
        }
    }

    private func farEndsOfTies(of rows: Buffer<Int32>, last: Bool, isSame: (Int, Int) -> Bool) -> Buffer<Int32> {
        let ends = ends(of: rows, last: last)
        return mapped(count: rows.count) { index in
            var element = Int(ends.base[index])
            guard element >= 0 else { return -1 }
            let range = range(Int(rows.base[index]))
            let step = last ? -1 : 1
            while range.contains(element + step), isSame(element, element + step) { element += step }
            return Int32(truncatingIfNeeded: element)
        }
    }
}

/// The highest or the lowest of the numbers that belong to each of `rowCount` rows; -1 for rows to which none belongs. Numbers of -1, and those
/// whose parent is -1, are left out. O(rows + numbers).
public func extremes(
    of numbers: Buffer<Int32>, parents: Buffer<Int32>, rowCount: Int, highest: Bool
) -> Buffer<Int32> {
    precondition(numbers.count == parents.count)
    return Buffer(capacity: rowCount) { found in
        found.initialize(repeating: -1)
        for index in 0..<numbers.count {
            let number = numbers.base[index]
            let row = Int(parents.base[index])
            if number < 0 || row < 0 { continue }
            precondition(row < rowCount)
            let known = found[row]
            if known < 0 || (highest ? number > known : number < known) { found[row] = number }
        }
        return rowCount
    }
}
