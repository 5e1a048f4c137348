/// `perspective retention "A mature business" { define … question … relationship … goal … }`.
public struct PerspectiveDeclaration: Sendable {
    public var name: Name
    public var description: String?
    /// Definitions, questions, relationship types and goals, in the order of the text.
    public var statements: [Statement]
    public init(name: Name, description: String?, statements: [Statement]) {
        self.name = name
        self.description = description
        self.statements = statements
    }
}

/// `relationship partner "Builds value with us" { when … needs "…", "…" worth … cost … experience "…" }`: a type of relationship.
public struct RelationshipDeclaration: Sendable {
    public var name: Name
    public var description: String?
    /// The condition on an account, behind `when`.
    public var condition: Expression
    public var needs: [String]
    /// What the relationship brings, and what it costs to serve.
    public var worth: Expression?
    public var cost: Expression?
    public var experience: String?
    public init(
        name: Name, description: String?, condition: Expression, needs: [String], worth: Expression?, cost: Expression?,
        experience: String?
    ) {
        self.name = name
        self.description = description
        self.condition = condition
        self.needs = needs
        self.worth = worth
        self.cost = cost
        self.experience = experience
    }
}

/// `goal keep_gold "Keep our gold accounts" { measure … from 82% on 2026-01-01 85% by 2026-06-30 target 92% by 2026-12-31 }`.
public struct GoalDeclaration: Sendable {
    /// A value and the day for which it is meant.
    public struct Point: Sendable {
        public var value: Expression
        public var day: Expression
        public init(value: Expression, day: Expression) {
            self.value = value
            self.day = day
        }
    }
    public var name: Name
    public var description: String?
    public var measure: Expression
    public var start: Point
    /// Mile-markers between the start and the target.
    public var markers: [Point]
    public var target: Point
    public init(name: Name, description: String?, measure: Expression, start: Point, markers: [Point], target: Point) {
        self.name = name
        self.description = description
        self.measure = measure
        self.start = start
        self.markers = markers
        self.target = target
    }
}

/// `compare account.relationship across 2025-12-31, today`: what has changed between two days.
public struct DayComparison: Sendable {
    /// The records, such as `account` or `accounts[tier = "gold"]`.
    public var records: Expression
    /// The field, link or definition, and the arguments that it is given.
    public var name: Name
    public var arguments: [Argument]?
    public var before: Expression
    public var after: Expression
    public var span: Span
    public init(
        records: Expression, name: Name, arguments: [Argument]?, before: Expression, after: Expression, at span: Span
    ) {
        self.records = records
        self.name = name
        self.arguments = arguments
        self.before = before
        self.after = after
        self.span = span
    }

    /// The name under which its rows are kept while a question goes on from them; no other name has blanks.
    public static let relationName = "comparison of days"

    /// The value as it is asked of a record.
    public var value: Expression {
        Expression(arguments.map { .call(name, $0) } ?? .name(name), at: name.span)
    }
}

/// `compare account.good across sales, service`: what several perspectives say of every record of a set.
public struct PerspectiveComparison: Sendable {
    /// The records, such as `account` or `accounts[tier = "gold"]`.
    public var records: Expression
    public var definition: Name
    public var arguments: [Argument]?
    public var perspectives: [Name]
    public var span: Span
    /// Whether records of which no perspective has anything to say are kept as well, for counting them.
    public var keepsAll = false
    public init(records: Expression, definition: Name, arguments: [Argument]?, perspectives: [Name], at span: Span) {
        self.records = records
        self.definition = definition
        self.arguments = arguments
        self.perspectives = perspectives
        self.span = span
    }
}
