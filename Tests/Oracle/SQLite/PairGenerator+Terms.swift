import Syntax
import Types

extension PairGenerator {
    // MARK: Values

    /// A value for each record: a field, one of a linked record, or an aggregate over linked records. Exact values only where rows are
    /// put in order or into groups by them.
    mutating func anyValue(_ entity: Entity, _ alias: String, isExact: Bool = false) -> Both {
        if random.chance(30), let linked = linkAggregate(entity, alias, isExact: isExact) { return linked }
        if random.chance(25), let chained = chainedField(entity, alias, nil) { return chained }
        return field(entity, alias, nil) ?? Both(crmq: "1", sql: "1")
    }

    /// A field of the record, of a type if one is wanted.
    private mutating func field(_ entity: Entity, _ alias: String, _ type: ValueType?) -> Both? {
        fieldID(entity, type).map { Both(crmq: named(schema[$0].name), sql: column(alias, $0)) }
    }

    private mutating func fieldID(_ entity: Entity, _ type: ValueType?) -> FieldID? {
        entity.fields.indices.map { FieldID(entity.id, $0) }
            .filter { id in (type == nil || schema[id].type == type) && schema.link(named: schema[id].name, of: entity.id) == nil
            }
            .randomElement(using: &random)
    }

    private func column(_ alias: String, _ field: FieldID) -> String { "\(alias).\"\(schema[field].name)\"" }

    /// `owner.team`: the field of the one record whose key stands in a column.
    private mutating func chainedField(_ entity: Entity, _ alias: String, _ type: ValueType?) -> Both? {
        guard let link = links(entity, isToOne: true).randomElement(using: &random), let far = join(link, alias),
            let inner = field(schema[link.to], far.alias, type)
        else { return nil }
        return Both(crmq: "\(named(link.name)).\(inner.crmq)", sql: "(SELECT \(inner.sql) FROM \(far.sql))")
    }

    private func links(_ entity: Entity, isToOne: Bool) -> [Link] {
        entity.links.map { schema[$0] }.filter { $0.isToOne == isToOne }
    }

    /// The records that a link leads to, as what stands behind FROM. Links through tables of pairs have their own hand-written cases.
    private mutating func join(_ link: Link, _ near: String) -> (sql: String, alias: String)? {
        let alias = newAlias()
        let far = schema[link.to]
        switch link.origin {
        case .key(let field):
            guard let key = far.key else { return nil }
            return ("\"\(far.plural)\" \(alias) WHERE \(alias).\"\(far.fields[key].name)\" = \(column(near, field))", alias)
        case .inverse(let forward):
            guard case .key(let field) = schema[forward].origin, let key = schema[link.from].key else { return nil }
            return (
                "\"\(far.plural)\" \(alias) WHERE \(column(alias, field)) = \(near).\"\(schema[link.from].fields[key].name)\"",
                alias
            )
        case .label, .pairs: return nil
        }
    }

    // MARK: Aggregates

    /// `sum(deals[…].amount)`, over one link or over two.
    private mutating func linkAggregate(_ entity: Entity, _ alias: String, isExact: Bool) -> Both? {
        guard let link = links(entity, isToOne: false).randomElement(using: &random), var set = join(link, alias) else {
            return nil
        }
        var path = named(link.name)
        var target = schema[link.to]
        if random.chance(25), let second = links(target, isToOne: false).randomElement(using: &random),
            let next = join(second, set.alias)
        {
            // Each record once, however many ways lead to it.
            let far = schema[second.to]
            let outer = newAlias()
            set = (
                "\"\(far.plural)\" \(outer) WHERE EXISTS (SELECT 1 FROM \(set.sql) AND \(outer).row_ IN (SELECT \(next.alias).row_ FROM \(next.sql)))",
                outer
            )
            path += ".\(named(second.name))"
            target = far
        }
        var sql = set.sql
        if random.chance(45) {
            let test = condition(target, set.alias, depth: 1)
            path += "[\(test.crmq)]"
            sql += " AND \(test.sql)"
        }
        return aggregate(path, sql, target, set.alias, isExact: isExact)
    }

    private mutating func aggregate(_ path: String, _ sql: String, _ target: Entity, _ alias: String, isExact: Bool) -> Both {
        let number = fieldID(target, .number)
        let date = fieldID(target, .date)
        switch random.below(6) {
        case 0, 1:
            if let number {
                return Both(
                    crmq: "sum(\(path).\(named(schema[number].name)))",
                    sql: "(SELECT IFNULL(SUM(\(column(alias, number))), 0) FROM \(sql))")
            }
        case 2:
            if let number, !isExact {
                return Both(
                    crmq: "avg(\(path).\(named(schema[number].name)))", sql: "(SELECT AVG(\(column(alias, number))) FROM \(sql))")
            }
        case 3:
            if let date {
                return Both(
                    crmq: "max(\(path).\(named(schema[date].name)))", sql: "(SELECT MAX(\(column(alias, date))) FROM \(sql))")
            }
        case 4:
            if let text = fieldID(target, .text) {
                return Both(
                    crmq: "count(distinct \(path).\(named(schema[text].name)))",
                    sql: "(SELECT COUNT(DISTINCT \(column(alias, text))) FROM \(sql))")
            }
        default: break
        }
        return Both(crmq: "count(\(path))", sql: "(SELECT COUNT(*) FROM \(sql))")
    }

