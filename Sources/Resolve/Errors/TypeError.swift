import Syntax

/// Values of types that do not go together. The words stand in `TypeError+Wording.swift`; types and expressions come as a person would say them.
enum TypeError: ResolveError {
    case notACondition(found: String, help: [String])
    case operandTypes(BinaryOperator, left: String, right: String, help: [String])
    case prefixType(String, expected: String, found: String, help: [String])
    case comparesWithText(field: String, type: String, text: String, help: [String])
    case manyWhereOneIsNeeded(String, found: String, help: [String])
    case setNeeded(String, found: String, help: [String])
    case recordNeeded(String, found: String)
    case differentTypes(String, first: String, second: String)
    case invalidPattern(String, reason: String)
    case rangeOutsideIn
    case listOutsideIn
    case rangeBounds(left: String, right: String)
    case spanNeedsWholeNumber
    case spanNeedsCount(String, unit: String)
    case membership(left: String, right: String, help: [String])
    case resultType(String, declared: String, found: String)
    case notOrdered(String, help: [String])
    case noMembers(String, of: String)
    case nestedSets(String)
    case notConvertible(String, to: String, example: String)
}
