import Syntax

/// A script's parameters, as its `param` statements declare them, and the words of the command line that set them.
public struct Script {
    struct Parameter {
        var name: String
        var type: String
        var defaultText: String?
        var description: String?
    }

    public enum Arguments {
        /// `--help`: the text to print.
        case help(String)
        /// What is wrong, in one line.
        case wrong(String)
        /// The texts given for parameters, and the words that are not the script's.
        case values([String: String], rest: [String])
    }

    private let path: String
    private let doc: String?
    private let parameters: [Parameter]

    public init(_ source: SourceText) {
        path = source.name
        let statements = parse(source).statements
        doc = statements.first?.doc
        parameters = statements.compactMap { statement in
            guard case .param(let parameter, let description) = statement.kind else { return nil }
            return Parameter(
                name: parameter.name.text, type: Self.typeText(parameter), defaultText: parameter.defaultValue?.span.text,
                description: description)
        }
    }

    private static func typeText(_ parameter: Syntax.Parameter) -> String {
        if case .named(let name) = parameter.type { return name.text }
        return "value"
    }

    /// Divides words such as `--region APAC` and `--region=APAC`. A parameter's name may be written with hyphens.
    public func readArguments(_ words: [String]) -> Arguments {
        var values: [String: String] = [:]
        var rest: [String] = []
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--help" || word == "-h" { return .help(help) }
            guard word.hasPrefix("--"), word.count > 2 else {
                rest.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = String(parts[0].map { $0 == "-" ? "_" : $0 })
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                rest.append(word)
                continue
            }
            if parts.count == 2 {
                values[name] = parts[1]
            } else if parameter.type == "bool", index >= words.count || words[index].hasPrefix("--") {
                values[name] = "true"
            } else if index < words.count {
                values[name] = words[index]
                index += 1
            } else {
                return .wrong("--\(parts[0]) needs a value, of type \(parameter.type)")
            }
        }
        let missing = parameters.filter { $0.defaultText == nil && values[$0.name] == nil }
        if let first = missing.first {
            return .wrong("\(path) needs --\(first.name), of type \(first.type)" + (first.description.map { ": \($0)" } ?? ""))
        }
        return .values(values, rest: rest)
    }

    /// What `crmq STORE script.crmq --help` prints.
    private var help: String {
        var text = "usage: crmq STORE \(path)" + parameters.map { " [--\($0.name) VALUE]" }.joined() + "\n"
        if let doc { text += "\n\(doc)\n" }
        guard !parameters.isEmpty else { return text + "\nThis script takes no parameters.\n" }
        text += "\n"
        let width = parameters.map { $0.name.count + $0.type.count }.max() ?? 0
        for parameter in parameters {
            let padding = String(repeating: " ", count: width - parameter.name.count - parameter.type.count)
            text += "  --\(parameter.name) \(parameter.type)\(padding)  \(parameter.description ?? "")"
            text += parameter.defaultText.map { "  (default: \($0))\n" } ?? "  (must be given)\n"
        }
        return text
    }
}
