import Resolve
import Syntax
import Types

extension Term {
    /// Roughly how many nanoseconds a row takes. Only the order of magnitude matters: it decides which condition is tried first and
    /// what is worth computing once.
    public var cost: Int {
        var costs = PartCosts()
        forEachPart { costs.add($0.cost) }
        return cost(ofParts: costs)
    }

    /// The cost of a term whose parts have these costs.
    public func cost(ofParts parts: PartCosts) -> Int {
        let inner = parts.first + parts.others
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: return 0
        case .filter, .map: return parts.first + Self.assumedElements * (parts.others + 1)
        case .repeated(_, _, _, let hops):
            // Each hop reaches several times as many records as the one before it; beyond the third it makes no difference to a choice.
            let hop = (parts.others + 1) * Self.assumedElements
            return parts.first + (hops.upper ?? 3 > 2 ? hop * Self.assumedElements : hop)
        case .field, .negate, .not: return inner + 1
        case .toOne, .conditional, .isIn, .isEmpty: return inner + 2
        case .toMany, .call: return inner + 20
        case .contains: return inner + 30
        case .pick, .table: return inner * Self.assumedElements + 50
        case .aggregate: return inner + 10
        case .binary(let operation, _, _, _): return inner + operation.cost
        }
    }

    /// From which cost on computing a term is more than reading a column.
    static let costWorthSharing = 10

    /// How many records a set is taken to have.
    private static let assumedElements = 8
}

/// What the parts of a term cost: the first, which may be a set that the others are evaluated for, and the others together.
public struct PartCosts: Sendable {
    fileprivate var first = 0
    fileprivate var others = 0
    private var isEmpty = true

    public init() {}

    /// Adds the cost of the next part. From a second a row on, it makes no difference how much more it is; sets of sets would have costs
    /// that are no numbers of 64 bits.
    public mutating func add(_ cost: Int) {
        let cost = min(cost, 1_000_000_000)
        if isEmpty { first = cost } else { others += cost }
        isEmpty = false
    }
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
