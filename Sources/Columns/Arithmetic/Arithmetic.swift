import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

public enum Arithmetic: Sendable, CaseIterable {
    case add, subtract, multiply, divide, remainder
}

/// Computes row by row; a row in which a side is missing is missing.
///
/// - Numbers: exact while both sides are decimals and every result fits 64 bits, otherwise the whole vector is computed in doubles. A
///   quotient is always a double; what has no finite result (`x / 0`) is missing. A remainder has the sign of its dividend.
/// - `date ± duration` is a date, or a time where the duration has a part of a day; `time ± duration` is a time. Months are added
///   first and keep to the end of short months.
/// - `date - date`, `time - time` are durations. Two periods of a unit subtract to a number; a whole number moves a period.
/// - Durations add and subtract; they are multiplied and divided by numbers; their quotient is the number of their approximate lengths.
///
/// Sides that do not fit give missing values only. O(rows).
public func arithmetic(_ operation: Arithmetic, _ a: Operand, _ b: Operand, count: Int) -> Vector {
    checkCount(a, count)
    checkCount(b, count)
    if case .constant(let left) = a, case .constant(let right) = b, count != 1 {
        return .spread(arithmetic(operation, .constant(left), .constant(right), count: 1), count: count)
    }
    let valid = both(a.presence(count: count), b.presence(count: count))
    switch (a.kind, operation, b.kind) {
    case (.number, _, .number): return numericResult(operation, a, b, valid, count: count)
    case (.date, .add, .duration), (.date, .subtract, .duration), (.time, .add, .duration), (.time, .subtract, .duration):
        return shifted(a, b, isBackward: operation == .subtract, valid, count: count)
    case (.duration, .add, .date), (.duration, .add, .time): return shifted(b, a, isBackward: false, valid, count: count)
    case (.date, .subtract, .date), (.time, .subtract, .time), (.date, .subtract, .time), (.time, .subtract, .date):
        return elapsed(a, b, valid, count: count)
    case (.period, .subtract, .period): return periodDifference(a, b, valid, count: count)
    case (.period, .add, .number): return movedPeriod(a, by: b, isBackward: false, valid, count: count)
    case (.period, .subtract, .number): return movedPeriod(a, by: b, isBackward: true, valid, count: count)
    case (.number, .add, .period): return movedPeriod(b, by: a, isBackward: false, valid, count: count)
    case (.duration, .add, .duration), (.duration, .subtract, .duration):
        return durationSum(a, b, isBackward: operation == .subtract, valid, count: count)
    case (.duration, .multiply, .number): return scaled(a, by: b.doubles(), isQuotient: false, valid, count: count)
    case (.number, .multiply, .duration): return scaled(b, by: a.doubles(), isQuotient: false, valid, count: count)
    case (.duration, .divide, .number):
        return scaled(a, by: b.doubles(), isQuotient: true, valid, count: count)
    case (.duration, .divide, .duration):
        return finite(zipped(a.durationLengths(), b.durationLengths(), count: count) { $0 / $1 }, valid)
    default: return .missing(count: count)
    }
}

/// Doubles as a vector; what is not finite becomes missing, so that neither NaN nor infinity ever reaches a column.
func finite(_ values: Buffer<Double>, _ valid: Bitmap?) -> Vector {
    let isFinite = packedWhere(count: values.count) { values.base[$0].isFinite }
    return Vector(count: values.count, .double(values), validity: isFinite.isFull ? valid : both(valid, isFinite))
}

// MARK: Numbers

