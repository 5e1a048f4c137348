import Execute
import Plan
import Syntax

/// What a person can set for a session; everything else follows from the data and the question.
public struct Settings: Sendable {
    /// None: a table for a terminal, TSV for anything else.
    public var format: OutputFormat?
    public var header = true
    /// Columns of the terminal that answers go to; none where they go elsewhere.
    public var width: Int?
    /// The most rows that a table on a terminal shows before it leaves out the middle; none shows all.
    public var rowLimit: Int?
    public var color = false
    /// Colour of messages, which may go to a terminal when answers do not.
    public var messageColor = false
    /// Print how long each question took, on standard error where answers are not for a person.
    public var timing = false
    /// No notes and hints, only errors.
    public var quiet = false
    /// Refuse `| command` and `into "file"`, for scripts of strangers.
    public var safe = false
    public var execution = ExecutionOptions()
    /// How many threads a question may use.
    public var threads: Int {
        get { execution.threads }
        set { execution.threads = newValue }
    }
    public var optimizer = OptimizerOptions.all

    public init() {}

    /// The format of an answer that names none itself.
    public var effectiveFormat: OutputFormat { format ?? (width == nil ? .tsv : .table) }
}
