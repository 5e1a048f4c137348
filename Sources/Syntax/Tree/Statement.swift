/// Where the rows of a question come from.
public enum Source: Sendable {
    /// An entity, a set expression, a name bound by `let`, `it`, or any value (`2 + 2` is a question with one row).
    case expression(Expression)
    /// `for a in accounts, p in a.people`.
    case combinations([Binding])
    /// `ask quiet_gold(60 days)`.
    /// With a perspective, `ask sales::pipeline`.
    case ask(perspective: Name?, Name, [Argument], Span)
    /// `compare account.good across sales, service`.
    case compare(PerspectiveComparison)
    /// `compare account.tier across 2025-12-31, today`.
    case compareDays(DayComparison)
    case path(PathSource)
    /// A line that begins with a clause goes on from the last answer.
    case lastAnswer(Span)
    /// `rows 3`, `rows 3 of won`: the records that make up a row of the last answer, or a column of it. Rows count from 1.
    case rows(number: Int, column: Expression?, Span)
    /// `duplicates of people by name, email above 85%`: pairs of records that are probably one.
    case duplicates(of: Expression, by: [Expression], above: Expression?, Span)
    /// One row for each calendar period: `each month in last 12 months`.
    case each(EachSource)

    public struct Binding: Sendable {
        public var name: Name
        public var source: Expression
        public init(name: Name, source: Expression) {
            self.name = name
            self.source = source
        }
    }
}

