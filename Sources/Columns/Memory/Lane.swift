import Syntax
import Types

/// What an inner loop reads on one side: a column, or a constant. Loops are generic over it, so that the compiler makes one tight loop
/// for each combination and no constant is ever spread out.
protocol Lane<Element> {
    associatedtype Element: BitwiseCopyable & Sendable
    func at(_ row: Int) -> Element
}

struct ColumnLane<Element: BitwiseCopyable & Sendable>: Lane {
    let buffer: Buffer<Element>
    /// The caller has checked that the buffer has as many elements as there are rows.
    @inline(__always)
    func at(_ row: Int) -> Element { buffer.base[row] }
}

struct ConstantLane<Element: BitwiseCopyable & Sendable>: Lane {
    let value: Element
    @inline(__always)
    func at(_ row: Int) -> Element { value }
}

/// A column or a constant whose element type is known.
enum Lanes<Element: BitwiseCopyable & Sendable> {
    case column(Buffer<Element>)
    case constant(Element)

    /// Slow in a loop: for kernels whose work on a row outweighs the question which case it is.
    @inline(__always)
    func at(_ row: Int) -> Element {
        switch self {
        case .column(let buffer): buffer.base[row]
        case .constant(let value): value
        }
    }

    /// Every element through a function, a constant only once.
    @inline(__always)
    func map<To>(_ transform: (Element) -> To) -> Lanes<To> {
        switch self {
        case .column(let buffer):
            let source = buffer.base
            return .column(mapped(count: buffer.count) { transform(source[$0]) })
        case .constant(let value): return .constant(transform(value))
        }
    }
}

/// One element a row from two sides; a loop of its own for each combination of columns and constants.
@inline(__always)
func zipped<A, B, Result>(
    _ left: Lanes<A>, _ right: Lanes<B>, count: Int, _ combine: (A, B) -> Result
) -> Buffer<Result> where Result: BitwiseCopyable & Sendable {
    switch (left, right) {
    case (.column(let a), .column(let b)): mapped(count: count) { combine(a.base[$0], b.base[$0]) }
    case (.column(let a), .constant(let b)): mapped(count: count) { combine(a.base[$0], b) }
    case (.constant(let a), .column(let b)): mapped(count: count) { combine(a, b.base[$0]) }
    case (.constant(let a), .constant(let b)): Buffer(repeating: combine(a, b), count: count)
    }
}

/// What an operand holds, whatever its representation.
enum OperandKind {
    case none, bool, number, text, date, time, duration, period, record, nested
}

extension Operand {
    var kind: OperandKind {
        switch self {
        case .vector(let vector):
            switch vector.storage {
            case .none: .none
            case .bool: .bool
            case .decimal, .double: .number
            case .coded, .text, .numbered: .text
            case .date: .date
            case .time: .time
            case .duration: .duration
            case .period: .period
            case .record: .record
            case .set, .list, .table: .nested
            }
        case .constant(let value):
            switch value {
            case .none: .none
            case .bool: .bool
            case .number: .number
            case .text: .text
            case .date: .date
            case .time: .time
            case .duration: .duration
            case .period: .period
            case .record: .record
            case .set, .list, .table: .nested
            }
        }
    }

    /// The rows whose value is there; none where it is there in every row. A constant other than `none` is always there.
    func presence(count: Int) -> Bitmap? {
        switch self {
        case .constant(.none): Bitmap(repeating: false, count: count)
        case .constant: nil
        case .vector(let vector):
            switch vector.storage {
            case .none: vector.isPresentBitmap()
            case .record(_, let rows): rows.isComplete ? nil : vector.isPresentBitmap()
            default: vector.validity
            }
        }
    }

    /// Days, for an operand of dates or of times.
    func days() -> Lanes<Int32> {
        switch self {
        case .constant(.date(let day)): return .constant(day)
        case .constant(.time(let instant)): return .constant(Calendar.day(ofInstant: instant))
        case .vector(let vector):
            switch vector.storage {
            case .date(let days): return .column(days)
            case .time(let instants): return Lanes.column(instants).map { Calendar.day(ofInstant: $0) }
            default: return .constant(0)
            }
        default: return .constant(0)
        }
    }

