/// Texts without case and accents, as a person compares them.
enum Folding {
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for character in text.lowercased() {
            // The first scalar of the decomposed letter is the letter without its accent.
            let isASCII = character.isASCII
            if isASCII { folded.append(contentsOf: character.unicodeScalars) } else { folded.append(contentsOf: base(character)) }
        }
        return String(folded)
    }

    private static func base(_ character: Character) -> some Sequence<Unicode.Scalar> {
        String(character).unicodeScalars.flatMap { decomposed($0) }.filter {
            $0.properties.canonicalCombiningClass == .notReordered
        }
    }

    /// Letters that Latin scripts write with a mark. What is not listed is compared as it is.
    private static func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        marks[scalar].map { [$0] } ?? [scalar]
    }

    private static let marks: [Unicode.Scalar: Unicode.Scalar] = {
        let groups: [(Unicode.Scalar, String)] = [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"),
            ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşš"), ("t", "ţťŧ"),
            ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
        ]
        var marks: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, letters) in groups { for letter in letters.unicodeScalars { marks[letter] = base } }
        return marks
    }()
}
