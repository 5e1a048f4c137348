import Types

/// A regular expression that could not be read.
public struct PatternError: Error, Sendable, CustomStringConvertible {
    public let pattern: String
    public let reason: String
    public var description: String { "\"\(pattern)\" is not a regular expression: \(reason)" }
}

/// A regular expression in Swift's syntax (that of Perl, in the main), compiled once. Upper and lower case differ unless it begins with
/// `(?i)`.
public final class TextPattern: @unchecked Sendable {
    // A compiled expression is never changed after it was made, so that threads may share it.
    private let regex: Regex<AnyRegexOutput>
    public let pattern: String

    public init(_ pattern: String) throws(PatternError) {
        self.pattern = pattern
        do {
            regex = try Regex(pattern)
        } catch {
            // The parser's own words, without the type names around them.
            throw PatternError(pattern: pattern, reason: "\(error)")
        }
    }

    /// Whether a part of the text fits.
    public func matches(_ text: String) -> Bool { ((try? regex.firstMatch(in: text)) ?? nil) != nil }

    /// The first part that fits, or what its first group holds.
    public func extracted(from text: String) -> Substring? {
        guard let match = (try? regex.firstMatch(in: text)) ?? nil else { return nil }
        return match.output.count > 1 ? match.output[1].substring : match.output[0].substring
    }
}

/// The rows whose text has a part that fits, evaluated once for each entry of a dictionary where that is less. Since an expression can
/// take long on a text, `isCancelled` is asked before each; once it says yes, the rest is passed over, and what is given is of no use.
public func matches(
    _ value: Operand, _ pattern: TextPattern, count: Int, isCancelled: () -> Bool = { false }
) -> Bitmap {
    textsWhere(value, count: count) { !isCancelled() && pattern.matches(String(decoding: $0, as: UTF8.self)) }
}

/// As above with the pattern as text, which is compiled in every call.
public func matches(_ value: Operand, _ pattern: String, count: Int) throws(PatternError) -> Bitmap {
    matches(value, try TextPattern(pattern), count: count)
}

/// The first part of each text that fits, or what its first group holds; missing where nothing fits. `isCancelled` as above.
public func extract(_ value: Operand, _ pattern: TextPattern, count: Int, isCancelled: () -> Bool = { false }) -> Vector {
    mapText(value, count: count) { text, out in
        guard !isCancelled(), let part = pattern.extracted(from: String(decoding: text, as: UTF8.self)) else { return false }
        out.append(contentsOf: part.utf8)
        return true
    }
}
