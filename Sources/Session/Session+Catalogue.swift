import Columns
import Resolve
import Store
import Syntax
import Types

/// The catalogue as data: `entities`, `fields`, `links`, `definitions`, `functions`, `questions`, `params`, `perspectives`, `relationships`
/// and `goals` are tables like any other.
extension Session {
    static let catalogueNames = [
        "entities", "fields", "links", "definitions", "functions", "questions", "params", "perspectives", "relationships",
        "goals",
    ]

    /// Makes the tables that a question names, just before it is resolved. An entity of the data of that name wins. Where only the columns
    /// are wanted, what would have to ask the data has no rows. Only the table of goals asks whether trends are wanted.
    func bindCatalogue(
        _ name: String, isAsked: Bool, withTrend: @autoclosure () -> Bool = true, asOf day: Int32? = nil
    ) throws {
        guard store.schema.entity(named: name) == nil,
            let table = try catalogueTable(name, isAsked: isAsked, withTrend: withTrend(), asOf: day)
        else {
            return
        }
        answers[name] = table
        environment.relations[name] = BoundRelation(table, lineage: .catalogue(name))
    }

    /// The tables that are computed from the data, and so have a past.
    static let datedTables: Set<String> = ["relationships", "goals"]

    private func catalogueTable(
        _ name: String, isAsked: Bool, withTrend: @autoclosure () -> Bool, asOf day: Int32?
    ) throws -> Answer? {
        switch name {
        case "entities": entities()
        case "fields": fields()
        case "links": links()
        case "definitions": definitions()
        case "functions": functions()
        case "questions": questions()
        case "params": params()
        case "perspectives": perspectives()
        case "relationships": try relationships(isAsked: isAsked, asOf: day)
        case "goals": try goals(isAsked: isAsked, withTrend: withTrend(), asOf: day)
        default: nil
        }
    }

    private func entities() -> Answer {
        var table = TableBuilder([
            ("name", .text), ("plural", .text), ("rows", .number), ("fields", .number), ("links", .number), ("key", .text),
            ("label", .text), ("time", .text), ("also", .text), ("origin", .text),
        ])
        for entity in store.schema.entities {
            func name(_ field: Int?) -> Value { field.map { .text(entity.fields[$0].name) } ?? .none }
            table.append([
                .text(entity.name), .text(entity.plural), .number(Number(entity.rowCount)), .number(Number(entity.fields.count)),
                .number(Number(entity.links.count)), name(entity.key), name(entity.label), name(entity.time),
                entity.aliases.isEmpty ? .none : .text(entity.aliases.joined(separator: ", ")), .text(entity.origin),
            ])
        }
        return table.finish()
    }

    private func fields() -> Answer {
        var table = TableBuilder([
            ("entity", .text), ("name", .text), ("type", .text), ("filled", .number), ("header", .text), ("link", .text),
        ])
        for entity in store.schema.entities {
            for (index, field) in entity.fields.enumerated() {
                let values = store.vector(FieldID(entity.id, index))
                let present = values.isPresentBitmap().popCount
                let filled = entity.rowCount == 0 ? Value.none : .number(share(present, of: entity.rowCount))
                table.append([
                    .text(entity.name), .text(field.name), .text(field.type.words(in: store.schema)), filled, .text(field.header),
                    field.links.first.map { .text(store.schema[$0].name) } ?? .none,
                ])
            }
        }
        return table.finish()
    }

    /// A part to three decimals, exactly.
    private func share(_ part: Int, of whole: Int) -> Number {
        .decimal(units: Int64((part * 2000 + whole) / (whole * 2)), scale: 3)
    }

    private func links() -> Answer {
        var table = TableBuilder([
            ("from", .text), ("name", .text), ("to", .text), ("leads_to", .text), ("through", .text), ("back", .text),
            ("dangling", .number),
        ])
        for link in store.schema.links {
            table.append([
                .text(store.schema[link.from].name), .text(link.name), .text(store.schema[link.to].name),
                .text(link.isToOne ? "one" : "many"), .text(originText(link)),
                link.inverse.map { .text(store.schema[$0].name) } ?? .none, .number(Number(link.danglingCount)),
            ])
        }
        return table.finish()
    }

    private func originText(_ link: Link) -> String {
        switch link.origin {
        case .key(let field): store.schema[field].header
        case .label(let field): "\(store.schema[field].header) (by label)"
        case .inverse(let other): "way back of \(store.schema[link.to].name).\(store.schema[other].name)"
        case .pairs(let edge, _, _, let bothWays): store.schema[edge].plural + (bothWays ? " (both ways)" : "")
        }
    }

