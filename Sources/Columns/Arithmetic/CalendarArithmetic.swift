import Types

/// A twelfth of 365.2425 days.
let averageMicrosecondsPerMonth = 30.436875 * Double(Calendar.microsecondsPerDay)

/// A date or a time moved by a duration. Months go first, and a day that the month lacks becomes its last; then microseconds.
///
/// A date stays a date while every duration is whole days, otherwise the whole vector becomes times. What leaves the calendar is missing.
func shifted(_ moment: Operand, _ duration: Operand, isBackward: Bool, _ valid: Bitmap?, count: Int) -> Vector {
    let (months, microseconds) = duration.durations()
    let sign: Int64 = isBackward ? -1 : 1
    if moment.kind == .date, isWholeDays(microseconds, valid, count: count) {
        let days = moment.days()
        let result = mapped(count: count) { row -> Int64 in
            guard let day = shiftedDay(days.at(row), months: Int64(months.at(row)) * sign) else { return .max }
            return Int64(day) + microseconds.at(row) / Calendar.microsecondsPerDay * sign
        }
        let isInside = packedWhere(count: count) { Int32(exactly: result.base[$0]) != nil }
        return Vector(count: count, .date(converted(result)), validity: isInside.isFull ? valid : both(valid, isInside))
    }
    let instants = moment.instants()
    let result = mapped(count: count) { row -> Int64 in
        let instant = instants.at(row)
        let day = Calendar.day(ofInstant: instant)
        guard let moved = shiftedDay(day, months: Int64(months.at(row)) * sign) else { return outside }
        let (start, startOverflow) = (instant &- Int64(day) &* Calendar.microsecondsPerDay).addingReportingOverflow(
            Int64(moved) &* Calendar.microsecondsPerDay)
        let (step, stepOverflow) = microseconds.at(row).multipliedReportingOverflow(by: sign)
        let (total, totalOverflow) = start.addingReportingOverflow(step)
        let isInside = Int64(moved).magnitude < 106_000_000 && !startOverflow && !stepOverflow && !totalOverflow
        return isInside ? total : outside
    }
    let isInside = comparedLanes(.notEqual, .column(result), .constant(outside), count: count)
    return Vector(count: count, .time(result), validity: isInside.isFull ? valid : both(valid, isInside))
}

/// Stands for an instant that 64 bits cannot hold.
private let outside = Int64.min

/// A day some months later, or none outside the calendar: day numbers wrap around, so a move in the wrong direction tells.
@inline(__always)
private func shiftedDay(_ day: Int32, months: Int64) -> Int32? {
    if months == 0 { return day }
    guard months.magnitude < 100_000_000 else { return nil }
    let moved = Calendar.add(months: Int(months), to: day)
    return (moved > day) == (months > 0) ? moved : nil
}

private func isWholeDays(_ microseconds: Lanes<Int64>, _ valid: Bitmap?, count: Int) -> Bool {
    switch microseconds {
    case .constant(let value): return value % Calendar.microsecondsPerDay == 0
    case .column(let values):
        let isWhole = packedWhere(count: count) { values.base[$0] % Calendar.microsecondsPerDay == 0 }
        return (valid?.andNot(isWhole) ?? isWhole.not()).isEmpty
    }
}

/// The time between two moments as a duration of microseconds.
func elapsed(_ later: Operand, _ earlier: Operand, _ valid: Bitmap?, count: Int) -> Vector {
    var fits = true
    let microseconds: Buffer<Int64>
    if later.kind == .date, earlier.kind == .date {
        microseconds = zipped(later.days(), earlier.days(), count: count) { a, b in
            let (product, overflow) = (Int64(a) - Int64(b)).multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
            fits = fits && !overflow
            return overflow ? Int64.min : product
        }
    } else {
        microseconds = zipped(later.instants(), earlier.instants(), count: count) { a, b in
            let (difference, overflow) = a.subtractingReportingOverflow(b)
            fits = fits && !overflow
            return overflow ? Int64.min : difference
        }
    }
    let months = Buffer<Int32>(repeating: 0, count: count)
    let validity = fits ? valid : both(valid, comparedLanes(.notEqual, .column(microseconds), .constant(Int64.min), count: count))
    return Vector(count: count, .duration(months: months, microseconds: microseconds), validity: validity)
}

