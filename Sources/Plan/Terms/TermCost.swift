import Resolve
import Syntax
import Types

extension Term {
    /// Roughly how many nanoseconds a row takes. Only the order of magnitude matters: it decides which condition is tried first and
    /// what is worth computing once.
    public var cost: Int {
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: return 0
        case .filter(let set, _, let condition): return set.cost + Self.assumedElements * (condition.cost + 1)
        case .map(let set, _, let body): return set.cost + Self.assumedElements * (body.cost + 1)
        case .repeated(let start, _, let steps, let hops):
            // Each hop reaches several times as many records as the one before it; beyond the third it makes no difference to a choice.
            let hop = steps.reduce(1) { $0 + $1.cost } * Self.assumedElements
            return start.cost + (hops.upper ?? 3 > 2 ? hop * Self.assumedElements : hop)
        default: break
        }
        var inner = 0
        forEachPart { inner += $0.cost }
        return switch self {
        case .field, .negate, .not: inner + 1
        case .toOne, .conditional, .isIn, .isEmpty: inner + 2
        case .toMany, .call: inner + 20
        case .contains: inner + 30
        case .pick, .table: inner * Self.assumedElements + 50
        case .aggregate: inner + 10
        case .binary(let operation, _, _, _): inner + operation.cost
        default: inner
        }
    }

    /// Whether computing the term is more than reading a column.
    public var isWorthSharing: Bool { cost >= 10 }

    /// How many records a set is taken to have.
    private static let assumedElements = 8
}

extension BinaryOperator {
    fileprivate var cost: Int {
        switch self {
        case .contains: 30
        case .matches: 300
        case .join: 40
        case .divide, .remainder: 4
        default: 1
        }
    }
}