private func numericResult(_ operation: Arithmetic, _ a: Operand, _ b: Operand, _ valid: Bitmap?, count: Int) -> Vector {
    if let sum = smallSum(operation, a, b, valid, count: count) { return sum }
    if let left = a.decimals(), let right = b.decimals() {
        if operation == .divide {
            let (dividends, divisors) = alignedDoubles(left, right)
            return finite(zipped(dividends, divisors, count: count) { $0 / $1 }, valid)
        }
        if let exact = exactResult(operation, left, right, valid, count: count) { return exact }
        return finite(nearestDoubles(operation, left, right, count: count), valid)
    }
    let left = a.doubles()
    let right = b.doubles()
    switch operation {
    case .add: return finite(zipped(left, right, count: count) { $0 + $1 }, valid)
    case .subtract: return finite(zipped(left, right, count: count) { $0 - $1 }, valid)
    case .multiply: return finite(zipped(left, right, count: count) { $0 * $1 }, valid)
    case .divide: return finite(zipped(left, right, count: count) { $0 / $1 }, valid)
    case .remainder: return finite(zipped(left, right, count: count) { $0.truncatingRemainder(dividingBy: $1) }, valid)
    }
}

/// Sums and differences of two columns of one scale that are stored in 32 bits at most: 64 bits hold them all, so that no row needs to be
/// checked. None for anything else.
private func smallSum(_ operation: Arithmetic, _ a: Operand, _ b: Operand, _ valid: Bitmap?, count: Int) -> Vector? {
    guard case .vector(let left) = a, case .decimal(let first, let scale) = left.storage,
        case .vector(let right) = b, case .decimal(let second, scale) = right.storage,
        let x = first.atMost32Bits(), let y = second.atMost32Bits()
    else { return nil }
    let units: Buffer<Int64>
    switch operation {
    case .add: units = mapped(count: count) { Int64(x.base[$0]) &+ Int64(y.base[$0]) }
    case .subtract: units = mapped(count: count) { Int64(x.base[$0]) &- Int64(y.base[$0]) }
    default: return nil
    }
    return Vector(count: count, .decimal(.int64(units), scale: scale), validity: valid)
}

typealias Decimals = (units: Lanes<Int64>, scale: Int)

/// Two decimals as doubles of one scale: `0.3 / 0.1` is `3 / 1`, which is exact, while the quotient of the nearest doubles is not.
private func alignedDoubles(_ a: Decimals, _ b: Decimals) -> (Lanes<Double>, Lanes<Double>) {
    let powerA = doublePowersOfTen[max(b.scale - a.scale, 0)]
    let powerB = doublePowersOfTen[max(a.scale - b.scale, 0)]
    return (a.units.map { Double($0) * powerA }, b.units.map { Double($0) * powerB })
}

/// The double nearest to the exact result of each row. One row that is too large to be exact makes doubles of a whole batch; the others
/// must still equal what they would have been without it, since no value may depend on the rows beside it.
private func nearestDoubles(_ operation: Arithmetic, _ a: Decimals, _ b: Decimals, count: Int) -> Buffer<Double> {
    let isProduct = operation == .multiply
    let scale = isProduct ? a.scale + b.scale : max(a.scale, b.scale)
    let powerA = isProduct ? 1 : Int128(Number.powersOfTen[scale - a.scale])
    let powerB = isProduct ? 1 : Int128(Number.powersOfTen[scale - b.scale])
    return zipped(a.units, b.units, count: count) { left, right in
        let (x, y) = (Int128(left) * powerA, Int128(right) * powerB)
        switch operation {
        case .add: return nearestDouble(x + y, scale: scale)
        case .subtract: return nearestDouble(x - y, scale: scale)
        case .multiply: return nearestDouble(x * y, scale: scale)
        case .divide: return Double(x) / Double(y)
        case .remainder: return y == 0 ? .nan : nearestDouble(x % y, scale: scale)
        }
    }
}

/// `units / 10^scale` as a double. Zeros at the end are left off, so that both sides of the quotient are exact wherever they can be.
private func nearestDouble(_ units: Int128, scale: Int) -> Double {
    var units = units
    var scale = scale
    while scale > 0, units % 10 == 0 {
        units /= 10
        scale -= 1
    }
    return Double(units) / (scale < doublePowersOfTen.count ? doublePowersOfTen[scale] : pow(10, Double(scale)))
}

