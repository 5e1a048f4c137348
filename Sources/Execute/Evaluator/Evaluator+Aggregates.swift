import Columns
import Plan
import Resolve
import Types

extension Evaluator {
    /// An aggregate over the set or list of each row.
    func aggregated(_ kind: AggregateKind, _ operand: NodeID, type: ValueType, in frame: Frame) throws -> Evaluated {
        if case .set = graph[operand].type {
            switch kind {
            // A record is in a set once and never missing.
            case .count, .countPresent, .countDistinct:
                let lengths =
                    try degrees(operand, in: frame) ?? closureCounts(operand, in: frame)
                    ?? recordSet(operand, in: frame).membership.counts()
                return .vector(numbers(lengths))
            case .list: return .list(list(of: try recordSet(operand, in: frame)))
            default: break
            }
        }
        if let found = try extremeAtEnd(kind, operand, in: frame) { return .vector(found) }
        if let shared = try aggregatedTogether(kind, operand, in: frame) { return .vector(shared) }
        let list = try valueList(operand, in: frame)
        switch kind {
        case .count: return .vector(numbers(list.membership.counts()))
        case .list: return .list(withoutMissing(list))
        case .first, .last, .join:
            return .vector(try aggregated(kind, ordered(list), elementType(of: operand), rowCount: frame.count))
        default: return .vector(try aggregated(kind, list, elementType(of: operand), rowCount: frame.count))
        }
    }

    private func aggregated(_ kind: AggregateKind, _ list: ValueList, _ type: ValueType, rowCount: Int) throws -> Vector {
        let aggregator = makeAggregator(kind: kind, type: type)
        try update(aggregator, list, rowCount: rowCount)
        return aggregator.finish(groupCount: rowCount)
    }

    /// Gives the elements that belong to a row to an aggregator.
    func update(_ aggregator: any Aggregator, _ list: ValueList, rowCount: Int) throws {
        var values = vector(list.values, count: list.membership.elementCount)
        var groups = list.membership.parents
        if list.membership.segments == nil, !groups.isComplete {
            // Elements that belong to no row; worth dropping here only, since conditions have dropped most of them already.
            let inside = groups.presence().rows()
            values = values.gathered(inside)
            groups = groups.picked(at: inside)
        }
        // The sets of all records of an entity can have so many elements that a person would have to wait for the end.
        let part = 1 << 17
        guard values.count > 2 * part else { return aggregator.update(values, groups: groups, groupCount: rowCount) }
        for lower in stride(from: 0, to: values.count, by: part) {
            try cancellation.check()
            let upper = min(values.count, lower + part)
            aggregator.update(
                values.gathered(.counting(from: lower, to: upper)), groups: groups.slice(lower, upper),
                groupCount: rowCount)
        }
    }

    func numbers(_ counts: Buffer<Int32>) -> Vector { Vector(count: counts.count, .decimal(.int32(counts), scale: 0)) }

    func elementType(of node: NodeID) -> ValueType {
        switch graph[node].type {
        case .list(let element): element
        case .set(let entity): .record(entity)
        case let type: type
        }
    }

    private func withoutMissing(_ list: ValueList) -> ValueList {
        let values = vector(list.values, count: list.membership.elementCount)
        let present = values.isPresentBitmap()
        if present.isFull { return list }
        let (membership, positions) = list.membership.keeping(present)
        return ValueList(
            values: .vector(values.gathered(positions)), membership: membership,
            records: list.records.map { keeping($0, present) })
    }
}