public struct Clause: Sendable {
    public enum Kind: Sendable {
        case filter(Expression)
        case extend([ColumnItem])
        case select([ColumnItem])
        case summarize([ColumnItem], by: [ColumnItem])
        case sort([SortKey])
        case take(Expression)
        case skip(Expression)
        case distinct
        case follow([Expression])
        case pivot(Expression)
        /// `as of DATE`: the whole question as it would have been answered that day.
        case asOf(Expression)
    }
    public var kind: Kind
    /// The whole clause, keyword included.
    public var span: Span
    public init(_ kind: Kind, at span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// How an answer is written.
public enum OutputFormat: String, Sendable, CaseIterable {
    case table, csv, tsv, json, jsonl, markdown, dot, mermaid

    /// The format that a file's ending names.
    public init?(fileName: String) {
        switch fileName.split(separator: ".").last.map({ $0.lowercased() }) {
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        case "json": self = .json
        case "jsonl", "ndjson": self = .jsonl
        case "md", "markdown": self = .markdown
        case "txt": self = .table
        case "dot", "gv": self = .dot
        case "mmd", "mermaid": self = .mermaid
        default: return nil
        }
    }

    /// The format that a word probably means which is no name of one: `md`, `jason`.
    public static func meant(by word: String) -> OutputFormat? {
        OutputFormat(fileName: word)
            ?? nearest(to: word.lowercased(), among: allCases.map(\.rawValue), limit: 1).first.flatMap(
                OutputFormat.init(rawValue:))
    }

    /// All formats, for messages: `table, csv, …`.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// How an answer is drawn.
public enum ChartKind: String, Sendable, CaseIterable {
    case line, bar, heat
}

/// Where an answer goes: `format json`, `chart line`, `into "file.csv"`, `| command`. Each may be given once, and a chart has no format.
public struct Delivery: Sendable {
    public var format: OutputFormat?
    public var chart: ChartKind?
    /// The path and where it is written.
    public var file: (path: String, span: Span)?
    /// The shell command and where it is written.
    public var command: (text: String, span: Span)?
    public init() {}
}

public struct Question: Sendable {
    public var source: Source
    public var clauses: [Clause]
    public var delivery: Delivery
    public var span: Span
    public init(source: Source, clauses: [Clause], delivery: Delivery, span: Span) {
        self.source = source
        self.clauses = clauses
        self.delivery = delivery
        self.span = span
    }
}

/// A type as written: `text`, `account`, `list of number`, `set of account`, or a single capital letter for "any one type".
public indirect enum TypeExpression: Sendable {
    case named(Name)
    case list(TypeExpression, Span)
    case set(TypeExpression, Span)
}

public struct Parameter: Sendable {
    public var name: Name
    public var type: TypeExpression?
    public var defaultValue: Expression?
    public init(name: Name, type: TypeExpression?, defaultValue: Expression?) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
    }
}

/// `define account.quiet(days: duration = 90 days): bool = EXPR`, or `= native` for what the engine itself computes.
public struct Definition: Sendable {
    /// The entity whose records have it; none for a function or constant of its own.
    public var entity: Name?
    public var name: Name
    public var parameters: [Parameter]
    /// Whether an (empty or not) parameter list was written.
    public var hasParameterList: Bool
    public var result: TypeExpression?
    /// None means `native`.
    public var body: Expression?
    public init(
        entity: Name?, name: Name, parameters: [Parameter], hasParameterList: Bool, result: TypeExpression?, body: Expression?
    ) {
        self.entity = entity
        self.name = name
        self.parameters = parameters
        self.hasParameterList = hasParameterList
        self.result = result
        self.body = body
    }
}

/// `question quiet_gold(days: duration = 90 days) "Title" { … }`: the body is one question.
public struct QuestionDeclaration: Sendable {
    public var name: Name
    public var parameters: [Parameter]
    public var title: String?
    public var body: Question
    public init(name: Name, parameters: [Parameter], title: String?, body: Question) {
        self.name = name
        self.parameters = parameters
        self.title = title
        self.body = body
    }
}

/// `entity account (accounts) from "Account.csv" { … }`.
public struct EntityDeclaration: Sendable {
    public struct Field: Sendable {
        /// What the schema file calls the marks behind the type.
        public enum Mark: String, Sendable, CaseIterable { case key, label, time }
        public var name: Name
        /// A value type, or an entity: then the field is a to-one link.
        public var type: Name
        public var marks: [Mark]
        /// The header in the data; the field's own name where it is left out.
        public var column: String?
        /// The name of the way back, in parentheses.
        public var inverse: Name?
        public var doc: String?
        public init(name: Name, type: Name, marks: [Mark], column: String?, inverse: Name?, doc: String?) {
            self.name = name
            self.type = type
            self.marks = marks
            self.column = column
            self.inverse = inverse
            self.doc = doc
        }
    }
    public var name: Name
    public var plural: Name?
    public var file: String?
    /// Where the file is named.
    public var fileSpan: Span?
    public var fields: [Field]
    public init(name: Name, plural: Name?, file: String?, fileSpan: Span?, fields: [Field]) {
        self.name = name
        self.plural = plural
        self.file = file
        self.fileSpan = fileSpan
        self.fields = fields
    }
}

/// `link person.knows: person from "knows.csv" (from_id, to_id) both ways (known_by) { since: date, strength: number }`.
public struct LinkDeclaration: Sendable {
    public var entity: Name
    public var name: Name
    public var target: Name
    public var file: String
    public var fileSpan: Span
    public var fromColumn: Name
    public var toColumn: Name
    public var bothWays: Bool
    public var inverse: Name?
    /// The facts about the pair, with their value types.
    public var facts: [(name: Name, type: Name)]
    public init(
        entity: Name, name: Name, target: Name, file: String, fileSpan: Span, fromColumn: Name, toColumn: Name, bothWays: Bool,
        inverse: Name?, facts: [(name: Name, type: Name)]
    ) {
        self.entity = entity
        self.name = name
        self.target = target
        self.file = file
        self.fileSpan = fileSpan
        self.fromColumn = fromColumn
        self.toColumn = toColumn
        self.bothWays = bothWays
        self.inverse = inverse
        self.facts = facts
    }
}

/// `history deal.stage from "deal_changes.csv" (deal_id, at, stage)`: a table with a row for each change of a field.
public struct HistoryDeclaration: Sendable {
    public var entity: Name
    public var field: Name
    public var file: String
    public var fileSpan: Span
    /// The columns that hold the record, the moment of the change and the value from then on.
    public var recordColumn: Name
    public var timeColumn: Name
    public var valueColumn: Name
    /// The column with the value until then, where there is one.
    public var earlierColumn: Name?
    public init(
        entity: Name, field: Name, file: String, fileSpan: Span, recordColumn: Name, timeColumn: Name, valueColumn: Name,
        earlierColumn: Name?
    ) {
        self.entity = entity
        self.field = field
        self.file = file
        self.fileSpan = fileSpan
        self.recordColumn = recordColumn
        self.timeColumn = timeColumn
        self.valueColumn = valueColumn
        self.earlierColumn = earlierColumn
    }
}

public struct Statement: Sendable {
    public enum Kind: Sendable {
        case question(Question)
        case define(Definition)
        /// `param region: text = "EMEA" "Sales region"`.
        case param(Parameter, description: String?)
        case letBinding(Name, Question)
        /// `use sales`; `use none` goes back to no perspective.
        case use(Name)
        case declareQuestion(QuestionDeclaration)
        case entity(EntityDeclaration)
        case link(LinkDeclaration)
        case history(HistoryDeclaration)
        case perspective(PerspectiveDeclaration)
        case relationship(RelationshipDeclaration)
        case goal(GoalDeclaration)
        /// `describe account.tier`, `describe sum`, `describe sales::good`; the words as written.
        case describe(perspective: Name?, [Name], Span)
        case explain(Question)
        /// `why account "Acme".at_risk`: how a value came to be.
        case why(Expression, Delivery)
    }
    public var kind: Kind
    /// The lines of the doc comment before a declaration, joined by line breaks.
    public var doc: String?
    public var span: Span
    public init(_ kind: Kind, doc: String? = nil, at span: Span) {
        self.kind = kind
        self.doc = doc
        self.span = span
    }
}
