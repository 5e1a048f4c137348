import Syntax
import Types

/// A name that means something where the cursor stands.
public struct VisibleName: Sendable {
    public enum Kind: Sendable, Equatable {
        case field, link, definition, column, parameter, relation, constant, function, entity
    }
    public var name: String
    public var kind: Kind
    /// The entity whose field, link or definition it is.
    public var owner: EntityID?
    /// The type where it is known without resolving anything.
    public var type: ValueType?

    init(_ name: String, _ kind: Kind, owner: EntityID? = nil, type: ValueType? = nil) {
        self.name = name
        self.kind = kind
        self.owner = owner
        self.type = type
    }
}

/// What an expression at the cursor could see: the question before it is resolved as far as it can be understood, and mistakes
/// in it are passed over.
public struct CursorScope {
    private let resolver: Resolver
    private let scope: Scope
    private let newNames: [String]
    private let environment: Environment

    public init(_ place: CursorPlace, in given: Environment) {
        var environment = given
        for statement in place.earlier { _ = environment.declare(statement) }
        let resolver = Resolver(environment)
        let parameters = try? resolver.placeholders(place.parameters)
        if let parameters = parameters ?? nil, !parameters.isEmpty { resolver.outerLayers = [.parameters(parameters)] }
        if let source = place.source { try? resolver.resolveSource(source) }
        for clause in place.clauses { try? resolver.resolveClause(clause) }
        var scope = Scope(layers: resolver.outerLayers)
        if let owner = place.owner.flatMap({ environment.schema.entity(named: $0.text) }) {
            let record = BoundTerm(term: .slot(resolver.newSlot(), .record(owner.id)), depth: 0)
            scope.layers.insert(.record(record, owner.id, edge: nil), at: 0)
        }
        if place.source != nil || place.isInClause { scope = resolver.rowScope }
        for set in place.enclosures {
            guard let term = try? resolver.resolve(set, in: scope), let entity = resolver.type(of: term).element.entity else {
                continue
            }
            scope = scope.entering(entity, edge: resolver.pairs(reaching: term))
        }
        self.environment = environment
        self.resolver = resolver
        self.scope = scope
        newNames = place.newNames
    }

    private var schema: Schema { resolver.schema }

    // MARK: Names

    /// Every name that can be used at the cursor, the nearest first, each once.
    public func names() -> [VisibleName] {
        var names: [VisibleName] = []
        for layer in scope.layers.reversed() {
            switch layer {
            case .record(_, let entity, let edge):
                names += members(of: entity)
                if let edge { names.append(VisibleName("edge", .link, type: .record(edge))) }
            case .rows:
                names += resolver.frame.columns.map { VisibleName($0.name, .column, type: $0.type) }
                names += newNames.map { VisibleName($0, .column) }
                if let (_, entity) = resolver.frame.record { names += members(of: entity) }
            case .parameters(let values):
                names += values.keys.sorted().map { name in
                    VisibleName(name, .parameter, type: values[name].map { resolver.type(of: $0.term) })
                }
            }
        }
        return Self.unique(names + declaredNames())
    }

    /// What does not depend on where the cursor stands.
    private func declaredNames() -> [VisibleName] {
        let functions = environment.functionNames.map { name in
            VisibleName(name, environment.function(named: name)?.isValue == true ? .constant : .function)
        }
        return functions.filter { $0.kind == .function } + entities()
            + environment.relations.keys.sorted().map { VisibleName($0, .relation) }
            + environment.parameters.values.map { VisibleName($0.name, .parameter, type: $0.type) }.sorted { $0.name < $1.name }
            + functions.filter { $0.kind == .constant }
    }

    /// The names of the sets of all records.
    public func entities() -> [VisibleName] {
        schema.entities.map { VisibleName($0.plural, .entity, type: .set($0.id)) }
    }

    /// What the records (or the record) that an expression gives have; the names of an entity where it names one.
    public func members(of base: Expression) -> [VisibleName] {
        guard let type = type(of: base), let entity = type.element.entity else { return [] }
        return Self.unique(members(of: entity))
    }

