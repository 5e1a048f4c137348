import Types

/// The values of one key column of a batch as 32-bit integers, for types whose values mostly lie close together.
struct DenseKeys {
    /// What the integers stand for; two batches can share a table only where this is the same.
    enum Meaning: Equatable {
        case bool, number, date, record
        case period(rank: Int)
        case entry(ObjectIdentifier)
    }

    let meaning: Meaning
    /// What stands where the value is missing means nothing.
    let values: Buffer<Int32>
    /// None where no value is missing. Records need none: -1 is a value like others.
    let presence: Bitmap?
    /// The bounds of what is there; the lower lies above the upper where nothing is.
    let lowest: Int64
    let highest: Int64

    /// None for columns of other types, and for numbers that are not whole or not small. `domain` is how many records there are, where
    /// the column is of records and that is known; it saves looking for the least and the greatest.
    init?(_ vector: Vector, domain: Int? = nil) {
        var presence = vector.validity
        let values: Buffer<Int32>
        var bounds: (lowest: Int64, highest: Int64)?
        switch vector.storage {
        case .bool(let bits):
            meaning = .bool
            values = mapped(count: vector.count) { bits[$0] ? 1 : 0 }
            bounds = (0, 1)
        case .date(let days):
            meaning = .date
            values = days
        case .period(let unit, let indexes):
            meaning = .period(rank: unit.rank)
            values = indexes
        case .record(_, let rows):
            meaning = .record
            values = rows
            presence = nil
            if let domain { bounds = (-1, Int64(domain) - 1) }
        case .coded(let codes, let dictionary):
            meaning = .entry(ObjectIdentifier(dictionary))
            values = codes.widened()
            bounds = (0, Int64(dictionary.count) - 1)
        case .decimal(let integers, scale: 0):
            meaning = .number
            guard let small = integers.narrowed(presence) else { return nil }
            values = small
        default: return nil
        }
        self.values = values
        self.presence = presence
        if vector.ascends, values.count > 0 {
            // Periods and dates; times have no such keys.
            bounds = (Int64(values.base[0]), Int64(values.base[values.count - 1]))
        }
        (lowest, highest) = bounds ?? Self.bounds(values, presence)
    }

    private static func bounds(_ values: Buffer<Int32>, _ presence: Bitmap?) -> (Int64, Int64) {
        guard values.count > 0 else { return (0, -1) }
        guard let presence else {
            let bounds = extremes(of: values)
            return (Int64(bounds.lowest), Int64(bounds.highest))
        }
        let reader = PresenceReader(presence)
        var lowest = Int64.max
        var highest = Int64.min
        for row in 0..<values.count where reader.at(row) {
            lowest = min(lowest, Int64(values.base[row]))
            highest = max(highest, Int64(values.base[row]))
        }
        return lowest <= highest ? (lowest, highest) : (0, -1)
    }
}

extension Integers {
    /// The integers at 32 bits; none where one that is there does not fit.
    fileprivate func narrowed(_ presence: Bitmap?) -> Buffer<Int32>? {
        switch self {
        case .int8(let values): return converted(values)
        case .int16(let values): return converted(values)
        case .int32(let values): return values
        case .int64(let values):
            let reader = PresenceReader(presence)
            for row in 0..<values.count where reader.at(row) {
                if values.base[row] != Int64(Int32(truncatingIfNeeded: values.base[row])) { return nil }
            }
            return converted(values)
        }
    }
}

/// The integers of one key column that have a place in a table, and behind them one place for what is missing.
struct KeyWindow {
    var lowest: Int64
    /// How many places there are.
    var span: Int64

    init(_ keys: DenseKeys) {
        lowest = keys.lowest
        span = max(0, keys.highest - keys.lowest + 1) + 1
    }

    func holds(_ keys: DenseKeys) -> Bool {
        keys.lowest > keys.highest || (keys.lowest >= lowest && keys.highest - lowest < span - 1)
    }

    /// The window that holds a batch as well; where it has to grow, with room for what is likely to come.
    func widened(for keys: DenseKeys, withRoom: Bool) -> KeyWindow {
        if holds(keys) { return self }
        if span == 1 { return KeyWindow(keys) }
        var wider = self
        let room = withRoom ? span / 2 : 0
        let end = lowest + span - 2
        let low = keys.lowest < lowest ? keys.lowest - room : lowest
        let high = keys.highest > end ? keys.highest + room : end
        wider.lowest = low
        wider.span = high - low + 2
        return wider
    }

    /// The place of each value, counted from `before`, the places of the columns so far, which are each taken apart by it.
    func places(_ keys: DenseKeys, behind before: Buffer<Int32>?) -> Buffer<Int32> {
        let values = keys.values.base
        // Tables are small enough for 32 bits; the differences of values that are there are too.
        let lowest = Int32(truncatingIfNeeded: self.lowest)
        let span = Int32(truncatingIfNeeded: self.span)
        let count = keys.values.count
        switch (keys.presence, before) {
        case (nil, nil): return mapped(count: count) { values[$0] &- lowest }
        case (nil, let before?):
            let outer = before.base
            return mapped(count: count) { outer[$0] &* span &+ (values[$0] &- lowest) }
        case (let presence?, _):
            let reader = PresenceReader(presence)
            let missing = span &- 1
            guard let outer = before?.base else {
                return mapped(count: count) { reader.at($0) ? values[$0] &- lowest : missing }
            }
            return mapped(count: count) { outer[$0] &* span &+ (reader.at($0) ? values[$0] &- lowest : missing) }
        }
    }
}
