extension Lexer {
    /// Reads a text up to its closing quote. It may run over several lines. One that is never closed ends with its first line, so
    /// that the lines after it are still read as what they are.
    mutating func lexText(closing: String, openerLength: Int) {
        let lower = position
        let closer = Array(closing.utf8)
        position += openerLength
        let isKnownToBeOpen = unclosedQuotes.contains(closing)
        var value: [UInt8] = []
        var escapeProblems: [LexicalProblem] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == closer[0], bytes[position...].starts(with: closer) {
                position += closer.count
                for found in escapeProblems { problem(found.error, found.lower, found.upper) }
                emit(.literal(.text(String(decoding: value, as: UTF8.self))), from: lower)
                return
            }
            if byte == UInt8(ascii: "\n"), isKnownToBeOpen { break }
            if byte == UInt8(ascii: "\\") {
                lexEscape(into: &value, problems: &escapeProblems)
            } else {
                value.append(byte)
                position += 1
            }
        }
        unclosedQuotes.insert(closing)
        if result.unclosedQuote == nil { result.unclosedQuote = lower }
        position = lower + openerLength
        skipLine()
        problem(.unclosedText(quote: closing), lower, lower + openerLength)
        emit(.literal(.text(result.source.slice(lower + openerLength, position))), from: lower)
    }

    private mutating func lexEscape(into value: inout [UInt8], problems: inout [LexicalProblem]) {
        let lower = position
        guard position + 1 < bytes.count else {
            position += 1
            return
        }
        let length = bytes[position + 1] < 0x80 ? 1 : decodeScalar(at: position + 1).length
        let plain: UInt8? =
            switch bytes[position + 1] {
            case UInt8(ascii: "n"): UInt8(ascii: "\n")
            case UInt8(ascii: "t"): UInt8(ascii: "\t")
            case UInt8(ascii: "r"): UInt8(ascii: "\r")
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): bytes[position + 1]
            default: nil
            }
        if let plain {
            value.append(plain)
            position += 2
        } else if bytes[position + 1] == UInt8(ascii: "u") {
            lexUnicodeEscape(into: &value, problems: &problems)
        } else {
            position += 1 + length
            problems.append(
                LexicalProblem(error: .unknownEscape(result.source.slice(lower, position)), lower: lower, upper: position))
        }
    }

    /// `\u{1F600}`: one to eight hexadecimal digits that name a Unicode character.
    private mutating func lexUnicodeEscape(into value: inout [UInt8], problems: inout [LexicalProblem]) {
        let lower = position
        position += 2
        var digits: [UInt8] = []
        if peek() == UInt8(ascii: "{") {
            position += 1
            while digits.count < 9, isNameByte(peek()) {
                digits.append(peek())
                position += 1
            }
            if peek() == UInt8(ascii: "}") {
                position += 1
                let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
                if digits.count <= 8, let scalar = number.flatMap({ Unicode.Scalar($0) }) {
                    value.append(contentsOf: Array(String(Character(scalar)).utf8))
                    return
                }
            }
        }
        problems.append(
            LexicalProblem(error: .invalidUnicodeEscape(result.source.slice(lower, position)), lower: lower, upper: position))
    }
}
