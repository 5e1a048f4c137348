/// The encodings that exports come in besides UTF-8, and their way to it.
enum Encoding: Equatable {
    case utf8
    case utf16(isLittleEndian: Bool)
    /// Windows-1252, of which Latin-1 is a part.
    case windows1252

    /// What the first bytes speak for; none if they are not text at all. Windows-1252 shows only further on.
    static func sniff(_ head: UnsafeBufferPointer<UInt8>) -> Encoding? {
        if head.starts(with: [0xff, 0xfe]) { return .utf16(isLittleEndian: true) }
        if head.starts(with: [0xfe, 0xff]) { return .utf16(isLittleEndian: false) }
        let sample = head.prefix(4096)
        guard sample.contains(0) else { return .utf8 }
        // Mostly Latin text in UTF-16 has a zero in nearly every second byte.
        var zeros = (even: 0, odd: 0)
        for (index, byte) in sample.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let half = sample.count / 2
        if zeros.odd > half * 7 / 10, zeros.even < half / 10 { return .utf16(isLittleEndian: true) }
        if zeros.even > half * 7 / 10, zeros.odd < half / 10 { return .utf16(isLittleEndian: false) }
        return nil
    }

    /// Whether text that is not UTF-8 throughout is rather Windows-1252: bytes that cannot be UTF-8 outnumber those that can.
    static func isWindows1252(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var broken = 0
        var sound = 0
        var i = 0
        while i < bytes.count {
            let length = UTF8Check.sequenceLength(base + i, bytes.count - i)
            if length == 0 { broken += 1 } else if length > 1 { sound += 1 }
            i += max(1, length)
        }
        return broken > sound
    }

    /// The text in UTF-8.
    func transcode(_ bytes: UnsafeBufferPointer<UInt8>) -> Growing<UInt8> {
        let result = Growing<UInt8>(capacity: bytes.count + bytes.count / 2)
        switch self {
        case .utf8: result.append(contentsOf: bytes)
        case .windows1252: for byte in bytes { Self.append(Self.scalar(windows1252: byte), to: result) }
        case .utf16(let isLittleEndian): Self.transcode16(bytes, isLittleEndian, to: result)
        }
        return result
    }

    private static func transcode16(_ bytes: UnsafeBufferPointer<UInt8>, _ isLittleEndian: Bool, to result: Growing<UInt8>) {
        func unit(_ i: Int) -> UInt32 {
            isLittleEndian ? UInt32(bytes[i]) | UInt32(bytes[i + 1]) << 8 : UInt32(bytes[i]) << 8 | UInt32(bytes[i + 1])
        }
        var i = 0
        if bytes.count >= 2, unit(0) == 0xfeff { i = 2 }
        while i + 1 < bytes.count {
            let first = unit(i)
            i += 2
            if first & 0xf800 != 0xd800 {
                append(first, to: result)
            } else if first < 0xdc00, i + 1 < bytes.count, unit(i) & 0xfc00 == 0xdc00 {
                append(0x10000 + (first & 0x3ff) << 10 + unit(i) & 0x3ff, to: result)
                i += 2
            } else {
                append(0xfffd, to: result)
            }
        }
        if i < bytes.count { append(0xfffd, to: result) }
    }

    /// What stands at 0x80 to 0x9f; 0 where nothing does.
    private static let upperControls: [UInt16] = [
        0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
        0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
    ]

    private static func scalar(windows1252 byte: UInt8) -> UInt32 {
        guard byte >= 0x80, byte < 0xa0 else { return UInt32(byte) }
        let scalar = upperControls[Int(byte) - 0x80]
        return scalar == 0 ? UInt32(byte) : UInt32(scalar)
    }

    static func append(_ scalar: UInt32, to result: Growing<UInt8>) {
        func byte(_ value: UInt32) { result.append(UInt8(truncatingIfNeeded: value)) }
        if scalar < 0x80 {
            byte(scalar)
        } else if scalar < 0x800 {
            byte(0xc0 | scalar >> 6)
            byte(0x80 | scalar & 0x3f)
        } else if scalar < 0x10000 {
            byte(0xe0 | scalar >> 12)
            byte(0x80 | scalar >> 6 & 0x3f)
            byte(0x80 | scalar & 0x3f)
        } else {
            byte(0xf0 | scalar >> 18)
            byte(0x80 | scalar >> 12 & 0x3f)
            byte(0x80 | scalar >> 6 & 0x3f)
            byte(0x80 | scalar & 0x3f)
        }
    }
}
