import Foundation
import Syntax
import Types

/// Texts as the language sees them: characters are what a person calls so.
enum Texts {
    // MARK: Operators

    /// Case and accents do not count.
    static func foldedContains(_ text: Value, _ part: Value) -> Bool {
        guard case .text(let text) = text, case .text(let part) = part else { return false }
        return occurs(folded(part), in: folded(text)) != nil
    }

    static func folded(_ text: String) -> String {
        var folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        // Letters whose mark is a part of them, as people write them without it.
        for (letter, plain) in [
            ("ß", "ss"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ð", "d"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"),
        ] {
            folded = folded.replacingOccurrences(of: letter, with: plain, options: .literal)
        }
        return folded
    }

    static func matches(_ text: Value, _ pattern: Value) -> Bool {
        guard case .text(let text) = text, case .text(let pattern) = pattern, let compiled = try? Regex(pattern) else {
            return false
        }
        return text.firstMatch(of: compiled) != nil
    }

    /// A missing side counts as empty.
    static func joined(_ a: Value, _ b: Value) -> Value {
        let texts = [a, b].map { value in if case .text(let text) = value { text } else { "" } }
        return .text(texts.joined())
    }

    /// How many characters stand before the first occurrence, by code points rather than by what is canonically the same.
    private static func occurs(_ part: String, in text: String) -> Int? {
        let sought = Array(part.unicodeScalars)
        let all = Array(text.unicodeScalars)
        guard sought.count <= all.count else { return nil }
        for start in 0...(all.count - sought.count) where Array(all[start..<(start + sought.count)]) == sought {
            var before = String.UnicodeScalarView()
            before.append(contentsOf: all[..<start])
            return String(before).count
        }
        return nil
    }

    // MARK: Functions

    static func function(_ name: String, _ arguments: [Value], in evaluator: ReferenceEvaluator) -> Value? {
        if name == "text" { return .text(text(arguments[0], in: evaluator)) }
        guard case .text(let text)? = arguments.first else { return nil }
        func argument(_ index: Int) -> String {
            if case .text(let text) = arguments[index] { return text }
            return ""
        }
        func size(_ index: Int) -> Int { Functions.whole(arguments[index]) }
        switch name {
        case "upper": return .text(text.uppercased())
        case "lower": return .text(text.lowercased())
        case "fold": return .text(folded(text))
        case "trim": return .text(trimmed(text))
        case "length": return .number(Number(text.count))
        case "left": return .text(String(text.prefix(max(0, size(1)))))
        case "right": return .text(String(text.suffix(max(0, size(1)))))
        case "substring": return .text(String(text.dropFirst(max(0, size(1) - 1)).prefix(max(0, size(2)))))
        case "replace": return .text(text.replacingOccurrences(of: argument(1), with: argument(2), options: .literal))
        case "split_part": return part(text, argument(1), size(2))
        case "split":
            let parts = text.components(separatedBy: argument(1)).map(trimmed)
            return .list(parts.filter { !$0.isEmpty }.map(Value.text))
        case "starts_with": return .bool(Array(text.utf8).starts(with: Array(argument(1).utf8)))
        case "ends_with": return .bool(Array(text.utf8.reversed()).starts(with: Array(argument(1).utf8.reversed())))
        case "contains": return .bool(occurs(argument(1), in: text) != nil)
        case "position": return occurs(argument(1), in: text).map { .number(Number($0 + 1)) } ?? Value.none
        case "pad_left": return .text(String(repeating: argument(2), count: max(0, size(1) - text.count)) + text)
        case "extract": return extracted(text, argument(1))
        default: return ofPeople(name, text)
        }
    }

