import Columns
import Syntax
import Types

/// Loaded data: the columns of every entity and the links between them, fixed once built.
public final class Store: Sendable {
    public let schema: Schema
    /// Values, by entity and field.
    let columns: [[Vector]]
    /// Where each link leads, by `LinkID`.
    let linkIndexes: [LinkIndex]
    /// What was wrong in the data, for `:problems` and the note after loading.
    public let problems: [DataProblem]
    /// Links that the data may mean but that are too doubtful to be made.
    public let suggestions: [LinkSuggestion]
    /// Finds records by key and label; built when first asked.
    let finders = RecordFinders()

    public init(
        schema: Schema, columns: [[Vector]], linkIndexes: [LinkIndex], problems: [DataProblem], suggestions: [LinkSuggestion] = []
    ) {
        self.schema = schema
        self.columns = columns
        self.linkIndexes = linkIndexes
        self.problems = problems
        self.suggestions = suggestions
    }

    /// A store without data, for a prompt that opens some later.
    public static let empty = Store(schema: Schema(), columns: [], linkIndexes: [], problems: [])

    /// The stored values of a field, one a row of its entity.
    public func vector(_ field: FieldID) -> Vector { columns[field.entity.index][field.index] }

    public func index(of link: LinkID) -> LinkIndex { linkIndexes[link.index] }
}
