/// What is wrong with an aggregate, or with what goes over rows. The words stand in `AggregateError+Wording.swift`; types and expressions come as a person would say them.
enum AggregateError: ResolveError {
    case aggregateNeedsSet(String, help: [String])
    case aggregateOfRecords(String, set: String, help: [String])
    case aggregateOfType(String, expected: String, found: String, help: [String])
    case aggregateInAggregate(String)
    case notAggregated(String, keys: [String], help: [String])
    case pickInSummarize(String)
    case windowInSummarize(String)
    case windowNotHere(String)
    case perNeedsAggregate
    case topOfValues(found: String)
}
