import Syntax
import Types

@testable import Resolve

/// A small CRM without data: what the resolver asks of a store is answered from a few values.
struct FakeCatalogue: Catalogue {
    let schema: Schema
    /// The values that occur in a field, by `plural.field`.
    var values: [String: [String]] = [
        "accounts.tier": ["gold", "silver", "bronze"], "accounts.region": ["EMEA", "APAC", "AMER"],
        "deals.stage": ["won", "lost", "open", "negotiation"], "touches.kind": ["call", "email", "meeting"],
        "users.name": ["Ann Lee", "Bo Chen"], "accounts.name": ["Acme", "Globex", "Acme Nord"],
    ]
    /// Rows by `entity:key or label`.
    var named: [String: [Int32]] = [
        "account:Acme": [0], "account:ACC-17": [17], "account:Twin": [3, 4], "person:Ann Lee": [7], "person:P-1": [1],
        "order:10248": [0],
        "user:Ann Lee": [2], "deal:D-1": [5],
    ]

    func occurs(_ text: String, in field: FieldID) -> Bool? {
        values["\(schema[field.entity].plural).\(schema[field].name)"]?.contains(text)
    }

    func valuesResembling(_ text: String, in field: FieldID, limit: Int) -> [String] {
        let all = values["\(schema[field.entity].plural).\(schema[field].name)"] ?? []
        return nearest(to: text, among: all, limit: limit)
    }

    func rows(of entity: EntityID, named text: String) -> [Int32] { named["\(schema[entity].name):\(text)"] ?? [] }

    func recordsResembling(_ text: String, in entity: EntityID, limit: Int) -> [String] {
        let known = named.keys.filter { $0.hasPrefix(schema[entity].name + ":") }.map {
            String($0.drop { $0 != ":" }.dropFirst())
        }
        return nearest(to: text, among: known.sorted(), limit: limit)
    }
}

/// Builds a schema from lines such as `account (accounts): id key, name label, arr number, owner -> user (accounts)`.
struct SchemaBuilder {
    var schema = Schema()

    mutating func entity(
        _ name: String, _ plural: String, aliases: [String] = [], _ fields: [(String, ValueType)], label: Int? = 1,
        time: String? = nil
    ) {
        let id = EntityID(schema.entities.count)
        var entity = Entity(
            id: id, name: name, plural: plural, origin: "\(plural).csv",
            fields: fields.map { Field(name: $0.0, header: $0.0, type: $0.1) },
            rowCount: 100)
        entity.aliases = aliases
        entity.key = 0
        entity.label = label
        entity.time = time.flatMap { time in fields.firstIndex { $0.0 == time } }
        schema.entities.append(entity)
    }

    /// A to-one link from a column, and its way back.
    mutating func link(_ from: String, _ name: String, column: String, to: String, back: String) {
        guard let near = schema.entity(named: from)?.id, let far = schema.entity(named: to)?.id,
            let field = schema.field(named: column, of: near)
        else { return }
        let id = LinkID(schema.links.count)
        let inverse = LinkID(schema.links.count + 1)
        schema.links.append(
            Link(id: id, name: name, from: near, to: far, isToOne: true, origin: .key(field), inverse: inverse))
        schema.links.append(
            Link(id: inverse, name: back, from: far, to: near, isToOne: false, origin: .inverse(id), inverse: id))
        schema.entities[near.index].links.append(id)
        schema.entities[near.index].fields[field.index].links.append(id)
        schema.entities[far.index].links.append(inverse)
    }

    /// A link of an entity to itself through a table of pairs.
    mutating func pairs(_ entity: String, _ name: String, table: String) {
        guard let near = schema.entity(named: entity)?.id, let edge = schema.entity(named: table)?.id else { return }
        let id = LinkID(schema.links.count)
        let ends = schema[edge].links
        schema.links.append(
            Link(
                id: id, name: name, from: near, to: near, isToOne: false,
                origin: .pairs(edge: edge, near: ends[0], far: ends[1], bothWays: true)))
        schema.entities[near.index].links.append(id)
    }

    static func crm() -> Schema {
        var builder = SchemaBuilder()
        builder.entity(
            "account", "accounts", aliases: ["company", "companies"],
            [
                ("id", .text), ("name", .text), ("tier", .text), ("region", .text), ("arr", .number), ("active", .bool),
                ("created", .date), ("owner_id", .text), ("parent_id", .text),
            ], time: "created")
        builder.entity(
            "person", "people", aliases: ["contact", "contacts"],
            [("id", .text), ("name", .text), ("email", .text), ("account_id", .text), ("born", .date)])
        builder.entity("user", "users", [("id", .text), ("name", .text), ("region", .text)])
        builder.entity(
            "deal", "deals",
            [
                ("id", .text), ("name", .text), ("stage", .text), ("amount", .number), ("created", .date), ("close_date", .date),
                ("account_id", .text), ("owner_id", .text),
            ], time: "created")
        builder.entity(
            "order", "orders",
            [("id", .number), ("at", .time), ("revenue", .number), ("cost", .number), ("account_id", .text)], label: nil,
            time: "at")
        builder.entity(
            "touch", "touches",
            [("id", .text), ("at", .time), ("kind", .text), ("subject", .text), ("person_id", .text), ("user_id", .text)],
            label: nil,
            time: "at")
        builder.entity(
            "acquaintance", "acquaintances", [("from_id", .text), ("to_id", .text), ("since", .date), ("strength", .number)],
            label: nil)
        builder.link("account", "owner", column: "owner_id", to: "user", back: "accounts")
        builder.link("account", "parent", column: "parent_id", to: "account", back: "subsidiaries")
        builder.link("person", "account", column: "account_id", to: "account", back: "people")
        builder.link("deal", "account", column: "account_id", to: "account", back: "deals")
        builder.link("deal", "owner", column: "owner_id", to: "user", back: "deals")
        builder.link("order", "account", column: "account_id", to: "account", back: "orders")
        builder.link("touch", "person", column: "person_id", to: "person", back: "touches")
        builder.link("touch", "user", column: "user_id", to: "user", back: "touches")
        builder.link("acquaintance", "from", column: "from_id", to: "person", back: "acquaintances_from")
        builder.link("acquaintance", "to", column: "to_id", to: "person", back: "acquaintances_to")
        builder.pairs("person", "knows", table: "acquaintance")
        return builder.schema
    }
}
