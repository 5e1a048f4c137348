import Syntax
import Types

/// `rows 3` and `rows 3 of won`: the records behind a row of the last answer. The answer's own question is asked again for what names
/// the row (the keys of its group, its record); then what stood before the groups is kept for these.
extension Resolver {
    func beginRows(_ number: Int, of column: Expression?, at span: Span) throws(Diagnostic) {
        guard let relation = environment.relations["it"] else { throw RowsError.noAnswer.at(span) }
        guard number <= relation.rowCount else {
            throw RowsError.outOfRange(number, rowCount: relation.rowCount).at(span)
        }
        let question: ResolvedQuestion
        switch relation.lineage {
        case .question(let known): question = known
        case .catalogue(let name): throw RowsError.noRecords("rows of `\(name)` are not made of records").at(span)
        case .pivoted: throw RowsError.refinedPivot.at(span)
        case nil: throw RowsError.noRecords("nothing is known of how the last answer came to be").at(span)
        }
        if let day = question.day { goBack(to: day) }
        reserveSlots(below: question.slotLimit)
        let row = TracedRow(question: question, relation: relation, number: number, span: span)
        if let column { try begin(withColumn: column, of: row) } else { try begin(withRow: row) }
    }

    /// Keeps what the rows are like before a step that forgets their records.
    func rememberShape() {
        shapes.append(
            RowShape(
                position: steps.count,
                columns: frame.columns.map { AnswerColumn(name: $0.name, slot: $0.slot, type: $0.type) },
                record: frame.record?.slot, recordEntity: frame.record?.entity, showsRecord: frame.showsRecord))
    }

    // MARK: A row

    private func begin(withRow row: TracedRow) throws(Diagnostic) {
        if let entity = row.relation.recordEntity {
            let record = row.relation.records()[row.number - 1]
            return begin(withRecords: .records(entity, rows: record < 0 ? [] : [record]), of: entity)
        }
        if let shape = row.question.shapes.last { return try begin(withGroup: shape, of: row) }
        switch row.question.source {
        case .value(let term, _): try begin(withSetIn: term, of: row)
        case .combinations:
            source = row.question.source
            steps = row.question.steps + [.skip(row.number - 1), .take(1)]
            shapes = row.question.shapes
            frame.columns = row.question.columns.map { Frame.Column(name: $0.name, slot: $0.slot, type: $0.type) }
        case .duplicates(let set, _, _, let slots):
            guard case .set(let entity) = type(of: set) else { return }
            let values = try row.values(of: [slots.a, slots.b], types: [.record(entity), .record(entity)], with: environment)
            begin(withRecords: .records(entity, rows: values.compactMap(\.recordRow)), of: entity)
        case .path: throw RowsError.noRecords("a path shows the records of its steps itself").at(row.span)
        case .records, .bound: throw RowsError.noRecords("the rows of the last answer are not about records").at(row.span)
        }
    }

    /// The rows as they stood before a group was made of them, those of one group only.
    private func begin(withGroup shape: RowShape, of row: TracedRow) throws(Diagnostic) {
        var conditions: [Term] = []
        switch row.question.steps[shape.position] {
        case .summarize(let keys, _):
            let told = try row.tellingKeys(keys.map(\.slot), behind: shape.position)
            let known = keys.filter { told.contains($0.slot) }
            let values = try row.values(of: known.map(\.slot), types: known.map { type(of: $0.value) }, with: environment)
            conditions = zip(known, values).map { isSame($0.value, $1) }
        case .distinct(let slots):
            let columns = shape.columns.filter { slots.contains($0.slot) }
            let values = try row.values(of: columns.map(\.slot), types: columns.map(\.type), with: environment)
            conditions = zip(columns, values).map { isSame(.slot($0.slot, $0.type), $1) }
        default: throw RowsError.noRecords("the rows of the last answer are not about records").at(row.span)
        }
        take(over: row.question, upTo: shape)
        if !conditions.isEmpty { steps.append(.filter(joined(conditions))) }
    }

    /// Goes on from the rows as they stood before a step of another question.
    private func take(over question: ResolvedQuestion, upTo shape: RowShape) {
        source = question.source
        steps = Array(question.steps[..<shape.position])
        shapes = question.shapes.filter { $0.position < shape.position }
        frame = Frame()
        frame.columns = shape.columns.map { Frame.Column(name: $0.name, slot: $0.slot, type: $0.type) }
        if let slot = shape.record, let entity = shape.recordEntity { frame.record = (slot, entity) }
        frame.showsRecord = shape.showsRecord
    }

    private func joined(_ conditions: [Term]) -> Term {
        conditions.dropFirst().reduce(conditions[0]) { .binary(.and, $0, $1, .bool) }
    }

