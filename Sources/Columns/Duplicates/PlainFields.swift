import Types

/// Texts that are numbers of some kind, such as telephone numbers: only their digits count, of long ones the last 16.
///
/// Two agree wholly if one is the end of the other (a country's prefix may be missing) and has seven digits or more; with one digit
/// wrong, missing, too many or exchanged with the next the measure is 0.9, with two of these 0.5, otherwise 0. These slips are the optimal
/// string alignment distance of the last ten digits (F. Damerau, "A Technique for Computer Detection and Correction of Spelling Errors",
/// 1964).
struct DigitField: Sendable {
    private static let comparedDigits = 10
    private static let wholeDigits = 7

    /// Digits of four bits each, the last one lowest.
    private struct Digits: Sendable {
        var bits: UInt64 = 0
        var count = 0

        mutating func append(_ digit: UInt8) {
            bits = bits << 4 | UInt64(digit)
            count = min(count + 1, 16)
        }

        /// The last ones.
        func last(_ wanted: Int) -> Digits {
            wanted >= count ? self : Digits(bits: bits & (1 << UInt64(4 * wanted) - 1), count: wanted)
        }

        func withoutLast(_ left: Int) -> Digits {
            left >= 16 ? Digits() : Digits(bits: bits >> UInt64(4 * left), count: count - left)
        }
    }

    /// Without leading zeros; no digits where there are none.
    private let digits: [Digits]
    /// How often each digit occurs among the last ones, four bits a digit.
    private let tallies: [UInt64]

    /// Whether nearly all texts of a column have at least six digits and no letters.
    static func fits(_ texts: Vector) -> Bool {
        var present = 0
        var fitting = 0
        var bytes: [UInt8] = []
        for row in 0..<texts.count where texts.isPresent(row) {
            bytes.removeAll(keepingCapacity: true)
            texts.appendText(of: row, to: &bytes)
            present += 1
            let hasLetter = bytes.contains { ($0 | 0x20) &- 97 < 26 || $0 >= 0x80 }
            if !hasLetter, bytes.count(where: { $0 &- 48 < 10 }) >= 6 { fitting += 1 }
        }
        return present > 0 && fitting * 10 >= present * 9
    }

    init(_ texts: Vector) {
        var bytes: [UInt8] = []
        digits = (0..<texts.count).map { row in
            var digits = Digits()
            guard texts.isPresent(row) else { return digits }
            bytes.removeAll(keepingCapacity: true)
            texts.appendText(of: row, to: &bytes)
            for byte in bytes where byte &- 48 < 10 && (byte != 48 || digits.count > 0) { digits.append(byte - 48) }
            return digits
        }
        tallies = digits.map { digits in
            var rest = digits.last(Self.comparedDigits)
            var tally: UInt64 = 0
            while rest.count > 0 {
                tally += 1 << (4 * (rest.bits & 15))
                rest = rest.withoutLast(1)
            }
            return tally
        }
    }

    /// Below `least` any measure will do.
    func similarity(_ a: Int, _ b: Int, atLeast least: Double = 0) -> Double? {
        let (left, right) = (digits[a], digits[b])
        if left.count == 0 || right.count == 0 { return nil }
        let common = min(left.count, right.count)
        if common >= Self.wholeDigits || left.count == right.count, left.last(common).bits == right.last(common).bits { return 1 }
        let limit = least > 0.501 ? 1 : 2
        guard differences(a, b) <= limit else { return 0 }
        switch Self.distance(left.last(Self.comparedDigits), right.last(Self.comparedDigits), limit: limit) {
        case 0, 1: return 0.9
        case 2 where limit == 2: return 0.5
        default: return 0
        }
    }

    /// How many digits of one the other has not got; no fewer slips can make one of the other.
    private func differences(_ a: Int, _ b: Int) -> Int {
        var (left, right) = (tallies[a], tallies[b])
        var more = 0
        var fewer = 0
        while left != right {
            let difference = Int(left & 15) - Int(right & 15)
            more += max(0, difference)
            fewer += max(0, -difference)
            left >>= 4
            right >>= 4
        }
        return max(more, fewer)
    }

    /// How many digits were left out, put in, changed or exchanged with the next; one more than the limit where they are more.
    private static func distance(_ a: Digits, _ b: Digits, limit: Int) -> Int {
        let same = min((a.bits ^ b.bits).trailingZeroBitCount / 4, a.count, b.count)
        let (left, right) = (a.withoutLast(same), b.withoutLast(same))
        if left.count == 0 || right.count == 0 { return min(max(left.count, right.count), limit + 1) }
        guard limit > 0 else { return 1 }
        var least = distance(left.withoutLast(1), right.withoutLast(1), limit: limit - 1)
        least = min(least, distance(left.withoutLast(1), right, limit: limit - 1))
        least = min(least, distance(left, right.withoutLast(1), limit: limit - 1))
        let (low, other) = (left.last(2).bits, right.last(2).bits)
        if left.count > 1, right.count > 1, low & 15 == other >> 4, low >> 4 == other & 15 {
            least = min(least, distance(left.withoutLast(2), right.withoutLast(2), limit: limit - 1))
        }
        return least + 1
    }

    /// The last digits, whole and without any one of them.
    func keys(_ record: Int, seed: UInt64, _ emit: (UInt64) -> Void) {
        let last = digits[record].last(Self.wholeDigits)
        guard last.count > 0 else { return }
        for left in -1..<last.count {
            var kept = last
            if left >= 0 {
                kept.bits = last.withoutLast(left + 1).bits << UInt64(4 * left) | last.last(left).bits
                kept.count -= 1
            }
            var hash = WordHash()
            hash.take(UInt32(truncatingIfNeeded: kept.bits))
            hash.take(UInt32(truncatingIfNeeded: kept.count))
            emit((hash.value ^ seed) &* 0x9E37_79B9_7F4A_7C15)
        }
    }
}

/// Dates: the same day agrees wholly; one digit wrong, or day and month exchanged, makes 0.8; anything else is another day.
struct DateField: Sendable {
    /// Year, month and day of each record as digits; none where there is no date.
    private let written: [[UInt8]?]

    init(_ days: [Int32?]) {
        written = days.map { day in
            guard let day else { return nil }
            let date = Calendar.civil(day)
            let number = date.year * 10_000 + date.month * 100 + date.day
            return Array("\(number)".utf8)
        }
    }

    func similarity(_ a: Int, _ b: Int) -> Double? {
        guard let left = written[a], let right = written[b] else { return nil }
        if left == right { return 1 }
        guard left.count == right.count, left.count >= 8 else { return 0 }
        if zip(left, right).count(where: { $0 != $1 }) == 1 { return 0.8 }
        let isExchanged =
            left.dropLast(4) == right.dropLast(4) && left.suffix(2) == right.suffix(4).prefix(2)
            && left.suffix(4).prefix(2) == right.suffix(2)
        return isExchanged ? 0.8 : 0
    }
}

/// Numbers: equal ones agree wholly, and those that differ by a tenth of the larger or more not at all; in between in proportion.
struct NumberField: Sendable {
    private let numbers: [Double?]

    init(_ numbers: [Double?]) { self.numbers = numbers }

    func similarity(_ a: Int, _ b: Int) -> Double? {
        guard let left = numbers[a], let right = numbers[b] else { return nil }
        if left == right { return 1 }
        let larger = max(abs(left), abs(right))
        return larger > 0 ? max(0, 1 - 10 * abs(left - right) / larger) : 1
    }
}
