/// Cuts a text into tokens. Mistakes do not stop it: each becomes a problem of the token it is in.
public func tokenize(_ source: SourceText) -> TokenizedText {
    var lexer = Lexer(source)
    lexer.run()
    return lexer.result
}

/// The state of cutting one text into tokens, from left to right.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    var result: TokenizedText
    /// How many brackets are open, because a `|` is a pipe only outside of them.
    private var depth = 0
    /// Mistakes in what was skipped; the next token takes them.
    private var pendingProblems: [LexicalProblem] = []
    private var pendingDoc: [String] = []
    /// What was skipped since the last token.
    private var sawSpace = false
    private var sawLineBreak = true
    private var sawBlankLine = true
    private var lineBreaksInARow = 1
    /// Quotes that were found to be never closed; from then on a text in such quotes ends with its line, so that each search is short.
    var unclosedQuotes: Set<String> = []

    init(_ source: SourceText) {
        bytes = source.bytes
        result = TokenizedText(source: source)
        result.tokens.reserveCapacity(bytes.count / 3 + 2)
    }

    mutating func run() {
        if bytes.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) { skipLine() }
        while true {
            skipSpace()
            guard position < bytes.count else { break }
            let before = position
            lexToken()
            if position == before { skipUnknownCharacters() }
        }
        emit(.end, from: bytes.count)
    }

    /// The byte at an offset from the current position; 0 beyond the end.
    func peek(_ offset: Int = 0) -> UInt8 {
        let index = position + offset
        return index < bytes.count ? bytes[index] : 0
    }

    mutating func emit(_ kind: consuming Token.Kind, from lower: Int, text: consuming String = "") {
        let index = result.tokens.count
        if !pendingProblems.isEmpty {
            result.problems[index] = pendingProblems
            pendingProblems = []
        }
        if !pendingDoc.isEmpty {
            result.docs[index] = pendingDoc.joined(separator: "\n")
            pendingDoc = []
        }
        let atLeft = lower == 0 || bytes[lower - 1] == UInt8(ascii: "\n")
        result.tokens.append(
            Token(
                kind: kind, text: text, lower: lower, upper: position, startsLine: sawLineBreak,
                startsParagraph: sawBlankLine && atLeft, adjoinsPrevious: !sawSpace && !sawLineBreak))
        sawSpace = false
        sawLineBreak = false
        sawBlankLine = false
        lineBreaksInARow = 0
    }

    mutating func problem(_ error: SyntaxError, _ lower: Int, _ upper: Int) {
        pendingProblems.append(LexicalProblem(error: error, lower: lower, upper: upper))
    }

    // MARK: Between the tokens

    private mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"):
                position += 1
                sawLineBreak = true
                lineBreaksInARow += 1
                if lineBreaksInARow >= 2 {
                    sawBlankLine = true
                    pendingDoc = []
                }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
                sawSpace = true
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
                skipComment()
            case 0x80...:
                let (scalar, length) = decodeScalar(at: position)
                guard scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" else { return }
                position += length
                sawSpace = true
            default:
                return
            }
        }
    }

    private mutating func skipComment() {
        let lower = position
        let isDoc = peek(2) == UInt8(ascii: "-") && peek(3) != UInt8(ascii: "-")
        skipLine()
        result.comments.append(Comment(lower: lower, upper: position, isDoc: isDoc, ownsLine: sawLineBreak))
        // A doc comment behind something on its line explains nothing that follows.
        if isDoc, sawLineBreak {
            let start = lower + 3 < position && bytes[lower + 3] == UInt8(ascii: " ") ? lower + 4 : lower + 3
            pendingDoc.append(result.source.slice(start, endWithoutSpace(from: start)))
        }
        sawSpace = true
        lineBreaksInARow = 0
    }

    /// Goes to the end of the line, before its line break.
    mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        sawSpace = true
    }

    /// Where the text from an offset to the current position ends without the spaces at its end.
    private func endWithoutSpace(from start: Int) -> Int {
        var end = position
        while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
        return end
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private mutating func skipUnknownCharacters() {
        let lower = position
        repeat {
            position += decodeScalar(at: position).length
        } while position < bytes.count && isUnknown(at: position)
        let text = result.source.slice(lower, position)
        problem(.unexpectedCharacter(text), lower, position)
        sawSpace = true
    }

    /// Whether no token can begin here, for joining a run of such characters into one mistake. Being wrong costs a second message only.
    private func isUnknown(at index: Int) -> Bool {
        let byte = bytes[index]
        if byte >= 0x80 {
            let scalar = decodeScalar(at: index).scalar
            return !isNameScalar(scalar) && !scalar.properties.isWhitespace && typographic(scalar) == nil
        }
        return byte < 0x20 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\r")
            || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    // MARK: Tokens

    private mutating func lexToken() {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if !lexDate() { lexNumber() }
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            lexWord()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            lexText(closing: String(UnicodeScalar(byte)), openerLength: 1)
        case UInt8(ascii: "`"):
            lexQuotedName()
        case 0x80...:
            lexBeyondASCII()
        default:
            lexSymbol()
        }
    }

    private mutating func lexBeyondASCII() {
        let (scalar, length) = decodeScalar(at: position)
        if isNameScalar(scalar) {
            lexWord()
        } else if let meant = typographic(scalar) {
            if meant == "-" {
                problem(.typographicDash(String(scalar)), position, position + length)
                position += length
                emit(.symbol(.minus), from: position - length)
            } else {
                problem(.typographicQuote(String(scalar)), position, position + length)
                lexText(closing: meant, openerLength: length)
            }
        }
    }

    /// What a character that word processors put in place of plain ones stands for: `-`, or the quote that closes the text.
    private func typographic(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\u{2013}", "\u{2014}", "\u{2212}": "-"
        case "\u{201C}", "\u{201D}", "\u{201E}": "\u{201D}"
        case "\u{2018}", "\u{2019}", "\u{201A}": "\u{2019}"
        case "\u{AB}": "\u{BB}"
        default: nil
        }
    }

    private mutating func lexWord() {
        let lower = position
        var isASCII = true
        while position < bytes.count {
            let byte = bytes[position]
            if byte < 0x80 {
                guard isNameByte(byte) else { break }
                position += 1
            } else {
                let (scalar, length) = decodeScalar(at: position)
                guard isNameScalar(scalar) else { break }
                isASCII = false
                position += length
            }
        }
        let text = result.source.slice(lower, position)
        let keyword = isASCII ? Keyword(spelling: bytes[lower..<position]) : nil
        if sawLineBreak, lower == 0 || bytes[lower - 1] == UInt8(ascii: "\n"), sawBlankLine || keyword == .define {
            // A bracket that was forgotten far above must not turn the pipes of later statements into errors.
            depth = 0
        }
        emit(.word(keyword), from: lower, text: text)
    }

    private mutating func lexQuotedName() {
        let lower = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "`"), bytes[position] != UInt8(ascii: "\n") {
            position += 1
        }
        let text = result.source.slice(lower + 1, position)
        if peek() == UInt8(ascii: "`") {
            position += 1
            if text.isEmpty { problem(.emptyQuotedName, lower, position) }
        } else {
            problem(.unclosedQuotedName, lower, lower + 1)
        }
        emit(.quotedName, from: lower, text: text)
    }

    mutating func emitSymbol(_ symbol: Symbol, length: Int) {
        if symbol.closer != nil {
            depth += 1
        } else if symbol.isCloser {
            depth = max(0, depth - 1)
        }
        let lower = position
        position += length
        emit(.symbol(symbol), from: lower)
    }

    /// A `|`: outside of brackets the rest of the line is the shell's, comments, quotes and semicolons included.
    mutating func lexBar() {
        guard depth == 0 else {
            emitSymbol(.bar, length: 1)
            return
        }
        let lower = position
        skipLine()
        var start = lower + 1
        while start < position, Self.isSpace(bytes[start]) { start += 1 }
        let command = result.source.slice(start, endWithoutSpace(from: start))
        if command.isEmpty { problem(.emptyCommand, lower, lower + 1) }
        sawSpace = false
        emit(.pipe, from: lower, text: command)
    }
}
