import Syntax
import Types

extension Environment {
    /// The entity whose records have relationships.
    static let relatedEntity = "account"

    /// Takes in a type of relationship, and makes anew the definitions that follow from all of them: `account.relationship`, and what
    /// the relationship of each account brings and costs. A type of the same name keeps its place in the order.
    mutating func register(
        _ declaration: RelationshipDeclaration, doc: String?, at span: Span, in perspective: String?
    ) throws(Diagnostic) {
        guard let entity = schema.entity(named: Self.relatedEntity) else {
            throw Resolver(self).unknownEntity(Name(Self.relatedEntity, at: declaration.name.span))
        }
        let made = DeclaredRelationship(
            declaration: declaration, description: declaration.description ?? doc, span: span, perspective: perspective)
        var all = (perspective.flatMap { perspectives[$0]?.declarations } ?? own).relationships
        if let index = all.firstIndex(where: { $0.name == made.name }) { all[index] = made } else { all.append(made) }
        let derived = derivedDefinitions(from: all, latest: made)
        for definition in derived
        where schema.link(named: definition.name, of: entity.id) != nil
            || schema.field(named: definition.name, of: entity.id) != nil
        {
            throw DeclarationError.definitionTwice(definition.name, entity: Self.relatedEntity).at(declaration.name.span)
        }
        update(perspective) { declarations in
            declarations.relationships = all
            for definition in derived { declarations.members[entity.id, default: [:]][definition.name] = definition }
        }
    }

    private func derivedDefinitions(from all: [DeclaredRelationship], latest: DeclaredRelationship) -> [DeclaredDefinition] {
        let name = Name("relationship", at: latest.span)
        let kind = all.map { (test: $0.declaration.condition, value: Self.text($0.name, at: $0.span)) }
        func amounts(_ amount: (RelationshipDeclaration) -> Expression?) -> [(test: Expression, value: Expression)]? {
            guard all.contains(where: { amount($0.declaration) != nil }) else { return nil }
            return all.map { type in
                let test = Expression(
                    .binary(.equal, Expression(.name(name), at: type.span), Self.text(type.name, at: type.span)), at: type.span)
                return (test, amount(type.declaration) ?? Expression(.literal(.none), at: type.span))
            }
        }
        let chains = [
            ("relationship", "The type of the relationship with the account: the first whose condition holds.", kind),
            ("relationship_worth", "What the relationship with the account brings.", amounts(\.worth)),
            ("relationship_cost", "What the relationship with the account costs.", amounts(\.cost)),
        ]
        return chains.compactMap { name, doc, chain in
            guard let body = chain.flatMap({ Self.firstThatHolds($0[...]) }) else { return nil }
            let definition = Definition(
                entity: Name(Self.relatedEntity, at: latest.span), name: Name(name, at: latest.span), parameters: [],
                hasParameterList: false, result: nil, body: body)
            return DeclaredDefinition(
                definition: definition, doc: doc, span: latest.span, isLibrary: false, perspective: latest.perspective,
                viewpoint: latest.perspective ?? perspectiveInUse, isDerived: true)
        }
    }

    private static func text(_ text: String, at span: Span) -> Expression { Expression(.literal(.text(text)), at: span) }

    /// `if A then X else if B then Y`, whose own text is made up, so that `describe` can show it.
    private static func firstThatHolds(_ cases: ArraySlice<(test: Expression, value: Expression)>) -> Expression? {
        guard let first = cases.first else { return nil }
        let kind = Expression.Kind.conditional(
            condition: first.test, then: first.value, otherwise: firstThatHolds(cases.dropFirst()))
        let written = SourceText(name: "<relationships>", text: Expression(kind, at: first.test.span).canonicalText)
        return Expression(kind, at: Span(written, 0, written.bytes.count))
    }
}

extension Resolver {
    /// The mistakes in a type of relationship.
    func checked(_ relationship: RelationshipDeclaration, in perspective: String?) -> [Diagnostic] {
        guard let entity = schema.entity(named: Environment.relatedEntity)?.id else { return [] }
        checkedDepth = 1
        inlining.append((perspective.map { "\($0)::" } ?? "") + "\(Environment.relatedEntity).relationship")
        let scope = Scope(layers: [.record(BoundTerm(term: .slot(newSlot(), .record(entity)), depth: 0), entity, edge: nil)])
        var errors: [Diagnostic] = []
        do throws(Diagnostic) {
            _ = try resolveCondition(relationship.condition, in: scope)
        } catch {
            errors.append(error)
        }
        for (word, amount) in [("worth", relationship.worth), ("cost", relationship.cost)] {
            guard let amount else { continue }
            do throws(Diagnostic) {
                let type = type(of: try resolve(amount, in: scope))
                guard type != .number else { continue }
                let written = text(amount)
                let help = type.isMany ? ["aggregate it: `sum(\(written))`, `count(\(written))`"] : []
                throw MeaningError.needsNumber("`\(word)` of `\(relationship.name.text)`", found: words(type), help: help).at(
                    amount.span)
            } catch {
                errors.append(error)
            }
        }
        return hints + errors
    }
}
