/// What is wrong with a name, or with the record that a text names. The words stand in `NameError+Wording.swift`; types and expressions come as a person would say them.
enum NameError: ResolveError {
    /// What may stand in a place, for the line "there are …": what kind of things these are, and their names.
    struct Listing {
        var title: String
        var names: [String]
    }

    case unknownName(String, near: [String], there: [Listing], meant: [String])
    case unknownMember(String, of: String, near: [String], there: [Listing], meant: [String])
    case unknownEntity(String, near: [String], there: [String])
    case unknownFunction(String, near: [String], elsewhere: String?)
    case unknownQuestion(String, near: [String], there: [String])
    /// A question of the standard library for which the data have not enough.
    case unavailableQuestion(String, lack: String)
    case unknownArgument(String, function: String, there: [String])
    case unknownType(String, near: [String], there: [String])
    case unquotedText(String, value: String, field: String)
    case noLastAnswer
    case notAFunction(String, what: String)
    case needsArguments(String, signature: String)
    case nameTaken(String, by: String)
    case recordNotFound(String, entity: String, plural: String, near: [String])
    case recordAmbiguous(String, entity: String, plural: String, count: Int)
    case edgeNotHere(reason: String)
}