    private func definitions() -> Answer {
        var table = TableBuilder([
            ("entity", .text), ("name", .text), ("perspective", .text), ("doc", .text), ("lacks", .text),
        ])
        func add(_ entity: Entity?, _ name: String, _ perspective: String?) {
            let description = describe((entity.map { [$0.name] } ?? []) + [name], perspective)
            table.append([
                optional(entity?.name), .text(name), optional(perspective), optional(description?.doc),
                optional(description?.unavailable),
            ])
        }
        let everything = environment.everything
        var outside = environment
        outside.use(nil)
        for entity in store.schema.entities {
            for name in outside.memberNames(of: entity.id) { add(entity, name, nil) }
            for (perspective, declarations) in everything {
                guard let perspective else { continue }
                for name in declarations.memberNames(of: entity.id) { add(entity, name, perspective) }
            }
        }
        for (perspective, declarations) in everything {
            guard let perspective else { continue }
            for name in declarations.functionNames { add(nil, name, perspective) }
        }
        return table.finish()
    }

    private func functions() -> Answer {
        var table = TableBuilder([("name", .text), ("signature", .text), ("doc", .text)])
        for name in environment.functionNames {
            let description = describe([name], environment.perspectiveInUse)
            table.append([.text(name), optional(description?.signature), optional(description?.doc)])
        }
        return table.finish()
    }

    private func questions() -> Answer {
        var table = TableBuilder([
            ("name", .text), ("perspective", .text), ("title", .text), ("parameters", .text), ("doc", .text), ("lacks", .text),
        ])
        for (perspective, declarations) in environment.everything {
            for (name, question) in declarations.questions.sorted(by: { $0.key < $1.key }) {
                let parameters = question.declaration.parameters.map { parameter in
                    parameter.name.text + (parameter.defaultValue.map { " = " + $0.span.text } ?? "")
                }
                table.append([
                    .text(name), optional(perspective), optional(question.declaration.title),
                    parameters.isEmpty ? .none : .text(parameters.joined(separator: ", ")), optional(question.prose), .none,
                ])
            }
            for lacking in perspective.flatMap({ environment.perspectives[$0]?.unavailable }) ?? [] {
                table.append([
                    .text(lacking.name), optional(perspective), optional(lacking.title), .none, .none, .text(lacking.lack),
                ])
            }
        }
        return table.finish()
    }

    private func params() -> Answer {
        var table = TableBuilder([("name", .text), ("type", .text), ("value", .text), ("description", .text)])
        for (name, parameter) in environment.parameters.sorted(by: { $0.key < $1.key }) {
            var text: [UInt8] = []
            let value = Vector.constant(parameter.value, count: 1)
            if value.isPresent(0) { value.appendText(of: 0, to: &text) }
            table.append([
                .text(name), .text(parameter.type.words(in: store.schema)), .text(String(decoding: text, as: UTF8.self)),
                optional(parameter.description),
            ])
        }
        return table.finish()
    }

    /// What is known of a name outside of perspectives, or of what one of them defines.
    private func describe(_ names: [String], _ perspective: String?) -> Description? {
        let span = Span(SourceText(name: "<catalogue>", text: ""), 0, 0)
        var seen = environment
        seen.use(perspective)
        return try? seen.describe(names.map { Name($0, at: span) })
    }

    private func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .none }
}

/// Builds a small table row by row.
struct TableBuilder {
    private let names: [(String, ValueType)]
    private var builders: [VectorBuilder]
    private var rowCount = 0

    init(_ columns: [(String, ValueType)]) {
        names = columns
        builders = columns.map { VectorBuilder(type: $0.1) }
    }

    mutating func append(_ values: [Value]) {
        for (index, value) in values.enumerated() { builders[index].append(value) }
        rowCount += 1
    }

    mutating func finish() -> Answer {
        var columns: [Answer.Column] = []
        for (index, name) in names.enumerated() {
            columns.append(Answer.Column(name: name.0, type: name.1, values: builders[index].finish()))
        }
        return Answer(columns: columns, rowCount: rowCount)
    }
}

extension BoundRelation {
    /// What the resolver needs to know of an answer.
    init(_ answer: Answer, lineage: Lineage? = nil) {
        var entity: EntityID?
        if case .record(let id)? = answer.record?.type { entity = id }
        self.init(
            columns: answer.columns.map { Column(name: $0.name, type: $0.type) }, recordEntity: entity, rowCount: answer.rowCount,
            fieldColumnCount: answer.fieldColumnCount,
            records: {
                guard case .record(_, let rows)? = answer.record?.values.storage else { return [] }
                return rows.array
            },
            values: { index in (0..<answer.rowCount).map { answer.columns[index].values.value(at: $0) } })
        self.lineage = lineage
    }
}

extension Expression {
    /// The name that an expression begins with, such as `fields` in `fields[entity = "deal"]`.
    var leadingName: String? {
        switch kind {
        case .name(let name): name.text
        case .member(let base, _), .filtered(let base, _), .mapped(let base, _), .shaped(let base, _): base.leadingName
        default: nil
        }
    }
}
