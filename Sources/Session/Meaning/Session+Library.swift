import Syntax

/// The perspectives of the standard library: they are read when something may mean one of them, which most scripts never do.
extension Session {
    /// Takes in the library's perspectives before a statement that names a perspective or a question that was not declared, or that lists
    /// them. Those that were declared under the same name stay as they are.
    func adoptLibrary(for statement: Statement) {
        guard !knowsLibrary, mayMeanLibrary(statement) else { return }
        adoptLibrary()
    }

    /// Takes in the library's perspectives, once, and again after a definition.
    func adoptLibrary() {
        guard !knowsLibrary else { return }
        knowsLibrary = true
        for source in StandardLibrary.perspectives() {
            for statement in parse(source).statements { environment.adopt(statement) }
        }
    }

    private func mayMeanLibrary(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .use(let name): mayBeMore(of: name)
        case .describe(let perspective, let names, _):
            perspective.map(mayBeMore) ?? (names.count == 1)
        case .question(let question), .letBinding(_, let question), .explain(let question): mayMeanLibrary(question)
        default: false
        }
    }

    private func mayMeanLibrary(_ question: Question) -> Bool {
        switch question.source {
        case .ask(let perspective, let name, _, _):
            perspective.map(mayBeMore) ?? (environment.questions[name.text] == nil)
        case .compare: true
        case .expression(let expression): ["questions", "perspectives"].contains(expression.leadingName)
        default: false
        }
    }

    /// Whether the library may hold more of a perspective than is known so far.
    private func mayBeMore(of name: Name) -> Bool {
        environment.perspectives[name.text].map { !$0.unavailable.isEmpty } ?? true
    }
}
