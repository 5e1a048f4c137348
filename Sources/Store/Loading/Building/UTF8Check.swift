/// Finds and repairs bytes that are not UTF-8.
enum UTF8Check {
    @inline(__always)
    static func isASCII(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        var i = 0
        var high: UInt64 = 0
        while i &+ 8 <= n {
            high |= TextHash.load(p + i)
            i &+= 8
        }
        var tail: UInt8 = 0
        while i < n {
            tail |= p[i]
            i &+= 1
        }
        return (high & 0x8080_8080_8080_8080) | UInt64(tail & 0x80) == 0
    }

    @inline(__always)
    static func isValid(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        isASCII(p, n) || validLength(p, n) == n
    }

    /// How many bytes from the start are UTF-8.
    static func validLength(_ p: UnsafePointer<UInt8>, _ n: Int) -> Int {
        var i = 0
        while i < n {
            if n &- i >= 8, TextHash.load(p + i) & 0x8080_8080_8080_8080 == 0 {
                i &+= 8
                continue
            }
            let length = sequenceLength(p + i, n - i)
            if length == 0 { return i }
            i += length
        }
        return n
    }

    /// The bytes of the code point at `p`, or 0 where there is none (Unicode 15, table 3-7).
    @inline(__always)
    static func sequenceLength(_ p: UnsafePointer<UInt8>, _ n: Int) -> Int {
        let first = p[0]
        if first < 0x80 { return 1 }
        if first < 0xc2 || first > 0xf4 || n < 2 { return 0 }
        let second = p[1]
        if first < 0xe0 { return second & 0xc0 == 0x80 ? 2 : 0 }
        if n < 3 || p[2] & 0xc0 != 0x80 { return 0 }
        if first < 0xf0 {
            let lowest: UInt8 = first == 0xe0 ? 0xa0 : 0x80
            let highest: UInt8 = first == 0xed ? 0x9f : 0xbf
            return second >= lowest && second <= highest ? 3 : 0
        }
        if n < 4 || p[3] & 0xc0 != 0x80 { return 0 }
        let lowest: UInt8 = first == 0xf0 ? 0x90 : 0x80
        let highest: UInt8 = first == 0xf4 ? 0x8f : 0xbf
        return second >= lowest && second <= highest ? 4 : 0
    }

    /// The text with U+FFFD in place of what is not UTF-8.
    static func repaired(_ p: UnsafePointer<UInt8>, _ n: Int) -> Growing<UInt8> {
        let result = Growing<UInt8>(capacity: n + 8)
        var text = String(decoding: UnsafeBufferPointer(start: p, count: n), as: UTF8.self)
        text.withUTF8 { result.append(contentsOf: $0) }
        return result
    }
}
