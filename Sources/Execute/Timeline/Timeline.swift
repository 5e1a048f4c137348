import Columns
import Plan
import Resolve
import Store
import Types

/// Values over the data at the ends of many periods, computed in one pass over the records instead of one a period.
///
/// What is computed so: counts, sums, means and `any`/`no` over sets whose conditions compare dates, hold at all times, or ask whether there
/// are linked records of the same kind. Everything else is left to whoever asks again for every period.
public final class Timeline {
    let store: Store
    /// The days as of which each value is wanted.
    let days: [Int32]
    let today: Int32
    let options: ExecutionOptions
    let cancellation: Cancellation
    /// Values of terms that do not change with time, for all records of an entity.
    private var lasting: [LastingKey: Vector] = [:]
    /// Whether what a link leads to was always there before what it leads from.
    private var leadsBack: [LinkID: Bool] = [:]
    private var constants: [Term: Value] = [:]

    private struct LastingKey: Hashable {
        var term: Term
        var entity: EntityID
    }

    /// `today` tells dates that are plans, as in `Store.past`.
    public init(
        store: Store, days: [Int32], today: Int32, options: ExecutionOptions = ExecutionOptions(),
        cancellation: Cancellation = .never
    ) {
        self.store = store
        self.days = days
        self.today = today
        self.options = options
        self.cancellation = cancellation
    }

    var schema: Schema { store.schema }

    /// What a term is on each of the days; `terms` are that term as resolved for each. None where it takes asking again for every day.
    public func values(_ terms: [Term]) throws -> [Value]? {
        precondition(terms.count == days.count)
        var values: [Value] = []
        for lower in stride(from: 0, to: days.count, by: 64) {
            try cancellation.check()
            let upper = min(days.count, lower + 64)
            let block = TimelineBlock(self, days: Array(days[lower..<upper]))
            guard let part = try block.values(Array(terms[lower..<upper])) else { return nil }
            values += part
        }
        return values
    }

    // MARK: What does not change with time

    /// The values of a term for all records of an entity, if they do not change with time.
    func lastingValues(_ term: Term, level: Int, entity: EntityID) throws -> Vector? {
        guard try isLasting(term, level: level, entity: entity) else { return nil }
        let slot = SlotID(0)
        let record = term.replacing(.element(level: level, .record(entity)), with: .slot(slot, .record(entity)))
        let key = LastingKey(term: record, entity: entity)
        if let known = lasting[key] { return known }
        let type = record.type(in: schema)
        let plan = Plan(
            source: .scan(entity, slot: slot), operators: [.extend([(SlotID(1), record)])],
            columns: [AnswerColumn(name: "value", slot: SlotID(1), type: type)], record: nil, recordEntity: nil,
            fieldColumnCount: 0)
        let values = try execute(plan, store: store, options: options, cancellation: cancellation).columns[0].values
        lasting[key] = values
        return values
    }

    private func isLasting(_ term: Term, level: Int, entity: EntityID) throws -> Bool {
        switch term {
        case .constant: return true
        case .element(level, _): return true
        case .field(let base, let field):
            guard schema[field].history == nil else { return false }
            let isDate = schema[field].type == .date || schema[field].type == .time
            if isDate, schema[field.entity].time != field.index, !store.vector(field).goesBeyond(today) { return false }
            return try isLasting(base, level: level, entity: entity)
        case .toOne(let base, let link):
            return leadsToEarlier(link) ? try isLasting(base, level: level, entity: entity) : false
        case .contains(.records, let record): return try isLasting(record, level: level, entity: entity)
        case .binary, .not, .negate, .isIn, .conditional, .call:
            for part in term.parts where try !isLasting(part, level: level, entity: entity) { return false }
            return true
        default: return false
        }
    }

    /// Whether the target of a to-one link is there whenever the record is that leads to it.
    private func leadsToEarlier(_ link: LinkID) -> Bool {
        if let known = leadsBack[link] { return known }
        let answer = isEarlier(schema[link])
        leadsBack[link] = answer
        return answer
    }

    private func isEarlier(_ link: Link) -> Bool {
        switch link.origin {
        case .key(let field), .label(let field): if schema[field].history != nil { return false }
        case .inverse, .pairs: return false
        }
        guard let far = schema[link.to].time else { return true }
        guard let near = schema[link.from].time, case .one(let targets) = store.index(of: link.id) else { return false }
        return isNeverLater(store.vector(FieldID(link.to, far)), than: store.vector(FieldID(link.from, near)), targets)
    }

    // MARK: What is known beforehand

    /// The value of a term that reads no data.
    func constant(_ term: Term) throws -> Value? {
        if case .constant(let value, _) = term { return value }
        if let known = constants[term] { return known }
        guard term.isConstant, !term.readsData else { return nil }
        let slot = SlotID(0)
        let plan = Plan(
            source: .value(term, slot: slot), operators: [],
            columns: [AnswerColumn(name: "value", slot: slot, type: term.type(in: schema))], record: nil, recordEntity: nil,
            fieldColumnCount: 0)
        let value = try execute(plan, store: store).columns[0].values.value(at: 0)
        constants[term] = value
        return value
    }
}

extension Term {
    /// Whether the term goes over records of the store, rather than over what it is given.
    public var readsData: Bool {
        contains { part in
            switch part {
            case .all, .records, .toOne, .toMany, .field: true
            default: false
            }
        }
    }
}
