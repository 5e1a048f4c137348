import Types

extension Vector {
    /// The value at a row. For looking at single cells; kernels never call it.
    public func value(at row: Int) -> Value {
        precondition(row >= 0 && row < count)
        guard isPresent(row) else { return .none }
        switch storage {
        case .none: return .none
        case .bool(let bits): return .bool(bits[row])
        case .decimal(let integers, let scale): return .number(.decimal(units: integers[row], scale: scale))
        case .double(let values): return .number(.double(values[row]))
        case .coded(let codes, let dictionary): return .text(dictionary.texts[codes[row]])
        case .text(let texts): return .text(texts[row])
        case .numbered(let numbers, let form): return .text(form.text(of: numbers[row]))
        case .date(let days): return .date(days[row])
        case .time(let instants): return .time(instants[row])
        case .duration(let months, let microseconds):
            return .duration(Duration(months: months[row], microseconds: microseconds[row]))
        case .period(let unit, let indexes): return .period(Period(unit: unit, index: indexes[row]))
        case .record(let entity, let rows): return .record(entity, row: rows[row])
        case .set(let entity, let segments, let rows): return .set(entity, rows: segments.range(row).map { rows[$0] })
        case .list(let segments, let values): return .list(segments.range(row).map { values.value(at: $0) })
        case .table(let segments, let columns):
            let types = columns.map { ValueType.TableColumn(name: $0.name, type: $0.values.type) }
            return .table(types, rows: segments.range(row).map { element in columns.map { $0.values.value(at: element) } })
        }
    }

    /// The type that the storage shows by itself; `none` where every value is missing.
    public var type: ValueType {
        switch storage {
        case .none: .none
        case .bool: .bool
        case .decimal, .double: .number
        case .coded, .text, .numbered: .text
        case .date: .date
        case .time: .time
        case .duration: .duration
        case .period(let unit, _): .period(unit)
        case .record(let entity, _): .record(entity)
        case .set(let entity, _, _): .set(entity)
        case .list(_, let values): .list(values.type)
        case .table(_, let columns): .table(columns.map { ValueType.TableColumn(name: $0.name, type: $0.values.type) })
        }
    }

    /// One value for every row.
    public static func constant(_ value: Value, count: Int) -> Vector {
        switch value {
        case .none: return .missing(count: count)
        case .bool(let flag): return Vector(count: count, .bool(Bitmap(repeating: flag, count: count)))
        case .number(.decimal(let units, let scale)):
            return Vector(count: count, .decimal(.int64(Buffer(repeating: units, count: count)), scale: scale))
        case .number(.double(let number)):
            return Vector(
                count: count, .double(Buffer(repeating: number, count: count)),
                validity: number.isFinite ? nil : Bitmap(repeating: false, count: count))
        case .text(let text):
            var builder = TextStorageBuilder()
            builder.append(text)
            let dictionary = TextDictionary(texts: builder.finish(), isSorted: true)
            return Vector(count: count, .coded(.uint8(Buffer(repeating: 0, count: count)), dictionary))
        case .date(let day): return Vector(count: count, .date(Buffer(repeating: day, count: count)))
        case .time(let instant): return Vector(count: count, .time(Buffer(repeating: instant, count: count)))
        case .duration(let duration):
            return Vector(
                count: count,
                .duration(
                    months: Buffer(repeating: duration.months, count: count),
                    microseconds: Buffer(repeating: duration.microseconds, count: count)))
        case .period(let period): return Vector(count: count, .period(period.unit, Buffer(repeating: period.index, count: count)))
        case .record(let entity, let row): return Vector(count: count, .record(entity, Buffer(repeating: row, count: count)))
        case .set, .list, .table:
            var builder = VectorBuilder(type: value.type)
            builder.append(value)
            return builder.finish().gathered(Buffer(repeating: 0, count: count))
        }
    }
}

extension Value {
    /// The type that a value shows by itself.
    public var type: ValueType {
        switch self {
        case .none: .none
        case .text: .text
        case .number: .number
        case .bool: .bool
        case .date: .date
        case .time: .time
        case .duration: .duration
        case .period(let period): .period(period.unit)
        case .record(let entity, _): .record(entity)
        case .set(let entity, _): .set(entity)
        case .list(let values): .list(values.first { $0 != .none }?.type ?? .none)
        case .table(let columns, _): .table(columns)
        }
    }
}

/// What a kernel takes for each side: a column, or one value that stands for every row and is never spread out without need.
public enum Operand: Sendable {
    case vector(Vector)
    case constant(Value)

    /// The column itself, or the constant in every row.
    public func vector(count: Int) -> Vector {
        switch self {
        case .vector(let vector):
            precondition(vector.count == count)
            return vector
        case .constant(let value): return .constant(value, count: count)
        }
    }

    /// The constant as a column of one row, for kernels that work on the distinct values only.
    var isConstant: Bool {
        if case .constant = self { true } else { false }
    }
}
