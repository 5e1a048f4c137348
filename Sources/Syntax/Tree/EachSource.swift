/// `each month in last 12 months`.
public struct EachSource: Sendable {
    /// A day or longer.
    public var unit: CalendarUnit
    /// A period, a span or a range.
    public var range: Expression
    public var span: Span
    public init(unit: CalendarUnit, range: Expression, span: Span) {
        self.unit = unit
        self.range = range
        self.span = span
    }
}
