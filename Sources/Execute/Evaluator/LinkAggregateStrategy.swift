import Columns
import Plan
import Resolve
import Types

/// How a value that depends on one record's links is computed: `sum(deals[stage = "won"].amount)` of an account.
enum LinkAggregateStrategy {
    /// For the rows at hand: the linked records of each are gathered.
    case perRow
    /// For all records of the entity at once: the far entity's columns are read as they are stored, and each of its records is added to
    /// the near record that it leads to. The rows then look their value up.
    case wholeEntity

    /// The whole entity pays as soon as the rows so far are a good part of it: reading a column in its order costs several times less a
    /// value than picking values from all over it. Orders that ask for a value of their account reach that soon.
    static func choose(rowsAskedFor: Int, entityRows: Int) -> LinkAggregateStrategy {
        rowsAskedFor * 8 >= entityRows ? .wholeEntity : .perRow
    }
}

extension Evaluator {
    /// A value that depends on one record only, looked up among the values of all records of its entity; none where computing these does
    /// not pay (yet).
    func derivedValue(_ derivation: Derivation, in frame: Frame) throws -> Evaluated? {
        guard options.derivesWholeEntities, !underivable.contains(derivation.body) else { return nil }
        let rowCount = store.schema[derivation.entity].rowCount
        if derivedValues[derivation.body] == nil {
            let demand = derivedDemand[derivation.body, default: 0] + frame.count
            derivedDemand[derivation.body] = demand
            let expected = Int(min(Double(demand) * rowsAhead, 1e15))
            guard case .wholeEntity = LinkAggregateStrategy.choose(rowsAskedFor: expected, entityRows: rowCount) else {
                note("for these rows alone")
                return nil
            }
            note("for all \(store.schema[derivation.entity].plural) at once")
            do {
                try derive(derivation, rowCount: rowCount)
            } catch is BatchTooWide {
                underivable.insert(derivation.body)
                return nil
            }
        }
        guard let derived = derivedValues[derivation.body] else { return nil }
        return try lookedUp(derived, derivation, rowCount: rowCount, in: frame)
    }

    private func derive(_ derivation: Derivation, rowCount: Int) throws {
        let outerLimit = elementLimit
        elementLimit = options.elementLimit
        defer { elementLimit = outerLimit }
        let whole = entityFrames[derivation.entity] ?? Frame(entity: derivation.entity, rowCount: rowCount)
        entityFrames[derivation.entity] = whole
        derivedValues[derivation.body] = try evaluate(derivation.body, in: whole)
    }

    /// The values of the rows' records. A row without a record has what a record without links would have, such as a count of 0.
    private func lookedUp(_ derived: Evaluated, _ derivation: Derivation, rowCount: Int, in frame: Frame) throws -> Evaluated {
        if case .constant = derived { return derived }
        let values = vector(derived, count: rowCount)
        switch try rows(derivation.argument, in: frame) {
        case .range(let range): return .vector(values.range(range.lowerBound, range.upperBound))
        case .list(let rows):
            let found = values.gathered(rows)
            if rows.isComplete { return .vector(found) }
            let absent = Frame(absentRecordOf: derivation.entity)
            guard case let value = vector(try evaluate(derivation.body, in: absent), count: 1).value(at: 0), value != .none else {
                return .vector(found)
            }
            return .vector(
                choose(
                    rows.presence(), then: .vector(found), else: .constant(value), count: rows.count,
                    type: graph[derivation.body].type))
        }
    }
}
