/// What an operator did, for `explain`.
public struct OperatorStatistics: Sendable {
    /// The operator as the plan prints it.
    public var text: String
    public var rowsIn: Int
    public var rowsOut: Int
    /// Time spent in the operator itself, without those before it.
    public var nanoseconds: UInt64
}

/// What running a question took, an operator a line, the source first.
public struct ExecutionStatistics: Sendable {
    public var operators: [OperatorStatistics]
    /// How values over links were computed, a line for each.
    public var notes: [String]
}
