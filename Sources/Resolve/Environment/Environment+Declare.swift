import Syntax
import Types

extension Environment {
    /// Takes in a declaration and gives the messages about it; one with an error is not taken in. Statements that declare nothing
    /// (questions, `let`, `describe`, schema declarations) are none of its business and are passed over.
    public mutating func declare(_ statement: Statement) -> [Diagnostic] {
        declare([statement])
    }

    /// What is wrong with `let NAME = …`: a name that everything else would lose.
    public func problem(withBinding name: Name) -> Diagnostic? {
        if schema.entity(named: name.text) != nil { return NameError.nameTaken(name.text, by: "an entity").at(name.span) }
        if let function = function(named: name.text) {
            return NameError.nameTaken(name.text, by: function.isValue ? "a constant" : "a function").at(name.span)
        }
        return nil
    }

    /// Takes in the declarations of a text at once, so that a definition may use one that stands further down. Each is checked as far
    /// as it can be without a use: its types are known where its parameters have types or defaults.
    public mutating func declare(_ statements: [Statement]) -> [Diagnostic] {
        var messages: [Diagnostic] = []
        var checks: [(statement: Statement, previous: Environment)] = []
        for statement in statements {
            let before = self
            messages += hints(about: statement)
            do throws(Diagnostic) {
                if try register(statement, in: nil) { checks.append((statement, before)) }
            } catch {
                self = before
                messages.append(error)
            }
        }
        var failed: [Statement] = []
        for check in checks {
            let found = self.check(check.statement, in: nil)
            messages += found
            if found.contains(where: { $0.severity == .error }) { failed.append(check.statement) }
        }
        if let first = checks.first, !failed.isEmpty {
            // What was wrong is taken out again by starting over from before the first of them, with the sound ones only.
            let wrong = Set(failed.map(\.span.lower))
            self = first.previous
            for check in checks where !wrong.contains(check.statement.span.lower) {
                _ = try? register(check.statement, in: nil)
            }
        }
        return messages
    }

    /// Remembers a declaration, outside of perspectives or in one; whether it has a body to check.
    mutating func register(_ statement: Statement, in perspective: String?) throws(Diagnostic) -> Bool {
        switch statement.kind {
        case .define(let definition):
            try register(declared(definition, statement, in: perspective))
            return true
        case .declareQuestion(let declaration):
            let question = DeclaredQuestion(
                declaration: declaration, doc: statement.doc, span: statement.span, viewpoint: perspective ?? perspectiveInUse)
            update(perspective) { $0.questions[declaration.name.text] = question }
            return true
        case .perspective(let declaration):
            try register(declaration, doc: statement.doc, at: statement.span)
            return true
        case .relationship(let declaration):
            try register(declaration, doc: statement.doc, at: statement.span, in: perspective)
            return true
        case .goal(let declaration):
            try register(declaration, doc: statement.doc, at: statement.span, in: perspective)
            return true
        case .param(let parameter, let description):
            try register(parameter, description ?? statement.doc, at: statement.span)
            return false
        case .use(let name):
            let isNone = !name.quoted && name.text.lowercased() == "none"
            use(isNone ? nil : try self.perspective(name).name)
            return false
        case .question, .letBinding, .entity, .link, .history, .describe, .explain, .why: return false
        }
    }

    private func declared(_ definition: Definition, _ statement: Statement, in perspective: String?) -> DeclaredDefinition {
        DeclaredDefinition(
            definition: definition, doc: statement.doc, span: statement.span, isLibrary: false, perspective: perspective,
            viewpoint: perspective ?? perspectiveInUse)
    }

    private mutating func register(_ declared: DeclaredDefinition) throws(Diagnostic) {
        let name = declared.definition.name
        if declared.isNative { throw DeclarationError.nativeOutsideLibrary(declared.fullName).at(name.span) }
        guard let owner = declared.definition.entity else {
            // What the engine computes itself is known to it by name; all else of the library gives way.
            if let library = library.definition(named: name.text, of: nil), library.isNative {
                throw NameError.nameTaken(name.text, by: library.isValue ? "a constant" : "a function").at(name.span)
            }
            if schema.entity(named: name.text) != nil { throw NameError.nameTaken(name.text, by: "an entity").at(name.span) }
            update(declared.perspective) { $0.functions[name.text] = declared }
            return
        }
        guard let entity = schema.entity(named: owner.text) else { throw Resolver(self).unknownEntity(owner) }
        if schema.link(named: name.text, of: entity.id) != nil || schema.field(named: name.text, of: entity.id) != nil {
            throw DeclarationError.definitionTwice(name.text, entity: owner.text).at(name.span)
        }
        update(declared.perspective) { $0.members[entity.id, default: [:]][name.text] = declared }
    }

