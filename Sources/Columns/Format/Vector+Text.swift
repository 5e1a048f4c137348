import Syntax
import Types

/// Writes single cells of a column in UTF-8 as answers show them: made once a column, since looking into a vector anew for every cell
/// costs more than writing the cell. A class, because a copy for every cell would cost as much again.
///
/// Nothing is written where a value is missing. Records are written by their row number, since their labels belong to the store; the
/// elements of lists and sets are separated by a comma and a space.
public final class CellWriter {
    /// Plain pointers into the vector's memory, so that no loop counts references.
    private enum Cells {
        case int8(UnsafePointer<Int8>, scale: Int)
        case int16(UnsafePointer<Int16>, scale: Int)
        case int32(UnsafePointer<Int32>, scale: Int)
        case int64(UnsafePointer<Int64>, scale: Int)
        case double(UnsafePointer<Double>)
        case text(offsets: UnsafePointer<Int64>, bytes: UnsafePointer<UInt8>)
        case coded(codes: UnsafePointer<Int32>, offsets: UnsafePointer<Int64>, bytes: UnsafePointer<UInt8>)
        case numbered(UnsafePointer<Int64>, NumberedForm)
        case bool(UnsafePointer<UInt64>)
        case date(UnsafePointer<Int32>)
        case time(UnsafePointer<Int64>)
        case period(CalendarUnit, UnsafePointer<Int32>)
        /// Written by way of the value.
        case other
    }

    /// Keeps the memory alive; of dictionary codes and of the numbers of texts there is a copy at full width.
    private let vector: Vector
    private let codes: Buffer<Int32>?
    private let numbers: Buffer<Int64>?
    private let validity: UnsafePointer<UInt64>?
    private let cells: Cells

    public init(_ vector: Vector) {
        self.vector = vector
        validity = vector.validity?.words.base
        var codes: Buffer<Int32>?
        var numbers: Buffer<Int64>?
        switch vector.storage {
        case .decimal(.int8(let values), let scale): cells = .int8(values.base, scale: scale)
        case .decimal(.int16(let values), let scale): cells = .int16(values.base, scale: scale)
        case .decimal(.int32(let values), let scale): cells = .int32(values.base, scale: scale)
        case .decimal(.int64(let values), let scale): cells = .int64(values.base, scale: scale)
        case .double(let values): cells = .double(values.base)
        case .text(let texts): cells = .text(offsets: texts.offsets.base, bytes: texts.bytes.base)
        case .coded(let narrow, let dictionary):
            let wide = narrow.widened()
            codes = wide
            cells = .coded(codes: wide.base, offsets: dictionary.texts.offsets.base, bytes: dictionary.texts.bytes.base)
        case .numbered(let narrow, let form):
            let wide = narrow.widened()
            numbers = wide
            cells = .numbered(wide.base, form)
        case .bool(let bits): cells = .bool(bits.words.base)
        case .date(let days): cells = .date(days.base)
        case .time(let instants): cells = .time(instants.base)
        case .period(let unit, let indexes): cells = .period(unit, indexes.base)
        case .none, .duration, .record, .set, .list, .table: cells = .other
        }
        self.codes = codes
        self.numbers = numbers
    }

    /// Appends the text of the value at a row, which is checked.
    public func append(_ row: Int, to bytes: inout [UInt8]) {
        precondition(row >= 0 && row < vector.count)
        if let validity, (validity[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63)) & 1 == 0 { return }
        switch cells {
        case .int8(let values, let scale): appendDecimal(units: Int64(values[row]), scale: scale, to: &bytes)
        case .int16(let values, let scale): appendDecimal(units: Int64(values[row]), scale: scale, to: &bytes)
        case .int32(let values, let scale): appendDecimal(units: Int64(values[row]), scale: scale, to: &bytes)
        case .int64(let values, let scale): appendDecimal(units: values[row], scale: scale, to: &bytes)
        case .double(let values): appendDouble(values[row], to: &bytes)
        case .text(let offsets, let texts): append(offsets, texts, row, to: &bytes)
        case .coded(let codes, let offsets, let texts): append(offsets, texts, Int(codes[row]), to: &bytes)
        case .numbered(let numbers, let form): form.withText(of: numbers[row]) { bytes.append(contentsOf: $0) }
        case .bool(let words):
            let bit = (words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63)) & 1
            bytes.append(contentsOf: (bit != 0 ? "true" : "false").utf8)
        case .date(let days): appendDate(days[row], to: &bytes)
        case .time(let instants): appendTime(instants[row], to: &bytes)
        case .period(let unit, let indexes): appendPeriod(Period(unit: unit, index: indexes[row]), to: &bytes)
        case .other: appendText(of: vector.value(at: row), to: &bytes)
        }
    }

    @inline(__always)
    private func append(
        _ offsets: UnsafePointer<Int64>, _ texts: UnsafePointer<UInt8>, _ index: Int, to bytes: inout [UInt8]
    ) {
        let lower = Int(offsets[index])
        let length = Int(offsets[index + 1]) - lower
        bytes.append(atMost: length) { place in
            place.update(from: texts + lower, count: length)
            return length
        }
    }
}

extension Vector {
    /// Writes the value at a row as answers show it; nothing where it is missing. For single cells: whoever writes many makes a
    /// `CellWriter` first.
    public func appendText(of row: Int, to bytes: inout [UInt8]) {
        precondition(row >= 0 && row < count)
        guard isPresent(row) else { return }
        switch storage {
        case .text(let texts): bytes.append(contentsOf: texts.bytes(at: row))
        case .coded(let codes, let dictionary): bytes.append(contentsOf: dictionary.texts.bytes(at: codes[row]))
        case .numbered(let numbers, let form): form.withText(of: numbers[row]) { bytes.append(contentsOf: $0) }
        default: Columns.appendText(of: value(at: row), to: &bytes)
        }
    }
}

/// Writes a value in UTF-8 as answers show it; nothing for none.
public func appendText(of value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .none: break
    case .text(let text): bytes.append(contentsOf: text.utf8)
    case .number(let number): appendNumber(number, to: &bytes)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .date(let day): appendDate(day, to: &bytes)
    case .time(let microseconds): appendTime(microseconds, to: &bytes)
    case .duration(let duration): appendDuration(duration, to: &bytes)
    case .period(let period): appendPeriod(period, to: &bytes)
    case .record(_, let row): appendDecimal(units: Int64(row), scale: 0, to: &bytes)
    case .set(_, let rows): appendSeparated(rows.map { Value.number(Number(Int($0))) }, to: &bytes)
    case .list(let values): appendSeparated(values, to: &bytes)
    case .table(_, let rows): appendSeparated(rows.map { Value.list($0) }, separator: "; ", to: &bytes)
    }
}

private func appendSeparated(_ values: [Value], separator: String = ", ", to bytes: inout [UInt8]) {
    for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(contentsOf: separator.utf8) }
        appendText(of: value, to: &bytes)
    }
}