    /// What perspectives define for the records that an expression gives, sorted.
    public func comparable(of base: Expression) -> [String] {
        guard let entity = type(of: base)?.element.entity else { return [] }
        return Set(environment.everything.filter { $0.perspective != nil }.flatMap { $0.declarations.memberNames(of: entity) })
            .sorted()
    }

    /// The links along which `follow` can go on.
    public func links() -> [VisibleName] {
        guard let (_, entity) = resolver.frame.record else { return [] }
        return members(of: entity).filter { $0.kind == .link }
    }

    /// Fields in the order of the data, links, ways back, definitions. The raw keys that a link stands for come last.
    private func members(of entity: EntityID) -> [VisibleName] {
        let found = schema[entity]
        func field(_ field: Field) -> VisibleName { VisibleName(field.name, .field, owner: entity, type: field.type) }
        func isWayBack(_ link: Link) -> Bool { if case .inverse = link.origin { true } else { false } }
        let all = found.links.map { schema[$0] }
        let links = (all.filter { !isWayBack($0) } + all.filter(isWayBack)).map { link in
            return VisibleName(link.name, .link, owner: entity, type: link.isToOne ? .record(link.to) : .set(link.to))
        }
        let definitions = environment.memberNames(of: entity).filter { name in
            guard let member = environment.member(named: name, of: entity) else { return false }
            return !member.isLibrary || !Resolver(environment).checked(member).contains { $0.severity == .error }
        }
        return found.fields.filter(\.links.isEmpty).map(field) + links
            + definitions.map { VisibleName($0, .definition, owner: entity) }
            + found.fields.filter { !$0.links.isEmpty }.map(field)
    }

    private static func unique(_ names: [VisibleName]) -> [VisibleName] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0.name).inserted }
    }

    // MARK: What is known of them

    /// The type of an expression at the cursor. A singular entity name counts as its set, as `describe account.` writes it.
    public func type(of expression: Expression) -> ValueType? {
        if let term = try? resolver.resolve(expression, in: scope.perRow) { return resolver.type(of: term) }
        guard case .name(let name) = expression.kind else { return nil }
        return schema.entity(named: name.text).map { .set($0.id) }
    }

    /// The field from which the values of an expression come unchanged.
    public func field(of expression: Expression) -> FieldID? {
        (try? resolver.resolve(expression, in: scope.perRow)).flatMap { resolver.rootField($0) }
    }

    /// Whether something in parentheses has to follow a name.
    public func takesArguments(_ name: VisibleName) -> Bool {
        declaration(of: name).map { !$0.definition.parameters.isEmpty && ($0.owner == nil || !$0.hasDefaults) } ?? false
    }

    /// A few words on a name: its type, or the head of its declaration.
    public func detail(of name: VisibleName) -> String? {
        switch name.kind {
        case .field, .column, .parameter: return name.type.map(resolver.words)
        case .link:
            guard let type = name.type, let entity = type.entity else { return nil }
            return type.isMany ? "→ \(schema[entity].plural)" : "→ \(schema[entity].name)"
        case .entity: return schema.entity(named: name.name).map { "\($0.rowCount) \($0.rowCount == 1 ? "record" : "records")" }
        case .relation: return environment.relations[name.name].map { "an answer of \($0.rowCount) rows" }
        case .definition, .function, .constant: return declaration(of: name).map { summary(of: $0, named: name) }
        }
    }

    private func declaration(of name: VisibleName) -> DeclaredDefinition? {
        switch name.kind {
        case .definition: name.owner.flatMap { environment.member(named: name.name, of: $0) }
        case .function, .constant: environment.function(named: name.name)
        default: nil
        }
    }

    private func summary(of declared: DeclaredDefinition, named name: VisibleName) -> String {
        var description = Description(.function, declared.fullName, signature: declared.signature)
        description.read(declared.doc)
        let head = declared.isValue ? nil : declared.signature
        return [head, description.doc].compactMap { $0 }.joined(separator: "  ")
    }
}

extension DeclaredDefinition {
    fileprivate var owner: Name? { definition.entity }
    fileprivate var hasDefaults: Bool { definition.parameters.allSatisfy { $0.defaultValue != nil } }
}
