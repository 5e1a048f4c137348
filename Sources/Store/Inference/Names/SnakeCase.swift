/// Turns headers and file names into names of the language: `AccountId`, `Account Name` and `account-name` become `account_id`,
/// `account_name` and `account_name`. Letters of other scripts are kept; whatever is no letter or digit parts words.
enum SnakeCase {
    /// What Salesforce puts behind the names of a customer's own objects and fields.
    private static let customSuffixes = ["__c", "__r", "__pc"]

    /// The name, or an empty text where the header holds no letter and no digit.
    static func name(_ header: String) -> String {
        words(header).joined(separator: "_")
    }

    /// The same without dropping a suffix of Salesforce's, for telling `Name` from `Name__c`.
    static func fullName(_ header: String) -> String {
        split(header).joined(separator: "_")
    }

    static func words(_ header: String) -> [String] {
        split(withoutCustomSuffix(header))
    }

    static func withoutCustomSuffix(_ header: String) -> String {
        let lowercased = header.lowercased()
        for suffix in customSuffixes where lowercased.hasSuffix(suffix) && header.count > suffix.count {
            return String(header.dropLast(suffix.count))
        }
        return header
    }

    private enum Kind { case upper, lower, digit, separator, apostrophe }

    private static func kind(_ character: Character) -> Kind {
        if character == "'" || character == "’" { return .apostrophe }
        if character.isNumber { return .digit }
        guard character.isLetter else { return .separator }
        return character.isUppercase ? .upper : .lower
    }

    private static func split(_ header: String) -> [String] {
        let characters = Array(header)
        let kinds = characters.map(kind)
        var words: [String] = []
        var word = ""
        for index in characters.indices {
            switch kinds[index] {
            case .apostrophe: continue
            case .separator:
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            default: break
            }
            if !word.isEmpty, index > 0, beginsWord(at: index, kinds, characters) {
                words.append(word)
                word = ""
            }
            word += characters[index].lowercased()
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// A capital begins a word after anything that is no capital (`accountId`), and where it is the last of a run that goes on in
    /// lower case (`HTTPServer`), unless all that goes on is the `s` of a plural (`accountIDs`).
    private static func beginsWord(at index: Int, _ kinds: [Kind], _ characters: [Character]) -> Bool {
        guard kinds[index] == .upper else { return false }
        if kinds[index - 1] != .upper { return true }
        guard index + 1 < kinds.count, kinds[index + 1] == .lower else { return false }
        let isPluralMark = characters[index + 1] == "s" && (index + 2 == kinds.count || kinds[index + 2] != .lower)
        return !isPluralMark
    }
}
