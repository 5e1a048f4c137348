/// Whether a text typed at the prompt can be answered as it stands. It cannot while a bracket or a text in quotes is open, or when an
/// operator or a comma stands at its end.
public func inputIsComplete(_ text: String) -> Bool {
    isComplete(tokenize(SourceText(name: "<prompt>", text: text)))
}

private func isComplete(_ tokenized: TokenizedText) -> Bool {
    if tokenized.unclosedQuote != nil { return false }
    var openers: [Symbol] = []
    for token in tokenized.tokens {
        guard let symbol = token.symbol else { continue }
        if let closer = symbol.closer {
            openers.append(closer)
        } else if symbol.isCloser {
            // A bracket that closes the wrong one will never be right: let the parser say so at once.
            guard openers.popLast() == symbol else { return true }
        }
    }
    if !openers.isEmpty { return false }
    guard let last = tokenized.tokens.dropLast().last else { return true }
    return !wantsMore(last, before: tokenized.tokens.dropLast(2).last)
}

/// The tokens of a text that ends with the `;` that ends a statement: nothing that follows can belong to it any more. None where it does
/// not end so. The text is one piece of an input, before which `linesBefore` lines stand.
public func closedInput(_ text: String, name: String, linesBefore: Int) -> TokenizedText? {
    // Most lines do not end so, and need no reading. Beyond ASCII there are spaces, too.
    guard let last = text.utf8.last(where: { $0 > 0x20 }), last == UInt8(ascii: ";") || last >= 0x80 else { return nil }
    let tokenized = tokenize(SourceText(name: name, text: text, linesBefore: linesBefore))
    return tokenized.tokens.dropLast().last?.symbol == .semicolon && isComplete(tokenized) ? tokenized : nil
}

/// Whether what stands at the end of a text cannot be its end.
func wantsMore(_ last: Token, before: Token?) -> Bool {
    switch last.kind {
    case .symbol(let symbol):
        switch symbol {
        case .plus, .star:
            // `follow knows+` repeats a link.
            return !(last.adjoinsPrevious && (before.map { $0.isName || $0.symbol?.isCloser == true } ?? false))
        case .comma, .dot, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .tilde, .minus, .slash, .percent,
            .ampersand, .coalesce, .colon, .doubleColon:
            return true
        default: return false
        }
    case .word(let keyword?):
        switch keyword {
        case .and, .or, .not, .in, .matches, .then, .else, .per, .by, .if:
            // A keyword behind a dot or before nothing at all is a name.
            return before != nil && before?.symbol != .dot
        default: return false
        }
    default: return false
    }
}
