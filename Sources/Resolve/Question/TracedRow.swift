import Syntax
import Types

/// A row of the last answer, with the question that gave it.
struct TracedRow {
    let question: ResolvedQuestion
    let relation: BoundRelation
    /// From 1.
    let number: Int
    let span: Span

    /// What the row has in some slots, whether they are shown or not: the question is asked again for these alone.
    func values(of slots: [SlotID], types: [ValueType]? = nil, with environment: Environment) throws(Diagnostic) -> [Value] {
        guard !slots.isEmpty else { return [] }
        var asked = question
        asked.columns = slots.enumerated().map { index, slot in
            AnswerColumn(name: "\(index)", slot: slot, type: types?[index] ?? .none)
        }
        asked.record = nil
        asked.recordEntity = nil
        asked.steps += [.skip(number - 1), .take(1)]
        guard let found = environment.retrace?(asked), found.rowCount == 1 else { throw RowsError.notTraced.at(span) }
        return slots.indices.map { found.values($0).first ?? .none }
    }

    /// Which keys of a group say what a row is made of: all, those that a `pivot` behind it keeps, or those that a `distinct` behind it
    /// kept apart.
    func tellingKeys(_ keys: [SlotID], behind position: Int) throws(Diagnostic) -> Set<SlotID> {
        var told = Set(keys)
        for step in question.steps[(position + 1)...] {
            switch step {
            case .pivot(_, let keep, _): told.formIntersection(keep)
            case .distinct(let slots):
                guard Set(slots).isSubset(of: told) else {
                    throw RowsError.noRecords("`distinct` made one row of several groups").at(span)
                }
                told.formIntersection(slots)
            default: break
            }
        }
        return told
    }
}

extension ResolvedQuestion {
    /// A term with the columns that were computed behind a step put in their place, down to what that step gives.
    func expanded(_ term: Term, behind position: Int, upTo end: Int? = nil) -> Term {
        var columns: [SlotID: Term] = [:]
        for step in steps[(position + 1)..<(end ?? steps.count)] {
            guard case .extend(let own) = step else { continue }
            for column in own { columns[column.slot] = column.value }
        }
        func put(_ term: Term) -> Term {
            term.replacing { part in
                guard case .slot(let slot, _) = part, let column = columns[slot] else { return nil }
                return put(column)
            }
        }
        return put(term)
    }

    /// The window value that a term is or contains, with the position of its step.
    func windowCall(in term: Term) -> (position: Int, call: WindowCall)? {
        for (position, step) in steps.enumerated().reversed() {
            guard case .window(let calls) = step else { continue }
            if let call = calls.first(where: { term.uses([$0.slot]) }) { return (position, call.call) }
        }
        return nil
    }
}

extension Term {
    /// The slots that the term reads, each once, with the types under which it does.
    var readSlots: [(slot: SlotID, type: ValueType)] {
        var found: [(slot: SlotID, type: ValueType)] = []
        _ = contains { part in
            if case .slot(let slot, let type) = part, !found.contains(where: { $0.slot == slot }) { found.append((slot, type)) }
            return false
        }
        return found
    }
}

extension Value {
    /// The row of a record.
    var recordRow: Int32? {
        if case .record(_, let row) = self { return row }
        return nil
    }
}
