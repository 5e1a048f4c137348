import Types

/// Computes one value a group from many rows, batch after batch. Groups may be those of `summarize` or, with `Segments.parents()`, the
/// rows whose sets are gone through.
///
/// The result depends only on the order of the rows, never on how they were batched.
public protocol Aggregator: AnyObject {
    /// Takes in a batch: a value and a group for each row. `groupCount` only ever grows, and every group lies below it. No values are
    /// needed where rows are counted.
    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int)

    /// Whether what another aggregator of the same kind has seen can be added without knowing which rows came first. A batch may end
    /// it: doubles are summed in the order of the rows.
    var canMerge: Bool { get }

    /// Takes in what another aggregator of the same kind, made alike, has seen: its groups are those that stand in `groups`. Both can
    /// merge.
    func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int)

    /// The result of each group; called once, after the last batch. `groupCount` may be larger than any before.
    ///
    /// Over no values at all, `sum` is 0, counts are 0, `anyTrue` is false, `allTrue` is true, `list` is empty, and everything else is
    /// missing.
    func finish(groupCount: Int) -> Vector
}

extension Aggregator {
    public var canMerge: Bool { false }

    public func merge(_ other: any Aggregator, groups: Buffer<Int32>, groupCount: Int) {
        preconditionFailure("an aggregator that says so cannot merge")
    }
}

/// The other side of a merge, which is of the same kind.
func merged<Kind: Aggregator>(_ other: any Aggregator, _ own: Kind) -> Kind {
    guard let other = other as? Kind else { preconditionFailure("only aggregators of one kind merge") }
    return other
}

/// An aggregator for values of a type.
public func makeAggregator(kind: AggregateKind, type: ValueType) -> any Aggregator {
    switch kind {
    case .count: CountAggregator(.rows)
    case .countPresent: CountAggregator(.present)
    case .countTrue: CountAggregator(.holding)
    case .countDistinct: DistinctAggregator(type: type)
    case .sum: if type == .duration { DurationSumAggregator(isAverage: false) } else { SumAggregator(isAverage: false) }
    case .average: if type == .duration { DurationSumAggregator(isAverage: true) } else { SumAggregator(isAverage: true) }
    case .minimum: makeExtreme(isMaximum: false, type: type)
    case .maximum: makeExtreme(isMaximum: true, type: type)
    case .median: QuantileAggregator(part: 0.5, type: type)
    case .percentile(let part): QuantileAggregator(part: part, type: type)
    case .standardDeviation: DeviationAggregator()
    case .share: ShareAggregator()
    case .list: ListAggregator(type: type)
    case .join(let separator): JoinAggregator(separator: separator)
    case .first: PickAggregator(isLast: false, type: type)
    case .last: PickAggregator(isLast: true, type: type)
    case .anyTrue: QuantifierAggregator(isAll: false)
    case .allTrue: QuantifierAggregator(isAll: true)
    }
}

/// Checks a batch's groups once, so that loops need not.
func checkGroups(_ groups: Buffer<Int32>, _ groupCount: Int, _ values: Vector?) {
    let bounds = extremes(of: groups)
    precondition(groups.count == 0 || (bounds.lowest >= 0 && Int(bounds.highest) < groupCount))
    if let values { precondition(values.count == groups.count) }
}

extension Array {
    /// Appends up to a count; what is there stays.
    mutating func grow(to count: Int, filler: Element) {
        if count > self.count { append(contentsOf: repeatElement(filler, count: count - self.count)) }
    }
}

/// Whether each value is there, in a form that loops can ask cheaply.
struct PresenceReader {
    private let words: Buffer<UInt64>?

    init(_ bitmap: Bitmap?) { words = bitmap?.words }

    init(_ vector: Vector) { words = Operand.vector(vector).presence(count: vector.count)?.words }

    /// Whether nothing is missing.
    var isFull: Bool { words == nil }

    @inline(__always)
    func at(_ row: Int) -> Bool {
        guard let words else { return true }
        return (words.base[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63)) & 1 != 0
    }
}