    /// Whether a term has a value; a missing value is the same as another missing one.
    private func isSame(_ term: Term, _ value: Value) -> Term {
        .binary(.equal, term, .constant(value, type(of: term)), .bool)
    }

    // MARK: A column

    private func begin(withColumn column: Expression, of row: TracedRow) throws(Diagnostic) {
        let header: String = if case .name(let name) = column.kind { name.text } else { column.canonicalText }
        let names = row.relation.columns.map(\.name)
        guard let index = names.firstIndex(of: header) else {
            throw RowsError.unknownColumn(header, near: nearest(to: header, among: names), there: names).at(column.span)
        }
        if index >= row.question.columns.count {
            return try begin(withSpreadColumn: index - row.question.columns.count, of: row)
        }
        let slot = row.question.columns[index].slot
        let shape = row.question.shapes.last
        if let shape, case .summarize(_, let aggregates) = row.question.steps[shape.position] {
            let term = row.question.expanded(.slot(slot, row.question.columns[index].type), behind: shape.position)
            let used = aggregates.filter { term.uses([$0.slot]) }
            guard used.count <= 1 else { throw RowsError.severalSets(header, count: used.count).at(column.span) }
            guard let aggregate = used.first?.1 else { return try begin(withGroup: shape, of: row) }
            return try begin(withGroup: shape, of: row, aggregate: aggregate)
        }
        if shape != nil { throw RowsError.noSet(header).at(column.span) }
        let term = row.question.expanded(.slot(slot, row.question.columns[index].type), behind: -1)
        if let call = row.question.windowCall(in: term) { return try begin(withWindow: call, header, of: row, at: column.span) }
        try begin(withSetIn: term, of: row, header: header)
    }

    /// The rows of a group that an aggregate has counted.
    private func begin(withGroup shape: RowShape, of row: TracedRow, aggregate: RowAggregate) throws(Diagnostic) {
        try begin(withGroup: shape, of: row)
        try keepCounted(by: aggregate, at: row.span)
    }

    private func keepCounted(by aggregate: RowAggregate, at span: Span) throws(Diagnostic) {
        if let condition = aggregate.condition { steps.append(.filter(condition)) }
        guard let argument = aggregate.argument else { return }
        if type(of: argument).isMany { return try unite(argument, counted: aggregate.kind, at: span) }
        if let counted = counted(argument, by: aggregate.kind) { steps.append(.filter(counted)) }
    }

    /// Which values an aggregate takes in: all that are there, or the true ones.
    private func counted(_ value: Term, by kind: AggregateKind) -> Term? {
        switch kind {
        case .countTrue: return value
        case .count: return nil
        case .share, .anyTrue, .allTrue: return nil
        default: return .binary(.notEqual, value, .constant(.none, type(of: value)), .bool)
        }
    }

    /// The sets of the rows at hand united, each record once. The rows' records are asked for, since only sets that depend on nothing but
    /// a record can be followed from known ones.
    private func unite(_ argument: Term, counted kind: AggregateKind, at span: Span) throws(Diagnostic) {
        guard let (slot, entity) = frame.record, let (set, target) = recordSet(in: argument, counted: kind) else {
            throw RowsError.noRecords("the sets of the group do not belong to records").at(span)
        }
        let expanded = finishedSoFar().expanded(set, behind: -1)
        let others = expanded.contains { part in
            if case .slot(let other, _) = part { return other != slot }
            return false
        }
        guard !others else { throw RowsError.noRecords("the sets of the group depend on more than a record").at(span) }
        var asked = finishedSoFar()
        asked.columns = [AnswerColumn(name: "record", slot: slot, type: .record(entity))]
        guard let found = environment.retrace?(asked) else { throw RowsError.notTraced.at(span) }
        let rows = found.values(0).compactMap(\.recordRow)
        let into = newSlot()
        source = .combinations([(slot, .records(entity, rows: rows)), (into, expanded)])
        steps = [.distinct([into])]
        shapes = []
        frame = Frame()
        frame.record = (into, target)
        frame.showsRecord = true
    }

    /// The steps so far as a question without columns.
    private func finishedSoFar() -> ResolvedQuestion {
        ResolvedQuestion(
            source: source ?? .value(.constant(.none, .none), slot: newSlot()), steps: steps, columns: [], record: nil,
            recordEntity: nil, fieldColumnCount: 0)
    }

    /// The set over which a term goes, with the values left out that an aggregate passes over.
    private func recordSet(in term: Term, counted kind: AggregateKind) -> (set: Term, entity: EntityID)? {
        switch term {
        case .map(let set, let level, let body):
            guard case .set(let entity) = type(of: set) else { return nil }
            return (counted(body, by: kind).map { .filter(set, level: level, condition: $0) } ?? set, entity)
        default:
            guard case .set(let entity) = type(of: term) else { return nil }
            return (term, entity)
        }
    }

