import Types

/// A to-one link that inference has found or a schema file declares.
struct LinkDraft {
    var source: Int
    var column: Int
    var target: Int
    var name: String
    var reference: Reference
    /// The name of the way back, where a schema file gives it.
    var wayBack: String?
    var isDeclared = false
    var doc: String?
}

/// A link through a table of pairs: from what `near` leads to, to what `far` leads to.
struct PairDraft {
    /// The entity of the table.
    var edge: Int
    /// Positions among the link drafts.
    var near: Int
    var far: Int
    var name: String
    var wayBack: String
    var bothWays = false
    var isDeclared = false
    var doc: String?
}

/// A suggestion while entities and columns are still known by position.
struct SuggestionDraft {
    var source: Int
    var column: Int
    var target: Int
    var name: String
    var presentCount: Int
    var hitCount: Int
    var reason: LinkSuggestion.Reason
}