    /// Microseconds, for an operand of dates (their first instants) or of times. A day too far off wraps around.
    func instants() -> Lanes<Int64> {
        switch self {
        case .constant(.date(let day)): return .constant(Int64(day) &* Calendar.microsecondsPerDay)
        case .constant(.time(let instant)): return .constant(instant)
        case .vector(let vector):
            switch vector.storage {
            case .date(let days): return Lanes.column(days).map { Int64($0) &* Calendar.microsecondsPerDay }
            case .time(let instants): return .column(instants)
            default: return .constant(0)
            }
        default: return .constant(0)
        }
    }

    /// Numbers as doubles.
    func doubles() -> Lanes<Double> {
        switch self {
        case .constant(.number(let number)): return .constant(number.doubleValue)
        case .vector(let vector):
            switch vector.storage {
            case .double(let values): return .column(values)
            case .decimal(let integers, let scale): return .column(integers.doubles(scale: scale))
            default: return .constant(0)
            }
        default: return .constant(0)
        }
    }

    /// The units of exact numbers, and their scale; none for doubles.
    func decimals() -> (units: Lanes<Int64>, scale: Int)? {
        switch self {
        case .constant(.number(.decimal(let units, let scale))): return (.constant(units), scale)
        case .vector(let vector):
            guard case .decimal(let integers, let scale) = vector.storage else { return nil }
            return (.column(integers.widened()), scale)
        default: return nil
        }
    }

    /// Months and microseconds of durations.
    func durations() -> (months: Lanes<Int32>, microseconds: Lanes<Int64>) {
        switch self {
        case .constant(.duration(let duration)): return (.constant(duration.months), .constant(duration.microseconds))
        case .vector(let vector):
            guard case .duration(let months, let microseconds) = vector.storage else { return (.constant(0), .constant(0)) }
            return (.column(months), .column(microseconds))
        default: return (.constant(0), .constant(0))
        }
    }

    /// The unit and the indexes of periods.
    func periods() -> (unit: CalendarUnit, indexes: Lanes<Int32>)? {
        switch self {
        case .constant(.period(let period)): return (period.unit, .constant(period.index))
        case .vector(let vector):
            guard case .period(let unit, let indexes) = vector.storage else { return nil }
            return (unit, .column(indexes))
        default: return nil
        }
    }

    /// The rows of records.
    func records() -> Lanes<Int32> {
        switch self {
        case .constant(.record(_, let row)): return .constant(row)
        case .vector(let vector):
            guard case .record(_, let rows) = vector.storage else { return .constant(-1) }
            return .column(rows)
        default: return .constant(-1)
        }
    }

    /// Conditions as bits, whatever stands at missing ones.
    func bits(count: Int) -> Bitmap {
        switch self {
        case .constant(.bool(let flag)): return Bitmap(repeating: flag, count: count)
        case .vector(let vector):
            guard case .bool(let bits) = vector.storage else { return Bitmap(repeating: false, count: count) }
            return bits
        default: return Bitmap(repeating: false, count: count)
        }
    }
}

extension Integers {
    /// The nearest doubles of `units / 10^scale`.
    func doubles(scale: Int) -> Buffer<Double> {
        let power = doublePowersOfTen[scale]
        switch self {
        case .int8(let values): return mapped(count: values.count) { Double(values.base[$0]) / power }
        case .int16(let values): return mapped(count: values.count) { Double(values.base[$0]) / power }
        case .int32(let values): return mapped(count: values.count) { Double(values.base[$0]) / power }
        case .int64(let values): return mapped(count: values.count) { Double(values.base[$0]) / power }
        }
    }
}

extension Vector {
    /// A vector computed from a constant alone, in every row.
    static func spread(_ single: Vector, count: Int) -> Vector { single.gathered(Buffer(repeating: 0, count: count)) }
}

/// A kernel of one operand. A constant is computed once and then spread.
@inline(__always)
func unary(_ operand: Operand, count: Int, _ kernel: (Vector) -> Vector) -> Vector {
    switch operand {
    case .vector(let vector):
        precondition(vector.count == count)
        return kernel(vector)
    case .constant(let value): return .spread(kernel(.constant(value, count: 1)), count: count)
    }
}
