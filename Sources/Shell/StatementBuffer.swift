/// Gathers lines until they make a statement. Knows nothing of terminals, so that it is tested by itself.
public struct StatementBuffer {
    public private(set) var text = ""
    private let isComplete: CompletenessCheck
    private let blankLineSubmits: Bool

    /// A person who is stuck in an open bracket gets out with a blank line; in a script a blank line means nothing.
    public init(blankLineSubmits: Bool, isComplete: @escaping CompletenessCheck) {
        self.blankLineSubmits = blankLineSubmits
        self.isComplete = isComplete
    }

    public var isEmpty: Bool { text.isEmpty }

    /// Adds a line; answers the statement if it ends here.
    public mutating func append(line: some StringProtocol) -> String? {
        let continues = !text.isEmpty
        if continues { text += "\n" }
        text += line
        let forced = blankLineSubmits && continues && line.allSatisfy(\.isWhitespace)
        return forced || isComplete(text) ? take() : nil
    }

    /// Answers what was gathered, if it is more than white space, and starts afresh.
    public mutating func take() -> String? {
        defer { text = "" }
        let trimmed = Self.withoutTrailingBlankLines(text)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Blank lines after a statement only said that it is over.
    static func withoutTrailingBlankLines(_ text: String) -> String {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        let end = text[last...].firstIndex(where: \.isNewline) ?? text.endIndex
        return String(text[..<end])
    }
}
