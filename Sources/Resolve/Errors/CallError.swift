/// What is wrong with the arguments of a call. The words stand in `CallError+Wording.swift`; types and expressions come as a person would say them.
enum CallError: ResolveError {
    case missingArgument(String, function: String, signature: String)
    case tooManyArguments(function: String, allowed: Int, given: Int, signature: String)
    case argumentTwice(String, function: String)
    case argumentType(function: String, parameter: String, expected: String, found: String, help: [String])
    case argumentNotConstant(function: String, parameter: String)
    case argumentOutOfRange(function: String, parameter: String, expected: String)
    case misplacedDistinct(function: String)
    case misplacedCondition(function: String)
    case misplacedOrder(function: String, help: [String])
}
