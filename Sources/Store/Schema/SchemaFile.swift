import Syntax

/// The declarations of a `schema.crmq`, understood as text but not yet held against any data.
public struct SchemaFile: Sendable {
    struct Declared<Declaration: Sendable>: Sendable {
        var declaration: Declaration
        var doc: String?
        var span: Span
    }
    var entities: [Declared<EntityDeclaration>] = []
    var links: [Declared<LinkDeclaration>] = []
    var histories: [HistoryDeclaration] = []

    /// Reads a schema file; throws what is wrong with it as text, and statements that declare no entity and no link.
    public init(_ source: SourceText) throws(SchemaFileError) {
        let parsed = parse(source)
        var diagnostics = parsed.diagnostics
        for statement in parsed.statements {
            switch statement.kind {
            case .entity(let declaration):
                entities.append(Declared(declaration: declaration, doc: statement.doc, span: statement.span))
            case .link(let declaration):
                links.append(Declared(declaration: declaration, doc: statement.doc, span: statement.span))
            case .history(let declaration): histories.append(declaration)
            default: diagnostics.append(SchemaError.foreignStatement.diagnostic(at: statement.span))
            }
        }
        if diagnostics.contains(where: { $0.severity == .error }) { throw SchemaFileError(diagnostics: diagnostics) }
    }
}

/// A schema file that does not fit the data, or is no schema file.
public struct SchemaFileError: Error, Sendable {
    public var diagnostics: [Diagnostic]
}
