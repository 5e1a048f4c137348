import Store
import Syntax
import Types

/// Writes questions about a store that are well typed and hit: names come from its schema, values from its data.
///
/// Questions are texts, so that the parser and the resolver are part of what is tested, and so that a failing one can be run by hand.
public struct QuestionGenerator {
    var random: Randomness
    let schema: Schema
    let data: ReferenceEvaluator
    let today: Int32
    /// Column names are numbered through, so that none hides a field.
    var columnCount = 0
    /// Whether links are repeated as well. Without them the questions of a seed stay what they are.
    let repeatsLinks: Bool

    public init(_ data: ReferenceEvaluator, today: Int32, seed: UInt64, repeatsLinks: Bool = false) {
        self.repeatsLinks = repeatsLinks
        self.data = data
        self.today = today
        schema = data.schema
        random = Randomness(seed: seed)
    }

    /// The next question, in parts: its source and its clauses.
    public mutating func question() -> [String] {
        columnCount = 0
        var state = Pipeline()
        let text: String
        switch random.below(20) {
        case 0..<13:
            let entity = anyEntity()
            state.record = entity.id
            text = named(entity.plural)
        case 13..<16:
            let set = rootSet(depth: 2)
            state.record = set.entity
            text = set.text
        case 16..<19: text = combinations(&state)
        default: return [scalarQuestion()]
        }
        var parts = [text]
        for _ in 0..<random.pick([0, 1, 1, 2, 2, 3, 3, 4, 5]) { parts.append(clause(&state)) }
        if random.chance(30) { parts.append(summary(&state)) }
        return parts
    }

    /// A question, and clauses that go on from its answer.
    public mutating func dialogue() -> (first: String, goingOn: String) {
        columnCount = 0
        let entity = anyEntity()
        var state = Pipeline(record: entity.id)
        var first = named(entity.plural)
        for _ in 0..<random.below(3) { first += clause(&state) }
        if state.isPivoted { return (first, "take 3") }
        var goingOn = "where " + condition(state.names, depth: 2).text
        for _ in 0..<random.below(3) { goingOn += clause(&state) }
        return (first, goingOn)
    }

    /// A question without rows: `count(accounts[…])`.
    private mutating func scalarQuestion() -> String {
        let set = rootSet(depth: 2)
        return aggregate(over: set, Names(), depth: 2, wanting: nil).text
    }

    /// An entity, rarely one without records.
    mutating func anyEntity() -> Entity {
        let entity = random.pick(schema.entities)
        return entity.rowCount == 0 && random.chance(75) ? random.pick(schema.entities) : entity
    }

    mutating func newName() -> String {
        columnCount += 1
        return "c\(columnCount)"
    }

    // MARK: What the schema and the data hold

    func fields(of entity: EntityID, _ type: ValueType) -> [FieldID] {
        schema[entity].fields.indices.filter { schema[entity].fields[$0].type == type && isPlain(FieldID(entity, $0)) }
            .map { FieldID(entity, $0) }
    }

    /// Whether the field's name means the field: links of the same name win.
    func isPlain(_ field: FieldID) -> Bool {
        let name = schema[field].name
        return !schema[field.entity].links.contains { schema[$0].name == name || schema[$0].aliases.contains(name) }
    }

    func toOnes(of entity: EntityID) -> [Link] { schema[entity].links.map { schema[$0] }.filter(\.isToOne) }

    func toManys(of entity: EntityID) -> [Link] { schema[entity].links.map { schema[$0] }.filter { !$0.isToOne } }

    /// A value that occurs in a field, rarely none.
    mutating func occurring(in field: FieldID) -> Value {
        let values = data.cells[field.entity.index][field.index]
        if values.isEmpty { return .none }
        for _ in 0..<4 {
            let value = random.pick(values)
            if value != .none { return value }
        }
        return .none
    }
}

/// What a question's rows look like so far.
struct Pipeline {
    var columns: [Names.Column] = []
    var record: EntityID?
    /// The names of the group keys, while the rows are groups.
    var keys: [String] = []
    /// The columns of a summary that are no keys.
    var values: [String] = []
    var isSorted = false
    var isPivoted = false

    var names: Names { Names(columns: columns, records: record.map { [$0] } ?? []) }
}
