import Types

/// What was loaded, in numbers: for the note after loading.
public struct StoreSummary: Sendable {
    public var entityCount: Int
    public var rowCount: Int
    /// To-one links and links through tables of pairs; ways back do not count again.
    public var linkCount: Int
    /// How often something was wrong in the data, links without a record apart.
    public var problemCount: Int
    public var danglingCount: Int
    public var suggestionCount: Int

    public init(_ store: Store) {
        entityCount = store.schema.entities.count
        rowCount = store.schema.entities.reduce(0) { $0 + $1.rowCount }
        linkCount = store.schema.links.count { link in
            switch link.origin {
            case .key, .label: true
            case .inverse: false
            case .pairs: link.inverse.map { $0.index >= link.id.index } ?? true
            }
        }
        problemCount = store.problems.reduce(0) { $0 + ($1.kind == .danglingLink ? 0 : $1.count) }
        danglingCount = store.problems.reduce(0) { $0 + ($1.kind == .danglingLink ? $1.count : 0) }
        suggestionCount = store.suggestions.count
    }
}
