import Columns

/// The decimal digits of integers as bytes: how a number meets a text.
enum KeyDigits {
    /// The integer that the bytes write in its usual form: no leading zeros, no plus sign, so that `007` stays apart from `7`.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? UnsafeBufferPointer(rebasing: bytes.dropFirst()) : bytes
        guard let first = digits.first, digits.count <= 19 else { return nil }
        if first == UInt8(ascii: "0") { return bytes.count == 1 ? 0 : nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, carry) = isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }

    /// Calls `body` with the digits of a value, with zeros before them up to a width.
    static func withDigits<Result>(
        _ value: Int64, paddedTo width: Int?, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { memory in
            memory.initialize(repeating: UInt8(ascii: "0"))
            var place = 40
            var rest = value.magnitude
            repeat {
                place -= 1
                memory[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            if let width { place = min(place, 40 - min(width, 38)) }
            if value < 0 {
                place -= 1
                memory[place] = UInt8(ascii: "-")
            }
            return body(UnsafeBufferPointer(rebasing: memory[place...]))
        }
    }

    /// The length of the texts where all of them are digits and as many.
    static func commonWidth(_ storage: TextStorage) -> Int? {
        guard storage.count > 0 else { return nil }
        let width = storage.bytes(at: 0).count
        guard width > 0, width <= 18 else { return nil }
        for entry in 0..<storage.count {
            let bytes = storage.bytes(at: entry)
            guard bytes.count == width, bytes.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
                return nil
            }
        }
        return width
    }
}
