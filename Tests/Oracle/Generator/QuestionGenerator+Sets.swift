import Syntax
import Types

/// A set of records as text.
struct SetExpr {
    var text: String
    var entity: EntityID
    /// The entity of the pairs, where the set is one link of pairs from one record.
    var edge: EntityID?
}

extension QuestionGenerator {
    /// A set that depends on no row. Within the scope of other names it begins with an entity that none of them hides.
    mutating func rootSet(depth: Int, hiding names: Names = Names()) -> SetExpr {
        var set: SetExpr
        let entity = random.pick(schema.entities.filter { !isHidden($0.plural, by: names) })
        set = SetExpr(text: named(entity.plural), entity: entity.id)
        if random.chance(50) { set = filtered(set, Names(), depth: depth) }
        while random.chance(45) {
            guard let link = schema[set.entity].links.randomElement(using: &random).map({ schema[$0] }) else { break }
            set = SetExpr(text: "\(set.text).\(named(link.name))" + repetition(of: link), entity: link.to)
            if random.chance(25) { set = filtered(set, Names(), depth: 1) }
        }
        if random.chance(10) { set = top(set, Names(), depth: 1) }
        return set
    }

    private func isHidden(_ name: String, by names: Names) -> Bool {
        names.records.contains { schema.link(named: name, of: $0) != nil || schema.field(named: name, of: $0) != nil }
    }

    /// A set that a row's record, or one of its columns, leads to.
    mutating func pathSet(_ names: Names, depth: Int) -> SetExpr? {
        guard let start = recordStart(names) else { return nil }
        let links = random.chance(80) ? toManys(of: start.entity) : schema[start.entity].links.map { schema[$0] }
        guard let link = links.randomElement(using: &random) else { return nil }
        var set: SetExpr
        let path = start.text.isEmpty ? named(link.name) : "\(start.text).\(named(link.name))"
        let isHidden = start.text.isEmpty && names.columns.contains { $0.name == link.name }
        if repeatsLinks, link.from == link.to, !isHidden, random.chance(70) {
            let step = names.entering(link.from, edge: nil).entering(link.to, edge: pairs(of: link))
            let filter = depth > 1 && !link.isToOne && random.chance(25) ? "[\(condition(step, depth: 1).text)]" : ""
            set = SetExpr(text: path + filter + hops(), entity: link.to)
        } else if link.isToOne {
            // One record is no set; a further link makes one.
            guard let next = toManys(of: link.to).randomElement(using: &random) else { return nil }
            set = SetExpr(text: "\(path).\(named(next.name))", entity: next.to, edge: pairs(of: next))
        } else {
            set = SetExpr(text: path, entity: link.to, edge: pairs(of: link))
        }
        if random.chance(45) { set = filtered(set, names, depth: depth) }
        while random.chance(25) {
            guard let link = schema[set.entity].links.randomElement(using: &random).map({ schema[$0] }) else { break }
            set = SetExpr(text: "\(set.text).\(named(link.name))" + repetition(of: link), entity: link.to)
            if random.chance(30) { set = filtered(set, names, depth: depth - 1) }
        }
        if random.chance(12) { set = top(set, names, depth: 1) }
        return set
    }

    /// How often a link within one entity is followed; mostly once.
    private mutating func repetition(of link: Link) -> String {
        repeatsLinks && link.from == link.to && random.chance(50) ? hops() : ""
    }

    mutating func hops() -> String { random.pick(["{1..}", "{0..}", "{1..2}", "{2}", "{0..1}", "{2..3}", "{2..}", "{0}"]) }

    private func pairs(of link: Link) -> EntityID? {
        if case .pairs(let edge, _, _, _) = link.origin { return edge }
        return nil
    }

    private mutating func filtered(_ set: SetExpr, _ names: Names, depth: Int) -> SetExpr {
        guard depth > 0 else { return set }
        let inner = names.entering(set.entity, edge: set.edge)
        return SetExpr(text: "\(set.text)[\(condition(inner, depth: depth).text)]", entity: set.entity)
    }

    private mutating func top(_ set: SetExpr, _ names: Names, depth: Int) -> SetExpr {
        let order = random.chance(70) ? " by " + pickOrder(set.entity, names) : ""
        return SetExpr(text: "top(\(random.pick([1, 2, 3])), \(set.text)\(order))", entity: set.entity)
    }

