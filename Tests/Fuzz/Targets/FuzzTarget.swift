/// What is fuzzed: each target feeds any bytes to a part of crmq that reads what others wrote, and says which rule it broke.
///
/// Crashes, hangs and reports of the sanitizers are found by whoever runs a target; what a target finds itself are wrong results.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Text to tokens.
    case lexer
    /// Text to trees, and back to text; messages and completion.
    case parser
    /// Delimited files to a store.
    case csv
    /// JSON and JSON Lines to a store.
    case json
    /// A snapshot, of which all that can be read is read.
    case snapshot
    /// A schema file over fixed tables.
    case schema
    /// Questions to a small store, answered in several ways.
    case question

    /// Feeds an input and returns what is wrong, or nothing.
    public func fault(in input: [UInt8]) -> String? {
        switch self {
        case .lexer: lexingFault(String(decoding: input, as: UTF8.self))
        case .parser: parsingFault(String(decoding: input, as: UTF8.self))
        case .csv: loadingFault(input, names: ["accounts.csv", "people.csv", "deals.tsv", "knows.txt", "touches.csv"])
        case .json: loadingFault(input, names: ["accounts.json", "people.jsonl", "deals.ndjson"])
        case .snapshot: snapshotFault(input)
        case .schema: schemaFault(String(decoding: input, as: UTF8.self))
        case .question: questionFault(String(decoding: input, as: UTF8.self))
        }
    }

    /// The longest input worth trying, in bytes.
    public var longestInput: Int {
        switch self {
        case .lexer, .parser, .schema: 2048
        case .question: 400
        case .csv, .json: 4096
        case .snapshot: 24_576
        }
    }
}
