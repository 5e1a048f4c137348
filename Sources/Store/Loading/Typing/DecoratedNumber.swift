/// How people and spreadsheets write the numbers of a column: `$1,234.50`, `1.234,50 €`, `12%`, `(1,200)`.
struct DecoratedNumber: Equatable, Sendable {
    var hasDecimalComma: Bool
    var isPercent: Bool
    /// The sign of those values that have one, as in a `Reading`: amounts in two currencies could not be added.
    var currency: UInt32

    /// One value: an exact number, and the sign at its side.
    struct Reading {
        var units: Int64
        var scale: Int
        var isPercent: Bool
        /// 0 for none; otherwise the bytes of `$`, `€`, `EUR` and the like.
        var currency: UInt32
    }

    /// Reads a value with the given decimal mark; none if it is no such number. Groups of digits must be of three.
    static func read(_ p: UnsafePointer<UInt8>, _ n: Int, hasDecimalComma: Bool) -> Reading? {
        guard n > 0, n <= 64 else { return nil }
        var reader = Reader(p: p, end: n, hasDecimalComma: hasDecimalComma)
        return reader.read()
    }

    private static let currencyCodes: [UInt32] = [
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON",
        "BRL",
        "MXN", "ZAR", "SGD", "HKD", "KRW", "TRY", "ILS", "AED", "SAR",
    ].map { code in code.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

    private struct Reader {
        let p: UnsafePointer<UInt8>
        var i = 0
        var end: Int
        let hasDecimalComma: Bool
        var reading = Reading(units: 0, scale: 0, isPercent: false, currency: 0)
        var digits = 0
        var groups = 1
        var groupedBySpace = false

        init(p: UnsafePointer<UInt8>, end: Int, hasDecimalComma: Bool) {
            self.p = p
            self.end = end
            self.hasDecimalComma = hasDecimalComma
        }

        mutating func read() -> Reading? {
            var isNegative = false
            if p[i] == 0x28, p[end - 1] == 0x29 {
                isNegative = true
                i += 1
                end -= 1
            }
            if takeSign() {
                if isNegative { return nil }
                isNegative = true
            }
            takeCurrency()
            skipSpace()
            if !isNegative, takeSign() { isNegative = true }
            guard readDigits() else { return nil }
            skipSpace()
            if i < end, p[i] == 0x25 {
                reading.isPercent = true
                i += 1
            } else if reading.currency == 0 {
                takeCurrency()
            }
            guard i == end, digits <= 18 else { return nil }
            // Digits in groups with blanks between are as often a telephone number.
            if groupedBySpace, reading.scale == 0, reading.currency == 0, !reading.isPercent { return nil }
            if isNegative { reading.units = -reading.units }
            if reading.isPercent { reading.scale += 2 }
            return reading.scale <= 18 ? reading : nil
        }

        private mutating func takeSign() -> Bool {
            guard i < end else { return false }
            if p[i] == 0x2d {
                i += 1
                return true
            }
            // U+2212, the minus sign of typesetters.
            if i + 2 < end, p[i] == 0xe2, p[i + 1] == 0x88, p[i + 2] == 0x92 {
                i += 3
                return true
            }
            return false
        }

        private mutating func skipSpace() {
            while i < end {
                let length = spaceLength()
                if length == 0 { return }
                i += length
            }
        }

        /// The bytes of a blank here: a space, a no-break space or a narrow one.
        private func spaceLength() -> Int {
            if p[i] == 0x20 { return 1 }
            if i + 1 < end, p[i] == 0xc2, p[i + 1] == 0xa0 { return 2 }
            if i + 2 < end, p[i] == 0xe2, p[i + 1] == 0x80, p[i + 2] == 0xaf || p[i + 2] == 0x89 { return 3 }
            return 0
        }

        private mutating func takeCurrency() {
            guard i < end else { return }
            if p[i] == 0x24 {
                reading.currency = 0x24
                i += 1
            } else if i + 1 < end, p[i] == 0xc2, p[i + 1] == 0xa3 || p[i + 1] == 0xa5 {
                reading.currency = UInt32(p[i + 1])
                i += 2
            } else if i + 2 < end, p[i] == 0xe2, p[i + 1] == 0x82 {
                reading.currency = 0x20ac00 | UInt32(p[i + 2])
                i += 3
            } else if i + 2 < end {
                // Known codes only: `INV 1001` is not an amount.
                let code = UInt32(p[i]) << 16 | UInt32(p[i + 1]) << 8 | UInt32(p[i + 2])
                guard DecoratedNumber.currencyCodes.contains(code) else { return }
                reading.currency = code
                i += 3
            }
        }

        private mutating func readDigits() -> Bool {
            let first = i
            guard takeDigits() > 0 else { return false }
            let leading = i - first
            if leading > 1, p[first] == 0x30 { return false }
            var separator: UInt8?
            while i < end {
                let length = groupLength()
                guard length > 0, i + length < end, p[i + length] &- 0x30 <= 9 else { break }
                guard separator == nil || separator == p[i] else { return false }
                separator = p[i]
                if p[i] == 0x20 { groupedBySpace = true }
                i += length
                guard takeDigits() == 3, leading <= 3, p[first] != 0x30 else { return false }
                groups += 1
            }
            guard i < end, p[i] == (hasDecimalComma ? 0x2c : 0x2e) else { return true }
            i += 1
            reading.scale = takeDigits()
            return reading.scale > 0
        }

        /// The bytes of a mark between groups of digits here.
        private func groupLength() -> Int {
            if p[i] == (hasDecimalComma ? 0x2e : 0x2c) || p[i] == 0x27 { return 1 }
            return spaceLength()
        }

        private mutating func takeDigits() -> Int {
            let start = i
            while i < end, p[i] &- 0x30 <= 9 {
                reading.units = reading.units &* 10 &+ Int64(p[i] &- 0x30)
                i += 1
            }
            digits += i - start
            return i - start
        }
    }
}
