import Columns

/// What an aggregate over rows has seen so far.
struct RowAggregator {
    private let unites: Bool
    private let aggregator: any Aggregator
    private var united = PairSet()

    init(_ plan: AggregatePlan) {
        unites = plan.unites
        aggregator = makeAggregator(kind: plan.kind, type: plan.type)
    }

    mutating func update(_ arguments: AggregateArguments, groups: Buffer<Int32>, groupCount: Int) {
        var values = arguments.values
        var ownGroups = arguments.parents.map { $0.composed(with: groups) } ?? groups
        if let records = arguments.records {
            let new = united.insert(groups: ownGroups, records: records)
            values = values?.gathered(new)
            ownGroups = ownGroups.picked(at: new)
        } else if !ownGroups.isComplete {
            let present = ownGroups.presence().rows()
            values = values?.gathered(present)
            ownGroups = ownGroups.picked(at: present)
        }
        aggregator.update(values, groups: ownGroups, groupCount: groupCount)
    }

    /// Sets that are united know of each record only that it was there, not in which row first.
    var canMerge: Bool { !unites && aggregator.canMerge }

    mutating func merge(_ other: RowAggregator, groups: Buffer<Int32>, groupCount: Int) {
        aggregator.merge(other.aggregator, groups: groups, groupCount: groupCount)
    }

    func finish(groupCount: Int) -> Vector { aggregator.finish(groupCount: groupCount) }
}
