extension Lexer {
    /// The digits of a number before they become a value.
    private struct Digits {
        var text = ""
        /// How many of the digits stand behind the point.
        var fractionCount = 0
        /// The power of ten that an exponent, a suffix or `%` adds.
        var power = 0
    }

    mutating func lexNumber() {
        let lower = position
        var digits = Digits()
        var isMalformed = !takeDigits(into: &digits.text)
        if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
            position += 1
            let before = digits.text.utf8.count
            if !takeDigits(into: &digits.text) { isMalformed = true }
            digits.fractionCount = digits.text.utf8.count - before
            if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
                // `1.2.3` and `30.06.2026` are no numbers.
                while isDigit(peek()) || peek() == UInt8(ascii: ".") { position += 1 }
                isMalformed = true
            }
        }
        takeExponent(into: &digits)
        if let suffixProblem = takeSuffix(from: lower, into: &digits) {
            problem(suffixProblem, lower, position)
        } else if isMalformed {
            problem(.malformedNumber(result.source.slice(lower, position)), lower, position)
        }
        let value = numberLiteral(digits)
        if case .double(let double) = value, !double.isFinite { problem(.numberTooLarge, lower, position) }
        emit(.literal(.number(value)), from: lower)
    }

    /// Takes digits with `_` between them; false if an underscore does not stand between two digits.
    private mutating func takeDigits(into text: inout String) -> Bool {
        var isWellFormed = true
        while true {
            let byte = peek()
            if isDigit(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else if byte == UInt8(ascii: "_"), isDigit(peek(1)) || peek(1) == UInt8(ascii: "_") {
                if !isDigit(peek(1)) { isWellFormed = false }
            } else {
                return isWellFormed
            }
            position += 1
        }
    }

    private mutating func takeExponent(into digits: inout Digits) {
        guard peek() | 0x20 == UInt8(ascii: "e") else { return }
        let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
        guard isDigit(peek(hasSign ? 2 : 1)) else { return }
        let isNegative = peek(1) == UInt8(ascii: "-")
        position += hasSign ? 2 : 1
        var exponent = 0
        while isDigit(peek()) {
            exponent = min(exponent * 10 + Int(peek() - UInt8(ascii: "0")), 100_000)
            position += 1
        }
        digits.power += isNegative ? -exponent : exponent
    }

    /// Takes `k`, `M`, `B` or `%`; any other letter behind a number is a mistake.
    private mutating func takeSuffix(from lower: Int, into digits: inout Digits) -> SyntaxError? {
        if peek() == UInt8(ascii: "%") {
            // `90%` is a share, `10%3` a remainder.
            let next = peek(1)
            if isNameByte(next) || next == UInt8(ascii: "(") { return nil }
            position += 1
            digits.power -= 2
            return nil
        }
        let numberEnd = position
        while position < bytes.count {
            let (scalar, length) = decodeScalar(at: position)
            guard isNameScalar(scalar) else { break }
            position += length
        }
        guard position > numberEnd else { return nil }
        switch result.source.slice(numberEnd, position) {
        case "k", "K": digits.power += 3
        case "M": digits.power += 6
        case "B": digits.power += 9
        case let suffix:
            return .unknownNumberSuffix(number: result.source.slice(lower, numberEnd), suffix: suffix)
        }
        return nil
    }

    /// Exact while the digits fit 64 bits and the scale fits 18, otherwise the nearest double.
    private func numberLiteral(_ digits: Digits) -> NumberLiteral {
        var power = digits.power - digits.fractionCount
        var significant = digits.text[...]
        while power < 0, significant.utf8.count > 1, significant.hasSuffix("0") {
            significant.removeLast()
            power += 1
        }
        guard var units = Int64(significant) else { return inexact(significant, power) }
        if units == 0 { return .decimal(units: 0, scale: 0) }
        while power > 0 {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            if overflow { return inexact(significant, power, units) }
            units = product
            power -= 1
        }
        return power < -18 ? inexact(significant, power) : .decimal(units: units, scale: -power)
    }

    private func inexact(_ significant: Substring, _ power: Int, _ units: Int64? = nil) -> NumberLiteral {
        let digits = units.map { String($0) } ?? String(significant)
        return .double(Double("\(digits)e\(power)") ?? .infinity)
    }
}
