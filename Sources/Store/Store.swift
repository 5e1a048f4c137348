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
    /// Find records by other texts; built when asked again.
    private let textIndexes = TextIndexes()

    public init(
        schema: Schema, columns: [[Vector]], linkIndexes: [LinkIndex], problems: [DataProblem], suggestions: [LinkSuggestion] = []
    ) {
        self.schema = schema.markingSelectiveFields(columns)
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

    /// The rows whose field is a text, ascending; none for fields of other types.
    public func rows(where field: FieldID, equals text: String) -> [Int32] {
        let vector = vector(field)
        guard case .text(let texts) = vector.storage else { return rows(where: vector, equals: text) }
        let index = textIndexes.index(field) { TextIndex(texts) { vector.isPresent($0) } }
        guard let index else { return rows(where: vector, equals: text) }
        var text = text
        return text.withUTF8 { index.rows(of: $0, in: texts) }
    }

    /// Takes over an index that was built before, over the field's stored texts.
    public func adopt(_ index: TextIndex, for field: FieldID) { textIndexes.adopt(index, for: field) }
}

extension Schema {
    /// Texts that are stored as they are, since nearly every record has its own, lead from a value to few records.
    fileprivate func markingSelectiveFields(_ columns: [[Vector]]) -> Schema {
        var marked = self
        for (entity, vectors) in columns.enumerated() {
            for (field, vector) in vectors.enumerated() {
                if case .text = vector.storage { marked.entities[entity].fields[field].isSelective = true }
            }
        }
        return marked
    }
}
