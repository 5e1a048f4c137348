extension Lexer {
    /// Operators of other languages, longest first, with the word or sign that crmq has for them.
    private static let foreignOperators: [(found: String, instead: Replacement)] = [
        ("===", .symbol(.equal)), ("!==", .symbol(.notEqual)), ("==", .symbol(.equal)), ("<>", .symbol(.notEqual)),
        ("=~", .word(.matches)), ("&&", .word(.and)), ("||", .word(.or)), (":=", .symbol(.equal)),
        ("=<", .symbol(.lessOrEqual)), ("=>", .symbol(.greaterOrEqual)),
    ]

    private enum Replacement {
        case symbol(Symbol)
        case word(Keyword)
    }

    mutating func lexSymbol() {
        if lexForeign() { return }
        let byte = bytes[position]
        switch (byte, peek(1)) {
        case (UInt8(ascii: "."), UInt8(ascii: ".")): emitSymbol(.range, length: 2)
        case (UInt8(ascii: ":"), UInt8(ascii: ":")): emitSymbol(.doubleColon, length: 2)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): emitSymbol(.notEqual, length: 2)
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): emitSymbol(.lessOrEqual, length: 2)
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): emitSymbol(.greaterOrEqual, length: 2)
        case (UInt8(ascii: "?"), UInt8(ascii: "?")): emitSymbol(.coalesce, length: 2)
        case (UInt8(ascii: "|"), _): lexBar()
        case (UInt8(ascii: "!"), _): emitForeign("!", .word(.not))
        default:
            if let symbol = Self.symbol(byte) { emitSymbol(symbol, length: 1) }
        }
    }

    private static func symbol(_ byte: UInt8) -> Symbol? {
        switch byte {
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ";"): .semicolon
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "("): .leftParenthesis
        case UInt8(ascii: ")"): .rightParenthesis
        case UInt8(ascii: "["): .leftBracket
        case UInt8(ascii: "]"): .rightBracket
        case UInt8(ascii: "{"): .leftBrace
        case UInt8(ascii: "}"): .rightBrace
        case UInt8(ascii: "="): .equal
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: ">"): .greater
        case UInt8(ascii: "~"): .tilde
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "&"): .ampersand
        default: nil
        }
    }

    private func starts(with text: String) -> Bool {
        for (offset, byte) in text.utf8.enumerated() where peek(offset) != byte { return false }
        return true
    }

    /// What other languages write and crmq does not: it is reported, and read as what it means there.
    private mutating func lexForeign() -> Bool {
        let next = peek(1)
        switch bytes[position] {
        case UInt8(ascii: "#"): return skipForeignComment(markerLength: 1)
        case UInt8(ascii: "/") where next == UInt8(ascii: "/") || next == UInt8(ascii: "*"):
            return skipForeignComment(markerLength: 2)
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ":"):
            // All of them go on with one of these.
            switch next {
            case UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "|"):
                break
            default: return false
            }
            for (found, instead) in Self.foreignOperators where starts(with: found) {
                emitForeign(found, instead)
                return true
            }
            return false
        default: return false
        }
    }

    private mutating func skipForeignComment(markerLength: Int) -> Bool {
        let lower = position
        problem(.foreignComment(result.source.slice(lower, lower + markerLength)), lower, lower + markerLength)
        skipLine()
        return true
    }

    private mutating func emitForeign(_ found: String, _ instead: Replacement) {
        let lower = position
        position += found.utf8.count
        switch instead {
        case .symbol(let symbol):
            problem(.foreignOperator(found: found, instead: symbol.rawValue), lower, position)
            emit(.symbol(symbol), from: lower)
        case .word(let keyword):
            problem(.foreignOperator(found: found, instead: keyword.rawValue), lower, position)
            emit(.word(keyword), from: lower, text: keyword.rawValue)
        }
    }
}
