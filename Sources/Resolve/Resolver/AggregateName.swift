import Types

/// The aggregates that the prelude declares. What they do with sets, rows, `distinct` and `by` is beyond what a signature can say, so
/// the resolver knows them by name.
enum AggregateName: String, CaseIterable {
    case count, sum, avg, median, min, max, percentile, stdev, share, list, join, first, last, top
    case anyTrue = "any_true"
    case allTrue = "all_true"

    /// Whether it picks records of a set rather than computing with values.
    var picks: Bool { self == .first || self == .last || self == .top }

    /// The elements over which it goes, as a person would say them; none where any will do.
    var needed: String? {
        switch self {
        case .sum, .avg, .median: "numbers or durations"
        case .min, .max: "values that have an order"
        case .percentile, .stdev: "numbers"
        case .share, .anyTrue, .allTrue: "conditions"
        case .count, .list, .join, .first, .last, .top: nil
        }
    }

    func accepts(_ element: ValueType) -> Bool {
        switch self {
        case .sum, .avg, .median: element == .number || element == .duration || element == .none
        case .min, .max: element.isOrdered
        case .percentile, .stdev: element == .number || element == .none
        case .share, .anyTrue, .allTrue: element == .bool || element == .none
        case .count, .list, .join, .first, .last, .top: element.isScalar
        }
    }
}

/// What goes over the rows in their order rather than over a group of them.
enum WindowName: String, CaseIterable {
    case rank, running, previous
}