    /// Functions for names, addresses and numbers.
    private static func ofPeople(_ name: String, _ text: String) -> Value? {
        switch name {
        case "capitalize":
            var isInside = false
            return .text(
                text.reduce(into: "") { result, character in
                    result += isInside ? character.lowercased() : character.uppercased()
                    isInside = character.isLetter || character.isNumber || character == "'" || character == "’"
                })
        case "initials":
            let words = text.split { $0.isWhitespace || $0 == "-" }
            return .text(words.compactMap { word in word.first { $0.isLetter || $0.isNumber }?.uppercased() }.joined())
        case "digits":
            let digits = text.filter { $0.isASCII && $0.isNumber }
            return digits.isEmpty ? Value.none : .text(digits)
        case "domain":
            var rest = text.lowercased()
            for prefix in ["https://", "http://"] where rest.hasPrefix(prefix) { rest.removeFirst(prefix.count) }
            rest = rest.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) ?? rest
            rest = rest.split(separator: "/", omittingEmptySubsequences: false).first.map(String.init) ?? rest
            if rest.hasPrefix("www.") { rest.removeFirst(4) }
            return rest.contains(".") ? .text(rest) : Value.none
        default: return nil
        }
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    private static func part(_ text: String, _ separator: String, _ index: Int) -> Value {
        let parts = text.components(separatedBy: separator)
        let place = index < 0 ? parts.count + index : index - 1
        return parts.indices.contains(place) ? .text(parts[place]) : .none
    }

    private static func extracted(_ text: String, _ pattern: String) -> Value {
        guard let compiled = try? Regex(pattern), let match = text.firstMatch(of: compiled) else { return .none }
        let group = match.count > 1 ? match[1] : match[0]
        return group.substring.map { .text(String($0)) } ?? .none
    }

    // MARK: Values as texts

    /// A value as an answer shows it; a record by its label.
    static func text(_ value: Value, in evaluator: ReferenceEvaluator) -> String {
        switch value {
        case .none: return ""
        case .text(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .number(.decimal(let units, let scale)): return decimal(units, scale)
        case .number(.double(let number)): return String(format: "%.15g", number)
        case .date(let day): return date(day)
        case .time(let instant):
            let day = Rules.day(instant)
            let rest = instant - Int64(day) * 86_400_000_000
            let seconds = rest / 1_000_000
            var fraction = rest % 1_000_000 == 0 ? "" : String(format: ".%06d", rest % 1_000_000)
            while fraction.hasSuffix("0") { fraction.removeLast() }
            return date(day) + String(format: "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60) + fraction + "Z"
        case .period(let period):
            let first = Types.Calendar.civil(period.firstDay)
            switch period.unit {
            case .year: return String(format: "%04d", first.year)
            case .quarter: return String(format: "%04d-Q%d", first.year, (first.month - 1) / 3 + 1)
            case .month: return String(format: "%04d-%02d", first.year, first.month)
            case .week:
                let thursday = Types.Calendar.civil(period.firstDay + 3)
                let start = Types.Calendar.day(year: thursday.year, month: 1, day: 1)
                return String(format: "%04d-W%02d", thursday.year, (Int(period.firstDay + 3) - Int(start)) / 7 + 1)
            default: return date(period.index)
            }
        case .record(let entity, let row):
            let fields = evaluator.schema[entity]
            // What a person calls it, otherwise what the data do.
            for field in [fields.label, fields.key].compactMap({ $0 }) {
                let value = evaluator.cells[entity.index][field][Int(row)]
                if value != .none { return text(value, in: evaluator) }
            }
            return "\(fields.name) \(row + 1)"
        case .list(let values): return values.map { text($0, in: evaluator) }.joined(separator: ", ")
        case .duration, .set, .table: return "\(value)"
        }
    }

    private static func date(_ day: Int32) -> String {
        let date = Types.Calendar.civil(day)
        return String(format: "%04d-%02d-%02d", date.year, date.month, date.day)
    }

    private static func decimal(_ units: Int64, _ scale: Int) -> String {
        let digits = String(units.magnitude)
        let filled = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        var part = String(filled.suffix(scale))
        while part.hasSuffix("0") { part.removeLast() }
        return (units < 0 ? "-" : "") + filled.dropLast(scale) + (part.isEmpty ? "" : "." + part)
    }
}
