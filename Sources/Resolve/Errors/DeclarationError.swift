/// What is wrong with a declaration, and what is not there yet. The words stand in `DeclarationError+Wording.swift`; types and expressions come as a person would say them.
enum DeclarationError: ResolveError {
    case recursion(String)
    case tooLarge(String)
    case defaultType(String, declared: String, found: String)
    case definitionTwice(String, entity: String?)
    case parameterNeedsValue(String)
    case parameterValue(String, expected: String, text: String)
    case nativeOutsideLibrary(String)
    case unavailable(String, missing: String)
}
