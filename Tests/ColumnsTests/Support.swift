import Syntax
import Types

@testable import Columns

/// Random numbers that are the same in every run (SplitMix64, S. Vigna).
struct Random: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func chance(_ percent: Int) -> Bool { int(0...99) < percent }
    mutating func pick<T>(_ values: [T]) -> T { values[int(0...values.count - 1)] }
}

/// Types that a column of one plain value a row can have.
let scalarTypes: [ValueType] = [
    .text, .number, .bool, .date, .time, .duration, .period(.month), .period(.week), .record(EntityID(0)),
]

/// Sizes around the edges of words and batches.
let sizes = [0, 1, 2, 63, 64, 65, 100, 127, 128, 129, 300]

private let words = [
    "", "a", "b", "ab", "Ann", "ann", "Élan", "elan", "Zoë", "won", "lost", "Straße", "strasse", "longer than eight",
    "longer than nine",
    "日本", "😀", "a\u{301}", "á", "Ωmega", "ЁЖ", "x\r\ny",
]

extension Random {
    mutating func value(_ type: ValueType) -> Value {
        switch type {
        case .text: return .text(pick(words))
        case .number: return .number(number())
        case .bool: return .bool(chance(50))
        case .date: return .date(Int32(int(-800...800)))
        case .time: return .time(Int64(int(-3_000...3_000)) * 40_000_000_000 + Int64(int(0...1)))
        case .duration:
            return .duration(Duration(months: Int32(int(-14...14)), microseconds: Int64(int(-50...50)) * 21_600_000_000))
        case .period(let unit): return .period(Period(unit: unit ?? .month, index: Int32(int(-30...30))))
        case .record(let entity): return .record(entity, row: Int32(int(0...20)))
        case .set(let entity): return .set(entity, rows: Array(Set((0..<int(0...4)).map { _ in Int32(int(0...9)) })))
        case .list(let element): return .list((0..<int(0...3)).map { _ in value(element) })
        default: return .none
        }
    }

    mutating func number() -> Number {
        switch int(0...9) {
        case 0: .double(Double(int(-40...40)) / 8)
        case 1: .double(Double(int(-1_000_000...1_000_000)) * 1.7e12)
        default: .decimal(units: Int64(int(-300...300)), scale: int(0...3))
        }
    }

    /// Exact numbers of one scale within a range.
    mutating func decimals(_ count: Int, range: ClosedRange<Int>, scale: Int, missing: Int) -> [Value] {
        (0..<count).map { _ in chance(missing) ? .none : .number(.decimal(units: Int64(int(range)), scale: scale)) }
    }

    mutating func values(_ type: ValueType, _ count: Int, missing: Int? = nil) -> [Value] {
        let missing = missing ?? pick([0, 0, 20, 100])
        return (0..<count).map { _ in chance(missing) ? .none : value(type) }
    }

    /// The values in one of the representations that hold them, with nonsense where a value is missing.
    mutating func vector(_ type: ValueType, _ values: [Value]) -> Vector {
        let plain = makeVector(type, values)
        switch plain.storage {
        case .text:
            // Any text may stand where a value is missing.
            let filled = makeVector(type, values.map { $0 == .none ? value(type) : $0 })
            guard case .text(let texts) = filled.storage else { return plain }
            if chance(30) { return Vector(count: plain.count, filled.storage, validity: plain.validity) }
            return coded(texts, plain.validity, sorted: chance(50))
        case .decimal(let integers, let scale): return narrowed(integers.widened(), scale, plain.validity)
        case .date(let days):
            return Vector(
                count: plain.count, .date(Buffer(garbled(days.array, plain.validity) { 77_777 - Int32($0 % 7) })),
                validity: plain.validity)
        case .double(let doubles):
            return Vector(
                count: plain.count, .double(Buffer(garbled(doubles.array, plain.validity) { $0 % 2 == 0 ? .nan : Double($0) })),
                validity: plain.validity)
        default: return plain
        }
    }

    private func garbled<T>(_ values: [T], _ validity: Bitmap?, _ nonsense: (Int) -> T) -> [T] {
        values.indices.map { validity?[$0] ?? true ? values[$0] : nonsense($0) }
    }

    private mutating func narrowed(_ units: Buffer<Int64>, _ scale: Int, _ validity: Bitmap?) -> Vector {
        let units = Buffer(garbled(units.array, validity) { 99 - Int64($0 % 190) })
        let magnitude = units.pointer.map(\.magnitude).max() ?? 0
        var fitting: [Integers] = [.int64(units)]
        if magnitude < 1 << 31 { fitting.append(.int32(Buffer(units.array.map { Int32($0) }))) }
        if magnitude < 1 << 15 { fitting.append(.int16(Buffer(units.array.map { Int16($0) }))) }
        if magnitude < 1 << 7 { fitting.append(.int8(Buffer(units.array.map { Int8($0) }))) }
        return Vector(count: units.count, .decimal(pick(fitting), scale: scale), validity: validity)
    }