    /// An aggregate over the rows of a group.
    mutating func aggregate(_ entity: Entity, _ alias: String) -> Both {
        let number = fieldID(entity, .number)
        let text = fieldID(entity, random.chance(50) ? .text : nil)
        let test = condition(entity, alias, depth: 1)
        let (filter, sqlFilter) = random.chance(30) ? (" where \(test.crmq)", " FILTER (WHERE \(test.sql))") : ("", "")
        func of(_ field: FieldID?, _ name: String, _ function: String, _ fallback: String = "%") -> Both? {
            field.map { id in
                let sql = "\(function)\(column(alias, id)))\(sqlFilter)"
                return Both(
                    crmq: "\(name)\(named(schema[id].name))\(filter))", sql: fallback == "0" ? "IFNULL(\(sql), 0)" : sql)
            }
        }
        let counted = Both(crmq: "count()", sql: "COUNT(*)")
        switch random.below(8) {
        case 0: return of(number, "sum(", "SUM(", "0") ?? counted
        case 1: return of(number, "avg(", "AVG(") ?? counted
        case 2: return of(text, "min(", "MIN(") ?? counted
        case 3: return of(text, "max(", "MAX(") ?? counted
        case 4: return of(text, "count(distinct ", "COUNT(DISTINCT ") ?? counted
        case 5: return Both(crmq: "count(\(test.crmq))", sql: "COUNT(*) FILTER (WHERE \(test.sql))")
        case 6: return Both(crmq: "share(\(test.crmq))", sql: "AVG(1.0 * \(test.sql))")
        default: return counted
        }
    }

    // MARK: Conditions

    /// A condition that holds or does not: what SQL would call unknown does not.
    mutating func condition(_ entity: Entity, _ alias: String, depth: Int) -> Both {
        if depth > 0, random.chance(30) {
            let left = condition(entity, alias, depth: depth - 1)
            let right = condition(entity, alias, depth: depth - 1)
            let word = random.pick(["and", "or"])
            return Both(crmq: "(\(left.crmq) \(word) \(right.crmq))", sql: "(\(left.sql) \(word) \(right.sql))")
        }
        if depth > 0, random.chance(10) {
            let inner = condition(entity, alias, depth: depth - 1)
            return Both(crmq: "not (\(inner.crmq))", sql: "(NOT \(inner.sql))")
        }
        if depth > 0, random.chance(25), let link = links(entity, isToOne: false).randomElement(using: &random),
            let set = join(link, alias)
        {
            return linkCondition(link, set, depth: depth)
        }
        guard let id = fieldID(entity, nil), let both = comparison(id, alias) else { return Both(crmq: "1 = 1", sql: "1 = 1") }
        return both
    }

    private mutating func linkCondition(_ link: Link, _ set: (sql: String, alias: String), depth: Int) -> Both {
        var path = named(link.name)
        var sql = set.sql
        if random.chance(60) {
            let test = condition(schema[link.to], set.alias, depth: depth - 1)
            path += "[\(test.crmq)]"
            sql += " AND \(test.sql)"
        }
        switch random.below(3) {
        case 0: return Both(crmq: "any \(path)", sql: "EXISTS (SELECT 1 FROM \(sql))")
        case 1: return Both(crmq: "no \(path)", sql: "(NOT EXISTS (SELECT 1 FROM \(sql)))")
        default:
            let count = random.below(4)
            return Both(crmq: "count(\(path)) > \(count)", sql: "((SELECT COUNT(*) FROM \(sql)) > \(count))")
        }
    }

    /// A field compared with a value that occurs in it, or with `none`.
    private mutating func comparison(_ field: FieldID, _ alias: String) -> Both? {
        let name = named(schema[field].name)
        let sql = column(alias, field)
        if schema[field].type == .bool { return Both(crmq: name, sql: "IFNULL(\(sql), 0)") }
        if random.chance(15) {
            let isEqual = random.chance(50)
            return Both(crmq: "\(name) \(isEqual ? "=" : "!=") none", sql: "(\(sql) IS \(isEqual ? "" : "NOT ")NULL)")
        }
        let values = data.cells[field.entity.index][field.index].filter { $0 != .none }
        guard let value = values.randomElement(using: &random), let written = literal(value) else { return nil }
        let other = quoted(value)
        if random.chance(20), let second = values.randomElement(using: &random), let also = literal(second) {
            return Both(crmq: "\(name) in (\(written), \(also))", sql: "IFNULL(\(sql) IN (\(other), \(quoted(second))), 0)")
        }
        switch random.pick(["=", "!=", "<", "<=", ">", ">="]) {
        case "=": return Both(crmq: "\(name) = \(written)", sql: "(\(sql) IS \(other))")
        case "!=": return Both(crmq: "\(name) != \(written)", sql: "(\(sql) IS NOT \(other))")
        case let op: return Both(crmq: "\(name) \(op) \(written)", sql: "IFNULL(\(sql) \(op) \(other), 0)")
        }
    }

    /// A value as a literal of SQL.
    private func quoted(_ value: Value) -> String {
        switch Cell(value, in: data) {
        case .null: "NULL"
        case .number(let number): "\(number)"
        case .text(let text): "'\(text.replacing("'", with: "''"))'"
        }
    }
}
