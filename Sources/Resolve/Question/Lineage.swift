import Types

/// How the rows of an answer came to be, from the data on. It is kept with the answer, so that the records behind a row can be found
/// by asking once more: the data and the clock of a session do not change, so that the same question gives the same rows.
public enum Lineage: Sendable {
    /// The question with those put before it from whose answers it went on.
    case question(ResolvedQuestion)
    /// Rows of the catalogue, which are not made of records.
    case catalogue(String)
    /// Rows that go on from the columns of a `pivot`, which were known only when it ran.
    case pivoted

    /// `earlier` gives the lineage of what a question goes on from, by its name.
    public init(_ question: ResolvedQuestion, earlier: (String) -> Lineage?) {
        guard case .bound(let name, let slots) = question.source else {
            self = .question(question)
            return
        }
        switch earlier(name) {
        case .question(let first): self = first.continued(by: question, reading: slots).map(Lineage.question) ?? .pivoted
        case .catalogue(let name): self = .catalogue(name)
        case .pivoted: self = .pivoted
        case nil: self = .catalogue(name)
        }
    }
}

/// What the rows were like before a step that made other rows of them and forgot their records.
public struct RowShape: Sendable {
    /// The position of that step in `ResolvedQuestion.steps`.
    public var position: Int
    public var columns: [AnswerColumn]
    public var record: SlotID?
    public var recordEntity: EntityID?
    /// Whether the record's fields are shown beside the columns.
    public var showsRecord: Bool
}

extension ResolvedQuestion {
    /// This question with another behind it that reads its columns, and its record last, under the slots `slots`. None where there is no
    /// column for one of these.
    fileprivate func continued(by next: ResolvedQuestion, reading slots: [SlotID]) -> ResolvedQuestion? {
        let own = columns.map(\.slot) + (record.map { [$0] } ?? [])
        let isPivoted = steps.contains { if case .pivot = $0 { true } else { false } }
        guard !isPivoted, own.count == slots.count else { return nil }
        let offset = slotLimit
        let known = Dictionary(zip(slots, own)) { first, _ in first }
        let behind = next.mapSlots { known[$0] ?? SlotID($0.index + offset) }
        var whole = behind
        whole.source = source
        whole.day = day
        whole.steps = steps + behind.steps
        whole.shapes =
            shapes
            + behind.shapes.map { shape in
                var moved = shape
                moved.position += steps.count
                return moved
            }
        return whole
    }

    /// One more than the largest number of a slot.
    var slotLimit: Int {
        var limit = 0
        _ = mapSlots { slot in
            limit = max(limit, slot.index + 1)
            return slot
        }
        return limit
    }

    /// The same question with other numbers for its slots.
    func mapSlots(_ change: (SlotID) -> SlotID) -> ResolvedQuestion {
        var mapped = self
        mapped.source = source.mapSlots(change)
        mapped.steps = steps.map { $0.mapSlots(change) }
        mapped.columns = columns.map { $0.mapSlots(change) }
        mapped.record = record.map(change)
        mapped.shapes = shapes.map { shape in
            var moved = shape
            moved.columns = shape.columns.map { $0.mapSlots(change) }
            moved.record = shape.record.map(change)
            return moved
        }
        return mapped
    }
}

extension AnswerColumn {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> AnswerColumn {
        AnswerColumn(name: name, slot: change(slot), type: type)
    }
}

extension Term {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> Term {
        if case .slot(let slot, let type) = self { return .slot(change(slot), type) }
        return mapParts { $0.mapSlots(change) }
    }
}

extension TermSortKey {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> TermSortKey {
        TermSortKey(value.mapSlots(change), descending: descending)
    }
}

extension ResolvedSource {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> ResolvedSource {
        switch self {
        case .records(let set, let slot): .records(set.mapSlots(change), slot: change(slot))
        case .value(let term, let slot): .value(term.mapSlots(change), slot: change(slot))
        case .combinations(let sets): .combinations(sets.map { (change($0.slot), $0.set.mapSlots(change)) })
        case .path(let path, let slots):
            .path(
                path.mapTerms { $0.mapSlots(change) },
                PathSlots(
                    path: change(slots.path), hops: change(slots.hops), value: slots.value.map(change), steps: change(slots.steps)
                ))
        case .bound(let name, let slots): .bound(name, slots: slots.map(change))
        case .duplicates(let set, let values, let threshold, let slots):
            .duplicates(
                set.mapSlots(change), by: values.map { $0.mapSlots(change) }, threshold: threshold,
                slots: DuplicateSlots(a: change(slots.a), b: change(slots.b), score: change(slots.score)))
        }
    }
}

extension RowAggregate {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> RowAggregate {
        RowAggregate(kind: kind, argument: argument?.mapSlots(change), condition: condition?.mapSlots(change))
    }
}

extension WindowCall {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> WindowCall {
        let mapped: Kind =
            switch kind {
            case .aggregate(let aggregate): .aggregate(aggregate.mapSlots(change))
            case .rank: .rank
            case .runningSum(let term): .runningSum(term.mapSlots(change))
            case .previous(let term): .previous(term.mapSlots(change))
            }
        return WindowCall(
            kind: mapped, partition: partition.map { $0.mapSlots(change) }, order: order.map { $0.mapSlots(change) })
    }
}

extension Step {
    fileprivate func mapSlots(_ change: (SlotID) -> SlotID) -> Step {
        switch self {
        case .filter(let condition): .filter(condition.mapSlots(change))
        case .extend(let columns): .extend(columns.map { (change($0.slot), $0.value.mapSlots(change)) })
        case .window(let calls): .window(calls.map { (change($0.slot), $0.call.mapSlots(change)) })
        case .summarize(let keys, let aggregates):
            .summarize(
                keys: keys.map { (change($0.slot), $0.value.mapSlots(change)) },
                aggregates: aggregates.map { (change($0.slot), $0.1.mapSlots(change)) })
        case .sort(let keys): .sort(keys.map { $0.mapSlots(change) })
        case .skip, .take: self
        case .distinct(let slots): .distinct(slots.map(change))
        case .follow(let from, let links, let into): .follow(from: change(from), links: links, into: change(into))
        case .followRepeated(let from, let steps, let hops, let into, let distance):
            .followRepeated(
                from: change(from), steps: steps.map { $0.mapSlots(change) }, hops, into: change(into), hops: change(distance))
        case .pivot(let key, let keep, let value): .pivot(key: change(key), keep: keep.map(change), value: change(value))
        }
    }
}
