import enum Syntax.OutputFormat

/// What a person says on the command line about asking.
struct AskOptions {
    /// A folder of exports, files, or a snapshot; none where `$CRMQ_STORE` says it.
    var store: [String] = []
    /// The statements to answer; none where they come from a script, from standard input or from the prompt.
    var command: String?
    var format: OutputFormat?
    var noHeader = false
    var today: String?
    var timing = false
    var quiet = false
    var safe = false
    /// The most rows that a table shows; 0 shows all.
    var rows: Int?
    var threads: Int?
    var noCache = false
}

extension AskOptions {
    /// Reads a command line in which every word is understood as it stands; none for any other, which the argument parser then reads,
    /// explains or rejects.
    ///
    /// The argument parser describes all commands to itself before it reads a word. That takes about as long as a look-up in a snapshot,
    /// so the usual command line does without it.
    init?(plain words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--no-header": noHeader = true
            case "--timing": timing = true
            case "--quiet": quiet = true
            case "--safe": safe = true
            case "--no-cache": noCache = true
            case "-c", "--command":
                guard let text = rest.popFirst() else { return nil }
                command = text
            case "--format":
                guard let value = rest.popFirst(), let known = OutputFormat(rawValue: value) else { return nil }
                format = known
            case "--today":
                guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
                today = value
            case "--rows":
                guard let value = rest.popFirst().flatMap({ Int($0) }), Self.rowCounts.contains(value) else { return nil }
                rows = value
            case "--threads":
                guard let value = rest.popFirst().flatMap({ Int($0) }), Self.threadCounts.contains(value) else { return nil }
                threads = value
            default:
                guard !word.hasPrefix("-") else { return nil }
                store.append(word)
            }
        }
    }

    static let rowCounts = 0...Int.max
    static let threadCounts = 1...256
}
