import Types

/// What paths are asked for.
public struct ResolvedPath: Sendable {
    public enum Order: Sendable {
        /// By the number of hops.
        case shortest
        /// By the product of the steps' strengths, each between 0 and 1; the largest first.
        case strongest
        /// By the sum of the steps' costs, none below 0; the smallest first.
        case cheapest
    }

    /// A link along which a step may go.
    public struct Way: Sendable {
        public var link: LinkID
        /// The records that a step leads to from `element(level: 1)`: what the link leads to, or those of it for which a condition holds.
        public var set: Term
        /// For each of them, as `element(level: 2)`, its strength or cost; missing where it has none and no step goes there. Without it a
        /// step counts as 1.
        public var value: Term?
    }

    public var from: Term
    public var to: Term
    public var ways: [Way]
    public var order: Order
    /// The most hops that a path may have.
    public var within: Int?
    /// How many paths are wanted.
    public var count: Int
    /// The entities whose records a path may go through; that of the starts first.
    public var entities: [EntityID]
    /// What is said of each step besides where it leads, with the types of the values.
    public var facts: [(name: String, type: ValueType)]

    /// The terms that are evaluated before anything is searched.
    public var terms: [Term] {
        [from, to]
            + ways.map { way in
                guard let value = way.value else { return way.set }
                return .map(way.set, level: 2, body: value)
            }
    }

    /// The same with other terms for its ends, sets and values.
    func mapTerms(_ change: (Term) -> Term) -> ResolvedPath {
        var mapped = self
        mapped.from = change(from)
        mapped.to = change(to)
        mapped.ways = ways.map { Way(link: $0.link, set: change($0.set), value: $0.value.map(change)) }
        return mapped
    }
}

/// The columns of paths.
public struct PathSlots: Sendable {
    /// The path in words.
    public var path: SlotID
    public var hops: SlotID
    /// The product of the strengths or the sum of the costs; none for shortest paths.
    public var value: SlotID?
    public var steps: SlotID

    public var all: [SlotID] { [path, hops] + (value.map { [$0] } ?? []) + [steps] }
}
