import Syntax
import Types

/// One question in both languages.
public struct QueryPair: Sendable {
    public var question: String
    public var sql: String
    /// Whether the SQL says the order of the rows.
    public var isOrdered: Bool

    public init(_ question: String, _ sql: String, isOrdered: Bool = false) {
        self.question = question
        self.sql = sql
        self.isOrdered = isOrdered
    }
}

/// Makes questions and, by rules of translation of its own, the SQL that says the same: conditions, orders, groups and aggregates over
/// links.
///
/// SQL is written for what a term means rather than for how crmq computes it: ways along links are subqueries over keys, and every
/// condition is wrapped so that what is missing does not hold.
public struct PairGenerator {
    var random: Randomness
    let schema: Schema
    let data: ReferenceEvaluator
    private var aliasCount = 0

    public init(_ data: ReferenceEvaluator, seed: UInt64) {
        self.data = data
        schema = data.schema
        random = Randomness(seed: seed)
    }

    public mutating func pair() -> QueryPair {
        aliasCount = 0
        let entity = random.pick(schema.entities)
        return random.chance(55) ? records(entity) : groups(entity)
    }

    mutating func newAlias() -> String {
        aliasCount += 1
        return "t\(aliasCount)"
    }

    // MARK: Whole questions

    /// `E where … select … sort … take …`.
    private mutating func records(_ entity: Entity) -> QueryPair {
        let alias = newAlias()
        var question = named(entity.plural)
        var sql = " FROM \"\(entity.plural)\" \(alias)"
        if random.chance(75) {
            let test = condition(entity, alias, depth: 2)
            question += " where \(test.crmq)"
            sql += " WHERE \(test.sql)"
        }
        var columns: [String] = []
        var selected: [String] = []
        for _ in 0..<(1 + random.below(3)) {
            let value = anyValue(entity, alias)
            selected.append("c\(columns.count) = \(value.crmq)")
            columns.append(value.sql)
        }
        question += " select \(selected.joined(separator: ", "))"
        var order = ["\(alias).row_"]
        if random.chance(60) {
            let keys = (0..<(1 + random.below(2))).map { _ in
                (value: anyValue(entity, alias, isExact: true), isDown: random.chance(50))
            }
            question += " sort " + keys.map { ($0.isDown ? "-" : "") + "(\($0.value.crmq))" }.joined(separator: ", ")
            order = keys.flatMap { ["\($0.value.sql) IS NULL", $0.value.sql + ($0.isDown ? " DESC" : "")] } + order
        }
        sql = "SELECT \(columns.joined(separator: ", "))" + sql + " ORDER BY \(order.joined(separator: ", "))"
        if random.chance(40) {
            let skipped = random.chance(30) ? random.below(4) : 0
            let taken = random.below(8)
            question += (skipped > 0 ? " skip \(skipped)" : "") + " take \(taken)"
            sql += " LIMIT \(taken) OFFSET \(skipped)"
        }
        return QueryPair(question, sql, isOrdered: true)
    }

    /// `E where … summarize … by …`; groups stand in the order of their first rows.
    private mutating func groups(_ entity: Entity) -> QueryPair {
        let alias = newAlias()
        var question = named(entity.plural)
        var sql = " FROM \"\(entity.plural)\" \(alias)"
        if random.chance(60) {
            let test = condition(entity, alias, depth: 1)
            question += " where \(test.crmq)"
            sql += " WHERE \(test.sql)"
        }
        let keys = (0..<random.below(3)).map { _ in anyValue(entity, alias, isExact: true) }
        let items = (0..<(1 + random.below(3))).map { _ in aggregate(entity, alias) }
        question += " summarize " + items.enumerated().map { "a\($0.offset) = \($0.element.crmq)" }.joined(separator: ", ")
        if !keys.isEmpty {
            question += " by " + keys.enumerated().map { "k\($0.offset) = \($0.element.crmq)" }.joined(separator: ", ")
        }
        sql = "SELECT " + (keys + items).map(\.sql).joined(separator: ", ") + sql
        if !keys.isEmpty {
            sql += " GROUP BY " + keys.map(\.sql).joined(separator: ", ") + " ORDER BY MIN(\(alias).row_)"
        }
        return QueryPair(question, sql, isOrdered: true)
    }
}

/// The same expression in both languages.
struct Both {
    var crmq: String
    var sql: String
}
