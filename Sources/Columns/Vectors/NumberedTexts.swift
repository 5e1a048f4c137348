import Types

/// How texts such as `ACC-000123` or `TOU-7` are written: what all of them begin with, and a number of at least so many digits.
///
/// A text has one number at most, and a number one text, so that texts of one form are equal exactly where their numbers are.
public struct NumberedForm: Sendable, Equatable {
    public let prefix: [UInt8]
    /// Shorter numbers have zeros before them.
    public let digits: Int

    /// More digits than this do not fit 64 bits.
    public static let mostDigits = 18

    public init(prefix: [UInt8], digits: Int) {
        precondition(digits >= 1 && digits <= Self.mostDigits)
        self.prefix = prefix
        self.digits = digits
    }

    /// The number of a text, or none for a text of another form. O(length).
    public func number(of text: UnsafeBufferPointer<UInt8>) -> Int64? {
        let count = text.count - prefix.count
        guard count >= digits, count <= Self.mostDigits else { return nil }
        for (position, byte) in prefix.enumerated() where text[position] != byte { return nil }
        if count > digits, text[prefix.count] == UInt8(ascii: "0") { return nil }
        var number: Int64 = 0
        for position in prefix.count..<text.count {
            let digit = text[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return number
    }

    public func number(of text: String) -> Int64? {
        var text = text
        return text.withUTF8 { number(of: $0) }
    }

    /// The number by which another form writes the text that this one writes for `number`, or none where no number does.
    public func number(_ number: Int64, in other: NumberedForm) -> Int64? {
        prefix == other.prefix && length(number) == other.length(number) ? number : nil
    }

    /// How many digits a number is written with.
    @inline(__always)
    private func length(_ number: Int64) -> Int { max(digits, digitCount(number)) }

    /// Writes the text of a number, at the end of which `end` points, and returns how many bytes that took.
    @inline(__always)
    func write(_ number: Int64, before end: UnsafeMutablePointer<UInt8>) -> Int {
        var place = end
        var rest = UInt64(bitPattern: number)
        var left = digits
        while rest > 0 || left > 0 {
            place -= 1
            let quotient = rest / 10
            place.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
            rest = quotient
            left &-= 1
        }
        place -= prefix.count
        for position in 0..<prefix.count { place[position] = prefix[position] }
        return end - place
    }

    /// Calls `body` with the text of a number.
    @inline(__always)
    public func withText<Result>(of number: Int64, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let capacity = prefix.count + 20
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { memory in
            let end = memory.baseAddress! + capacity
            let length = write(number, before: end)
            return body(UnsafeBufferPointer(start: end - length, count: length))
        }
    }

    public func text(of number: Int64) -> String { withText(of: number) { String(decoding: $0, as: UTF8.self) } }

    /// The texts of all numbers, one after another. O(bytes).
    public func texts(_ numbers: Integers) -> TextStorage {
        let wide = numbers.widened()
        var total = 0
        let offsets = Buffer<Int64>(capacity: wide.count + 1) { memory in
            memory[0] = 0
            for row in 0..<wide.count {
                total &+= prefix.count &+ length(wide.base[row])
                memory[row + 1] = Int64(total)
            }
            return wide.count + 1
        }
        let bytes = Buffer<UInt8>(capacity: total + 64) { memory in
            let base = memory.baseAddress!
            for row in 0..<wide.count { _ = write(wide.base[row], before: base + Int(offsets.base[row + 1])) }
            return total
        }
        return TextStorage(offsets: offsets, bytes: bytes)
    }

    /// Whether the texts of these numbers order as the numbers do, which holds while all have the same length.
    public func ordersByNumber(_ numbers: Integers) -> Bool {
        let wide = numbers.widened()
        var highest: Int64 = 0
        for row in 0..<wide.count { highest = max(highest, wide.base[row]) }
        return digitCount(highest) <= digits
    }
}

/// How many decimal digits a number that is not negative has; 1 for 0.
@inline(__always)
private func digitCount(_ number: Int64) -> Int {
    var count = 1
    var limit: Int64 = 10
    while count < NumberedForm.mostDigits, number >= limit {
        count &+= 1
        limit &*= 10
    }
    return count
}

/// Numbered texts that are compared with a text, or with others: by their numbers where these tell; none where only the texts do.
func comparedNumbered(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap? {
    guard comparison == .equal || comparison == .notEqual, case .vector(let left) = a,
        case .numbered(let numbers, let form) = left.storage
    else { return nil }
    switch b {
    case .constant(.text(let text)):
        guard let number = form.number(of: text) else { return Bitmap(repeating: comparison == .notEqual, count: count) }
        return comparedNumbers(comparison, numbers, .constant(.number(.decimal(units: number, scale: 0))))
    case .vector(let right):
        guard case .numbered(let others, let otherForm) = right.storage, otherForm == form else { return nil }
        return comparedNumbers(comparison, numbers, .vector(Vector(count: count, .decimal(others, scale: 0))))
    default: return nil
    }
}

private func comparedNumbers(_ comparison: Comparison, _ numbers: Integers, _ other: Operand) -> Bitmap {
    let own = Operand.vector(Vector(count: numbers.count, .decimal(numbers, scale: 0)))
    return comparedNumbers(comparison, own, other, count: numbers.count)
}
