import Syntax
import Types

/// The least or the greatest value of any type with an order.
func makeExtreme(isMaximum: Bool, type: ValueType) -> any Aggregator {
    switch type {
    case .number: NumberExtreme(isMaximum: isMaximum)
    case .date, .time, .bool, .period, .record: IntegerExtreme(isMaximum: isMaximum)
    default: ComparedExtreme(isMaximum: isMaximum, type: type)
    }
}

/// The loop over a batch: keeps the better of what is there and each value.
@inline(__always)
private func noteExtremes<Element: BitwiseCopyable & Sendable>(
    _ column: Buffer<Element>, _ presence: PresenceReader, _ groups: Buffer<Int32>, _ best: inout [Element],
    _ isThere: inout [Bool],
    _ isBetter: (Element, Element) -> Bool
) {
    best.withUnsafeMutableBufferPointer { best in
        isThere.withUnsafeMutableBufferPointer { isThere in
            for row in 0..<column.count where presence.at(row) {
                let group = Int(groups.base[row])
                let value = column.base[row]
                if !isThere[group] || isBetter(value, best[group]) { best[group] = value }
                isThere[group] = true
            }
        }
    }
}

/// The better of what two aggregators found.
private func mergeExtremes<Element, Others: RandomAccessCollection>(
    _ others: Others, _ othersThere: [Bool], _ groups: Buffer<Int32>, _ best: inout [Element], _ isThere: inout [Bool],
    _ isBetter: (Element, Element) -> Bool
) where Others.Element == Element, Others.Index == Int {
    for index in 0..<min(groups.count, others.count) where othersThere[index] {
        let group = Int(groups[index])
        if !isThere[group] || isBetter(others[index], best[group]) { best[group] = others[index] }
        isThere[group] = true
    }
}

/// Days, instants, periods, conditions and records: all of them are integers in order.
final class IntegerExtreme: Aggregator {
    private let isMaximum: Bool
    private var best: [Int64] = []
    private var isThere: [Bool] = []
    /// What the integers stand for, as the first batch shows it.
    private var sample: Vector?

    init(isMaximum: Bool) { self.isMaximum = isMaximum }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        grow(to: groupCount)
        guard let values, let column = Self.integers(values) else { return }
        if sample == nil { sample = values }
        let presence = PresenceReader(values)
        let isMaximum = isMaximum
        noteExtremes(column, presence, groups, &best, &isThere) { isMaximum ? $0 > $1 : $0 < $1 }
    }

    private func grow(to groupCount: Int) {
        best.grow(to: groupCount, filler: 0)
        isThere.grow(to: groupCount, filler: false)
    }

    private static func integers(_ vector: Vector) -> Buffer<Int64>? {
        switch vector.storage {
        case .date(let days): converted(days)
        case .time(let instants): instants
        case .period(_, let indexes): converted(indexes)
        case .record(_, let rows): converted(rows)
        case .bool(let bits): mapped(count: vector.count) { bits[$0] ? 1 : 0 }
        default: nil
        }
    }

    var canMerge: Bool { true }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        let other = merged(other, self)
        grow(to: groupCount)
        sample = sample ?? other.sample
        mergeExtremes(other.best, other.isThere, groups, &best, &isThere) { isMaximum ? $0 > $1 : $0 < $1 }
    }

    func finish(groupCount: Int) -> Vector {
        grow(to: groupCount)
        guard let sample else { return .missing(count: groupCount) }
        let validity = Bitmap(isThere.prefix(groupCount))
        let narrow: Buffer<Int32> = mapped(count: groupCount) { Int32(truncatingIfNeeded: best[$0]) }
        switch sample.storage {
        case .date: return Vector(count: groupCount, .date(narrow), validity: validity)
        case .time: return Vector(count: groupCount, .time(Buffer(best.prefix(groupCount))), validity: validity)
        case .period(let unit, _): return Vector(count: groupCount, .period(unit, narrow), validity: validity)
        case .bool: return Vector(count: groupCount, .bool(Bitmap(best.prefix(groupCount).map { $0 != 0 })), validity: validity)
        case .record(let entity, _):
            return Vector(count: groupCount, .record(entity, mapped(count: groupCount) { isThere[$0] ? narrow.base[$0] : -1 }))
        default: return .missing(count: groupCount)
        }
    }
}

/// Numbers: as units at one scale while they fit, otherwise as doubles.
final class NumberExtreme: Aggregator {
    private let isMaximum: Bool
    private var units: [Int64] = []
    private var scale = 0
    private var doubles: [Double] = []
    private var usesDoubles = false
    private var isThere: [Bool] = []

