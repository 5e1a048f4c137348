import Syntax
import Types

extension Resolver {
    func resolveName(_ name: Name, in scope: Scope) throws(Diagnostic) -> Term {
        if let term = try lookUp(name, in: scope) { return term }
        throw unknown(name, in: scope)
    }

    /// What a name means: first in the brackets around it from the inside out, then among the rows' columns and their record's fields,
    /// then among what is declared, and last among the entities. Nothing if it means nothing.
    func lookUp(_ name: Name, in scope: Scope) throws(Diagnostic) -> Term? {
        for layer in scope.layers.reversed() {
            switch layer {
            case .record(let record, let entity, let edge):
                if let term = try member(name, ofRecord: record.at(scope.depth), entity, in: scope) { return term }
                if name.text == "edge", let edge, case .element(let level, _) = record.term { return .edge(level: level, edge) }
            case .rows:
                if let column = frame.column(named: name.text) { return .slot(column.slot, column.type) }
                if let (slot, entity) = frame.record,
                    let term = try member(name, ofRecord: .slot(slot, .record(entity)), entity, in: scope)
                {
                    return term
                }
            case .parameters(let values):
                if let value = values[name.text] { return value.at(scope.depth) }
            }
        }
        return try lookUpDeclared(name, in: scope)
    }

    private func lookUpDeclared(_ name: Name, in scope: Scope) throws(Diagnostic) -> Term? {
        if let parameter = environment.parameters[name.text] { return .constant(parameter.value, parameter.type) }
        if environment.relations[name.text] != nil { return try relationAsValue(name.text, at: name.span) }
        if let function = environment.function(named: name.text), function.isValue {
            return try inline(function, receiver: nil, arguments: [], in: scope, at: name.span)
        }
        return schema.entity(named: name.text).map { existing(.all($0.id), of: $0.id, depth: scope.depth) }
    }

    /// What a name means for a record: a link, a field or a definition of its entity.
    func member(_ name: Name, ofRecord record: Term, _ entity: EntityID, in scope: Scope) throws(Diagnostic) -> Term? {
        if let link = schema.link(named: name.text, of: entity) {
            return schema[link].isToOne ? .toOne(record, link) : .toMany(record, link)
        }
        if let field = schema.field(named: name.text, of: entity) { return .field(record, field) }
        guard let definition = environment.member(named: name.text, of: entity) else { return nil }
        if definition.definition.parameters.contains(where: { $0.defaultValue == nil }) {
            throw NameError.needsArguments(name.text, signature: signature(definition)).at(name.span)
        }
        return try inline(definition, receiver: (record, entity), arguments: [], in: scope, at: name.span)
    }

    /// The rows of a name as a value within an expression: the set of their records, or the values of their only column.
    func relationAsValue(_ name: String, at span: Span) throws(Diagnostic) -> Term {
        guard let relation = environment.relations[name] else { throw NameError.noLastAnswer.at(span) }
        if let entity = relation.recordEntity {
            var seen: Set<Int32> = []
            return .records(
                entity,
                rows: relation.records().filter { $0 >= 0 && seen.insert($0).inserted && catalogue.exists($0, in: entity) })
        }
        guard relation.columns.count == 1, let column = relation.columns.first else {
            let names = relation.columns.map(\.name)
            throw TypeError.setNeeded(
                "`\(name)` in an expression", found: "rows of \(names.count) columns", help: ["columns: \(Words.cut(names))"]
            ).at(span)
        }
        let values = relation.values(0)
        if relation.rowCount == 1, let only = values.first { return .constant(only, column.type) }
        return .constant(.list(values), .list(column.type))
    }

    // MARK: Members

    func resolveMember(_ base: Expression, _ name: Name, in scope: Scope) throws(Diagnostic) -> Term {
        if case .name(let word) = base.kind, word.text == "edge", try lookUp(word, in: scope) == nil {
            throw edgeError(in: scope).at(word.span)
        }
        let term = try resolve(base, in: scope)
        switch type(of: term) {
        case .record(let entity):
            if let found = try member(name, ofRecord: term, entity, in: scope) { return found }
            throw unknownMember(name, of: entity)
        case .set(let entity):
            if let link = schema.link(named: name.text, of: entity) { return .toMany(term, link) }
            return try mapped(term, of: entity, in: scope, written: "\(text(base)).\(name.text)", at: name.span) {
                (element, inner) throws(Diagnostic) in
                if let found = try self.member(name, ofRecord: element, entity, in: inner) { return found }
                throw self.unknownMember(name, of: entity)
            }
        case .list(.record(let entity)):
            return try mapped(term, of: entity, in: scope, written: "\(text(base)).\(name.text)", at: name.span) {
                (element, inner) throws(Diagnostic) in
                if let found = try self.member(name, ofRecord: element, entity, in: inner) { return found }
                throw self.unknownMember(name, of: entity)
            }
        case let other:
            throw TypeError.noMembers(name.text, of: words(other)).at(name.span)
        }
    }