    /// The records of the only set that a term goes over, for one row.
    private func begin(withSetIn term: Term, of row: TracedRow, header: String? = nil) throws(Diagnostic) {
        let name = header ?? row.relation.columns.first?.name ?? ""
        var found: [(set: Term, entity: EntityID)] = []
        collectSets(in: term, into: &found)
        guard found.count <= 1 else { throw RowsError.severalSets(name, count: found.count).at(row.span) }
        guard let (set, entity) = found.first else { throw RowsError.noSet(name).at(row.span) }
        let slots = set.readSlots
        let values = try row.values(of: slots.map(\.slot), types: slots.map(\.type), with: environment)
        let known = Dictionary(zip(slots.map(\.slot), values)) { first, _ in first }
        let bound = set.replacing { part in
            guard case .slot(let slot, let type) = part, let value = known[slot] else { return nil }
            return .constant(value, type)
        }
        begin(withRecords: bound, of: entity)
    }

    /// Each different set that a term aggregates, tests or picks from, the outermost ones only.
    private func collectSets(in term: Term, into found: inout [(set: Term, entity: EntityID)]) {
        var kind = AggregateKind.count
        var over = term
        switch term {
        case .aggregate(let own, let values): (kind, over) = (own, values)
        case .isEmpty(let set), .table(let set, _, _): over = set
        case .contains(let set, _): over = set
        case .pick(let set, let level, let keys, _, true, let fromEnd):
            over = .pick(set, level: level, keys: keys, limit: 1, single: false, fromEnd: fromEnd)
        case _ where type(of: term).isMany: break
        default:
            term.forEachPart { collectSets(in: $0, into: &found) }
            return
        }
        guard let set = recordSet(in: over, counted: kind) else {
            over.forEachPart { collectSets(in: $0, into: &found) }
            return
        }
        if !found.contains(where: { $0.set == set.set }) { found.append(set) }
    }

    /// The rows that share the partition of a window value.
    private func begin(
        withWindow call: (position: Int, call: WindowCall), _ header: String, of row: TracedRow, at span: Span
    ) throws(Diagnostic) {
        guard case .aggregate(let aggregate) = call.call.kind else { throw RowsError.noSet(header).at(span) }
        guard let slot = row.question.record, let entity = row.question.recordEntity else {
            throw RowsError.noRecords("the rows of the last answer are not about records").at(span)
        }
        let slots = call.call.partition.flatMap(\.readSlots)
        let values = try row.values(of: slots.map(\.slot), types: slots.map(\.type), with: environment)
        let known = Dictionary(zip(slots.map(\.slot), values)) { first, _ in first }
        let shape = RowShape(position: call.position, columns: [], record: slot, recordEntity: entity, showsRecord: true)
        take(over: row.question, upTo: shape)
        for key in call.call.partition {
            let value = key.replacing { part in
                guard case .slot(let slot, let type) = part, let value = known[slot] else { return nil }
                return .constant(value, type)
            }
            steps.append(.filter(.binary(.equal, key, value, .bool)))
        }
        try keepCounted(by: aggregate, at: row.span)
    }

    /// The rows behind a cell of a pivoted table: the columns stand in the order of the key's values.
    private func begin(withSpreadColumn index: Int, of row: TracedRow) throws(Diagnostic) {
        guard let position = row.question.steps.lastIndex(where: { if case .pivot = $0 { true } else { false } }),
            case .pivot(let key, _, let value) = row.question.steps[position],
            let shape = row.question.shapes.last, case .summarize(let keys, let aggregates) = row.question.steps[shape.position],
            let keyTerm = keys.first(where: { $0.slot == key })?.value
        else { throw RowsError.refinedPivot.at(row.span) }
        let keyType = type(of: keyTerm)
        var asked = row.question
        asked.steps = Array(row.question.steps[..<position])
        asked.steps += [.distinct([key]), .sort([TermSortKey(.slot(key, keyType), descending: false)]), .skip(index), .take(1)]
        asked.columns = [AnswerColumn(name: "key", slot: key, type: keyType)]
        asked.record = nil
        asked.recordEntity = nil
        guard let found = environment.retrace?(asked), let keyValue = found.values(0).first else {
            throw RowsError.notTraced.at(row.span)
        }
        let spread = row.question.expanded(.slot(value, .none), behind: shape.position, upTo: position)
        let used = aggregates.filter { spread.uses([$0.slot]) }
        guard used.count <= 1 else {
            throw RowsError.severalSets(row.relation.columns.last?.name ?? "", count: used.count).at(row.span)
        }
        try begin(withGroup: shape, of: row)
        steps.append(.filter(isSame(keyTerm, keyValue)))
        if let aggregate = used.first?.1 { try keepCounted(by: aggregate, at: row.span) }
    }
}
