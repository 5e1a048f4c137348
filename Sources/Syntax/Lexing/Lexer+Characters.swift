extension Lexer {
    func isDigit(_ byte: UInt8) -> Bool { Self.isDigit(byte) }

    func isNameByte(_ byte: UInt8) -> Bool { Self.isNameByte(byte) }

    func isNameScalar(_ scalar: Unicode.Scalar) -> Bool { Self.isNameScalar(scalar) }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Whether an ASCII byte can be within a name.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: isDigit(byte)
        }
    }

    /// Whether a character beyond ASCII can be within a name: letters, digits and marks of any script.
    static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x80 else { return isNameByte(UInt8(scalar.value)) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .nonspacingMark, .spacingMark:
            return true
        default:
            return false
        }
    }

    /// The character at an offset and how many bytes it takes. The bytes come from a `String`, so they are well-formed.
    func decodeScalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let first = UInt32(bytes[index])
        func continuation(_ offset: Int) -> UInt32 {
            index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
        }
        let (value, length): (UInt32, Int) =
            switch first {
            case ..<0x80: (first, 1)
            case ..<0xE0: ((first & 0x1F) << 6 | continuation(1), 2)
            case ..<0xF0: ((first & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3)
            default: ((first & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3), 4)
            }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}
