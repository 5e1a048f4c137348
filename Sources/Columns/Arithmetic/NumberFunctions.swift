import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The number or duration with the other sign.
public func negate(_ value: Operand, count: Int) -> Vector {
    switch value.kind {
    case .duration: arithmetic(.subtract, .constant(.duration(Duration())), value, count: count)
    default: arithmetic(.subtract, .constant(.number(Number(0))), value, count: count)
    }
}

/// The number or duration without its sign.
public func abs(_ value: Operand, count: Int) -> Vector {
    let zero: Value = value.kind == .duration ? .duration(Duration()) : .number(Number(0))
    let isNegative = compare(.less, value, .constant(zero), count: count)
    if isNegative.isEmpty { return value.vector(count: count) }
    return choose(
        isNegative, then: .vector(negate(value, count: count)), else: value, count: count,
        type: value.kind == .duration ? .duration : .number)
}

/// -1, 0 or 1.
public func sign(_ value: Operand, count: Int) -> Vector {
    let isPositive = compare(.greater, value, .constant(.number(Number(0))), count: count)
    let isNegative = compare(.less, value, .constant(.number(Number(0))), count: count)
    let signs: Buffer<Int8> = mapped(count: count) { isPositive[$0] ? 1 : (isNegative[$0] ? -1 : 0) }
    return Vector(count: count, .decimal(.int8(signs), scale: 0), validity: value.presence(count: count))
}

/// The square root; missing below 0.
public func sqrt(_ value: Operand, count: Int) -> Vector { real(value, count: count) { $0.squareRoot() } }

/// The natural logarithm; missing for numbers that are not above 0.
public func ln(_ value: Operand, count: Int) -> Vector { real(value, count: count) { log($0) } }

/// The logarithm to base 10; missing for numbers that are not above 0.
public func log10(_ value: Operand, count: Int) -> Vector { real(value, count: count) { log10($0) } }

/// e to the power of a number.
public func exp(_ value: Operand, count: Int) -> Vector { real(value, count: count) { exp($0) } }

/// The first number to the power of the second; missing where that is no finite number.
public func power(_ base: Operand, _ exponent: Operand, count: Int) -> Vector {
    checkCount(base, count)
    checkCount(exponent, count)
    guard base.kind == .number, exponent.kind == .number else { return .missing(count: count) }
    let valid = both(base.presence(count: count), exponent.presence(count: count))
    return finite(zipped(base.doubles(), exponent.doubles(), count: count) { pow($0, $1) }, valid)
}

@inline(__always)
private func real(_ value: Operand, count: Int, _ function: (Double) -> Double) -> Vector {
    unary(value, count: count) { vector in
        guard Operand.vector(vector).kind == .number else { return .missing(count: vector.count) }
        guard case .column(let values) = Operand.vector(vector).doubles() else { return .missing(count: vector.count) }
        return finite(mapped(count: vector.count) { function(values.base[$0]) }, vector.validity)
    }
}

/// The lower edge of the bucket of a width into which a number falls; missing where the width is not above 0.
public func bucket(_ value: Operand, _ width: Operand, count: Int) -> Vector {
    checkCount(value, count)
    checkCount(width, count)
    let isSound = compare(.greater, width, .constant(.number(Number(0))), count: count)
    let valid = both(value.presence(count: count), isSound.isFull ? nil : isSound)
    if let numbers = value.decimals(), let widths = width.decimals() {
        let scale = max(numbers.scale, widths.scale)
        if let left = rescaled(numbers, to: scale), let right = rescaled(widths, to: scale) {
            let edges = zipped(left, right, count: count) { $1 > 0 ? Calendar.floorDivide($0, $1) &* $1 : 0 }
            return Vector(count: count, .decimal(.int64(edges), scale: scale), validity: valid)
        }
    }
    guard value.kind == .number, width.kind == .number else { return .missing(count: count) }
    return finite(zipped(value.doubles(), width.doubles(), count: count) { ($0 / $1).rounded(.down) * $1 }, valid)
}

/// The greater of two values; the other where one is missing.
public func greatest(_ a: Operand, _ b: Operand, count: Int, type: ValueType) -> Vector {
    preferred(.greaterOrEqual, a, b, count: count, type: type)
}

/// The smaller of two values; the other where one is missing.
public func least(_ a: Operand, _ b: Operand, count: Int, type: ValueType) -> Vector {
    preferred(.lessOrEqual, a, b, count: count, type: type)
}

private func preferred(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int, type: ValueType) -> Vector {
    let isBetter = compare(comparison, a, b, count: count)
    let takesFirst = b.presence(count: count).map { isBetter.or($0.not()) } ?? isBetter
    return choose(takesFirst, then: a, else: b, count: count, type: type)
}

/// The first value, but none where it equals the second.
public func noneIf(_ a: Operand, _ b: Operand, count: Int, type: ValueType) -> Vector {
    choose(compare(.equal, a, b, count: count), then: .constant(.none), else: a, count: count, type: type)
}
