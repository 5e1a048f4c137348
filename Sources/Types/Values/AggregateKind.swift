/// What an aggregate computes from many values. Missing values are passed over, except where rows are counted.
public enum AggregateKind: Hashable, Sendable {
    /// Rows or records, whether or not anything is missing.
    case count
    /// Values that are there.
    case countPresent
    /// Rows for which a condition holds.
    case countTrue
    case countDistinct
    case sum, average, median, minimum, maximum
    /// The part is in 0...1: 0.9 for the 90th percentile; linear between neighbours.
    case percentile(Double)
    /// Of a sample: divided by n - 1.
    case standardDeviation
    /// Rows for which a condition holds, divided by all rows.
    case share
    case list
    case join(separator: String)
    /// In the order of the rows.
    case first, last
    case anyTrue, allTrue
}
