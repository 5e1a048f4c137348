/// What can go wrong while a question runs. Missing values and divisions by zero do not: they give missing values.
public enum ExecuteError: Error, Sendable, Equatable {
    /// The person asked to stop.
    case interrupted
    case invalidPattern(String, reason: String)
    /// More rows than may be kept.
    case tooManyRows(limit: Int)
    /// The sets of a single row have more elements than can be counted.
    case tooManyElements(limit: Int)
    /// An earlier answer that the session does not keep.
    case unknownAnswer(String)
    /// A step of a path whose strength is not between 0 and 1, or whose cost is below 0.
    case stepValue(String, isStrength: Bool, link: String, from: String, to: String)
    /// A native function that this build does not have.
    case unknownFunction(String)
    /// A pivot whose key has more values than a table can have columns.
    case tooManyColumns(limit: Int)
}
