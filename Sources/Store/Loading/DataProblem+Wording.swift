extension DataProblem {
    /// The problem in one line without a full stop: where, how often, what, and the first lines.
    public var message: String {
        let place = column.map { "\(origin), column `\($0)`" } ?? origin
        return "\(place): \(what)\(lineText)\(detail.map { ": \($0)" } ?? "")"
    }

    /// Whether something that stood in the files is not in the store, so that answers may be wrong.
    public var losesData: Bool {
        switch kind {
        case .raggedRow, .brokenQuote, .invalidJSON, .unreadableFile, .missingColumn, .duplicateKey, .unsupportedValue: true
        case .invalidEncoding, .otherEncoding, .duplicateHeader, .emptyHeader, .suspectHeader, .ambiguousDate, .repairedRow: false
        case .danglingLink, .emptyFile: false
        }
    }

    private var what: String {
        func counted(_ one: String, _ many: String) -> String { count == 1 ? "1 \(one)" : "\(count) \(many)" }
        return switch kind {
        case .raggedRow: counted("row has", "rows have") + " more or fewer values than there are columns"
        case .brokenQuote: counted("broken quote", "broken quotes")
        case .invalidEncoding: counted("character is", "characters are") + " not of the file's encoding"
        case .invalidJSON: counted("line or element is", "lines or elements are") + " not a JSON object"
        case .duplicateHeader: "the header occurs more than once"
        case .duplicateKey: counted("value occurs", "values occur") + " twice in what would be the key"
        case .danglingLink: counted("value leads", "values lead") + " to no record"
        case .unreadableFile: "the file cannot be read"
        case .emptyFile: "the file is empty"
        case .missingColumn: "what the schema names is not in the data"
        case .repairedRow: counted("row was", "rows were") + " put together again"
        case .otherEncoding: "the file is not UTF-8, and was read in the encoding that it seems to have"
        case .emptyHeader: "the column has no name"
        case .suspectHeader: "the first line holds nothing but numbers; perhaps the file has no header"
        case .ambiguousDate:
            counted("date does", "dates do") + " not show whether the day or the month comes first"
        case .unsupportedValue: counted("value was", "values were") + " left out"
        }
    }

    private var lineText: String {
        guard !lines.isEmpty else { return "" }
        let shown = lines.prefix(5).map(String.init).joined(separator: ", ")
        return " (line\(lines.count == 1 ? "" : "s") \(shown)\(count > lines.count ? ", …" : ""))"
    }
}
