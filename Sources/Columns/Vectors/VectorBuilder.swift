import Syntax
import Types

/// Makes a column out of single values: for literals, answers built by hand and tests. Kernels never use it. O(values).
public struct VectorBuilder {
    private let type: ValueType
    private var values: [Value] = []

    /// For a type of `none` the first value that is there decides.
    public init(type: ValueType) { self.type = type }

    public var count: Int { values.count }

    /// Appends a value of the builder's type, or `none`.
    public mutating func append(_ value: Value) { values.append(value) }

    public func finish() -> Vector {
        var type = type
        if type == .none { type = values.first { $0 != .none }?.type ?? .none }
        let validity = values.contains(.none) ? Bitmap(values.map { $0 != .none }) : nil
        let count = values.count
        switch type {
        case .none: return .missing(count: count)
        case .text:
            var texts = TextStorageBuilder(capacity: count)
            for value in values {
                if case .text(let text) = value { texts.append(text) } else { texts.append("") }
            }
            return Vector(count: count, .text(texts.finish()), validity: validity)
        case .number: return numbers(validity)
        case .bool: return Vector(count: count, .bool(Bitmap(values.map { $0 == .bool(true) })), validity: validity)
        case .date:
            return Vector(
                count: count, .date(Buffer(values.map { if case .date(let day) = $0 { day } else { 0 } })), validity: validity)
        case .time:
            return Vector(
                count: count, .time(Buffer(values.map { if case .time(let instant) = $0 { instant } else { 0 } })),
                validity: validity)
        case .duration:
            let durations = values.map { if case .duration(let duration) = $0 { duration } else { Duration() } }
            let storage = Vector.Storage.duration(
                months: Buffer(durations.map(\.months)), microseconds: Buffer(durations.map(\.microseconds)))
            return Vector(count: count, storage, validity: validity)
        case .period(let unit): return periods(unit, validity)
        case .record(let entity):
            return Vector(
                count: count, .record(entity, Buffer(values.map { if case .record(_, let row) = $0 { row } else { -1 } })))
        case .set(let entity):
            let sets: [[Int32]] = values.map { if case .set(_, let rows) = $0 { rows } else { [] } }
            return Vector(count: count, .set(entity, Segments(lengths: sets.map(\.count)), Buffer(sets.flatMap { $0 })))
        case .list(let element):
            let lists: [[Value]] = values.map { if case .list(let values) = $0 { values } else { [] } }
            return Vector(count: count, .list(Segments(lengths: lists.map(\.count)), Self.vector(element, lists.joined())))
        case .table(let columns): return tables(columns)
        }
    }

    private static func vector(_ type: ValueType, _ values: some Sequence<Value>) -> Vector {
        var builder = VectorBuilder(type: type)
        for value in values { builder.append(value) }
        return builder.finish()
    }

    /// Exact numbers at the smallest scale that holds them all; doubles where one is a double, or where no scale fits.
    private func numbers(_ validity: Bitmap?) -> Vector {
        let numbers = values.map { if case .number(let number) = $0 { number } else { Number(0) } }
        if let exact = Self.exact(numbers) { return Vector(count: count, exact, validity: validity) }
        let doubles = numbers.map(\.doubleValue)
        guard doubles.allSatisfy(\.isFinite) else {
            let finite = Bitmap(doubles.map(\.isFinite))
            return Vector(count: count, .double(Buffer(doubles)), validity: both(validity, finite))
        }
        return Vector(count: count, .double(Buffer(doubles)), validity: validity)
    }

    private static func exact(_ numbers: [Number]) -> Vector.Storage? {
        var scale = 0
        for number in numbers {
            guard case .decimal(let units, let own) = number else { return nil }
            scale = max(scale, shortened(units, own).scale)
        }
        var units: [Int64] = []
        units.reserveCapacity(numbers.count)
        for number in numbers {
            guard case .decimal(let own, let ownScale) = number else { return nil }
            let short = shortened(own, ownScale)
            guard let unit = Number.rescale(short.units, from: short.scale, to: scale) else { return nil }
            units.append(unit)
        }
        return .decimal(.int64(Buffer(units)), scale: scale)
    }

    private func periods(_ unit: CalendarUnit?, _ validity: Bitmap?) -> Vector {
        let periods = values.map { if case .period(let period) = $0 { period } else { Period?.none } }
        guard let unit = unit ?? periods.lazy.compactMap({ $0 }).first?.unit else { return .missing(count: count) }
        // A column has one unit; a period of another counts as the one that holds its first day.
        let indexes = periods.map { period -> Int32 in
            guard let period else { return 0 }
            return period.unit == unit ? period.index : Period(unit: unit, containing: period.firstDay).index
        }
        return Vector(count: count, .period(unit, Buffer(indexes)), validity: validity)
    }

    private func tables(_ columns: [ValueType.TableColumn]) -> Vector {
        let tables: [[[Value]]] = values.map { if case .table(_, let rows) = $0 { rows } else { [] } }
        let rows = tables.flatMap { $0 }
        let vectors = columns.enumerated().map { index, column in
            (name: column.name, values: Self.vector(column.type, rows.map { $0[index] }))
        }
        return Vector(count: count, .table(Segments(lengths: tables.map(\.count)), vectors))
    }
}

/// The same exact number at the smallest scale.
@inline(__always)
func shortened(_ units: Int64, _ scale: Int) -> (units: Int64, scale: Int) {
    var units = units
    var scale = scale
    while scale > 0, units % 10 == 0 {
        units /= 10
        scale -= 1
    }
    return (units, scale)
}
