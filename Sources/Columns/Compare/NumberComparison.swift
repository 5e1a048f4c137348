import Types

/// Numbers: exactly where both sides are decimals, otherwise as doubles.
func comparedNumbers(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    if case .vector(let vector) = a, case .decimal(let integers, let scale) = vector.storage {
        if case .constant(.number(.decimal(let units, let constantScale))) = b {
            return comparedWithConstant(comparison, integers, scale, units, constantScale)
        }
        if case .vector(let other) = b, case .decimal(let others, let otherScale) = other.storage {
            return comparedDecimals(comparison, integers, scale, others, otherScale)
        }
    }
    return comparedLanes(comparison, a.doubles(), b.doubles(), count: count)
}

/// A column of decimals with one: the constant is brought to the column's scale once, so that the loop compares integers at the width at
/// which they are stored.
private func comparedWithConstant(
    _ comparison: Comparison, _ integers: Integers, _ scale: Int, _ units: Int64, _ constantScale: Int
) -> Bitmap {
    var comparison = comparison
    var threshold = Int128(units)
    if constantScale <= scale {
        threshold *= Int128(Number.powersOfTen[scale - constantScale])
    } else {
        // Where the constant lies between two values of the column's scale, it is replaced by the one below: x < 1.5 is x <= 1.
        let power = Int128(Number.powersOfTen[constantScale - scale])
        let isBetween = threshold % power != 0
        threshold = Calendar.floorDivide(threshold, power)
        if isBetween {
            switch comparison {
            case .equal: return Bitmap(repeating: false, count: integers.count)
            case .notEqual: return Bitmap(repeating: true, count: integers.count)
            case .less, .lessOrEqual: comparison = .lessOrEqual
            case .greater, .greaterOrEqual: comparison = .greater
            }
        }
    }
    return switch integers {
    case .int8(let values): comparedAtWidth(comparison, values, threshold)
    case .int16(let values): comparedAtWidth(comparison, values, threshold)
    case .int32(let values): comparedAtWidth(comparison, values, threshold)
    case .int64(let values): comparedAtWidth(comparison, values, threshold)
    }
}

@inline(__always)
private func comparedAtWidth<Integer: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ comparison: Comparison, _ values: Buffer<Integer>, _ threshold: Int128
) -> Bitmap {
    if let value = Integer(exactly: threshold) {
        return comparedLanes(comparison, .column(values), .constant(value), count: values.count)
    }
    // Every value of this width lies on one side of the constant.
    return Bitmap(repeating: comparison.holds(threshold > 0 ? -1 : 1), count: values.count)
}

private func comparedDecimals(
    _ comparison: Comparison, _ a: Integers, _ scaleA: Int, _ b: Integers, _ scaleB: Int
) -> Bitmap {
    let left = a.widened()
    let right = b.widened()
    if scaleA == scaleB { return comparedLanes(comparison, .column(left), .column(right), count: left.count) }
    let scale = max(scaleA, scaleB)
    let powerA = Number.powersOfTen[scale - scaleA]
    let powerB = Number.powersOfTen[scale - scaleB]
    // A product of two 64-bit integers always fits 128 bits.
    return packedWhere(count: left.count) { row in
        let wideA = Int128(left.base[row]) * Int128(powerA)
        let wideB = Int128(right.base[row]) * Int128(powerB)
        return comparison.holds(wideA < wideB ? -1 : (wideA > wideB ? 1 : 0))
    }
}