    init(isMaximum: Bool) { self.isMaximum = isMaximum }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        grow(to: groupCount)
        guard let values, Operand.vector(values).kind == .number else { return }
        let presence = PresenceReader(values)
        let isMaximum = isMaximum
        if !usesDoubles, let column = exactColumn(values) {
            noteExtremes(column, presence, groups, &units, &isThere) { isMaximum ? $0 > $1 : $0 < $1 }
            return
        }
        becomeDoubles()
        guard case .column(let column) = Operand.vector(values).doubles() else { return }
        noteExtremes(column, presence, groups, &doubles, &isThere) { isMaximum ? $0 > $1 : $0 < $1 }
    }

    private func grow(to groupCount: Int) {
        units.grow(to: groupCount, filler: 0)
        isThere.grow(to: groupCount, filler: false)
        if usesDoubles { doubles.grow(to: groupCount, filler: 0) }
    }

    /// The column at the common scale, to which what was found so far is brought too; none where that does not fit.
    private func exactColumn(_ values: Vector) -> Buffer<Int64>? {
        guard let decimals = Operand.vector(values).decimals() else { return nil }
        let common = max(scale, decimals.scale)
        guard case .column(let column)? = rescaled(decimals, to: common) else { return nil }
        if common > scale {
            let raised = units.map { Number.rescale($0, from: scale, to: common) }
            guard raised.allSatisfy({ $0 != nil }) else { return nil }
            units = raised.map { $0 ?? 0 }
            scale = common
        }
        return column
    }

    /// Whether a number is exact may depend on the numbers before it.
    var canMerge: Bool { !usesDoubles }

    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        let other = merged(other, self)
        grow(to: groupCount)
        let column = Vector(count: other.units.count, .decimal(.int64(Buffer(other.units)), scale: other.scale))
        if let units = exactColumn(column) {
            mergeExtremes(units.array, other.isThere, groups, &self.units, &isThere) { isMaximum ? $0 > $1 : $0 < $1 }
            return
        }
        becomeDoubles()
        other.becomeDoubles()
        mergeExtremes(other.doubles, other.isThere, groups, &doubles, &isThere) { isMaximum ? $0 > $1 : $0 < $1 }
    }

    private func becomeDoubles() {
        guard !usesDoubles else { return }
        usesDoubles = true
        doubles = units.map { Number.decimal(units: $0, scale: scale).doubleValue }
    }

    func finish(groupCount: Int) -> Vector {
        grow(to: groupCount)
        let validity = Bitmap(isThere.prefix(groupCount))
        let storage: Vector.Storage =
            usesDoubles
            ? .double(Buffer(doubles.prefix(groupCount))) : .decimal(.int64(Buffer(units.prefix(groupCount))), scale: scale)
        return Vector(count: groupCount, storage, validity: validity)
    }
}

/// Texts, durations and whatever else is compared value by value: remembers the best row of each group.
final class ComparedExtreme: Aggregator {
    private let isMaximum: Bool
    private var rows: RememberedRows
    private var orders: [ValueOrder] = []

    init(isMaximum: Bool, type: ValueType) {
        self.isMaximum = isMaximum
        rows = RememberedRows(type: type)
    }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        rows.grow(to: groupCount)
        guard let values else { return }
        rows.begin(values)
        orders.append(ValueOrder(values))
        let batch = orders.count - 1
        let presence = PresenceReader(values)
        for row in 0..<values.count where presence.at(row) {
            let group = Int(groups.base[row])
            if let (otherBatch, otherRow) = rows.place(of: group) {
                let order = ValueOrder.compare(orders[batch], row, orders[otherBatch], otherRow)
                guard isMaximum ? order > 0 : order < 0 else { continue }
            }
            rows.remember(row, for: group)
        }
    }

    func finish(groupCount: Int) -> Vector { rows.values(groupCount: groupCount) }
}

/// The order of values of a column: integers, doubles or texts.
enum ValueOrder {
    case integers(Buffer<Int64>)
    case doubles(Buffer<Double>)
    case texts(TextReader)
    case none

    init(_ vector: Vector) {
        let operand = Operand.vector(vector)
        switch operand.kind {
        case .number:
            if case .column(let values) = operand.doubles() { self = .doubles(values) } else { self = .none }
        case .duration:
            if case .column(let lengths) = operand.durationLengths() { self = .doubles(lengths) } else { self = .none }
        case .text: self = .texts(TextReader(vector))
        case .date, .time:
            if case .column(let instants) = operand.instants() { self = .integers(instants) } else { self = .none }
        case .period, .record: self = Self.integers(vector)
        case .bool:
            let bits = operand.bits(count: vector.count)
            self = .integers(mapped(count: vector.count) { bits[$0] ? 1 : 0 })
        case .nested, .none: self = .none
        }
    }

    private static func integers(_ vector: Vector) -> ValueOrder {
        switch vector.storage {
        case .period(_, let integers), .record(_, let integers): .integers(converted(integers))
        default: .none
        }
    }

    /// Below 0, 0 or above 0.
    static func compare(_ left: ValueOrder, _ leftRow: Int, _ right: ValueOrder, _ rightRow: Int) -> Int {
        switch (left, right) {
        case (.integers(let a), .integers(let b)):
            a.base[leftRow] < b.base[rightRow] ? -1 : (a.base[leftRow] > b.base[rightRow] ? 1 : 0)
        case (.doubles(let a), .doubles(let b)):
            a.base[leftRow] < b.base[rightRow] ? -1 : (a.base[leftRow] > b.base[rightRow] ? 1 : 0)
        case (.texts(let a), .texts(let b)): compareBytes(a.at(leftRow), b.at(rightRow))
        default: 0
        }
    }
}
