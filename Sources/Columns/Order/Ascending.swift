import Syntax
import Types

extension Vector {
    /// The same column, which knows whether its dates or times ascend. Stops at the first that does not: O(rows) only for a column that
    /// does, and for one that nearly does.
    public func notingOrder() -> Vector {
        guard validity == nil, count > 1 else { return self }
        let holds: Bool
        switch storage {
        case .date(let days): holds = days.neverFalls
        case .time(let instants): holds = instants.neverFalls
        default: holds = false
        }
        return holds ? Vector(count: count, storage, validity: nil, ascends: true) : self
    }
}

extension Buffer where Element: FixedWidthInteger {
    fileprivate var neverFalls: Bool {
        // A block at a time, so that the loop within has no way out and can be vectorized.
        let block = 1024
        for start in stride(from: 1, to: count, by: block) {
            var falls = false
            for row in start..<Swift.min(start + block, count) { falls = falls || base[row] < base[row - 1] }
            if falls { return false }
        }
        return true
    }

    /// The first place from `start` on whose element is at least `bound`, or beyond it where `isBeyond`, in a column that ascends. Steps
    /// double until they are too far, since the place is mostly near: O(log distance).
    func place(of bound: Element, beyond isBeyond: Bool, from start: Int = 0) -> Int {
        func isBefore(_ row: Int) -> Bool { isBeyond ? base[row] <= bound : base[row] < bound }
        var lower = start
        var step = 1
        while lower + step <= count, isBefore(lower + step - 1) {
            lower += step
            step *= 2
        }
        var upper = Swift.min(lower + step - 1, count)
        while lower < upper {
            let middle = lower + (upper - lower) / 2
            if isBefore(middle) { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}

/// The comparison of a column that ascends with a constant: what holds is one run of rows, or all but one. O(log rows + rows / 64).
func comparedAscending<Element: FixedWidthInteger>(
    _ comparison: Comparison, _ values: Buffer<Element>, _ constant: Element
) -> Bitmap {
    func place(beyond isBeyond: Bool) -> Int { values.place(of: constant, beyond: isBeyond) }
    let count = values.count
    return switch comparison {
    case .less: Bitmap(setting: 0..<place(beyond: false), count: count)
    case .lessOrEqual: Bitmap(setting: 0..<place(beyond: true), count: count)
    case .greater: Bitmap(setting: place(beyond: true)..<count, count: count)
    case .greaterOrEqual: Bitmap(setting: place(beyond: false)..<count, count: count)
    case .equal: Bitmap(setting: place(beyond: false)..<place(beyond: true), count: count)
    case .notEqual: Bitmap(setting: place(beyond: false)..<place(beyond: true), count: count).not()
    }
}

/// The periods of dates or times that ascend: one look at the calendar for each period that occurs. O(periods · log rows), and the
/// writing of the rows.
func periodsOfAscending<Element: FixedWidthInteger>(
    _ unit: CalendarUnit, _ values: Buffer<Element>, day: (Element) -> Int32, lastOfDay: (Int32) -> Element
) -> Buffer<Int32> {
    Buffer(capacity: values.count) { memory in
        var row = 0
        while row < values.count {
            let period = Period(unit: unit, containing: day(values.base[row]))
            let end = values.place(of: lastOfDay(period.lastDay), beyond: true, from: row + 1)
            memory[row..<end].update(repeating: period.index)
            row = end
        }
        return values.count
    }
}
