import Columns
import Resolve
import Store
import Types

/// At most 64 days of a timeline, so that what holds on which of them is a word a record.
final class TimelineBlock {
    private let timeline: Timeline
    private let days: [Int32]
    /// A bit for each day.
    private let all: UInt64
    private var existing: [EntityID: PeriodMasks?] = [:]

    init(_ timeline: Timeline, days: [Int32]) {
        precondition(days.count <= 64)
        self.timeline = timeline
        self.days = days
        all = days.count == 64 ? ~0 : (1 << UInt64(days.count)) - 1
    }

    private var store: Store { timeline.store }
    private var schema: Schema { timeline.store.schema }

    /// Behind the last microsecond of each day.
    private var ends: [Int64] { days.map { (Int64($0) + 1) * Calendar.microsecondsPerDay } }

    func values(_ terms: [Term]) throws -> [Value]? {
        switch terms[0] {
        case .isEmpty:
            guard let sets = Self.parts(terms, { if case .isEmpty(let set) = $0 { set } else { nil } }),
                let members = try set(sets)
            else { return nil }
            return members.counts(periodCount: days.count).map { .bool($0 == 0) }
        case .aggregate(let kind, _):
            guard let over = Self.parts(terms, { if case .aggregate(kind, let over) = $0 { over } else { nil } }) else {
                return nil
            }
            return try aggregate(kind, over)
        default: return nil
        }
    }

    private func aggregate(_ kind: AggregateKind, _ over: [Term]) throws -> [Value]? {
        guard case .map(_, let level, let body) = over[0] else {
            guard kind == .count || kind == .countPresent || kind == .countDistinct, let members = try set(over) else {
                return nil
            }
            return members.counts(periodCount: days.count).map { .number(Number($0)) }
        }
        guard [.count, .sum, .average, .countPresent].contains(kind),
            let sets = Self.parts(over, { if case .map(let set, level, body) = $0 { set } else { nil } }),
            case .set(let entity) = sets[0].type(in: schema),
            let values = try timeline.lastingValues(body, level: level, entity: entity), let members = try set(sets)
        else { return nil }
        if kind == .count { return members.counts(periodCount: days.count).map { .number(Number($0)) } }
        if kind == .countPresent {
            let present = members.and(PeriodMasks(rows: values.isPresentBitmap(), mask: all))
            return present.counts(periodCount: days.count).map { .number(Number($0)) }
        }
        guard let (sums, counts) = members.sums(of: values, periodCount: days.count) else { return nil }
        if kind == .sum { return sums.map { .number($0) } }
        return zip(sums, counts).map { $1 == 0 ? .none : .number(.double($0.doubleValue / Double($1))) }
    }

    /// The same part of every term; none where they are not alike.
    private static func parts(_ terms: [Term], _ part: (Term) -> Term?) -> [Term]? {
        let parts = terms.compactMap(part)
        return parts.count == terms.count ? parts : nil
    }

    // MARK: Sets

    /// On which days each record is in a set.
    private func set(_ terms: [Term]) throws -> PeriodMasks? {
        switch terms[0] {
        case .all(let entity):
            guard terms.allSatisfy({ $0 == terms[0] }) else { return nil }
            return PeriodMasks(repeating: all, count: schema[entity].rowCount)
        case .filter(let set, let level, _):
            guard let sets = Self.parts(terms, { if case .filter(let set, level, _) = $0 { set } else { nil } }),
                let conditions = Self.parts(terms, { if case .filter(_, level, let condition) = $0 { condition } else { nil } }),
                case .set(let entity) = set.type(in: schema), let members = try self.set(sets),
                let held = try condition(conditions, level: level, entity: entity)
            else { return nil }
            return members.and(held)
        case .constant(.record(let entity, let row), _): return only(entity, [row], terms)
        case .records(let entity, let rows): return only(entity, rows, terms)
        case .toMany(_, let link):
            guard let sets = Self.parts(terms, { if case .toMany(let base, link) = $0 { base } else { nil } }),
                let members = try set(sets), let reached = follow(link, from: members)
            else { return nil }
            return kept(reached, schema[link].to)
        default: return nil
        }
    }

    /// Records that are known beforehand.
    private func only(_ entity: EntityID, _ rows: [Int32], _ terms: [Term]) -> PeriodMasks? {
        guard terms.allSatisfy({ $0 == terms[0] }) else { return nil }
        let members = Buffer(rows).occurrences(domain: schema[entity].rowCount)
        return kept(PeriodMasks(rows: members, mask: all), entity)
    }

    /// Without the days on which the record was not there yet.
    private func kept(_ masks: PeriodMasks, _ entity: EntityID) -> PeriodMasks {
        existence(of: entity).map { masks.and($0) } ?? masks
    }

