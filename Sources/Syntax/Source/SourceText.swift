/// One piece of text that the language was read from: a script, a line typed at the prompt, a schema file or a part of the
/// standard library.
public final class SourceText: Sendable {
    /// What messages call it: a path as the person gave it, or a word in angle brackets such as `<prompt>`.
    public let name: String
    /// The text as UTF-8. All spans are offsets into this array.
    public let bytes: [UInt8]
    /// The offset at which each line begins; the first is always 0.
    public let lineStarts: [Int]
    /// The zero-based line of a longer input at which this text begins, for one that arrives a piece at a time.
    public let linesBefore: Int

    public init(name: String, text: String, linesBefore: Int = 0) {
        self.name = name
        self.linesBefore = linesBefore
        bytes = Array(text.utf8)
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    /// The text between two UTF-8 offsets; offsets beyond the end are clamped.
    public func slice(_ lower: Int, _ upper: Int) -> String {
        let end = min(max(upper, 0), bytes.count)
        let start = min(max(lower, 0), end)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The zero-based line that holds a UTF-8 offset, in O(log lines).
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The number by which a person knows a zero-based line of this text, counted from 1 at the start of the whole input.
    public func lineNumber(_ line: Int) -> Int { linesBefore + line + 1 }

    /// The text of a zero-based line, without its line break.
    public func text(ofLine line: Int) -> String {
        let start = lineStarts[line]
        var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
        while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return slice(start, end)
    }
}

/// A stretch of a source text, in UTF-8 offsets, upper bound exclusive. It keeps its source alive, so that a definition read long
/// ago can still be quoted in a message.
public struct Span: Sendable {
    public let source: SourceText
    public let lower: Int
    public let upper: Int

    public init(_ source: SourceText, _ lower: Int, _ upper: Int) {
        self.source = source
        self.lower = lower
        self.upper = max(lower, upper)
    }

    /// The text that the span covers.
    public var text: String { source.slice(lower, upper) }

    /// The smallest span that covers both; both must be of one source, otherwise `self` is the answer.
    public func joined(with other: Span) -> Span {
        guard source === other.source else { return self }
        return Span(source, min(lower, other.lower), max(upper, other.upper))
    }
}