func periodDifference(_ a: Operand, _ b: Operand, _ valid: Bitmap?, count: Int) -> Vector {
    guard let left = a.periods(), let right = b.periods(), left.unit == right.unit else { return .missing(count: count) }
    // The sign bit of what is set where a difference does not fit into 32 bits, which that of two periods of any use does.
    var overflows: Int32 = 0
    let small = zipped(left.indexes, right.indexes, count: count) { x, y in
        let difference = x &- y
        overflows |= (x ^ y) & (x ^ difference)
        return difference
    }
    if overflows >= 0 { return Vector(count: count, .decimal(.int32(small), scale: 0), validity: valid) }
    let units = zipped(left.indexes, right.indexes, count: count) { Int64($0) - Int64($1) }
    return Vector(count: count, .decimal(.int64(units), scale: 0), validity: valid)
}

/// A period some periods later or earlier; missing where the number is not whole.
func movedPeriod(_ period: Operand, by number: Operand, isBackward: Bool, _ valid: Bitmap?, count: Int) -> Vector {
    guard let (unit, indexes) = period.periods() else { return .missing(count: count) }
    let sign: Double = isBackward ? -1 : 1
    let targets = zipped(indexes, number.doubles(), count: count) { index, steps in
        let target = Double(index) + sign * steps
        return target == target.rounded() && target.magnitude < 2e9 ? target : Double.nan
    }
    let isWhole = packedWhere(count: count) { targets.base[$0] == targets.base[$0] }
    let moved: Buffer<Int32> = mapped(count: count) { targets.base[$0].isNaN ? 0 : Int32(targets.base[$0]) }
    return Vector(count: count, .period(unit, moved), validity: isWhole.isFull ? valid : both(valid, isWhole))
}

func durationSum(_ a: Operand, _ b: Operand, isBackward: Bool, _ valid: Bitmap?, count: Int) -> Vector {
    let left = a.durations()
    let right = b.durations()
    var fits = true
    let months = zipped(left.months, right.months, count: count) { x, y in
        let (sum, overflow) = isBackward ? x.subtractingReportingOverflow(y) : x.addingReportingOverflow(y)
        fits = fits && !overflow
        return overflow ? Int32.min : sum
    }
    let microseconds = zipped(left.microseconds, right.microseconds, count: count) { x, y in
        let (sum, overflow) = isBackward ? x.subtractingReportingOverflow(y) : x.addingReportingOverflow(y)
        fits = fits && !overflow
        return overflow ? Int64.min : sum
    }
    var validity = valid
    if !fits {
        validity = both(validity, comparedLanes(.notEqual, .column(months), .constant(Int32.min), count: count))
        validity = both(validity, comparedLanes(.notEqual, .column(microseconds), .constant(Int64.min), count: count))
    }
    return Vector(count: count, .duration(months: months, microseconds: microseconds), validity: validity)
}

/// A duration times or divided by a number. What is left of a month counts as days of an average month.
@inline(__always)
func scaledDuration(_ duration: Duration, by factor: Double, isQuotient: Bool) -> Duration? {
    let months = isQuotient ? Double(duration.months) / factor : Double(duration.months) * factor
    let exact = isQuotient ? Double(duration.microseconds) / factor : Double(duration.microseconds) * factor
    let whole = months.rounded(.towardZero)
    let rest = (months - whole) * averageMicrosecondsPerMonth
    let microseconds = (exact + rest).rounded()
    guard whole.magnitude < 2e9, microseconds.magnitude < 9e18 else { return nil }
    return Duration(months: Int32(whole), microseconds: Int64(microseconds))
}

func scaled(_ duration: Operand, by factors: Lanes<Double>, isQuotient: Bool, _ valid: Bitmap?, count: Int) -> Vector {
    let (months, microseconds) = duration.durations()
    return durations(count: count, valid) { row in
        let duration = Duration(months: months.at(row), microseconds: microseconds.at(row))
        return scaledDuration(duration, by: factors.at(row), isQuotient: isQuotient)
    }
}

/// A vector of durations from a function that gives none where there is no result.
@inline(__always)
func durations(count: Int, _ valid: Bitmap?, _ duration: (Int) -> Duration?) -> Vector {
    var months: [Int32] = []
    var microseconds: [Int64] = []
    months.reserveCapacity(count)
    microseconds.reserveCapacity(count)
    var inside = BitmapBuilder()
    for row in 0..<count {
        let value = duration(row)
        inside.append(value != nil)
        months.append(value?.months ?? 0)
        microseconds.append(value?.microseconds ?? 0)
    }
    let isInside = inside.finish()
    return Vector(
        count: count, .duration(months: Buffer(months), microseconds: Buffer(microseconds)),
        validity: isInside.isFull ? valid : both(valid, isInside))
}
