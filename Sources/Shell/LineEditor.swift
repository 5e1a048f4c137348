/// What reading at the prompt came to.
public enum ReadResult: Equatable, Sendable {
    /// The text of one or, after a paste, several statements, without the newline that submitted it.
    case statement(String)
    /// Ctrl-C: the line is dropped and the session goes on.
    case cancelled
    /// Ctrl-D on an empty line, or the end of the input.
    case end
}

/// Where statements come from: a terminal with editing, or plain lines.
public protocol LineEditor: AnyObject {
    /// Reads until the text is a complete statement. The prompts may hold colour escapes, which are left out where the terminal
    /// has no colour. The continuation prompt is shown by editors that ask line by line.
    func read(prompt: String, continuationPrompt: String) -> ReadResult

    /// The statements entered so far, the oldest first, those of earlier sessions included.
    var history: [String] { get }
}

/// What can stand at the cursor, and which part of the text it would take the place of.
public struct Completion: Equatable, Sendable {
    /// The UTF-8 offsets of the text that a candidate replaces.
    public var replace: Range<Int>
    public var candidates: [Candidate]

    public init(replace: Range<Int>, candidates: [Candidate]) {
        self.replace = replace
        self.candidates = candidates
    }

    public static let none = Completion(replace: 0..<0, candidates: [])
}

/// One way to complete the text at the cursor.
public struct Candidate: Equatable, Sendable {
    /// What is inserted.
    public var text: String
    /// What the list shows in place of `text`.
    public var display: String?
    /// A few words beside it in the list.
    public var description: String?
    /// What follows once this is the only candidate left: a closing quote, a bracket, a space.
    public var suffix: String

    public init(text: String, display: String? = nil, description: String? = nil, suffix: String = "") {
        self.text = text
        self.display = display
        self.description = description
        self.suffix = suffix
    }

    var label: String { display ?? text }
}

/// Answers whether a text can be submitted as it stands.
public typealias CompletenessCheck = (_ text: String) -> Bool
/// Answers what can stand at the cursor.
public typealias Completer = (_ text: String, _ cursorUTF8Offset: Int) -> Completion
