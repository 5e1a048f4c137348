extension DeclarationError {
    var wording: Wording {
        switch self {
        case .recursion(let name):
            ("recursion", "`\(name)` is defined by itself", ["a definition cannot use itself, not even through another"])
        case .tooLarge(let name):
            (
                "too-large", "`\(name)` leads through too many definitions",
                ["definitions may use each other 50 deep and 2,000 times in all"]
            )
        case .defaultType(let name, let declared, let found):
            ("type-mismatch", "`\(name)` is declared as \(declared), and its default is \(found)", [])
        case .definitionTwice(let name, let entity):
            (
                "defined-twice",
                "`\(entity.map { "\($0).\(name)" } ?? name)` is already \(entity == nil ? "declared" : "a field or a link")",
                [
                    "choose another name"
                ]
            )
        case .parameterNeedsValue(let name):
            (
                "missing-parameter", "the parameter `\(name)` has no value",
                ["give it on the command line: --\(name) VALUE", "or a default: `param \(name) = …`"]
            )
        case .parameterValue(let name, let expected, let text):
            ("bad-parameter", "\"\(text)\" is not \(expected), as --\(name) needs", Words.examples(of: expected))
        case .nativeOutsideLibrary(let name):
            ("native", "only the standard library can declare `\(name)` as native", [])
        case .unavailable(let name, let missing):
            ("unavailable", "`\(name)` is not available with this data", [missing])
        }
    }
}
