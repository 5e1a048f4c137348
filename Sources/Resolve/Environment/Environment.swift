import Syntax
import Types

/// What time it is for a question. It is fixed before resolving, so that a script can be repeated and tested.
public struct Clock: Sendable, Hashable {
    /// Days since 1970-01-01.
    public var today: Int32
    /// Microseconds since 1970-01-01T00:00Z.
    public var now: Int64
    public init(today: Int32, now: Int64) {
        self.today = today
        self.now = now
    }
}

/// A definition that was declared, with its documentation.
struct DeclaredDefinition: Sendable {
    var definition: Definition
    var doc: String?
    var span: Span
    /// Whether it comes with the program: only such a definition may be native, and it is unavailable rather than wrong where the
    /// data lack what it needs.
    var isLibrary: Bool
    /// The perspective that has it; none outside of all.
    var perspective: String?
    /// The perspective whose definitions its body sees first: its own, or the one that was in use when it was declared. What it means does
    /// not depend on what is in use where it is used.
    var viewpoint: String?
    /// Whether it follows from other declarations rather than being written.
    var isDerived = false

    var name: String { definition.name.text }
    var isNative: Bool { definition.body == nil }
    /// `account.quiet`, `sales::account.quiet` or `upper`.
    var fullName: String {
        (perspective.map { "\($0)::" } ?? "") + (definition.entity.map { "\($0.text)." } ?? "") + name
    }
    /// Whether it is a value rather than something that is called: it has no parameters and no parentheses.
    var isValue: Bool { definition.parameters.isEmpty && !definition.hasParameterList }
}

/// A `param` and the value it has in this session.
public struct DeclaredParameter: Sendable {
    public var name: String
    public var type: ValueType
    public var value: Value
    public var description: String?
    public var span: Span
    /// The default as written; none where a value must be given.
    public var defaultText: String?
}

/// A `question` that was declared.
public struct DeclaredQuestion: Sendable {
    public var declaration: QuestionDeclaration
    public var doc: String?
    public var span: Span
    /// The perspective whose definitions it sees first.
    var viewpoint: String?
}

/// Everything that a question may refer to: the data, the clock, the standard library, and what has been declared so far. A value:
/// a copy is a session of its own.
public struct Environment: Sendable {
    public let catalogue: any Catalogue
    public var clock: Clock
    let library: Library
    /// What the session has declared outside of perspectives.
    public internal(set) var own = Declarations()
    /// Perspectives by name.
    public internal(set) var perspectives: [String: Perspective] = [:]
    /// The perspective whose declarations come before the others.
    public internal(set) var perspectiveInUse: String?
    /// `it`, the names bound by `let`, and the tables of the catalogue.
    public var relations: [String: BoundRelation] = [:]
    /// Asks a question whose answer another one needs before it can be understood: `rows 3` has to know what the third row was. None
    /// where it cannot be asked.
    public var retrace: (@Sendable (ResolvedQuestion) -> BoundRelation?)?
    /// Asks two questions, of one value of the same records on two days, and gives the rows in which the answers differ. None where they
    /// cannot be asked: then it is known what the rows look like, but not which there are.
    public var compareDays: (@Sendable (ResolvedQuestion, ResolvedQuestion) -> BoundRelation?)?
    /// Parameters that have been declared, by name.
    public internal(set) var parameters: [String: DeclaredParameter] = [:]
    /// Values that were given before the declaration was seen, as texts of the command line.
    var givenParameters: [String: String] = [:]

    /// `library` are the texts of the standard library, the prelude first.
    public init(catalogue: any Catalogue, clock: Clock, library: Library) {
        self.catalogue = catalogue
        self.clock = clock
        self.library = library
    }

    var schema: Schema { catalogue.schema }

    /// What the perspective in use has declared.
    private var used: Declarations? { perspectiveInUse.flatMap { perspectives[$0]?.declarations } }

    /// The questions that can be asked without naming a perspective, by name.
    public var questions: [String: DeclaredQuestion] { own.questions.merging(used?.questions ?? [:]) { $1 } }

    /// A function, constant or aggregate by name. The perspective in use wins over the rest of the session, and that over the library.
    func function(named name: String) -> DeclaredDefinition? {
        used?.functions[name] ?? own.functions[name] ?? library.definition(named: name, of: nil)
    }

    /// A definition that the records of an entity have.
    func member(named name: String, of entity: EntityID) -> DeclaredDefinition? {
        if let found = used?.members[entity]?[name] ?? own.members[entity]?[name] { return found }
        return library.definition(named: name, of: entity, in: schema)
    }

    /// The names of the definitions that the records of an entity have, sorted.
    public func memberNames(of entity: EntityID) -> [String] {
        Set(declaredMemberNames(of: entity) + library.memberNames(of: entity, in: schema)).sorted()
    }

    /// Those of them that the session declared: the library has too many to be listed in a message.
    func declaredMemberNames(of entity: EntityID) -> [String] {
        Set([used, own].flatMap { $0?.memberNames(of: entity) ?? [] }).sorted()
    }

    /// The names of all functions, aggregates and constants, sorted.
    public var functionNames: [String] {
        let declared = [used, own].flatMap { $0.map { Array($0.functions.keys) } ?? [] }
        return Set(declared + library.functionNames).sorted()
    }
}
