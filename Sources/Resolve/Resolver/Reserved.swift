/// Forms whose words are kept for what comes later, and what to use instead where something does.
enum Reserved {
    static func source(_ word: String) -> DeclarationError {
        let instead: String? =
            switch word {
            case "each": "group by a calendar period: `summarize … by month = month(at)`"
            default: nil
            }
        return .notYet("`\(word)`", instead: instead)
    }

    static func clause(_ word: String) -> DeclarationError {
        let instead: String? =
            switch word {
            case "chart": "`format table` or `format csv` for another program"
            default: nil
            }
        return .notYet("`\(word)`", instead: instead)
    }
}
