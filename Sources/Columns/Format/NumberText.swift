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
    let (units, scale) = shortened(units, scale)
    // A sign, 19 digits, a zero and the point.
    bytes.append(atMost: 24) { text in
        var end = 0
        if units < 0 {
            text[0] = UInt8(ascii: "-")
            end = 1
        }
        if scale == 0 {
            end += writeInteger(units.magnitude, at: text + end)
        } else {
            let (whole, fraction) = units.magnitude.quotientAndRemainder(dividingBy: UInt64(Number.powersOfTen[scale]))
            end += writeInteger(whole, at: text + end)
            text[end] = UInt8(ascii: ".")
            end += 1 + writeInteger(fraction, minimumDigits: scale, at: text + end + 1)
        }
        return end
    }
}

func appendDouble(_ value: Double, to bytes: inout [UInt8]) {
    // NaN and infinity are missing everywhere else; should one get here, an empty cell is the honest text.
    guard value.isFinite else { return }
    if let (units, scale) = shortDecimal(value, maximumScale: 4) ?? roundedDecimal(value) {
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

/// The value rounded to 15 significant digits, for values between 0.0001 and 10^15; none where it lies so near to the middle of two
/// decimals that only exact arithmetic can tell which is the nearer.
///
/// The product with the power of ten is rounded, but a fused multiplication gives what the rounding took, so that the distance from the
/// nearest whole number is known far better than it needs to be.
private func roundedDecimal(_ value: Double) -> (units: Int64, scale: Int)? {
    let magnitude = value.magnitude
    guard magnitude >= 1e-4, magnitude < 1e15 else { return nil }
    // The logarithm may be off by one next to a power of ten.
    var scale = max(0, 14 - Int(log10(magnitude).rounded(.down)))
    if scale > 0, magnitude * doublePowersOfTen[scale] >= 1e15 { scale -= 1 }
    let power = doublePowersOfTen[scale]
    let product = magnitude * power
    let lost = (-product).addingProduct(magnitude, power)
    let whole = product.rounded()
    let distance = (product - whole) + lost
    guard whole >= 1e14, whole < 1e15, distance.magnitude < 0.499_999 else { return nil }
    return (value < 0 ? -Int64(whole) : Int64(whole), scale)
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

/// Writes a whole number in decimal digits, with zeros in front up to `minimumDigits`, and returns how many digits it wrote: 20 at most.
@inline(__always)
func writeInteger(_ value: UInt64, minimumDigits: Int = 1, at text: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 1
    var power: UInt64 = 10
    while count < 20, value >= power {
        count += 1
        // The product only wraps where the loop ends anyway.
        power = power &* 10
    }
    count = max(count, minimumDigits)
    var rest = value
    var index = count
    while index > 0 {
        index &-= 1
        text[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
    }
    return count
}

/// Writes a whole number in decimal digits, with zeros in front up to `minimumDigits` (20 at most).
func appendInteger(_ value: UInt64, minimumDigits: Int = 1, to bytes: inout [UInt8]) {
    bytes.append(atMost: 20) { writeInteger(value, minimumDigits: minimumDigits, at: $0) }
}

extension [UInt8] {
    /// Appends what `write` writes behind the last byte, without a copy; it answers how many bytes that were. Appending a stretch of memory
    /// costs more than writing the few bytes of a number or a date.
    @inline(__always)
    mutating func append(atMost capacity: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
        append(addingCapacity: capacity) { output in
            output.withUnsafeMutableBufferPointer { memory, count in
                // That it is no more than the capacity is checked behind this.
                count += write(memory.baseAddress! + count)
            }
        }
    }
}
