import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads a number as data writes it: an optional sign, digits, a point and digits, an exponent. None where the bytes are anything else,
/// such as `NaN`, `0x10`, `1,000` or white space around it.
///
/// The number is exact, with the scale as written, wherever 64 bits and a scale of 18 hold it; otherwise the nearest double, and none
/// where even that is infinite. O(bytes).
public func parseNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
    if let plain = parsePlainNumber(bytes) { return plain }
    var scanner = NumberScanner(bytes)
    return scanner.number()
}

/// Nearly every number of an export: a sign, digits and a point, short enough that nothing can overflow. None for anything else.
@inline(__always)
private func parsePlainNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
    let count = bytes.count
    guard count > 0, count <= 18, let text = bytes.baseAddress else { return nil }
    let isNegative = text[0] == 45
    let start = isNegative ? 1 : 0
    var units: Int64 = 0
    var point = -1
    var index = start
    while index < count {
        let digit = text[index] &- 48
        if digit < 10 {
            units = units &* 10 &+ Int64(digit)
        } else if text[index] == 46, point < 0 {
            point = index
        } else {
            return nil
        }
        index &+= 1
    }
    let digitCount = count &- start &- (point < 0 ? 0 : 1)
    guard digitCount > 0 else { return nil }
    return .decimal(units: isNegative ? -units : units, scale: point < 0 ? 0 : count &- point &- 1)
}

/// Reads a number as a person or a report writes it: besides what `parseNumber` takes, white space around it, a currency sign, commas
/// between thousands (`1,250.50`) and a percent sign (`85%` is 0.85).
public func parseLooseNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
    if let number = parseNumber(bytes) { return number }
    var kept: [UInt8] = []
    var text = String(decoding: bytes, as: UTF8.self)[...]
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    text = text.drop { $0.isWhitespace }
    let isPercent = text.last == "%"
    if isPercent { text = text.dropLast() }
    if let last = text.last, last.isCurrencySymbol { text = text.dropLast() }
    if text.first == "-" || text.first == "+" {
        kept.append(text.first == "-" ? 45 : 43)
        text = text.dropFirst()
    }
    if let first = text.first, first.isCurrencySymbol { text = text.dropFirst() }
    text = text.drop { $0.isWhitespace }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    guard let first = text.utf8.first, first != 45, first != 43, hasSoundGrouping(text.utf8) else { return nil }
    kept.append(contentsOf: text.utf8.lazy.filter { $0 != 44 })
    guard let number = kept.withUnsafeBufferPointer({ parseNumber($0) }) else { return nil }
    guard isPercent else { return number }
    switch number {
    case .decimal(let units, let scale) where scale + 2 <= Number.maximumScale: return .decimal(units: units, scale: scale + 2)
    default: return .double(number.doubleValue / 100)
    }
}

/// Whether every comma stands before the point and has exactly three digits behind it.
private func hasSoundGrouping(_ bytes: Substring.UTF8View) -> Bool {
    let groups = bytes.prefix { $0 != 46 }.split(separator: 44, omittingEmptySubsequences: false)
    guard groups.count > 1 else { return !bytes.contains(44) }
    let afterPoint = bytes.drop { $0 != 46 }
    return !afterPoint.contains(44) && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
}

/// A single pass over the bytes of a number.
private struct NumberScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var units: UInt64 = 0
    var overflowed = false
    var digitCount = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func number() -> Number? {
        guard position < bytes.count else { return nil }
        let isNegative = bytes[position] == 45
        if isNegative || bytes[position] == 43 { position += 1 }
        digits()
        var scale = 0
        if position < bytes.count, bytes[position] == 46 {
            position += 1
            let before = digitCount
            digits()
            scale = digitCount - before
        }
        guard digitCount > 0 else { return nil }
        if position < bytes.count, bytes[position] | 0x20 == 101 {
            guard let exponent = exponent() else { return nil }
            scale -= exponent
        }
        guard position == bytes.count else { return nil }
        return exact(isNegative: isNegative, scale: scale) ?? withoutLastZeros() ?? nearest()
    }

    /// Digits are gathered as they are: a number of 19 digits still fits, and `overflowed` tells of one that does not.
    @inline(__always)
    private mutating func digits() {
        while position < bytes.count {
            let digit = bytes[position] &- 48
            guard digit < 10 else { return }
            if digitCount < 18 {
                units = units &* 10 &+ UInt64(digit)
            } else {
                let (product, high) = units.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
                overflowed = overflowed || high || carry
                units = sum
            }
            digitCount += 1
            position += 1
        }
    }

    private mutating func exponent() -> Int? {
        position += 1
        var isNegative = false
        if position < bytes.count, bytes[position] == 45 || bytes[position] == 43 {
            isNegative = bytes[position] == 45
            position += 1
        }
        let start = position
        var value = 0
        while position < bytes.count, bytes[position] &- 48 < 10 {
            value = min(value * 10 + Int(bytes[position] &- 48), 100_000)
            position += 1
        }
        guard position > start else { return nil }
        return isNegative ? -value : value
    }

    private func exact(isNegative: Bool, scale: Int) -> Number? {
        guard !overflowed, units <= UInt64(Int64.max) else { return nil }
        var value = isNegative ? -Int64(units) : Int64(units)
        var scale = scale
        while scale > Number.maximumScale, value % 10 == 0 {
            if value == 0 { return .decimal(units: 0, scale: 0) }
            value /= 10
            scale -= 1
        }
        guard scale <= Number.maximumScale else { return nil }
        if scale >= 0 { return .decimal(units: value, scale: scale) }
        if value == 0 { return .decimal(units: 0, scale: 0) }
        guard -scale <= Number.maximumScale else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: Number.powersOfTen[-scale])
        return overflow ? nil : .decimal(units: product, scale: 0)
    }

    /// Zeros at the end of a fraction may be all that does not fit.
    private func withoutLastZeros() -> Number? {
        guard bytes.last == 48, bytes.contains(46), !bytes.contains(where: { $0 | 0x20 == 101 }) else { return nil }
        let end = (bytes.lastIndex { $0 != 48 } ?? 0) + 1
        return parseNumber(UnsafeBufferPointer(rebasing: bytes[..<end]))
    }

    /// The C library rounds correctly; such numbers are rare enough for a copy with its closing zero.
    private func nearest() -> Number? {
        let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { text in
            for index in 0..<bytes.count { text[index] = CChar(bitPattern: bytes[index]) }
            text[bytes.count] = 0
            return strtod(text.baseAddress!, nil)
        }
        return value.isFinite ? .double(value) : nil
    }
}
