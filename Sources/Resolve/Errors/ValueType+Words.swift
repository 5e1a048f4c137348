import Syntax
import Types

extension ValueType {
    /// The type as a person would say it: "a set of deals", "text".
    public func words(in schema: Schema) -> String {
        switch self {
        case .none: "none"
        case .text: "text"
        case .number: "a number"
        case .bool: "true or false"
        case .date: "a date"
        case .time: "a time"
        case .duration: "a duration"
        case .period(let unit): unit.map { "a \($0.rawValue)" } ?? "a period"
        case .record(let entity): withArticle(schema[entity].name)
        case .set(let entity): "a set of \(schema[entity].plural)"
        case .list(let element): "a list of \(element.pluralWords(in: schema))"
        case .table: "a nested table"
        }
    }

    private func pluralWords(in schema: Schema) -> String {
        switch self {
        case .none: "nothing"
        case .text: "texts"
        case .number: "numbers"
        case .bool: "true or false"
        case .date: "dates"
        case .time: "times"
        case .duration: "durations"
        case .period(let unit): unit.map { "\($0.rawValue)s" } ?? "periods"
        case .record(let entity): schema[entity].plural
        case .set(let entity): "sets of \(schema[entity].plural)"
        case .list(let element): "lists of \(element.pluralWords(in: schema))"
        case .table: "nested tables"
        }
    }
}

/// A noun with "a" or "an".
func withArticle(_ noun: String) -> String {
    guard let first = noun.lowercased().first else { return noun }
    return "\("aeio".contains(first) || noun.hasPrefix("un") && !noun.hasPrefix("uni") ? "an" : "a") \(noun)"
}

/// Words as "a, b or c".
func either(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
}

/// Words as "a, b and c".
func both(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}
