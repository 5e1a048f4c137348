import Syntax

/// What can be wrong in a schema file once it is understood as text.
enum SchemaError {
    case foreignStatement
    /// An entity is declared whose file was not loaded.
    case unknownFile(String, exist: [String])
    case unknownColumn(String, file: String, exist: [String])
    case unknownType(String, entities: [String])
    case unknownEntity(String, entities: [String])
    case declaredTwice(String)
    case nameTaken(String)
    case columnUsedTwice(String)
    case markOnLink(String)
    case wrongTimeType(String)
    case wayBackOfValue(String)
    case historyType(String, of: String)
    /// Values that the declared type cannot hold.
    case unfitValues(column: String, type: String, count: Int, example: String)
}

extension SchemaError {
    func diagnostic(at span: Span) -> Diagnostic {
        let (code, message, help) = wording
        return Diagnostic(.error, code: code, message, at: span, help: help)
    }

    private var wording: (code: String, message: String, help: [String]) {
        switch self {
        case .foreignStatement:
            (
                "not-a-schema", "a schema file declares entities, links and histories only",
                ["put definitions and questions into a file of their own"]
            )
        case .unknownFile(let name, let exist):
            ("unknown-file", "no loaded file is called `\(name)`", Self.help(name, exist, "loaded files"))
        case .unknownColumn(let name, let file, let exist):
            ("unknown-column", "`\(file)` has no column `\(name)`", Self.help(name, exist, "its columns"))
        case .unknownType(let name, let entities):
            (
                "unknown-type", "`\(name)` is neither a type nor an entity",
                Self.help(name, ["text", "number", "bool", "date", "time"] + entities, "types and entities")
            )
        case .unknownEntity(let name, let entities):
            ("unknown-entity", "there is no entity `\(name)`", Self.help(name, entities, "entities"))
        case .declaredTwice(let name): ("declared-twice", "`\(name)` is declared twice", [])
        case .nameTaken(let name): ("name-taken", "`\(name)` is the name of another entity already", [])
        case .columnUsedTwice(let name):
            (
                "column-declared-twice", "the column `\(name)` is declared as two fields",
                ["one field holds its values; links may share it"]
            )
        case .markOnLink(let name):
            ("mark-on-link", "`\(name)` is a link and cannot be key, label or time", ["declare its column as a field besides"])
        case .wrongTimeType(let name):
            (
                "wrong-time-type", "`\(name)` is no date and no time, so it cannot be the entity's time",
                ["declare it as `date` or `time`"]
            )
        case .wayBackOfValue(let name):
            ("way-back-of-value", "`\(name)` is no link, so there is no way back to name", ["give it an entity as its type"])
        case .historyType(let column, let field):
            (
                "history-type", "the values of `\(column)` are of another type than those of `\(field)`",
                ["declare both columns with one type"]
            )
        case .unfitValues(let column, let type, let count, let example):
            (
                "unfit-values",
                count == 1
                    ? "one value of `\(column)` is no \(type): \"\(example)\""
                    : "\(count) values of `\(column)` are no \(type), such as \"\(example)\"",
                ["declare it as `text`, or correct the data"]
            )
        }
    }

    /// The nearest names, then what exists, as far as it can be taken in.
    private static func help(_ name: String, _ exist: [String], _ what: String) -> [String] {
        var help: [String] = []
        let near = nearest(to: name, among: exist)
        if !near.isEmpty { help.append("did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?") }
        let shown = exist.prefix(20)
        let rest = exist.count > shown.count ? ", … (\(exist.count) in all)" : ""
        if !shown.isEmpty { help.append("\(what): \(shown.joined(separator: ", "))\(rest)") }
        return help
    }
}
