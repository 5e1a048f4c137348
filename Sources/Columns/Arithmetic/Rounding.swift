import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Rounds to so many digits behind the point (before it, where negative), halves away from zero.
///
/// Decimals are rounded exactly. Doubles are rounded as they are written: 2.675, which is a little less in binary, gives 2.68 at two
/// digits. The result is exact where 64 bits hold it.
public func round(_ value: Operand, _ digits: Operand, count: Int) -> Vector {
    checkCount(value, count)
    if case .constant(let constant) = digits {
        guard case .number(let number) = constant, number.doubleValue.isFinite else { return .missing(count: count) }
        let places = Int(max(-400, min(400, number.doubleValue.rounded(.towardZero))))
        return unary(value, count: count) { rounded($0, places) }
    }
    // Each row by itself: nobody rounds every row to digits of its own in earnest.
    let values = value.vector(count: count)
    let places = digits.vector(count: count)
    var builder = VectorBuilder(type: .number)
    for row in 0..<count {
        let single = round(.vector(values.range(row, row + 1)), .constant(places.value(at: row)), count: 1)
        builder.append(single.value(at: 0))
    }
    return builder.finish()
}

private func rounded(_ vector: Vector, _ places: Int) -> Vector {
    switch vector.storage {
    case .decimal(let integers, let scale):
        if places >= scale { return vector }
        let dropped = scale - places
        guard dropped <= Number.maximumScale else {
            return Vector(
                count: vector.count, .decimal(.int8(Buffer(repeating: 0, count: vector.count)), scale: 0),
                validity: vector.validity)
        }
        let power = Number.powersOfTen[dropped]
        let units = integers.widened()
        let quotients = mapped(count: units.count) { halfAwayFromZero(units.base[$0], power) }
        return raised(quotients, scale: places, vector)
    case .double(let values):
        return roundedDoubles(vector, values, places)
    default: return .missing(count: vector.count)
    }
}

@inline(__always)
private func halfAwayFromZero(_ units: Int64, _ power: Int64) -> Int64 {
    let quotient = units / power
    let rest = units % power
    // Twice the rest may not fit where the power is 10^18.
    let up: Int64 = rest.magnitude >= power.magnitude - rest.magnitude ? 1 : 0
    return units < 0 ? quotient - up : quotient + up
}

/// Units at a scale that may lie below 0, for which they are brought to scale 0.
private func raised(_ units: Buffer<Int64>, scale: Int, _ original: Vector) -> Vector {
    let count = units.count
    if scale >= 0 { return Vector(count: count, .decimal(.int64(units), scale: scale), validity: original.validity) }
    let power = Number.powersOfTen[-scale]
    var overflowed = false
    let products = mapped(count: count) { row in
        let (product, overflow) = units.base[row].multipliedReportingOverflow(by: power)
        overflowed = overflowed || overflow
        return product
    }
    if !overflowed { return Vector(count: count, .decimal(.int64(products), scale: 0), validity: original.validity) }
    return finite(mapped(count: count) { Double(units.base[$0]) * Double(power) }, original.validity)
}

private func roundedDoubles(_ vector: Vector, _ values: Buffer<Double>, _ places: Int) -> Vector {
    let count = values.count
    if places > 15 { return vector }
    if places < -18 {
        return Vector(count: count, .decimal(.int8(Buffer(repeating: 0, count: count)), scale: 0), validity: vector.validity)
    }
    var isExact = true
    let power = doublePowersOfTen[abs(places)]
    let results = mapped(count: count) { row in
        let value = values.base[row]
        let scaled = places >= 0 ? value * power : value / power
        let result = roundedAsWritten(scaled)
        isExact = isExact && result.magnitude < 9e15
        return result
    }
    if isExact { return raised(mapped(count: count) { Int64(results.base[$0]) }, scale: places, vector) }
    return finite(
        mapped(count: count) { row in
            // A double this large has no digits behind the point that could be rounded.
            if results.base[row].magnitude >= 9e15 && places >= 0 { return values.base[row] }
            return places >= 0 ? results.base[row] / power : results.base[row] * power
        }, vector.validity)
}

/// The nearest whole number, where a value that differs from a half only beyond its 15th digit counts as the half.
@inline(__always)
private func roundedAsWritten(_ value: Double) -> Double {
    let magnitude = value.magnitude
    let whole = magnitude.rounded(.down)
    let isHalf = (magnitude - whole - 0.5).magnitude <= magnitude * 4e-16
    let result = isHalf ? whole + 1 : magnitude.rounded()
    return value < 0 ? -result : result
}

/// The largest whole number that is not above.
public func floor(_ value: Operand, count: Int) -> Vector { whole(value, count: count, .down) }

/// The smallest whole number that is not below.
public func ceil(_ value: Operand, count: Int) -> Vector { whole(value, count: count, .up) }

private func whole(_ value: Operand, count: Int, _ rule: FloatingPointRoundingRule) -> Vector {
    unary(value, count: count) { vector in
        switch vector.storage {
        case .decimal(let integers, let scale):
            if scale == 0 { return vector }
            let power = Number.powersOfTen[scale]
            let units = integers.widened()
            let quotients: Buffer<Int64> = mapped(count: vector.count) { row in
                let below = Calendar.floorDivide(units.base[row], power)
                return rule == .up && units.base[row] % power != 0 ? below + 1 : below
            }
            return Vector(count: vector.count, .decimal(.int64(quotients), scale: 0), validity: vector.validity)
        case .double(let values):
            let results = mapped(count: vector.count) { values.base[$0].rounded(rule) }
            guard results.pointer.allSatisfy({ $0.magnitude < 9e15 }) else { return finite(results, vector.validity) }
            let units = mapped(count: vector.count) { Int64(results.base[$0]) }
            return Vector(count: vector.count, .decimal(.int64(units), scale: 0), validity: vector.validity)
        default: return .missing(count: vector.count)
        }
    }
}
