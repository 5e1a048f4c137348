/// How serious a message is. Only an error stops a question.
public enum Severity: String, Sendable {
    case error, warning, hint
}

/// A message about a piece of source text, as data. Each stage keeps the wording of its own messages in one file beside it.
public struct Diagnostic: Error, Sendable {
    /// A further place that explains the message, such as the bracket that was never closed.
    public struct Note: Sendable {
        public var message: String
        public var span: Span?
        public init(_ message: String, at span: Span? = nil) {
            self.message = message
            self.span = span
        }
    }

    public var severity: Severity
    /// A stable, hyphenated name of the kind of message, such as `unknown-name`.
    public var code: String
    /// What is wrong, in one line without a full stop.
    public var message: String
    /// Where it is wrong; none when no source text is to blame.
    public var span: Span?
    /// Further places and facts.
    public var notes: [Note]
    /// What was probably meant, or what exists instead; each a line.
    public var help: [String]

    public init(
        _ severity: Severity = .error, code: String, _ message: String, at span: Span?, notes: [Note] = [], help: [String] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.span = span
        self.notes = notes
        self.help = help
    }
}