    private func edgeError(in scope: Scope) -> NameError {
        for layer in scope.layers.reversed() {
            if case .record(_, let entity, _) = layer {
                return .edgeNotHere(
                    reason: "\(schema[entity].plural) are not reached through a link of pairs from one record here")
            }
        }
        return .edgeNotHere(reason: "it stands outside brackets")
    }

    // MARK: Unknown names

    func unknownMember(_ name: Name, of entity: EntityID) -> Diagnostic {
        let names = namesOf(entity)
        let meant = StandardNames.entity(meantBy: name.text, in: schema)
        var near = schema[entity].links.map { schema[$0] }.filter { $0.to == meant?.id }.map(\.name)
        if near.isEmpty { near = nearest(to: name.text, among: names.flatMap(\.names) + environment.memberNames(of: entity)) }
        return NameError.unknownMember(
            name.text, of: withArticle(schema[entity].name), near: near, there: names,
            meant: environment.help(forNameOfPerspectives: name.text, of: [entity])
        ).at(name.span)
    }

    /// The message for a name that means nothing, with what could stand there.
    func unknown(_ name: Name, in scope: Scope) -> Diagnostic {
        if frame.isPivoted, scope.isRows { return ClauseError.pivotedColumn(name.text).at(name.span) }
        if isLibrary, let owner = records(in: scope).first?.entity { return unknownMember(name, of: owner) }
        var there: [NameError.Listing] = []
        var candidates: [String] = []
        var meant: [String] = []
        for layer in scope.layers.reversed() {
            switch layer {
            case .record(_, let entity, _):
                there += namesOf(entity)
                candidates += environment.memberNames(of: entity)
            case .rows:
                if !frame.columns.isEmpty {
                    there.append(NameError.Listing(title: "columns", names: frame.columns.map { Printer.name($0.name) }))
                }
                if let (_, entity) = frame.record {
                    there += namesOf(entity)
                    candidates += environment.memberNames(of: entity)
                }
                for column in frame.columns {
                    guard case .record(let entity) = column.type else { continue }
                    if namesOf(entity).contains(where: { $0.names.contains(name.text) }) {
                        meant.append("did you mean `\(column.name).\(name.text)`?")
                    }
                }
            case .parameters(let values):
                there.append(NameError.Listing(title: "parameters", names: values.keys.sorted()))
            }
        }
        if let (lost, clause) = frame.lost, scope.hasRows, namesOf(lost).contains(where: { $0.names.contains(name.text) }) {
            let instead = clause == "summarize" ? "add it to the keys" : "`select` it as well"
            meant.append("`\(name.text)` of \(schema[lost].plural) is gone behind `\(clause)`: use it before, or \(instead)")
        }
        let hasRecord = there.contains { $0.title.hasPrefix("fields") }
        candidates += there.flatMap(\.names) + environment.parameters.keys.sorted() + environment.relations.keys.sorted()
        candidates += schema.entities.flatMap { [$0.plural, $0.name] + $0.aliases }
        if !hasRecord { there.append(NameError.Listing(title: "entities", names: schema.entities.map(\.plural))) }
        if environment.function(named: name.text) != nil {
            meant.append("`\(name.text)` is a function: write `\(name.text)(…)`")
        }
        meant += environment.help(forNameOfPerspectives: name.text, of: records(in: scope).map(\.entity))
        if let word = Elsewhere.values[name.text.lowercased()] { meant.append("here it is \(word)") }
        var near = meant.isEmpty ? StandardNames.entity(meantBy: name.text, in: schema).map { [$0.plural] } ?? [] : []
        if near.isEmpty, meant.isEmpty { near = nearest(to: name.text, among: candidates) }
        if near.isEmpty, meant.isEmpty, hasRecord { near = nearest(to: name.text, among: environment.functionNames) }
        return NameError.unknownName(name.text, near: near, there: Self.merged(there), meant: meant).at(name.span)
    }

    /// What the records of an entity have.
    private func namesOf(_ entity: EntityID) -> [NameError.Listing] {
        let whose = schema[entity].plural
        return [
            NameError.Listing(title: "fields of \(whose)", names: schema[entity].fields.map(\.name)),
            NameError.Listing(title: "links of \(whose)", names: schema[entity].links.map { schema[$0].name }),
            NameError.Listing(title: "definitions of \(whose)", names: environment.declaredMemberNames(of: entity)),
        ]
    }

    /// Listings with each title once.
    private static func merged(_ listings: [NameError.Listing]) -> [NameError.Listing] {
        var seen: Set<String> = []
        return listings.filter { seen.insert($0.title).inserted }
    }

    func unknownEntity(_ name: Name) -> Diagnostic {
        let names = schema.entities.map(\.plural)
        let near =
            StandardNames.entity(meantBy: name.text, in: schema).map { [$0.name] }
            ?? nearest(to: name.text, among: schema.entities.flatMap { [$0.name, $0.plural] + $0.aliases })
        return NameError.unknownEntity(name.text, near: near, there: names).at(name.span)
    }
}
