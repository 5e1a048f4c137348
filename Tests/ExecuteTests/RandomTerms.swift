import Resolve
import Syntax
import Types

/// Random numbers that are the same in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Makes terms of any shape over the fixture: sets within sets, filters that look at outer rows, picks, aggregates.
struct RandomTerms {
    var random: SeededRandom
    /// The records that a term may start from, by entity.
    private var records: [(entity: EntityID, term: Term)] = []
    private var level = 0

    init(seed: UInt64, row: (EntityID, Term)) {
        random = SeededRandom(seed: seed)
        records = [(row.0, row.1)]
    }

    private mutating func chance(_ part: Int, of whole: Int) -> Bool { Int.random(in: 0..<whole, using: &random) < part }

    mutating func bool(_ depth: Int) -> Term {
        if depth == 0 { return comparison(depth) }
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return .binary(.and, bool(depth - 1), bool(depth - 1), .bool)
        case 1: return .binary(.or, bool(depth - 1), bool(depth - 1), .bool)
        case 2: return .not(bool(depth - 1))
        case 3: return .isEmpty(set(depth - 1).term)
        case 4:
            let set = set(depth - 1)
            return .contains(set: set.term, record: record(depth - 1, of: set.entity))
        case 5:
            return .aggregate(chance(1, of: 2) ? .anyTrue : .allTrue, over: mapped(depth - 1) { $0.bool(depth - 1) })
        case 6: return .isIn(textTerm(depth - 1), [.text("won"), .text("call"), .none])
        default: return comparison(depth)
        }
    }

    private mutating func comparison(_ depth: Int) -> Term {
        let operators: [BinaryOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
        let operation = operators.randomElement(using: &random) ?? .equal
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return .binary(operation, number(depth), number(depth), .bool)
        case 1: return .binary(operation, date(depth), date(depth), .bool)
        case 2: return .binary(operation, textTerm(depth), textTerm(depth), .bool)
        default:
            let entity = [Fixture.account, Fixture.person].randomElement(using: &random) ?? Fixture.account
            return .binary(chance(1, of: 2) ? .equal : .notEqual, record(depth, of: entity), record(depth, of: entity), .bool)
        }
    }

    mutating func number(_ depth: Int) -> Term {
        if depth <= 0 {
            if let deal = anyRecord(of: Fixture.deal), chance(3, of: 4) { return .field(deal, Fixture.dealAmount) }
            return .constant(.number(.decimal(units: Int64.random(in: 0...3, using: &random), scale: 0)), .number)
        }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .aggregate(.count, over: set(depth - 1).term)
        case 1: return .binary(.add, number(depth - 1), number(depth - 1), .number)
        case 2: return .binary(.subtract, number(depth - 1), number(depth - 1), .number)
        case 3: return .field(record(depth - 1, of: Fixture.deal), Fixture.dealAmount)
        case 4: return .conditional(bool(depth - 1), then: number(depth - 1), otherwise: number(depth - 1), .number)
        case 5: return .binary(.coalesce, number(depth - 1), number(depth - 1), .number)
        default:
            let kinds: [AggregateKind] = [
                .sum, .minimum, .maximum, .countPresent, .countDistinct, .count, .first, .last, .average,
            ]
            let kind = kinds.randomElement(using: &random) ?? .sum
            return .aggregate(kind, over: mapped(depth - 1) { $0.number(depth - 1) })
        }
    }

    mutating func textTerm(_ depth: Int) -> Term {
        let fields = [Fixture.accountTier, Fixture.dealStage, Fixture.personName, Fixture.touchKind]
        let field = fields.randomElement(using: &random) ?? Fixture.accountTier
        if depth <= 0 {
            if let record = anyRecord(of: field.entity) { return .field(record, field) }
            return .constant(["gold", "won", "Ann", "call"].randomElement(using: &random).map { .text($0) } ?? .none, .text)
        }
        if chance(1, of: 4) { return .aggregate(.minimum, over: mapped(depth - 1) { $0.textTerm(depth - 1) }) }
        return .field(record(depth - 1, of: field.entity), field)
    }

    mutating func date(_ depth: Int) -> Term {
        if depth > 0, chance(3, of: 4) {
            return .aggregate(chance(1, of: 2) ? .minimum : .maximum, over: mapped(depth - 1) { $0.date(0) })
        }
        let field = chance(3, of: 4) ? Fixture.dealOpened : Fixture.touchAt
        if let record = anyRecord(of: field.entity) { return .field(record, field) }
        if depth > 0 { return .field(record(depth - 1, of: field.entity), field) }
        return .constant(.date(Int32.random(in: 19900...20010, using: &random)), .date)
    }

    /// A term that gives a record of an entity.
    mutating func record(_ depth: Int, of entity: EntityID) -> Term {
        if depth > 0, chance(1, of: 2) {
            let toOne: [(LinkID, EntityID, EntityID)] = [
                (Fixture.dealAccount, Fixture.deal, Fixture.account), (Fixture.personAccount, Fixture.person, Fixture.account),
                (Fixture.accountParent, Fixture.account, Fixture.account), (Fixture.touchPerson, Fixture.touch, Fixture.person),
                (Fixture.dealContact, Fixture.deal, Fixture.person), (Fixture.accountOwner, Fixture.account, Fixture.user),
            ]
            if let link = toOne.filter({ $0.2 == entity }).randomElement(using: &random) {
                return .toOne(record(depth - 1, of: link.1), link.0)
            }
        }
        if depth > 0, chance(1, of: 3), let set = setOf(entity, depth - 1) { return pick(set, entity, depth - 1, single: true) }
        if let known = anyRecord(of: entity) { return known }
        return .constant(chance(1, of: 5) ? .none : .record(entity, row: 1), .record(entity))
    }

    private mutating func anyRecord(of entity: EntityID) -> Term? {
        records.filter { $0.entity == entity }.randomElement(using: &random)?.term
    }

    private static let toMany: [(link: LinkID, from: EntityID, to: EntityID)] = [
        (Fixture.accountDeals, Fixture.account, Fixture.deal), (Fixture.accountPeople, Fixture.account, Fixture.person),
        (Fixture.personTouches, Fixture.person, Fixture.touch), (Fixture.accountSubsidiaries, Fixture.account, Fixture.account),
        (Fixture.personKnows, Fixture.person, Fixture.person), (Fixture.personDeals, Fixture.person, Fixture.deal),
        (Fixture.userAccounts, Fixture.user, Fixture.account),
    ]

    mutating func set(_ depth: Int) -> (term: Term, entity: EntityID) {
        let entities = [Fixture.deal, Fixture.person, Fixture.touch, Fixture.account]
        let entity = entities.randomElement(using: &random) ?? Fixture.deal
        return (setOf(entity, depth) ?? .all(entity), entity)
    }

    private mutating func setOf(_ entity: EntityID, _ depth: Int) -> Term? {
        guard let link = Self.toMany.filter({ $0.to == entity }).randomElement(using: &random) else { return nil }
        if chance(1, of: 10) { return .all(entity) }
        var term: Term
        if depth > 0, chance(1, of: 3), let inner = setOf(link.from, depth - 1) {
            term = .toMany(inner, link.link)
        } else if depth > 0, entity == Fixture.account, chance(1, of: 4), let inner = setOf(Fixture.deal, depth - 1) {
            term = .toMany(inner, Fixture.dealAccount)
        } else {
            term = .toMany(record(depth, of: link.from), link.link)
        }
        if depth > 0, chance(1, of: 2) {
            level += 1
            records.append((entity, .element(level: level, .record(entity))))
            var condition = bool(depth - 1)
            if case .toMany(let origin, Fixture.personKnows) = term, case .record = origin.type(in: Fixture.store.schema) {
                let strength = Term.field(.edge(level: level, Fixture.know), Fixture.knowStrength)
                condition = .binary(
                    .or, condition, .binary(.greater, strength, .constant(.number(Number(2)), .number), .bool), .bool)
            }
            records.removeLast()
            term = .filter(term, level: level, condition: condition)
            level -= 1
        }
        if depth > 0, chance(1, of: 6) { term = pick(term, entity, depth - 1, single: false) }
        return term
    }

    private mutating func pick(_ set: Term, _ entity: EntityID, _ depth: Int, single: Bool) -> Term {
        level += 1
        records.append((entity, .element(level: level, .record(entity))))
        defer {
            records.removeLast()
            level -= 1
        }
        var keys: [TermSortKey] = []
        switch Int.random(in: 0..<3, using: &random) {
        case 0: break
        case 1: keys = [TermSortKey(date(0), descending: chance(1, of: 3))]
        default: keys = [TermSortKey(number(min(depth, 1)), descending: chance(1, of: 2))]
        }
        return .pick(
            set, level: level, keys: keys, limit: single ? 1 : Int.random(in: 1...3, using: &random), single: single,
            fromEnd: chance(1, of: 2))
    }

    private mutating func mapped(_ depth: Int, _ body: (inout RandomTerms) -> Term) -> Term {
        let set = set(depth)
        level += 1
        records.append((set.entity, .element(level: level, .record(set.entity))))
        defer {
            records.removeLast()
            level -= 1
        }
        return .map(set.term, level: level, body: body(&self))
    }
}
