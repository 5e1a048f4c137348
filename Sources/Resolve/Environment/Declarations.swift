import Syntax
import Types

/// What has been declared in one place: in the session itself, or in a perspective.
public struct Declarations: Sendable {
    /// Definitions that belong to no entity, by name.
    var functions: [String: DeclaredDefinition] = [:]
    /// Definitions by the entity that has them.
    var members: [EntityID: [String: DeclaredDefinition]] = [:]
    public internal(set) var questions: [String: DeclaredQuestion] = [:]
    /// Types of relationships, in the order in which they are tried.
    public internal(set) var relationships: [DeclaredRelationship] = []
    public internal(set) var goals: [String: DeclaredGoal] = [:]

    /// How many definitions were written; those that follow from types of relationships do not count.
    public var definitionCount: Int {
        functions.count + members.values.reduce(0) { $0 + $1.values.count { !$0.isDerived } }
    }

    /// The definitions by the name under which `describe` finds them, sorted: `account.good`, `per_month`.
    public var definitionNames: [String] {
        let members = members.values.flatMap { $0.values.map { ($0.definition.entity.map { "\($0.text)." } ?? "") + $0.name } }
        return (members + functions.keys).sorted()
    }

    public var functionNames: [String] { functions.keys.sorted() }

    public func memberNames(of entity: EntityID) -> [String] { members[entity].map { $0.keys.sorted() } ?? [] }

    /// The definition of a name: of the records of an entity, or of none.
    func definition(named name: String, of entity: EntityID?) -> DeclaredDefinition? {
        entity.map { members[$0]?[name] } ?? functions[name]
    }
}

/// The words of people who see the business in one way.
public struct Perspective: Sendable {
    public var name: String
    public var description: String?
    public var span: Span
    public internal(set) var declarations = Declarations()
    /// What it would hold if the data had what that needs: questions, and what the data lack. Only a perspective of
    /// the standard library has such.
    public internal(set) var unavailable: [(name: String, title: String?, lack: String)] = []
}

/// A `relationship` that was declared.
public struct DeclaredRelationship: Sendable {
    public var declaration: RelationshipDeclaration
    /// The description, or the doc comment.
    public var description: String?
    public var span: Span
    var perspective: String?

    public var name: String { declaration.name.text }
}

/// A `goal` that was declared, with its numbers and days.
public struct DeclaredGoal: Sendable {
    /// A value and the day, counted from 1970-01-01, for which it is meant.
    public struct Point: Sendable {
        public var day: Int32
        public var value: Number
        public init(day: Int32, value: Number) {
            self.day = day
            self.value = value
        }
    }
    public var declaration: GoalDeclaration
    public var description: String?
    public var span: Span
    /// The perspective through which the measure is seen.
    public var viewpoint: String?
    /// The start, the mile-markers and the target, by rising days; at least two.
    public var points: [Point]

    public var name: String { declaration.name.text }
}
