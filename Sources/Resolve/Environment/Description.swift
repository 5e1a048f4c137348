import Syntax
import Types

/// What `describe` says of a thing. Statistics of fields come from the session, which has the data.
public struct Description: Sendable {
    public enum Kind: Sendable, Hashable {
        case entity(EntityID)
        case field(FieldID)
        case link(LinkID)
        /// A definition that the records of an entity have.
        case definition(EntityID)
        case function, aggregate, window, constant
        case parameter, question, relation, perspective, relationship, goal
        /// A list of names, such as all functions.
        case listing
    }
    public var kind: Kind
    /// `account.tier`, `sum`.
    public var name: String
    /// The head as it would be declared.
    public var signature: String
    /// The type of the values as a person would say it.
    public var type: String?
    public var doc: String?
    /// Expressions that are true, and questions that show the use.
    public var examples: [String] = []
    public var usages: [String] = []
    /// Further lines of the doc comment of the form `word: text`, such as the source of a formula.
    public var remarks: [(word: String, text: String)] = []
    /// The body of a definition.
    public var body: String?
    /// Where it is declared.
    public var span: Span?
    /// Facts and names, each list with a title.
    public var lists: [(title: String, items: [String])] = []
    /// Why it cannot be used with this data.
    public var unavailable: String?

    init(_ kind: Kind, _ name: String, signature: String) {
        self.kind = kind
        self.name = name
        self.signature = signature
    }

    /// Parts a doc comment into prose, examples and remarks.
    mutating func read(_ comment: String?) {
        guard let comment else { return }
        var prose: [Substring] = []
        for line in comment.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy({ $0.isLetter }),
                line[..<colon].allSatisfy(\.isLowercase)
            else {
                prose.append(line)
                continue
            }
            let text = String(line[line.index(after: colon)...].drop { $0 == " " })
            switch line[..<colon] {
            case "example": examples.append(text)
            case "usage": usages.append(text)
            default: remarks.append((String(line[..<colon]), text))
            }
        }
        doc = prose.isEmpty ? nil : prose.map { squeezed(String($0)) }.joined(separator: " ")
    }
}

extension DeclaredQuestion {
    /// The doc comment on one line, without its remarks such as caveats.
    public var prose: String? {
        var description = Description(.question, declaration.name.text, signature: declaration.name.text)
        description.read(doc)
        return description.doc
    }
}

extension Environment {
    /// What a name is: an entity, `entity.member`, a function, a parameter, a question, or a name bound by `let`; `functions` lists all
    /// of these.
    public func describe(_ names: [Name]) throws(Diagnostic) -> Description {
        guard let first = names.first else { throw NameError.noLastAnswer.at(nil) }
        if names.count > 1 { return try describe(names[1], of: first) }
        if let relation = relations[first.text] { return describe(relation, first.text) }
        if let entity = schema.entity(named: first.text) { return describe(entity) }
        if let function = function(named: first.text) { return describe(function) }
        if let parameter = parameters[first.text] {
            var result = Description(.parameter, first.text, signature: "param \(first.text)")
            result.type = parameter.type.words(in: schema)
            result.doc = parameter.description
            result.span = parameter.span
            result.lists = [("value", [parameter.value.dump])]
            return result
        }
        if let question = questions[first.text] { return describe(question) }
        if let found = describeMeaning(first) { return found }
        if first.text == "functions" {
            var result = Description(.listing, "functions", signature: "functions")
            result.lists = [("functions", functionNames)]
            return result
        }
        return try describeMember(first)
    }

    /// A name alone that only records have: the first entity that has it.
    private func describeMember(_ name: Name) throws(Diagnostic) -> Description {
        let owners = schema.entities.filter { entity in
            schema.link(named: name.text, of: entity.id) != nil || schema.field(named: name.text, of: entity.id) != nil
                || member(named: name.text, of: entity.id) != nil
        }
        if owners.count == 1 { return try describe(name, of: Name(owners[0].name, at: name.span)) }
        if owners.isEmpty { throw Resolver(self).unknown(name, in: Scope(layers: [])) }
        throw NameError.unknownName(
            name.text, near: [], there: [], meant: owners.prefix(4).map { "did you mean `\($0.name).\(name.text)`?" }
        )
        .at(name.span)
    }

