import Syntax
import Types

/// An expression as text, with what the generator has to know of it.
struct Expr {
    var text: String
    var type: ValueType
    /// Whether it may be a double whose last digits depend on the order of computing. Such values are never compared for equality,
    /// sorted by or grouped by unless they are rounded first.
    var isInexact = false
    /// Whether it needs parentheses before something can be put behind or beside it.
    var isComposite = false
    /// The field that a text or other value comes from, so that conditions can be given values that occur.
    var field: FieldID?

    /// The text as an operand.
    var operand: String { isComposite ? "(\(text))" : text }
}

/// What the names in an expression can mean, outermost first.
struct Names {
    struct Column {
        var name: String
        var type: ValueType
        var isInexact: Bool
        var field: FieldID?
    }

    /// Columns of the question's rows; they win over the fields of the record.
    var columns: [Column] = []
    /// The records that names may be fields of, outermost first; the first may be the question's rows' own.
    var records: [EntityID] = []
    /// The entity of the pairs through which the innermost record was reached.
    var edge: EntityID?

    func entering(_ entity: EntityID, edge: EntityID?) -> Names {
        Names(columns: columns, records: records + [entity], edge: edge)
    }
}

/// The words that have to stand in backquotes to be names.
private let reserved: Set<String> = [
    "where", "with", "select", "summarize", "sort", "take", "skip", "distinct", "follow", "pivot", "as", "chart", "format",
    "into",
    "and", "or", "not", "in", "any", "no", "if", "true", "false", "none", "it", "matches", "then", "else", "per", "by", "for",
    "ask",
    "path", "each", "duplicates", "compare", "last", "this", "next", "today", "now", "yesterday", "first", "edge", "count",
    "time", "date",
]

/// A name as it can stand anywhere.
func named(_ name: String) -> String {
    let isWord = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } && !(name.first?.isNumber ?? true)
    return isWord && !reserved.contains(name) ? name : "`\(name)`"
}

/// A value as text of the language.
func literal(_ value: Value) -> String? {
    switch value {
    case .none: return "none"
    case .text(let text):
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\t": escaped += "\\t"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return "\"\(escaped)\""
    case .bool(let flag): return flag ? "true" : "false"
    case .number(.decimal(let units, let scale)):
        let digits = String(units.magnitude)
        let filled = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let text = scale == 0 ? digits : filled.dropLast(scale) + "." + filled.suffix(scale)
        return units < 0 ? "(-\(text))" : String(text)
    case .number(.double): return nil
    case .date(let day): return written(day)
    case .time(let instant):
        let day = Rules.day(instant)
        let rest = instant - Int64(day) * 86_400_000_000
        let clock = [rest / 3_600_000_000, rest / 60_000_000 % 60, rest / 1_000_000 % 60].map { padded(Int($0), 2) }
        let micros = rest % 1_000_000
        return "\(written(day))T\(clock.joined(separator: ":"))" + (micros == 0 ? "" : "." + padded(Int(micros), 6)) + "Z"
    case .period(let period):
        let first = Types.Calendar.civil(period.firstDay)
        switch period.unit {
        case .month: return "\(padded(first.year, 4))-\(padded(first.month, 2))"
        case .quarter: return "\(padded(first.year, 4))-Q\((first.month - 1) / 3 + 1)"
        default: return nil
        }
    case .duration, .record, .set, .list, .table: return nil
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private func written(_ day: Int32) -> String {
    let date = Types.Calendar.civil(day)
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
}
