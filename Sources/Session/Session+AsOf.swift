import Columns
import Plan
import Resolve
import Store
import Syntax
import Types

/// Questions about an earlier day.
extension Session {
    /// The data of the day that a question is about.
    func data(of question: ResolvedQuestion) -> Store { data(asOf: question.day) }

    func data(asOf day: Int32?) -> Store { day.map { store.past($0, today: environment.clock.today) } ?? store }

    /// The question that a line stands for: with all clauses that were put to it, where it goes on from the last answer. Where one of them is
    /// `as of`, all of it is asked again, since an answer cannot be taken back to another day.
    func wholeQuestion(_ question: Question) -> Question {
        guard case .lastAnswer = question.source, let last = lastQuestion else { return question }
        var whole = question
        whole.source = last.source
        let isAskedAnew = question.clauses.contains(where: \.isAsOf)
        whole.clauses = (isAskedAnew ? last.clauses.filter { !$0.isAsOf } : last.clauses) + question.clauses
        return whole
    }

    /// One line on what the answer takes from today, because nothing is known of how it was.
    func tellWhatHasNoPast(_ question: ResolvedQuestion) {
        guard let day = question.day, !settings.quiet else { return }
        var used = UsedData()
        used.visit(plan(question, schema: store.schema, options: settings.optimizer), in: store.schema)
        let parts = used.parts(in: store.schema)
        guard !parts.isEmpty else { return }
        var text: [UInt8] = []
        Vector.constant(.date(day), count: 1).appendText(of: 0, to: &text)
        note("as of \(String(decoding: text, as: UTF8.self)): \(parts.joined(separator: "; "))")
    }
}

extension Question {
    var isAsOf: Bool { clauses.contains(where: \.isAsOf) }

    /// Whether the answer may show a column: what takes a while is computed only then.
    func mentions(_ column: String) -> Bool {
        let choosesColumns = clauses.contains { clause in
            switch clause.kind {
            case .select, .summarize: true
            default: false
            }
        }
        return !choosesColumns || span.text.contains(column)
    }
}

extension Clause {
    var isAsOf: Bool {
        if case .asOf = kind { return true }
        return false
    }
}

/// What a question reads of which no past is known.
private struct UsedData {
    /// Fields and entities in the order in which they are met, each once.
    private var fields: [FieldID] = []
    private var entities: [EntityID] = []
    private static let shownLimit = 5

    mutating func visit(_ plan: Plan, in schema: Schema) {
        switch plan.source {
        case .scan(let entity, _): add(entity, schema)
        case .lookup(let entity, let field, _, _):
            add(entity, schema)
            add(field, schema)
        default: break
        }
        for term in plan.source.terms + plan.operators.flatMap(\.terms) { visit(term, schema) }
        for step in plan.operators {
            if case .follow(_, let links, _) = step { for link in links { add(link, schema) } }
        }
    }

    private mutating func visit(_ term: Term, _ schema: Schema) {
        var terms: [Term] = []
        term.visit { terms.append($0) }
        for term in terms {
            switch term {
            case .field(_, let field): add(field, schema)
            case .toOne(_, let link), .toMany(_, let link): add(link, schema)
            case .all(let entity): add(entity, schema)
            default: break
            }
        }
    }

    private mutating func add(_ link: LinkID, _ schema: Schema) {
        switch schema[link].origin {
        case .key(let field), .label(let field): add(field, schema)
        case .inverse(let forward): add(forward, schema)
        case .pairs: break
        }
        add(schema[link].to, schema)
    }

    private mutating func add(_ entity: EntityID, _ schema: Schema) {
        if schema[entity].time == nil, !entities.contains(entity) { entities.append(entity) }
    }

    /// Keys, labels and times are what a record is known by; other dates tell by themselves whether their day had come.
    private mutating func add(_ field: FieldID, _ schema: Schema) {
        let entity = schema[field.entity]
        guard schema[field].history == nil, ![entity.key, entity.label, entity.time].contains(field.index),
            schema[field].type != .date, schema[field].type != .time, !fields.contains(field), !isEvent(field, schema)
        else { return }
        fields.append(field)
    }

    /// Whether a field tells of a change what changed, in a table that is a history itself: that stays as it was.
    private func isEvent(_ field: FieldID, _ schema: Schema) -> Bool {
        schema.entities.lazy.flatMap(\.fields).compactMap(\.history).contains { history in
            if case .key(let key) = schema[history.record].origin, key == field { return true }
            return history.value == field || history.earlier == field
        }
    }

    func parts(in schema: Schema) -> [String] {
        var parts: [String] = []
        if !fields.isEmpty {
            let names = fields.map { field in
                let name = schema[field].links.first.map { schema[$0].name } ?? schema[field].name
                return "\(schema[field.entity].name).\(name)"
            }
            parts.append(
                "no history of \(listed(names)), so \(names.count == 1 ? "its present value is" : "their present values are") used"
            )
        }
        if !entities.isEmpty {
            parts.append("\(listed(entities.map { schema[$0].plural })) without a time, so all are there")
        }
        return parts
    }

    private func listed(_ names: [String]) -> String {
        let shown = names.prefix(Self.shownLimit)
        if names.count > shown.count { return "\(shown.joined(separator: ", ")) and \(names.count - shown.count) more" }
        return names.count == 1 ? names[0] : "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
    }
}