    /// The mistakes in what a declaration says, as it is seen from the perspective that holds it.
    func check(_ statement: Statement, in perspective: String?, ofLibrary isLibrary: Bool = false) -> [Diagnostic] {
        var environment = self
        if let perspective { environment.use(perspective) }
        let resolver = Resolver(environment)
        resolver.isLibrary = isLibrary
        switch statement.kind {
        case .define(let definition): return resolver.checked(declared(definition, statement, in: perspective))
        case .declareQuestion(let declaration): return resolver.checked(declaration)
        case .perspective(let declaration): return declaration.statements.flatMap { check($0, in: declaration.name.text) }
        case .relationship(let declaration): return resolver.checked(declaration, in: perspective)
        case .goal(let declaration): return resolver.checked(declaration)
        default: return []
        }
    }
}

extension Resolver {
    /// The mistakes in a definition's body, as far as they show without a use.
    func checked(_ declared: DeclaredDefinition) -> [Diagnostic] {
        guard let body = declared.definition.body else { return [] }
        environment.use(declared.viewpoint)
        inlining.append(declared.fullName)
        isLibrary = declared.isLibrary
        checkedDepth = 1
        do {
            guard let parameters = try placeholders(declared.definition.parameters) else { return [] }
            var layers: [Layer] = []
            if let owner = declared.definition.entity, let entity = schema.entity(named: owner.text)?.id {
                layers.append(.record(BoundTerm(term: .slot(newSlot(), .record(entity)), depth: 0), entity, edge: nil))
            }
            layers.append(.parameters(parameters))
            let term = try resolve(body, in: Scope(layers: layers))
            try checkResult(of: declared, term)
            return hints
        } catch {
            return hints + [error]
        }
    }

    /// The mistakes in a question's body.
    func checked(_ question: QuestionDeclaration) -> [Diagnostic] {
        inlining.append("question \(question.name.text)")
        checkedDepth = 1
        do {
            guard let parameters = try placeholders(question.parameters) else { return [] }
            outerLayers = [.parameters(parameters)]
            try goBack(question.body.clauses, source: question.body.source)
            try resolveSource(question.body.source)
            for clause in question.body.clauses { try resolveClause(clause) }
            return hints
        } catch {
            // A number that a clause must know, such as `take size`, is known only when the question is asked.
            let isOpen = !question.parameters.isEmpty && ["needs-number", "not-constant", "out-of-range"].contains(error.code)
            return hints + (isOpen ? [] : collected + [error])
        }
    }

    /// A value of the right type for each parameter: its default, or a column that stands for it. Nothing where a parameter may be of
    /// any type, because then nothing can be said before it is used.
    func placeholders(_ parameters: [Parameter]) throws(Diagnostic) -> [String: BoundTerm]? {
        var values: [String: BoundTerm] = [:]
        for parameter in parameters {
            var declared: DeclaredType?
            if let type = parameter.type { declared = try declaredType(type) }
            if let written = parameter.defaultValue {
                let term = try resolve(written, in: Scope(layers: [.parameters(values)]))
                var variables: [String: ValueType] = [:]
                if let declared, !declared.accepts(type(of: term), binding: &variables) {
                    throw DeclarationError.defaultType(
                        parameter.name.text, declared: declared.words(in: schema), found: words(type(of: term))
                    ).at(written.span)
                }
                values[parameter.name.text] = BoundTerm(term: term, depth: 0)
            } else if let type = declared?.concrete([:]) {
                let slot = newSlot()
                parameterSlots.insert(slot)
                values[parameter.name.text] = BoundTerm(term: .slot(slot, type), depth: 0)
            } else {
                return nil
            }
        }
        return values
    }
}
