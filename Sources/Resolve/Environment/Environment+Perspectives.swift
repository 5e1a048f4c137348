import Syntax
import Types

extension Environment {
    /// The names of all perspectives, sorted.
    public var perspectiveNames: [String] { perspectives.keys.sorted() }

    /// What was declared outside of perspectives, and in each of them.
    public var everything: [(perspective: String?, declarations: Declarations)] {
        [(nil, own)] + perspectiveNames.compactMap { name in perspectives[name].map { (name, $0.declarations) } }
    }

    /// Makes the definitions of a perspective, or of none, those that are seen first, for as long as nothing else is said.
    public mutating func use(_ perspective: String?) { perspectiveInUse = perspective }

    func perspective(_ name: Name) throws(Diagnostic) -> Perspective {
        if let found = perspectives[name.text] { return found }
        let names = perspectiveNames
        throw MeaningError.unknownPerspective(name.text, near: nearest(to: name.text, among: names), there: names).at(name.span)
    }

    /// The names of the perspectives that define a name, for the records of one of these entities or for none.
    func perspectives(defining name: String, of entities: [EntityID]) -> [String] {
        perspectiveNames.filter { perspective in
            guard perspective != perspectiveInUse, let found = perspectives[perspective]?.declarations else { return false }
            return found.functions[name] != nil || entities.contains { found.members[$0]?[name] != nil }
        }
    }

    /// What to write for a name that means nothing here, but something in perspectives.
    func help(forNameOfPerspectives name: String, of entities: [EntityID]) -> [String] {
        perspectives(defining: name, of: entities).map {
            "the perspective `\($0)` defines it: write `\($0)::\(name)`, or `use \($0)` before"
        }
    }

    // MARK: Declaring

    mutating func register(_ declaration: PerspectiveDeclaration, doc: String?, at span: Span) throws(Diagnostic) {
        let name = declaration.name.text
        perspectives[name] = Perspective(name: name, description: declaration.description ?? doc, span: span)
        var seen: Set<String> = []
        for statement in declaration.statements {
            if let key = statement.declaredName, !seen.insert(key.text).inserted {
                throw DeclarationError.definitionTwice(key.text, entity: nil).at(key.span)
            }
            _ = try register(statement, in: name)
        }
    }

    /// Takes in a perspective of the standard library, unless one of that name was declared. What the data have not enough for is left out
    /// of it and remembered as unavailable; it is taken in again where that may have changed.
    public mutating func adopt(_ statement: Statement) {
        guard case .perspective(var declaration) = statement.kind else { return }
        let name = declaration.name.text
        if let known = perspectives[name], known.unavailable.isEmpty { return }
        let before = self
        guard (try? register(declaration, doc: statement.doc, at: statement.span)) != nil else {
            self = before
            return
        }
        let whole = self
        var lacking: [(name: String, title: String?, lack: String)] = []
        declaration.statements.removeAll { part in
            guard let problem = whole.check(part, in: name, ofLibrary: true).first(where: { $0.severity == .error }) else {
                return false
            }
            if case .declareQuestion(let question) = part.kind {
                lacking.append((question.name.text, question.title, problem.lack))
            }
            return true
        }
        if lacking.isEmpty { return }
        _ = try? register(declaration, doc: statement.doc, at: statement.span)
        perspectives[name]?.unavailable = lacking
    }

    /// Makes a change to what was declared in a perspective, or outside of all.
    mutating func update(_ perspective: String?, _ change: (inout Declarations) -> Void) {
        if let perspective {
            if var found = perspectives.removeValue(forKey: perspective) {
                change(&found.declarations)
                perspectives[perspective] = found
            }
        } else {
            change(&own)
        }
    }

    /// What a person should know of a declaration that is as such all right.
    func hints(about statement: Statement) -> [Diagnostic] {
        switch statement.kind {
        case .perspective(let declaration) where perspectives[declaration.name.text] != nil:
            let message = "`\(declaration.name.text)` is declared anew; what it held before is gone"
            return [Diagnostic(.hint, code: "declared-anew", message, at: declaration.name.span)]
        case .define(let definition):
            guard let used = perspectiveInUse, let found = perspectives[used]?.declarations else { return [] }
            let entity = definition.entity.flatMap { schema.entity(named: $0.text)?.id }
            guard found.definition(named: definition.name.text, of: entity) != nil else { return [] }
            let message = "the perspective `\(used)` is in use and has its own `\(definition.name.text)`, which comes first"
            return [Diagnostic(.hint, code: "hidden-definition", message, at: definition.name.span)]
        default: return []
        }
    }
}

extension Statement {
    /// The name of what is declared, with a key that tells a definition from a question of the same name.
    fileprivate var declaredName: (text: String, span: Span)? {
        switch kind {
        case .define(let definition):
            ((definition.entity.map { "\($0.text)." } ?? "") + definition.name.text, definition.name.span)
        case .declareQuestion(let question): ("question \(question.name.text)", question.name.span)
        case .relationship(let relationship): ("relationship \(relationship.name.text)", relationship.name.span)
        case .goal(let goal): ("goal \(goal.name.text)", goal.name.span)
        default: nil
        }
    }
}