    /// On which days each record was there; none where all were on all days.
    private func existence(of entity: EntityID) -> PeriodMasks? {
        if let known = existing[entity] { return known }
        var masks: PeriodMasks?
        if let time = schema[entity].time {
            let moments = store.vector(FieldID(entity, time))
            // What has no time was always there.
            masks = PeriodMasks(moments, before: ends)?.or(PeriodMasks(rows: moments.isPresentBitmap().not(), mask: all))
        }
        existing[entity] = masks
        return masks
    }

    // MARK: Links

    /// What the records have to which a link leads from records that have something.
    private func follow(_ link: LinkID, from masks: PeriodMasks) -> PeriodMasks? {
        switch schema[link].origin {
        case .key, .label: targets(link).map { masks.united($0, targetCount: schema[schema[link].to].rowCount) }
        case .inverse(let forward): targets(forward).map { masks.gathered($0) }
        case .pairs(let edge, let near, let far, let bothWays): pairs(edge, near, far, bothWays, masks, to: schema[link].to)
        }
    }

    /// What the records have from which a link leads to records that have something.
    private func followBack(_ link: LinkID, from masks: PeriodMasks) -> PeriodMasks? {
        switch schema[link].origin {
        case .key, .label: targets(link).map { masks.gathered($0) }
        case .inverse(let forward): targets(forward).map { masks.united($0, targetCount: schema[schema[link].from].rowCount) }
        case .pairs(let edge, let near, let far, let bothWays): pairs(edge, far, near, bothWays, masks, to: schema[link].from)
        }
    }

    private func targets(_ link: LinkID) -> Buffer<Int32>? {
        switch schema[link].origin {
        case .key(let field), .label(let field): if schema[field].history != nil { return nil }
        case .inverse, .pairs: return nil
        }
        guard case .one(let rows) = store.index(of: link) else { return nil }
        return rows
    }

    private func pairs(
        _ edge: EntityID, _ near: LinkID, _ far: LinkID, _ bothWays: Bool, _ masks: PeriodMasks, to entity: EntityID
    ) -> PeriodMasks? {
        guard let nearRows = targets(near), let farRows = targets(far) else { return nil }
        let count = schema[entity].rowCount
        let forward = kept(masks.gathered(nearRows), edge).united(farRows, targetCount: count)
        return bothWays ? forward.or(kept(masks.gathered(farRows), edge).united(nearRows, targetCount: count)) : forward
    }

    // MARK: Conditions

    /// On which days a condition on `element(level:)` holds for each record of an entity.
    private func condition(_ terms: [Term], level: Int, entity: EntityID) throws -> PeriodMasks? {
        if terms.allSatisfy({ $0 == terms[0] }), let lasting = try timeline.lastingValues(terms[0], level: level, entity: entity)
        {
            return PeriodMasks(rows: lasting.truth(), mask: all)
        }
        switch terms[0] {
        case .binary(.and, _, _, _), .binary(.or, _, _, _):
            guard case .binary(let op, _, _, _) = terms[0],
                let left = Self.parts(terms, { if case .binary(op, let left, _, _) = $0 { left } else { nil } }),
                let right = Self.parts(terms, { if case .binary(op, _, let right, _) = $0 { right } else { nil } }),
                let a = try condition(left, level: level, entity: entity),
                let b = try condition(right, level: level, entity: entity)
            else { return nil }
            return op == .and ? a.and(b) : a.or(b)
        case .not:
            guard let operands = Self.parts(terms, { if case .not(let operand) = $0 { operand } else { nil } }),
                let held = try condition(operands, level: level, entity: entity)
            else { return nil }
            return held.complement(in: all)
        case .isEmpty:
            guard let sets = Self.parts(terms, { if case .isEmpty(let set) = $0 { set } else { nil } }),
                let held = try hasMember(sets, nil, level: level, entity: entity)
            else { return nil }
            return held.complement(in: all)
        case .isIn(let operand, _):
            guard
                let lists = Optional(
                    terms.compactMap { if case .isIn(operand, let values) = $0 { values } else { [Value]?.none } }),
                lists.count == terms.count, lists.allSatisfy({ $0.count == lists[0].count })
            else { return nil }
            return try lists[0].indices.reduce(PeriodMasks(repeating: 0, count: schema[entity].rowCount)) { held, place in
                guard let held, let one = try comparison(.equal, operand, lists.map { $0[place] }, level: level, entity: entity)
                else { return nil }
                return held.or(one)
            }
        case .binary: return try comparison(terms, level: level, entity: entity)
        default: return nil
        }
    }

