/// `path from S to S via knows, account strongest by edge.strength within 4`.
public struct PathSource: Sendable {
    /// Which paths are the best; the shortest where nothing is said.
    public enum Order: Sendable {
        case shortest
        case strongest(Expression)
        case cheapest(Expression)
    }
    public var from: Expression
    public var to: Expression
    public var links: [Expression]
    public var order: Order?
    /// The most hops that a path may have.
    public var limit: Expression?
    public var span: Span
    public init(from: Expression, to: Expression, links: [Expression], order: Order?, limit: Expression?, span: Span) {
        self.from = from
        self.to = to
        self.links = links
        self.order = order
        self.limit = limit
        self.span = span
    }
}