    private mutating func coded(_ texts: TextStorage, _ validity: Bitmap?, sorted: Bool) -> Vector {
        var builder = TextDictionaryBuilder()
        let codes = (0..<texts.count).map { Int32(bitPattern: builder.code(of: texts.bytes(at: $0))) }
        if sorted {
            let (dictionary, replacements) = builder.finishSorted()
            let own = Buffer(codes.map { replacements[Int($0)] })
            return Vector(count: texts.count, .coded(Codes(own, entryCount: dictionary.count), dictionary), validity: validity)
        }
        let dictionary = builder.finish()
        let width = pick([1, 300, 70_000])
        return Vector(count: texts.count, .coded(Codes(Buffer(codes), entryCount: width), dictionary), validity: validity)
    }
}

func makeVector(_ type: ValueType, _ values: [Value]) -> Vector {
    var builder = VectorBuilder(type: type)
    for value in values { builder.append(value) }
    return builder.finish()
}

extension Vector {
    var values: [Value] { (0..<count).map { value(at: $0) } }
    /// Numbers, missing ones as NaN.
    var doubles: [Double] {
        values.map { if case .number(let number) = $0 { number.doubleValue } else { .nan } }
    }
    var texts: [String] {
        (0..<count).map { row in
            var bytes: [UInt8] = []
            appendText(of: row, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension Bitmap {
    var bools: [Bool] { (0..<count).map { self[$0] } }
    /// Whether the bits behind the last row are zeros, as every kernel relies on.
    var isSound: Bool { count % 64 == 0 || words[words.count - 1] >> UInt64(count % 64) == 0 }
}

extension Vector {
    var isSound: Bool { validity?.isSound ?? true }
}

/// Numbers by value, everything else as it is: how the language sees equality.
func same(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): Number.compare(x, y) == 0
    case (.list(let x), .list(let y)): x.count == y.count && zip(x, y).allSatisfy { same($0, $1) }
    case (.duration(let x), .duration(let y)): x.approximateMicroseconds == y.approximateMicroseconds
    default: a == b
    }
}

func same(_ a: [Value], _ b: [Value]) -> Bool { a.count == b.count && zip(a, b).allSatisfy { same($0, $1) } }

/// The order of two values that are there, as the language defines it; none where they have none.
func order(_ a: Value, _ b: Value) -> Int? {
    func sign<T: Comparable>(_ x: T, _ y: T) -> Int { x < y ? -1 : (x > y ? 1 : 0) }
    func day(_ value: Value) -> Int32? {
        switch value {
        case .date(let day): day
        case .time(let instant): Calendar.day(ofInstant: instant)
        default: nil
        }
    }
    switch (a, b) {
    case (.text(let x), .text(let y)):
        return x.utf8.elementsEqual(y.utf8) ? 0 : (x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1)
    case (.number(let x), .number(let y)): return Number.compare(x, y)
    case (.bool(let x), .bool(let y)): return sign(x ? 1 : 0, y ? 1 : 0)
    case (.date(let x), .date(let y)): return sign(x, y)
    case (.time(let x), .time(let y)): return sign(x, y)
    case (.date, .time), (.time, .date): return sign(day(a)!, day(b)!)
    case (.duration(let x), .duration(let y)): return sign(x.approximateMicroseconds, y.approximateMicroseconds)
    case (.record(_, let x), .record(_, let y)): return sign(x, y)
    case (.period(let x), .period(let y)):
        let unit = x.unit.rank >= y.unit.rank ? x.unit : y.unit
        return sign(Period(unit: unit, containing: x.firstDay).index, Period(unit: unit, containing: y.firstDay).index)
    case (.period(let x), _):
        guard let day = day(b) else { return nil }
        return sign(x.index, Period(unit: x.unit, containing: day).index)
    case (_, .period(let y)):
        guard let day = day(a) else { return nil }
        return sign(Period(unit: y.unit, containing: day).index, y.index)
    default: return nil
    }
}

/// Rule 3 of the language.
func holds(_ comparison: Comparison, _ a: Value, _ b: Value) -> Bool {
    if comparison == .notEqual { return !holds(.equal, a, b) }
    if a == .none || b == .none { return comparison == .equal && a == b }
    guard let order = order(a, b) else { return false }
    return comparison.holds(order)
}
