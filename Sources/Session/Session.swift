import Columns
import Execute
import Output
import Plan
import Resolve
import Store
import Syntax
import Types

/// A store, what has been declared and answered so far, and a place for answers and messages: questions in, results out.
public final class Session {
    public let store: Store
    public var settings: Settings
    public internal(set) var environment: Environment
    /// Answers by the names under which questions can go on from them: `it`, and what `let` bound.
    var answers: [String: Answer] = [:]
    /// The last answer as it was shown, for `:rows` and the footer.
    public var lastAnswer: Answer? { answers["it"] }

    /// The question whose answer `it` is, with all clauses that were put to it since.
    var lastQuestion: Question?

    /// The declarations that were taken in, in their order, so that a session with other data can take them over.
    var declarations: [Statement] = []

    /// Values of fields that were counted for completion.
    var fieldValues: [FieldID: FieldValues] = [:]

    /// Whether the standard library's perspectives were taken in.
    var knowsLibrary = false

    let output: any AnswerOutput
    /// What is shown is put together here, one answer after another.
    let shown: ByteSink
    /// Asked once a batch while a question runs.
    let isCancelled: @Sendable () -> Bool

    public init(
        store: Store, clock: SessionClock, settings: Settings, output: any AnswerOutput,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.store = store
        self.settings = settings
        self.output = output
        self.isCancelled = isCancelled
        shown = ByteSink(isCancelled: isCancelled)
        environment = Environment(catalogue: store, clock: clock, library: Library(StandardLibrary.modules()))
    }

    /// Gives parameters their values, as texts of the command line, before the script that declares them runs.
    public func setParameters(_ values: [String: String]) {
        for (name, text) in values { environment.give(parameter: name, text: text) }
    }
}

/// Where answers and messages go: the terminal, a pipe, or a test.
public protocol AnswerOutput: AnyObject {
    /// An answer in its final form. `isTable` answers of a terminal may go through a pager.
    func show(_ bytes: [UInt8], isTable: Bool) throws(OutputError)
    /// A message, already worded and ending in a line break.
    func tell(_ message: String)
}
