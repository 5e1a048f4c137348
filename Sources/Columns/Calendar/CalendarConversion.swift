import Types

/// The day on which an instant falls in UTC, the first day of a period, or the day that a text writes; missing where it writes none.
public func dateOf(_ value: Operand, count: Int) -> Vector {
    unary(value, count: count) { vector in
        let operand = Operand.vector(vector)
        switch operand.kind {
        case .date: return vector
        case .time:
            guard case .column(let days) = operand.days() else { return .missing(count: vector.count) }
            return Vector(count: vector.count, .date(days), validity: vector.validity)
        case .period: return firstDay(operand, count: vector.count)
        case .text:
            let (days, valid) = mapTextValue(vector, missing: Int32(0)) { parseAnyDate($0) }
            return Vector(count: vector.count, .date(days), validity: valid)
        default: return .missing(count: vector.count)
        }
    }
}

/// The first instant of a day or a period, or the instant that a text writes; missing where it writes none.
public func timeOf(_ value: Operand, count: Int) -> Vector {
    unary(value, count: count) { vector in
        let operand = Operand.vector(vector)
        switch operand.kind {
        case .time: return vector
        case .date:
            guard case .column(let instants) = operand.instants() else { return .missing(count: vector.count) }
            return Vector(count: vector.count, .time(instants), validity: vector.validity)
        case .period: return timeOf(.vector(firstDay(operand, count: vector.count)), count: vector.count)
        case .text:
            let (instants, valid) = mapTextValue(vector, missing: Int64(0)) { parseAnyTime($0) }
            return Vector(count: vector.count, .time(instants), validity: valid)
        default: return .missing(count: vector.count)
        }
    }
}

/// A date from its year, month and day; missing where there is no such day.
public func makeDate(year: Operand, month: Operand, day: Operand, count: Int) -> Vector {
    let years = IntegerReader(year, count: count)
    let months = IntegerReader(month, count: count)
    let days = IntegerReader(day, count: count)
    var present = BitmapBuilder()
    let dates: Buffer<Int32> = mapped(count: count) { row in
        guard let year = years.at(row), let month = months.at(row), let day = days.at(row),
            (-1_000_000...1_000_000).contains(year),
            (1...12).contains(month), day >= 1, day <= Calendar.daysInMonth(year: year, month: month)
        else {
            present.append(false)
            return 0
        }
        present.append(true)
        return Calendar.day(year: year, month: month, day: day)
    }
    return Vector(count: count, .date(dates), validity: present.finish())
}

/// How many whole months lie between two days; below 0 where the second is the earlier.
public func monthsBetween(_ earlier: Operand, _ later: Operand, count: Int) -> Vector {
    wholeMonths(earlier, later, count: count, length: 1)
}

/// How many whole years lie between two days; below 0 where the second is the earlier.
public func yearsBetween(_ earlier: Operand, _ later: Operand, count: Int) -> Vector {
    wholeMonths(earlier, later, count: count, length: 12)
}

private func wholeMonths(_ earlier: Operand, _ later: Operand, count: Int, length: Int) -> Vector {
    checkCount(earlier, count)
    checkCount(later, count)
    let kinds: [OperandKind] = [.date, .time]
    guard kinds.contains(earlier.kind), kinds.contains(later.kind) else { return .missing(count: count) }
    let valid = both(earlier.presence(count: count), later.presence(count: count))
    let numbers = zipped(earlier.days(), later.days(), count: count) { a, b in
        Int64(b >= a ? wholeMonths(from: a, to: b) / length : -(wholeMonths(from: b, to: a) / length))
    }
    return Vector(count: count, .decimal(.int64(numbers), scale: 0), validity: valid)
}

/// The most months that can be added to the first day without passing the second; the first is not after it. Since a day that a month
/// lacks becomes its last day, 31 January to 28 February is a whole month.
private func wholeMonths(from first: Int32, to last: Int32) -> Int {
    let a = Calendar.civil(first)
    let b = Calendar.civil(last)
    let months = (b.year - a.year) * 12 + b.month - a.month
    let day = min(a.day, Calendar.daysInMonth(year: b.year, month: b.month))
    return b.day < day ? months - 1 : months
}

/// Reads whole numbers: parameters such as sizes and positions, which are nearly always constants.
struct IntegerReader {
    private let value: Operand
    private let constant: Int?
    let isConstant: Bool

    init(_ operand: Operand, count: Int) {
        checkCount(operand, count)
        value = operand
        if case .constant(let value) = operand {
            isConstant = true
            constant = Self.integer(value)
        } else {
            isConstant = false
            constant = nil
        }
    }

    /// The number, cut to a whole one; none where it is missing or beyond 2^53.
    func at(_ row: Int) -> Int? {
        guard !isConstant, case .vector(let vector) = value else { return constant }
        return Self.integer(vector.value(at: row))
    }

    private static func integer(_ value: Value) -> Int? {
        guard case .number(let number) = value, number.doubleValue.magnitude < 9e15 else { return nil }
        return Int(number.doubleValue)
    }
}
