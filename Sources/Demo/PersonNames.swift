/// The names that are common where one language is spoken, with the spelling that addresses use.
struct PersonNames: Sendable {
    let first: Words
    let last: Words
    /// The same names in lower-case ASCII.
    let firstAddress: Words
    let lastAddress: Words
    /// Japanese and Chinese names in their own script put the family name first.
    let familyFirst: Bool

    /// Takes lists separated by commas; `佐藤=Sato` gives a name together with its spelling in Latin letters.
    init(first: String, last: String, familyFirst: Bool = false) {
        (self.first, firstAddress) = PersonNames.spelled(first)
        (self.last, lastAddress) = PersonNames.spelled(last)
        self.familyFirst = familyFirst
    }

    private static func spelled(_ list: String) -> (Words, Words) {
        var names = Words()
        var addresses = Words()
        for entry in list.split(whereSeparator: { $0 == "," || $0.isNewline }) {
            let parts = entry.drop { $0 == " " }.split(separator: "=")
            guard let name = parts.first, let spelling = parts.last else { continue }
            names.append(name.utf8)
            addresses.append(addressSpelling(String(spelling)))
        }
        return (names, addresses)
    }
}

/// The languages whose names occur; the raw value is the place in `PersonNames.all`.
enum Language: Int, CaseIterable {
    case english, german, french, spanish, portuguese, italian, dutch, polish, nordic, turkish, japanese, indian, chinese
}

extension PersonNames {
    static let all: [PersonNames] = Language.allCases.map { language in
        switch language {
        case .english: english
        case .german: german
        case .french: french
        case .spanish: spanish
        case .portuguese: portuguese
        case .italian: italian
        case .dutch: dutch
        case .polish: polish
        case .nordic: nordic
        case .turkish: turkish
        case .japanese: japanese
        case .indian: indian
        case .chinese: chinese
        }
    }
}
