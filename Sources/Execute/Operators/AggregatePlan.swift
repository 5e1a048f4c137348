import Columns
import Resolve
import Types

/// An aggregate whose terms are nodes.
struct AggregatePlan {
    let slot: SlotID
    let kind: AggregateKind
    let argument: NodeID?
    let condition: NodeID?
    /// The type of what is aggregated: of an element, where the argument is a set or a list.
    let type: ValueType
    /// Whether the argument's sets are united over the rows of a group.
    let unites: Bool
}

/// The values that an aggregate takes in of some rows: of each row one, or of each row a list, whose elements say which row is theirs.
struct AggregateArguments {
    var values: Vector?
    /// The row of each value; none where each row has one value.
    var parents: Buffer<Int32>?
    /// The records that the values were computed for, where sets are united.
    var records: Buffer<Int32>?
}

extension AggregatePlan {
    /// What the terms give for the rows of a frame.
    func arguments(in frame: Frame, _ evaluator: Evaluator) throws -> AggregateArguments {
        guard let argument else { return try kept(AggregateArguments(values: nil), frame, evaluator) }
        guard unites else {
            let values = try evaluator.vector(argument, in: frame)
            return try kept(AggregateArguments(values: values), frame, evaluator)
        }
        var list = try evaluator.valueList(argument, in: frame)
        // Row by row, each in the order of its set, so that the answer does not depend on how the rows are batched.
        if kind.dependsOnOrder { list = evaluator.ordered(list) }
        let values = evaluator.vector(list.values, count: list.membership.elementCount)
        let records = list.records?.rows.buffer
        return try kept(AggregateArguments(values: values, parents: list.membership.parents, records: records), frame, evaluator)
    }

    /// Only the rows for which the condition holds.
    private func kept(_ arguments: AggregateArguments, _ frame: Frame, _ evaluator: Evaluator) throws -> AggregateArguments {
        guard let condition else { return arguments }
        let holds = try evaluator.truth(condition, in: frame)
        if holds.isFull { return arguments }
        let chosen = arguments.parents.map { holds.contains($0).rows() } ?? holds.rows()
        return AggregateArguments(
            values: arguments.values?.gathered(chosen), parents: arguments.parents?.picked(at: chosen) ?? chosen,
            records: arguments.records?.picked(at: chosen))
    }
}

extension AggregateKind {
    /// Whether the same values in another order give something else.
    var dependsOnOrder: Bool {
        switch self {
        case .list, .join, .first, .last: true
        default: false
        }
    }
}
