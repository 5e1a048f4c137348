/// What is wrong with a perspective, a type of relationship or a goal. The words stand in `MeaningError+Wording.swift`; types and
/// expressions come as a person would say them.
enum MeaningError: ResolveError {
    case unknownPerspective(String, near: [String], there: [String])
    case notInPerspective(String, perspective: String, near: [String], there: [String], elsewhere: [String])
    case needsNumber(String, found: String, help: [String])
    case needsKnownValue(String)
    case needsDay(String, found: String)
    case daysOutOfOrder(earlier: String, later: String)
    case noDirection(String)
}
