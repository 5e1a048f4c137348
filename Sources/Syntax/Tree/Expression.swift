/// A word of the source that names something.
public struct Name: Sendable {
    /// The name without backquotes. Names are compared as they are written; keywords are recognised in any case before this.
    public var text: String
    public var span: Span
    /// Whether it stood in backquotes, so that it is never a keyword and may be a header as written in the data.
    public var quoted: Bool

    public init(_ text: String, at span: Span, quoted: Bool = false) {
        self.text = text
        self.span = span
        self.quoted = quoted
    }
}

/// A number as written: exact while its digits fit 64 bits, otherwise the nearest double. `90%` is 0.9 and `50k` is 50000 here.
public enum NumberLiteral: Sendable, Hashable {
    /// `units / 10^scale`, with `scale` in 0...18.
    case decimal(units: Int64, scale: Int)
    case double(Double)
}

/// Calendar units. `hour` and smaller belong to durations only.
public enum CalendarUnit: String, Sendable, CaseIterable {
    case second, minute, hour, day, week, month, quarter, year
}

public enum Literal: Sendable {
    case none
    case bool(Bool)
    case text(String)
    case number(NumberLiteral)
    /// A day of the proleptic Gregorian calendar, checked by the lexer.
    case date(year: Int, month: Int, day: Int)
    /// An instant; without a zone it is UTC. `offsetMinutes` is what the text said; `microsecond` is the part of the second.
    case time(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int, offsetMinutes: Int)
    /// `2026-06` or `2026-Q2`. A bare year is a number.
    case period(year: Int, unit: CalendarUnit, index: Int)
    /// `90 days`.
    case duration(NumberLiteral, CalendarUnit)
}

public enum BinaryOperator: String, Sendable, CaseIterable {
    case or, and
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contains = "~"
    case matches
    case isIn = "in"
    case notIn = "not in"
    case coalesce = "??"
    case join = "&"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"

    /// A hash of its text, which would be the default, costs more than telling apart the few of one precedence.
    public func hash(into hasher: inout Hasher) { hasher.combine(precedence) }
}

/// `last 90 days`, `this quarter`, `next 2 weeks`.
public enum RelativeSpan: String, Sendable { case last, this, next }

/// How often a link is followed: `+` is 1 or more, `*` is 0 or more, `{m..n}` is a range; a missing upper bound is open.
public struct Repetition: Sendable {
    public var lower: Int
    public var upper: Int?
    public var span: Span
    public init(lower: Int, upper: Int?, at span: Span) {
        self.lower = lower
        self.upper = upper
        self.span = span
    }
}

/// One argument of a call, with what aggregates may add to it: `count(distinct x)`, `sum(x where c)`, `first(S by -at)`.
public struct Argument: Sendable {
    /// The name in `round(x, digits = 2)`.
    public var label: Name?
    public var value: Expression
    public var distinct: Bool
    public var condition: Expression?
    public var order: [SortKey]
    public init(
        label: Name? = nil, _ value: Expression, distinct: Bool = false, condition: Expression? = nil, order: [SortKey] = []
    ) {
        self.label = label
        self.value = value
        self.distinct = distinct
        self.condition = condition
        self.order = order
    }
}

public struct SortKey: Sendable {
    public var value: Expression
    public var descending: Bool
    public init(_ value: Expression, descending: Bool) {
        self.value = value
        self.descending = descending
    }
}

/// `n = EXPR`, or an expression that is headed by its own text.
public struct ColumnItem: Sendable {
    public var name: Name?
    public var value: Expression
    public init(name: Name?, value: Expression) {
        self.name = name
        self.value = value
    }
    public var span: Span { name.map { $0.span.joined(with: value.span) } ?? value.span }
}

/// An expression as written. Whether `tier` is a field, a column or a definition is for the resolver to say.
public struct Expression: Sendable {
    public indirect enum Kind: Sendable {
        case literal(Literal)
        case name(Name)
        /// `retention::good`, `owner.retention::good`, `retention::quiet(60 days)`: a definition as a perspective has it.
        case qualified(perspective: Name, of: Expression?, Name, [Argument]?)
        /// `it`, the last answer.
        case it
        /// `owner.name`.
        case member(Expression, Name)
        /// `orders.(revenue - cost)`.
        case mapped(Expression, Expression)
        /// `deals[stage = "won"]`, and `accounts["ACC-17"]`.
        case filtered(Expression, Expression)
        /// `deals[won] {stage, amount}`.
        case shaped(Expression, [ColumnItem])
        /// `referrals+`, `(knows, colleagues){1..2}`: the links are expressions of which each must be a link.
        case repeated([Expression], Repetition)
        /// `person "Ann Lee"`.
        case record(entity: Name, text: String, textSpan: Span)
        /// `f(a, b)`.
        case call(Name, [Argument])
        /// `x.f(y)`, the same as `f(x, y)` where the entity of `x` has a definition `f` with parameters.
        case memberCall(Expression, Name, [Argument])
        /// `any S`, `no S`.
        case any(Expression)
        case no(Expression)
        case not(Expression)
        case negated(Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// `10..20`, `100..`, `..20`.
        case range(Expression?, Expression?)
        /// `("won", "lost")`, the right side of `in`; a single parenthesised expression is just that expression.
        case list([Expression])
        case conditional(condition: Expression, then: Expression, otherwise: Expression?)
        /// `90 days ago`; the operand is any duration.
        case ago(Expression)
        /// `in 30 days`, where an operand is expected.
        case ahead(Expression)
        /// `last 90 days`; without a count the calendar unit itself (`last month`).
        case relative(RelativeSpan, count: Expression?, CalendarUnit)
        /// `sum(x) per region`, `sum(x) per (region, tier)`; no keys for `per all`.
        case per(Expression, keys: [Expression])
    }

    public var kind: Kind
    public var span: Span

    public init(_ kind: Kind, at span: Span) {
        self.kind = kind
        self.span = span
    }
}
