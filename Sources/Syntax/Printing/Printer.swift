/// Writes trees as the text that stands for them, in one way only: with the fewest parentheses, plain double quotes and single spaces.
/// What it writes parses to the same tree, and is written the same way again.
public enum Printer {
    /// The text of an expression on one line. It heads columns without a name, and two expressions are the same if their texts are.
    public static func text(of expression: Expression) -> String {
        ExpressionPrinter.text(expression)
    }

    /// The text of a question, over several lines where one is not enough.
    public static func text(of question: Question) -> String {
        StatementPrinter.lines(question).joined(separator: "\n")
    }

    /// The text of a statement with its doc comment, without a line break at the end.
    public static func text(of statement: Statement) -> String {
        StatementPrinter.text(statement)
    }

    /// The text of a name where a value is expected: in backquotes if it would be read as something else without them.
    public static func name(_ text: String) -> String {
        let isReserved = Keyword(rawValue: text.lowercased())?.isReservedAsValue ?? foreignNulls.contains(text.lowercased())
        return isReserved || !isPlainName(text) ? "`\(text)`" : text
    }

    /// The text as a literal in double quotes.
    public static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Words that are answered with a hint to `none`, so that as names they need backquotes.
    static let foreignNulls: Set<String> = ["null", "nil", "undefined"]

    /// Whether a text can stand as a name without backquotes.
    static func isPlainName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
        return text.unicodeScalars.allSatisfy(Lexer.isNameScalar)
    }

    /// A name in a place where every word is a name, such as behind a dot. One that stood in backquotes keeps them if it has capitals,
    /// because it may be a header as written in the data.
    static func plain(_ name: Name) -> String {
        let mustQuote = !isPlainName(name.text) || (name.quoted && name.text != name.text.lowercased())
        return mustQuote ? "`\(name.text)`" : name.text
    }

    /// A name in a place where keywords have their meaning.
    static func value(_ name: Name) -> String {
        let plain = plain(name)
        return plain.hasPrefix("`") ? plain : self.name(name.text)
    }
}

extension Expression {
    /// See ``Printer/text(of:)-(Expression)``.
    public var canonicalText: String { Printer.text(of: self) }
}
