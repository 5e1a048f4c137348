import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Powers of ten as doubles; all of them are exact, up to 10^22.
let doublePowersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
]

/// Writes a number as an answer shows it: exact decimals in full, without trailing zeros behind the point; doubles with at most 15
/// significant digits, the most that every double keeps, so that `0.1 + 0.2` is written `0.3`.
///
/// Trailing zeros go although `1.50` was written so in the data: the scale of a computed vector depends on how rows were batched, and
/// the text of a value must not.
public func appendNumber(_ number: Number, to bytes: inout [UInt8]) {
    switch number {
    case .decimal(let units, let scale): appendDecimal(units: units, scale: scale, to: &bytes)
    case .double(let value): appendDouble(value, to: &bytes)
    }
}

func appendDecimal(units: Int64, scale: Int, to bytes: inout [UInt8]) {
    var units = units
    var scale = scale
    while scale > 0, units % 10 == 0 {
        units /= 10
        scale -= 1
    }
    if units < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = units.magnitude
    guard scale > 0 else {
        appendInteger(magnitude, to: &bytes)
        return
    }
    let power = UInt64(Number.powersOfTen[scale])
    appendInteger(magnitude / power, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    appendInteger(magnitude % power, minimumDigits: scale, to: &bytes)
}

func appendDouble(_ value: Double, to bytes: inout [UInt8]) {
    // NaN and infinity are missing everywhere else; should one get here, an empty cell is the honest text.
    guard value.isFinite else { return }
    if let (units, scale) = shortDecimal(value, maximumScale: 6) {
        appendDecimal(units: units, scale: scale, to: &bytes)
    } else {
        appendRounded(value, to: &bytes)
    }
}

/// The decimal of at most 15 significant digits and the smallest scale that rounds to exactly this double, if its scale is not larger
/// than `maximumScale`.
///
/// Both `units` and the power of ten are exact doubles, so their quotient is rounded once: what compares equal is the decimal that a
/// person wrote. Every decimal of 15 digits survives the way to a double and back, so no other one can stand for the same double.
@inline(__always)
func shortDecimal(_ value: Double, maximumScale: Int) -> (units: Int64, scale: Int)? {
    var scale = 0
    while scale <= maximumScale {
        let power = doublePowersOfTen[scale]
        let scaled = (value * power).rounded()
        if scaled.magnitude >= 1e15 { return nil }
        if scaled / power == value { return (Int64(scaled), scale) }
        scale += 1
    }
    return nil
}

/// Rounds to 15 significant digits by way of the C library, which rounds the exact binary value correctly.
private func appendRounded(_ value: Double, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
        _ = withVaList([value.magnitude]) { vsnprintf(text.baseAddress, 40, "%.14e", $0) }
        // The shape is d.dddddddddddddde±xx.
        let digits: [UInt8] = [UInt8(bitPattern: text[0])] + (2..<16).map { UInt8(bitPattern: text[$0]) }
        var exponent = 0
        var index = 18
        while text[index] != 0 {
            exponent = exponent * 10 + Int(text[index]) - 48
            index += 1
        }
        if text[17] == 45 { exponent = -exponent }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let significant = 1 + (digits.lastIndex { $0 != 48 } ?? 0)
        appendScientific(digits[..<significant], exponent: exponent, to: &bytes)
    }
}

/// Writes `d.ddd × 10^exponent`, without an exponent from 10^-7 to 10^15.
private func appendScientific(_ digits: ArraySlice<UInt8>, exponent: Int, to bytes: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    let point = UInt8(ascii: ".")
    guard (-7...15).contains(exponent) else {
        bytes.append(digits[0])
        if digits.count > 1 { bytes.append(point) }
        bytes.append(contentsOf: digits.dropFirst())
        bytes.append(UInt8(ascii: "e"))
        if exponent < 0 { bytes.append(UInt8(ascii: "-")) }
        appendInteger(UInt64(exponent.magnitude), to: &bytes)
        return
    }
    if exponent < 0 {
        bytes.append(zero)
        bytes.append(point)
        bytes.append(contentsOf: repeatElement(zero, count: -exponent - 1))
        bytes.append(contentsOf: digits)
        return
    }
    let whole = digits.prefix(exponent + 1)
    bytes.append(contentsOf: whole)
    bytes.append(contentsOf: repeatElement(zero, count: exponent + 1 - whole.count))
    if digits.count > exponent + 1 {
        bytes.append(point)
        bytes.append(contentsOf: digits.dropFirst(exponent + 1))
    }
}

/// Writes a whole number in decimal digits, with zeros in front up to `minimumDigits` (20 at most).
func appendInteger(_ value: UInt64, minimumDigits: Int = 1, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
        var rest = value
        var start = 20
        repeat {
            start -= 1
            digits[start] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest != 0 || 20 - start < minimumDigits
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
}
