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

    private static let twoByteSymbols: [Symbol] = [.range, .doubleColon, .notEqual, .lessOrEqual, .greaterOrEqual, .coalesce]

    mutating func lexSymbol() {
        if lexForeign() { return }
        for symbol in Self.twoByteSymbols where starts(with: symbol.rawValue) {
            emitSymbol(symbol, length: 2)
            return
        }
        let byte = bytes[position]
        if byte == UInt8(ascii: "|") {
            lexBar()
        } else if byte == UInt8(ascii: "!") {
            emitForeign("!", .word(.not))
        } else if let symbol = Symbol(rawValue: String(UnicodeScalar(byte))) {
            emitSymbol(symbol, length: 1)
        }
    }

    private func starts(with text: String) -> Bool {
        var offset = 0
        for byte in text.utf8 {
            guard peek(offset) == byte else { return false }
            offset += 1
        }
        return true
    }

    /// What other languages write and crmq does not: it is reported, and read as what it means there.
    private mutating func lexForeign() -> Bool {
        for (found, instead) in Self.foreignOperators where starts(with: found) {
            emitForeign(found, instead)
            return true
        }
        if starts(with: "//") || starts(with: "/*") || peek() == UInt8(ascii: "#") {
            let lower = position
            let marker = peek() == UInt8(ascii: "#") ? "#" : result.source.slice(lower, lower + 2)
            problem(.foreignComment(marker), lower, lower + marker.utf8.count)
            skipLine()
            return true
        }
        return false
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
