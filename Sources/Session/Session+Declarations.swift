import Resolve
import Syntax

extension Session {
    /// Takes in a declaration, unless one of the messages about it is an error.
    func declare(_ statement: Statement) -> [Diagnostic] {
        let diagnostics = environment.declare(statement)
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return diagnostics }
        declarations.append(statement)
        // What the library lacked may have been defined just now.
        if case .define = statement.kind { knowsLibrary = false }
        return diagnostics
    }

    /// Takes over the settings of an earlier session and what was declared in it: other data may be opened in the middle of a thought.
    /// A declaration for which the data of this one have not enough is left out, and said. Answers are not taken over.
    public func takeOver(from earlier: Session) {
        settings = earlier.settings
        for statement in earlier.declarations {
            adoptLibrary(for: statement)
            guard let problem = declare(statement).first(where: { $0.severity == .error }) else { continue }
            let lines = statement.span.text.split(separator: "\n")
            note("left out, since \(problem.message): \(lines.first ?? "")\(lines.count > 1 ? " …" : "")")
        }
    }
}
