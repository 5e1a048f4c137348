import Syntax

/// Names and texts as a schema file writes them.
enum SchemaNames {
    /// Words that mean something behind or before the name of a field.
    private static let reserved: Set<String> = ["key", "label", "time", "from", "both", "ways"]
    private static let types: Set<String> = ["text", "number", "bool", "date", "time", "list", "set"]

    /// The name, in backquotes where it would not be read as one.
    static func written(_ name: String) -> String {
        isPlain(name) && !reserved.contains(name) && Keywords.entry(for: name) == nil ? name : "`\(name)`"
    }

    static func writtenAsType(_ name: String) -> String {
        types.contains(name) ? "`\(name)`" : written(name)
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, !isDigit(first) else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII {
                return scalar == "_" || isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            }
            return scalar.properties.isAlphabetic
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// A text in quotes.
    static func quoted(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            case "\r\n": escaped += "\\r\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            default: escaped.append(character)
            }
        }
        return "\"\(escaped)\""
    }
}
