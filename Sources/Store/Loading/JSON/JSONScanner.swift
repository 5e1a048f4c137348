/// Why a text is not JSON, and where.
struct JSONFault: Error {
    var offset: Int
    var reason: String
}

/// Takes JSON (RFC 8259) apart, byte by byte. Strings are unescaped into a buffer of the caller's.
struct JSONScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int

    /// Deeper nesting is refused: it is an attack or a mistake, and would use up the stack.
    static let deepest = 128

    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0a, 0x0d, 0x09: position += 1
            default: return
            }
        }
    }

    /// The byte at work, or 0 at the end.
    var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    func fault(_ reason: String) -> JSONFault { JSONFault(offset: position, reason: reason) }

    mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard position < bytes.count, bytes[position] == byte else {
            throw fault("`\(Character(UnicodeScalar(byte)))` is missing")
        }
        position += 1
    }

    /// Goes on to the next element of an object or an array, and says whether there is one. `close` ends it.
    mutating func hasNext(isFirst: inout Bool, close: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        if current == close {
            position += 1
            return false
        }
        if !isFirst {
            try expect(0x2c)
            skipSpace()
            if current == close { throw fault("a comma with nothing behind it") }
        }
        isFirst = false
        return true
    }

    /// The bytes of a number, `true`, `false` or `null`.
    mutating func word() throws(JSONFault) -> UnsafeBufferPointer<UInt8> {
        let start = position
        while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
        let word = UnsafeBufferPointer(rebasing: bytes[start..<position])
        let isKnown = word.elementsEqual("null".utf8) || word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8)
        guard isKnown || Self.isNumber(word) else {
            position = start
            throw fault(word.isEmpty ? "a value is missing" : "`\(String(decoding: word.prefix(20), as: UTF8.self))` is no value")
        }
        return word
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a) || byte &- 0x30 <= 9 || byte == 0x2d || byte == 0x2b || byte == 0x2e
    }

    /// `-? int frac? exp?`
    private static func isNumber(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        var i = word.first == 0x2d ? 1 : 0
        func digits() -> Int {
            let start = i
            while i < word.count, word[i] &- 0x30 <= 9 { i += 1 }
            return i - start
        }
        let startsWithZero = i < word.count && word[i] == 0x30
        let integer = digits()
        if integer == 0 || (startsWithZero && integer > 1) { return false }
        if i < word.count, word[i] == 0x2e {
            i += 1
            if digits() == 0 { return false }
        }
        if i < word.count, word[i] | 0x20 == 0x65 {
            i += 1
            if i < word.count, word[i] == 0x2b || word[i] == 0x2d { i += 1 }
            if digits() == 0 { return false }
        }
        return i == word.count
    }

    /// Appends the string that begins here, unescaped.
    mutating func string(into buffer: Growing<UInt8>) throws(JSONFault) {
        try expect(0x22)
        while position < bytes.count {
            let start = position
            while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5c, bytes[position] >= 0x20 {
                position += 1
            }
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
            switch current {
            case 0x22 where position < bytes.count:
                position += 1
                return
            case 0x5c: try escape(into: buffer)
            default:
                if position < bytes.count { throw fault("a control character in a string") }
            }
        }
        throw fault("a string that is never closed")
    }

    private mutating func escape(into buffer: Growing<UInt8>) throws(JSONFault) {
        position += 1
        let byte = current
        position += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: buffer.append(byte)
        case 0x62: buffer.append(0x08)
        case 0x66: buffer.append(0x0c)
        case 0x6e: buffer.append(0x0a)
        case 0x72: buffer.append(0x0d)
        case 0x74: buffer.append(0x09)
        case 0x75: Encoding.append(try unicodeEscape(), to: buffer)
        default:
            position -= 2
            throw fault("an escape that JSON does not know")
        }
    }

    /// The scalar of the digits here, and of a second escape where the first is half of a pair. A half alone is refused.
    private mutating func unicodeEscape() throws(JSONFault) -> UInt32 {
        let first = try hexDigits()
        if first & 0xf800 != 0xd800 { return first }
        guard first < 0xdc00, position + 1 < bytes.count, bytes[position] == 0x5c, bytes[position + 1] == 0x75 else {
            throw fault("half of a surrogate pair")
        }
        position += 2
        let second = try hexDigits()
        guard second & 0xfc00 == 0xdc00 else { throw fault("half of a surrogate pair") }
        return 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff)
    }

    private mutating func hexDigits() throws(JSONFault) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault("an escape of fewer than four digits") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            let digit = byte &- 0x30 <= 9 ? byte &- 0x30 : (byte | 0x20) &- 0x61 <= 5 ? (byte | 0x20) &- 0x61 &+ 10 : 255
            guard digit < 16 else { throw fault("an escape of fewer than four digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Passes over a value of any kind.
    mutating func skipValue(depth: Int, _ scratch: Growing<UInt8>) throws(JSONFault) {
        guard depth < Self.deepest else { throw fault("more than \(Self.deepest) levels") }
        skipSpace()
        switch current {
        case 0x22:
            scratch.count = 0
            try string(into: scratch)
        case 0x7b, 0x5b:
            let close = current + 2
            position += 1
            var isFirst = true
            while try hasNext(isFirst: &isFirst, close: close) {
                if close == 0x7d {
                    scratch.count = 0
                    try string(into: scratch)
                    skipSpace()
                    try expect(0x3a)
                }
                try skipValue(depth: depth + 1, scratch)
            }
        default: _ = try word()
        }
    }
}
