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

    public init(schema: Schema, columns: [[Vector]], linkIndexes: [LinkIndex], problems: [DataProblem]) {
        self.schema = schema
        self.columns = columns
        self.linkIndexes = linkIndexes
        self.problems = problems
    }

    /// The stored values of a field, one a row of its entity.
    public func vector(_ field: FieldID) -> Vector { columns[field.entity.index][field.index] }

    public func index(of link: LinkID) -> LinkIndex { linkIndexes[link.index] }
}
