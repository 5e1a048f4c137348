/// The words of the command line, divided into the program's own and those of a script.
///
/// A script is the first word that ends in `.crmq` and is neither an option nor an option's value.
struct CommandLineDivision {
    struct Script {
        var path: String
        /// Everything behind the script's name.
        var arguments: [String]
    }
    let own: [String]
    let script: Script?
    /// Whether the first word names a command other than asking.
    let isSubcommand: Bool

    private static let optionsWithValue: Set<String> = [
        "-c", "--command", "--format", "--today", "--threads", "--rows", "--batch",
    ]
    private static let subcommands: Set<String> = ["demo", "pack", "schema", "fmt", "check", "help"]

    init(_ words: [String]) {
        isSubcommand = words.first.map(Self.subcommands.contains) ?? false
        guard !isSubcommand else {
            (own, script) = (words, nil)
            return
        }
        var index = 0
        while index < words.count {
            let word = words[index]
            if Self.optionsWithValue.contains(word) {
                index += 2
            } else if !word.hasPrefix("-"), word.hasSuffix(".crmq") {
                own = Array(words[..<index])
                script = Script(path: word, arguments: Array(words[(index + 1)...]))
                return
            } else {
                index += 1
            }
        }
        (own, script) = (words, nil)
    }
}