    private func describe(_ name: Name, of owner: Name) throws(Diagnostic) -> Description {
        guard let entity = schema.entity(named: owner.text) else { throw Resolver(self).unknownEntity(owner) }
        if let id = schema.link(named: name.text, of: entity.id) { return describe(schema[id], of: entity) }
        if let id = schema.field(named: name.text, of: entity.id) {
            let field = schema[id]
            var result = Description(.field(id), "\(entity.name).\(field.name)", signature: "\(entity.name).\(field.name)")
            result.type = field.type.words(in: schema)
            result.doc = field.doc
            if field.header != field.name { result.lists.append(("header in the data", [field.header])) }
            if !field.aliases.isEmpty { result.lists.append(("also known as", field.aliases)) }
            return result
        }
        guard let definition = member(named: name.text, of: entity.id) else {
            throw Resolver(self).unknownMember(name, of: entity.id)
        }
        var result = describe(definition)
        result.kind = .definition(entity.id)
        return result
    }

    private func describe(_ link: Link, of entity: Entity) -> Description {
        var result = Description(.link(link.id), "\(entity.name).\(link.name)", signature: "\(entity.name).\(link.name)")
        result.type = (link.isToOne ? ValueType.record(link.to) : .set(link.to)).words(in: schema)
        result.doc = link.doc
        if let inverse = link.inverse { result.lists.append(("way back", ["\(schema[link.to].name).\(schema[inverse].name)"])) }
        if link.danglingCount > 0 { result.lists.append(("values that lead nowhere", ["\(link.danglingCount)"])) }
        if !link.aliases.isEmpty { result.lists.append(("also known as", link.aliases)) }
        return result
    }

    private func describe(_ entity: Entity) -> Description {
        var result = Description(.entity(entity.id), entity.name, signature: "entity \(entity.name) (\(entity.plural))")
        result.doc = entity.doc
        result.lists = [
            ("from", [entity.origin]), ("records", ["\(entity.rowCount)"]),
            ("fields", entity.fields.map { "\($0.name): \($0.type.words(in: schema))" }),
            (
                "links",
                entity.links.map {
                    "\(schema[$0].name): \((schema[$0].isToOne ? ValueType.record(schema[$0].to) : .set(schema[$0].to)).words(in: schema))"
                }
            ),
            ("definitions", memberNames(of: entity.id)), ("also known as", entity.aliases),
        ].filter { !$0.items.isEmpty }
        return result
    }

    func describe(_ declared: DeclaredDefinition) -> Description {
        let kind: Description.Kind
        if AggregateName(rawValue: declared.name) != nil, declared.isNative {
            kind = .aggregate
        } else if WindowName(rawValue: declared.name) != nil, declared.isNative {
            kind = .window
        } else {
            kind = declared.isValue ? .constant : .function
        }
        var result = Description(kind, declared.fullName, signature: declared.signature)
        result.read(declared.doc)
        result.span = declared.span
        result.body = declared.definition.body.map { squeezed($0.span.text) }
        result.type = declared.definition.result?.text
        let problems = Resolver(self).checked(declared)
        result.unavailable = problems.first { $0.severity == .error }?.lack
        return result
    }

    func describe(_ question: DeclaredQuestion) -> Description {
        let declaration = question.declaration
        let parameters = declaration.parameters.map(\.text).joined(separator: ", ")
        var result = Description(
            .question, declaration.name.text,
            signature: "question \(declaration.name.text)" + (parameters.isEmpty ? "" : "(\(parameters))"))
        result.read(question.doc)
        if let title = declaration.title { result.doc = result.doc.map { "\(title) \($0)" } ?? title }
        result.span = question.span
        result.body = squeezed(declaration.body.span.text)
        var seen = self
        seen.use(question.viewpoint)
        result.unavailable = Resolver(seen).checked(declaration).first { $0.severity == .error }?.lack
        return result
    }

    private func describe(_ relation: BoundRelation, _ name: String) -> Description {
        var result = Description(.relation, name, signature: name)
        result.lists = [
            ("rows", ["\(relation.rowCount)"]), ("columns", relation.columns.map { "\($0.name): \($0.type.words(in: schema))" }),
        ]
        return result
    }
}
