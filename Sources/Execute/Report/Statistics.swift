/// What an operator did, for `explain`.
public struct OperatorStatistics: Sendable {
    /// The operator as the plan prints it.
    public var text: String
    public var rowsIn: Int
    public var rowsOut: Int
    /// Time spent in the operator itself, without those before it.
    public var nanoseconds: UInt64
    /// What it did where it had a choice, in plain words.
    public var strategies: [String]
}

/// What running a question took, an operator a line, the source first.
public struct ExecutionStatistics: Sendable {
    public var operators: [OperatorStatistics]
    /// What is said of the question as a whole, a line for each.
    public var notes: [String]
}
