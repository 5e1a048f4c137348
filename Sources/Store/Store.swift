import Columns
import Synchronization
import Syntax
import Types

/// Loaded data: the columns of every entity and the links between them, fixed once built.
public final class Store: Sendable {
    public let schema: Schema
    let contents: any StoreContents
    /// What was wrong in the data, for `:problems` and the note after loading.
    public let problems: [DataProblem]
    /// Links that the data may mean but that are too doubtful to be made.
    public let suggestions: [LinkSuggestion]
    /// Finds records by key and label; built when first asked.
    let finders = RecordFinders()
    /// Find records by other texts; built when asked again.
    private let textIndexes = TextIndexes()
    /// The arcs of links that lead to records with more of them; made when first asked for.
    private let climbingIndexes = Mutex<[LinkID: LinkIndex]>([:])
    let pasts = KnownPasts()

    public convenience init(
        schema: Schema, columns: [[Vector]], linkIndexes: [LinkIndex], problems: [DataProblem], suggestions: [LinkSuggestion] = []
    ) {
        self.init(
            schema: schema, contents: LoadedContents(columns: columns, linkIndexes: linkIndexes), problems: problems,
            suggestions: suggestions)
    }

    init(schema: Schema, contents: any StoreContents, problems: [DataProblem], suggestions: [LinkSuggestion]) {
        self.schema = schema
        self.contents = contents
        self.problems = problems
        self.suggestions = suggestions
    }

    /// A store without data, for a prompt that opens some later.
    public static let empty = Store(schema: Schema(), columns: [], linkIndexes: [], problems: [])

    /// What made reading fail, for stores that read what they are asked for. What could not be read was taken for empty, so nothing that was
    /// answered since then may be shown.
    public var failure: SnapshotError? { contents.failure }

    /// The stored values of a field, one a row of its entity.
    public func vector(_ field: FieldID) -> Vector { contents.vector(field) }

    public func index(of link: LinkID) -> LinkIndex { contents.index(of: link) }

    /// The arcs of a link between records of one entity that lead to records with more of them; see ``climbing(_:domain:)``. They are made
    /// once, in O(records + arcs), and kept: half as much memory as the link itself takes.
    public func climbingIndex(of link: LinkID) -> LinkIndex {
        climbingIndexes.withLock { known in
            if let made = known[link] { return made }
            let made = climbing(index(of: link), domain: schema[schema[link].from].rowCount)
            known[link] = made
            return made
        }
    }

    // MARK: A few rows

    /// The values of a field at some rows, of which -1 gives a missing one.
    public func values(of field: FieldID, at rows: Buffer<Int32>) -> Vector {
        contents.values(of: field, at: rows) ?? vector(field).gathered(rows)
    }

    /// Where a to-one link leads from some rows; -1 leads to -1.
    public func targets(of link: LinkID, from rows: Buffer<Int32>) -> Buffer<Int32> {
        if let found = contents.targets(of: link, from: rows) { return found }
        guard case .one(let targets) = index(of: link) else { preconditionFailure("a link to one record is stored as such") }
        return rows.composed(with: targets)
    }

    /// Where a link to many leads from a few rows, where that can be told without reading all of the link: the records of each row in turn.
    public func members(of link: LinkID, from rows: Buffer<Int32>) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)? {
        contents.members(of: link, from: rows)
    }

    /// A link to many as a whole; none where it was not read yet, and so few rows are asked about that it may not have to be.
    public func index(of link: LinkID, forReading rowCount: Int) -> LinkIndex? {
        contents.loaded(link) ?? (isMuch(rowCount, of: schema[link].from) ? index(of: link) : nil)
    }

    /// Whether the values of a field are known to ascend, none of them missing. A column that was not read yet is read to find that out only
    /// where as many of its rows would be needed that it had to be read anyway.
    public func ascends(_ field: FieldID, forReading rowCount: Int) -> Bool {
        (contents.loaded(field) ?? (isMuch(rowCount, of: field.entity) ? vector(field) : nil))?.ascends ?? false
    }

    private func isMuch(_ rowCount: Int, of entity: EntityID) -> Bool { rowCount > schema[entity].rowCount / 32 }

    /// The rows whose text is a given one, ascending; nothing where there is no index by which to find them.
    public func rows(where field: FieldID, equals text: String) -> Buffer<Int32>? {
        if let found = contents.rows(where: field, equals: text) { return Buffer(found) }
        // Keys have an index of their own, and a column that was not read yet is not read for the sake of an index.
        guard schema[field].isNearlyUnique, schema[field.entity].key != field.index else { return nil }
        guard let vector = contents.loaded(field), case .text(let texts) = vector.storage else { return nil }
        guard let index = textIndexes.index(field, make: { TextIndex(texts) { vector.isPresent($0) } }) else { return nil }
        var text = text
        return Buffer(text.withUTF8 { index.rows(of: $0, in: texts) })
    }
}