    /// The keys of `first(S by …)`.
    mutating func pickOrder(_ entity: EntityID, _ names: Names) -> String {
        let key = exact(scalar(random.pick([.number, .date, .text]), names.entering(entity, edge: nil), depth: 1))
        return (random.chance(50) ? "-" : "") + key.operand
    }

    /// Where a path can begin: the innermost record (an empty text), an outer one whose links are not hidden, or a column.
    private mutating func recordStart(_ names: Names) -> (text: String, entity: EntityID)? {
        var starts: [(text: String, entity: EntityID)] = []
        if let inner = names.records.last { starts += [("", inner), ("", inner)] }
        for column in names.columns {
            if case .record(let entity) = column.type { starts.append((column.name, entity)) }
        }
        return starts.isEmpty ? nil : random.pick(starts)
    }

    /// A record: a to-one link, the first of a set, or a column.
    mutating func recordValue(_ names: Names, depth: Int, of wanted: EntityID? = nil) -> Expr? {
        for _ in 0..<4 {
            guard let start = recordStart(names) else { return nil }
            if !start.text.isEmpty, random.chance(50), wanted == nil || wanted == start.entity {
                return Expr(text: start.text, type: .record(start.entity))
            }
            if depth > 0, random.chance(30), let set = pathSet(names, depth: depth - 1), wanted == nil || wanted == set.entity {
                let order = random.chance(50) ? " by " + pickOrder(set.entity, names) : ""
                return Expr(text: "\(random.pick(["first", "last"]))(\(set.text)\(order))", type: .record(set.entity))
            }
            guard let link = toOnes(of: start.entity).randomElement(using: &random) else { continue }
            let path = start.text.isEmpty ? named(link.name) : "\(start.text).\(named(link.name))"
            if wanted == nil || wanted == link.to { return Expr(text: path, type: .record(link.to)) }
            if let next = toOnes(of: link.to).first(where: { $0.to == wanted }) {
                return Expr(text: "\(path).\(named(next.name))", type: .record(next.to))
            }
        }
        return nil
    }

    // MARK: Aggregates over sets

    /// An aggregate over a set or the values of its records, of the wanted type if there is one.
    mutating func aggregate(over set: SetExpr, _ names: Names, depth: Int, wanting wanted: ValueType?) -> Expr {
        let inner = names.entering(set.entity, edge: set.edge)
        switch wanted ?? random.pick([.number, .number, .number, .text, .date, .bool, .duration]) {
        case .number:
            if random.chance(30) { return Expr(text: "count(\(set.text))", type: .number) }
            if random.chance(15) {
                return Expr(text: "count(distinct \(mapped(set, exact(scalar(.text, inner, depth: 1)))))", type: .number)
            }
            if random.chance(12) {
                return Expr(text: "share(\(mapped(set, condition(inner, depth: 1))))", type: .number, isInexact: true)
            }
            if random.chance(10) {
                return Expr(text: "count(\(mapped(set, condition(inner, depth: 1))))", type: .number)
            }
            let body = scalar(.number, inner, depth: depth - 1)
            let filter = random.chance(15) ? " where " + condition(inner, depth: 1).text : ""
            return numberAggregate(Expr(text: mapped(set, body), type: .number, isInexact: body.isInexact), filter)
        case .bool:
            return Expr(text: "\(random.pick(["any_true", "all_true"]))(\(mapped(set, condition(inner, depth: 1))))", type: .bool)
        case let type:
            let body = scalar(type, inner, depth: depth - 1)
            if type == .text, random.chance(25) { return Expr(text: "join(\(mapped(set, body)), \"/\")", type: .text) }
            let functions = type == .text ? ["min", "max", "first", "last"] : ["min", "max", "first"]
            return Expr(
                text: "\(random.pick(functions))(\(mapped(set, body)))", type: body.type, isInexact: body.isInexact,
                field: body.field)
        }
    }

    /// `set.field`, or `set.(expression)`.
    private mutating func mapped(_ set: SetExpr, _ body: Expr) -> String {
        let isName = body.field.map { $0.entity == set.entity && named(schema[$0].name) == body.text } ?? false
        return isName && random.chance(70) ? "\(set.text).\(body.text)" : "\(set.text).(\(body.text))"
    }
}
