import Syntax

/// The code, the line that says what is wrong, and the lines that help.
typealias Wording = (code: String, message: String, help: [String])

/// Something that is wrong with a question or a declaration that was parsed, as data; each kind keeps its words beside it.
protocol ResolveError {
    var wording: Wording { get }
}

extension ResolveError {
    /// The error as a message about a place.
    func diagnostic(at span: Span?) -> Diagnostic {
        let (code, message, help) = wording
        return Diagnostic(code: code, message, at: span, help: help)
    }
}

extension Diagnostic {
    /// What the data lack for a declaration that this error stops: of definitions that use each other what the innermost of them misses.
    var lack: String { code == "unavailable" ? help.first ?? message : message }
}

/// Pieces that several messages share.
enum Words {
    static func nearest(_ names: [String]) -> [String] {
        names.isEmpty ? [] : ["did you mean \(either(names.map { "`\($0)`" }))?"]
    }

    static func listed(_ listing: NameError.Listing) -> String? {
        listing.names.isEmpty ? nil : "\(listing.title): \(cut(listing.names))"
    }

    static func entities(_ names: [String]) -> [String] { names.isEmpty ? [] : ["entities: \(cut(names))"] }

    /// A list that stays readable: the first few names and how many more there are.
    static func cut(_ names: [String]) -> String {
        let limit = 24
        let shown = names.prefix(limit).joined(separator: ", ")
        return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
    }

    static func examples(of type: String) -> [String] {
        switch type {
        case "a date": ["such as 2026-06-30"]
        case "a time": ["such as 2026-06-30T14:05Z"]
        case "a duration": ["such as \"90 days\"; a number alone counts days"]
        case "a number": ["such as 1250.50 or 50k"]
        case "true or false": ["true or false, yes or no, 1 or 0"]
        default: []
        }
    }
}
