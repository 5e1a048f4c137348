/// Reads numbers as exports write them.
///
/// `NumberParser` of Columns reads one text in whatever style it is written. Here the style belongs to the whole column, ids must stay
/// texts, and the loop over the rows is what loading takes its time for; so the two stand apart.
enum NumberText {
    /// What a text is as a number.
    enum Shape: UInt8 {
        /// `units / 10^scale`, in 18 digits.
        case exact
        /// A number with more digits, or with an exponent: a double comes nearest.
        case wide
        /// Not a number, or one that is meant as a text: `007`, `+49`, an integer of more than 18 digits.
        case text
    }

    /// `-12`, `0.50`, `.5`, `1e-7`: digits with a point, as programs write numbers.
    @inline(__always)
    static func plain(_ p: UnsafePointer<UInt8>, _ n: Int, _ units: inout Int64, _ scale: inout Int) -> Shape {
        var i = 0
        let isNegative = p[0] == 0x2d && n > 1
        if isNegative { i = 1 }
        var value: UInt64 = 0
        let first = i
        while i < n {
            let digit = p[i] &- 0x30
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            i &+= 1
        }
        let integerDigits = i - first
        if integerDigits > 1 && p[first] == 0x30 { return .text }
        if i == n {
            if integerDigits == 0 || integerDigits > 18 { return .text }
            units = isNegative ? -Int64(truncatingIfNeeded: value) : Int64(truncatingIfNeeded: value)
            scale = 0
            return .exact
        }
        var decimals = 0
        if p[i] == 0x2e {
            i &+= 1
            let start = i
            while i < n {
                let digit = p[i] &- 0x30
                if digit > 9 { break }
                value = value &* 10 &+ UInt64(digit)
                i &+= 1
            }
            decimals = i - start
            if decimals == 0 { return .text }
        } else if integerDigits == 0 {
            return .text
        }
        if i < n { return isExponent(p + i, n - i) ? .wide : .text }
        if integerDigits + decimals > 18 { return .wide }
        units = isNegative ? -Int64(truncatingIfNeeded: value) : Int64(truncatingIfNeeded: value)
        scale = decimals
        return .exact
    }

    private static func isExponent(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        guard n >= 2, p[0] | 0x20 == 0x65 else { return false }
        var i = 1
        if p[1] == 0x2b || p[1] == 0x2d { i = 2 }
        guard i < n, n - i <= 4 else { return false }
        return (i..<n).allSatisfy { p[$0] &- 0x30 <= 9 }
    }

    static let powersOfTen: [Double] = (0...22).map { exponent in (0..<exponent).reduce(1.0) { power, _ in power * 10 } }

    /// The nearest double to what `plain` found to be a number.
    static func double(_ p: UnsafePointer<UInt8>, _ n: Int) -> Double {
        var units: Int64 = 0
        var scale = 0
        if plain(p, n, &units, &scale) == .exact, units.magnitude <= 1 << 53 {
            // Both are exact as doubles, so that the division rounds once (Clinger 1990).
            return Double(units) / powersOfTen[scale]
        }
        return Double(String(decoding: UnsafeBufferPointer(start: p, count: n), as: UTF8.self)) ?? 0
    }
}