    /// On which days a set that is reached from `element(level:)` has a member that has something; `inner` says when each has.
    private func hasMember(_ terms: [Term], _ inner: PeriodMasks?, level: Int, entity: EntityID) throws -> PeriodMasks? {
        switch terms[0] {
        case .element(level, _): return inner
        case .toMany(_, let link), .toOne(_, let link):
            guard terms.allSatisfy({ $0.isLink(link) }) else { return nil }
            let far = schema[link].to
            let members = kept(inner ?? PeriodMasks(repeating: all, count: schema[far].rowCount), far)
            guard let reached = followBack(link, from: members) else { return nil }
            let bases = terms.map { $0.parts[0] }
            return try hasMember(bases, reached, level: level, entity: entity)
        case .filter(let set, let own, _):
            guard let sets = Self.parts(terms, { if case .filter(let set, own, _) = $0 { set } else { nil } }),
                let conditions = Self.parts(terms, { if case .filter(_, own, let condition) = $0 { condition } else { nil } }),
                case .set(let members) = set.type(in: schema),
                let held = try condition(conditions, level: own, entity: members)
            else { return nil }
            return try hasMember(sets, inner.map { $0.and(held) } ?? held, level: level, entity: entity)
        default: return nil
        }
    }

    // MARK: Moments

    private func comparison(_ terms: [Term], level: Int, entity: EntityID) throws -> PeriodMasks? {
        guard case .binary(let op, let left, let right, _) = terms[0] else { return nil }
        let isTurned = !left.isMoment(level: level, in: schema)
        let moment = isTurned ? right : left
        guard moment.isMoment(level: level, in: schema), let comparison = isTurned ? op.turned : op else { return nil }
        var values: [Value] = []
        for term in terms {
            guard case .binary(op, let a, let b, _) = term, (isTurned ? b : a) == moment,
                let value = try timeline.constant(isTurned ? a : b)
            else { return nil }
            values.append(value)
        }
        return try self.comparison(comparison, moment, values, level: level, entity: entity)
    }

    /// On which days a date of the record compares so with a value a day. It compares at the coarser grain of the two.
    private func comparison(_ op: TermOperator, _ moment: Term, _ values: [Value], level: Int, entity: EntityID) throws
        -> PeriodMasks?
    {
        guard moment.isMoment(level: level, in: schema), case .field(_, let field) = moment, schema[field].history == nil else {
            return nil
        }
        let moments = store.vector(field)
        var present = PeriodMasks(rows: moments.isPresentBitmap(), mask: all)
        if schema[entity].time != field.index, !moments.goesBeyond(timeline.today) {
            guard let known = PeriodMasks(moments, before: ends) else { return nil }
            present = present.and(known)
        }
        if values.allSatisfy({ $0 == .none }) {
            switch op {
            case .equal: return present.complement(in: all)
            case .notEqual: return present
            default: return PeriodMasks(repeating: 0, count: moments.count)
            }
        }
        let isDate = schema[field].type == .date
        let spans = values.compactMap { Self.span($0, comparedWithDate: isDate) }
        guard spans.count == values.count, let below = PeriodMasks(moments, before: spans.map(\.lower)),
            let upTo = PeriodMasks(moments, before: spans.map(\.upper))
        else { return nil }
        switch op {
        case .less: return below.and(present)
        case .lessOrEqual: return upTo.and(present)
        case .greater: return present.andNot(upTo)
        case .greaterOrEqual: return present.andNot(below)
        case .equal: return upTo.andNot(below).and(present)
        case .notEqual: return upTo.andNot(below).and(present).complement(in: all)
        default: return nil
        }
    }

    /// The moments that are equal to a value at its grain, from the first up to and without the second.
    private static func span(_ value: Value, comparedWithDate isDate: Bool) -> (lower: Int64, upper: Int64)? {
        func days(_ first: Int32, _ last: Int32) -> (Int64, Int64) {
            (Int64(first) * Calendar.microsecondsPerDay, (Int64(last) + 1) * Calendar.microsecondsPerDay)
        }
        switch value {
        case .date(let day): return days(day, day)
        case .period(let period): return days(period.firstDay, period.lastDay)
        case .time(let instant):
            if !isDate { return (instant, instant + 1) }
            let day = Calendar.day(ofInstant: instant)
            return days(day, day)
        default: return nil
        }
    }
}

extension Term {
    /// Whether this is a date or a time of the record that `element(level:)` is at.
    fileprivate func isMoment(level: Int, in schema: Schema) -> Bool {
        guard case .field(.element(level, _), let field) = self else { return false }
        return schema[field].type == .date || schema[field].type == .time
    }

    fileprivate func isLink(_ link: LinkID) -> Bool {
        switch self {
        case .toMany(_, link), .toOne(_, link): true
        default: false
        }
    }
}
