/// English plurals, both ways, for names in snake_case: only the last word of a name changes.
public enum Plural {
    /// `order_detail` → `order_details`.
    public static func plural(_ name: String) -> String { mapLastWord(name, pluralWord) }

    /// `order_details` → `order_detail`; a name that is singular already stays as it is.
    public static func singular(_ name: String) -> String { mapLastWord(name, singularWord) }

    /// Whether the name differs from its own singular.
    public static func isPlural(_ name: String) -> Bool { singular(name) != name }

    private static func mapLastWord(_ name: String, _ transform: (String) -> String) -> String {
        guard let underscore = name.lastIndex(of: "_") else { return transform(name) }
        let start = name.index(after: underscore)
        return name[..<start] + transform(String(name[start...]))
    }

    private static let irregular: [String: String] = [
        "person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth",
        "mouse": "mice",
        "datum": "data", "criterion": "criteria", "half": "halves", "shelf": "shelves", "life": "lives",
        "wife": "wives", "knife": "knives", "leaf": "leaves", "wolf": "wolves", "self": "selves", "hero": "heroes",
        "echo": "echoes",
        "potato": "potatoes", "tomato": "tomatoes", "veto": "vetoes", "embargo": "embargoes", "quiz": "quizzes",
        "matrix": "matrices",
        "vertex": "vertices", "appendix": "appendices", "axis": "axes", "salesman": "salesmen", "salesperson": "salespeople",
    ]
    private static let singularOfIrregular = Dictionary(uniqueKeysWithValues: irregular.map { ($1, $0) })

    /// Words with one form for both. Verbs that name a relationship (`person.knows`) are among them.
    private static let unchanging: Set<String> = [
        "news", "series", "species", "equipment", "information", "staff", "software", "hardware", "feedback", "knows", "follows",
        "likes", "logistics", "analytics", "media", "metadata", "means", "headquarters", "personnel", "furniture", "money",
    ]

    /// Plurals whose singular the endings alone would get wrong.
    private static let irregularEndings: [String: String] = [
        "statuses": "status", "bonuses": "bonus", "campuses": "campus", "buses": "bus", "viruses": "virus", "aliases": "alias",
        "gases": "gas", "lenses": "lens", "biases": "bias", "atlases": "atlas", "canvases": "canvas", "caches": "cache",
        "niches": "niche", "headaches": "headache", "analyses": "analysis", "bases": "base", "crises": "crisis",
        "theses": "thesis",
        "diagnoses": "diagnosis", "hypotheses": "hypothesis", "movies": "movie", "cookies": "cookie", "ties": "tie",
        "pies": "pie",
        "calories": "calorie", "zombies": "zombie", "axes": "axis",
    ]
    private static let singularWordsInS: Set<String> = [
        "alias", "gas", "lens", "bias", "atlas", "canvas", "christmas", "chaos", "cosmos", "texas", "kudos",
    ]

    private static func pluralWord(_ word: String) -> String {
        if unchanging.contains(word) { return word }
        if let found = irregular[word] { return found }
        if word.hasSuffix("sis") { return word.dropLast(2) + "es" }
        for ending in ["s", "x", "z", "ch", "sh"] where word.hasSuffix(ending) {
            return word == "cache" ? "caches" : word + "es"
        }
        if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) { return word.dropLast() + "ies" }
        return word + "s"
    }

    private static func singularWord(_ word: String) -> String {
        if unchanging.contains(word) || singularWordsInS.contains(word) { return word }
        if let found = singularOfIrregular[word] ?? irregularEndings[word] { return found }
        guard word.count > 2, word.hasSuffix("s") else { return word }
        for ending in ["ss", "us", "is"] where word.hasSuffix(ending) { return word }
        if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
        for ending in ["ches", "shes", "xes", "sses", "zzes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
        return String(word.dropLast())
    }
}