/// The exact result, or none where a row that is there does not fit 64 bits at any scale.
private func exactResult(_ operation: Arithmetic, _ a: Decimals, _ b: Decimals, _ valid: Bitmap?, count: Int) -> Vector? {
    if let result = attempt(operation, a, b, valid, count: count) { return result }
    // Zeros that every row ends in may be in the way, and so may what stands in missing rows.
    let shorterA = tightened(cleared(a, valid))
    let shorterB = tightened(cleared(b, valid))
    return attempt(operation, shorterA, shorterB, valid, count: count)
}

private func attempt(_ operation: Arithmetic, _ a: Decimals, _ b: Decimals, _ valid: Bitmap?, count: Int) -> Vector? {
    if operation == .multiply {
        guard a.scale + b.scale <= Number.maximumScale else { return nil }
        return checked(a.units, b.units, count, a.scale + b.scale, valid) { $0.multipliedReportingOverflow(by: $1) }
    }
    let scale = max(a.scale, b.scale)
    guard let left = rescaled(a, to: scale), let right = rescaled(b, to: scale) else { return nil }
    switch operation {
    case .add: return checked(left, right, count, scale, valid) { $0.addingReportingOverflow($1) }
    case .subtract: return checked(left, right, count, scale, valid) { $0.subtractingReportingOverflow($1) }
    case .remainder:
        let rest = zipped(left, right, count: count) { $1 == 0 || $1 == -1 ? 0 : $0 % $1 }
        let hasDivisor = comparedLanes(.notEqual, right, .constant(0), count: count)
        let validity = hasDivisor.isFull ? valid : both(valid, hasDivisor)
        return Vector(count: count, .decimal(.int64(rest), scale: scale), validity: validity)
    case .multiply, .divide: return nil
    }
}

/// The loop of an operation that may overflow: overflows are gathered, not branched on.
@inline(__always)
private func checked(
    _ a: Lanes<Int64>, _ b: Lanes<Int64>, _ count: Int, _ scale: Int, _ valid: Bitmap?,
    _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
) -> Vector? {
    var overflowed = false
    let units = zipped(a, b, count: count) { left, right in
        let result = operation(left, right)
        overflowed = overflowed || result.overflow
        return result.partialValue
    }
    if overflowed { return nil }
    return Vector(count: count, .decimal(.int64(units), scale: scale), validity: valid)
}

/// Exact numbers at a larger scale, or none where one does not fit.
func rescaled(_ decimals: Decimals, to scale: Int) -> Lanes<Int64>? {
    if scale == decimals.scale { return decimals.units }
    let power = Number.powersOfTen[scale - decimals.scale]
    var overflowed = false
    let units = decimals.units.map { unit in
        let (product, overflow) = unit.multipliedReportingOverflow(by: power)
        overflowed = overflowed || overflow
        return product
    }
    return overflowed ? nil : units
}

/// Zeros where a row is missing.
private func cleared(_ decimals: Decimals, _ valid: Bitmap?) -> Decimals {
    guard let valid, case .column(let units) = decimals.units else { return decimals }
    return (.column(mapped(count: units.count) { valid[$0] ? units.base[$0] : 0 }), decimals.scale)
}

/// The same numbers at the smallest scale that holds them all.
private func tightened(_ decimals: Decimals) -> Decimals {
    guard decimals.scale > 0 else { return decimals }
    switch decimals.units {
    case .constant(let units):
        let short = shortened(units, decimals.scale)
        return (.constant(short.units), short.scale)
    case .column(let units):
        var scale = 0
        for unit in units.pointer where scale < decimals.scale { scale = max(scale, shortened(unit, decimals.scale).scale) }
        let power = Number.powersOfTen[decimals.scale - scale]
        return (.column(mapped(count: units.count) { units.base[$0] / power }), scale)
    }
}
