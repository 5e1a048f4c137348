import Columns
import Store
import Syntax
import Types

/// A small book of customers, with what is awkward in one: records without links, missing values, a chain that is no tree, a link that
/// leads within its own entity, and a table of pairs.
enum Fixture {
    static let user = EntityID(0)
    static let account = EntityID(1)
    static let deal = EntityID(2)
    static let person = EntityID(3)
    static let touch = EntityID(4)
    static let know = EntityID(5)

    static let userName = FieldID(user, 1)
    static let accountKey = FieldID(account, 0)
    static let accountName = FieldID(account, 1)
    static let accountTier = FieldID(account, 2)
    static let dealStage = FieldID(deal, 1)
    static let dealAmount = FieldID(deal, 2)
    static let dealClosed = FieldID(deal, 3)
    static let dealWon = FieldID(deal, 4)
    /// Ascends along the deals, some of which were opened on the same day.
    static let dealOpened = FieldID(deal, 5)
    static let personName = FieldID(person, 1)
    static let touchKind = FieldID(touch, 1)
    static let touchAt = FieldID(touch, 2)
    static let knowStrength = FieldID(know, 0)

    static let accountOwner = LinkID(0)
    static let userAccounts = LinkID(1)
    static let dealAccount = LinkID(2)
    static let accountDeals = LinkID(3)
    static let personAccount = LinkID(4)
    static let accountPeople = LinkID(5)
    static let touchPerson = LinkID(6)
    static let personTouches = LinkID(7)
    static let accountParent = LinkID(8)
    static let accountSubsidiaries = LinkID(9)
    static let personKnows = LinkID(10)
    static let dealContact = LinkID(11)
    static let personDeals = LinkID(12)
    static let knowFrom = LinkID(13)
    static let knowTo = LinkID(14)

    static let store = makeStore()

    static func text(_ values: [String?]) -> Vector { vector(.text, values.map { $0.map(Value.text) ?? .none }) }
    static func numbers(_ values: [Int?]) -> Vector { vector(.number, values.map { $0.map { .number(Number($0)) } ?? .none }) }
    static func dates(_ values: [Int32?]) -> Vector { vector(.date, values.map { $0.map(Value.date) ?? .none }) }
    static func bools(_ values: [Bool?]) -> Vector { vector(.bool, values.map { $0.map(Value.bool) ?? .none }) }
    static func cents(_ values: [Int64?]) -> Vector {
        vector(.number, values.map { $0.map { .number(.decimal(units: $0, scale: 2)) } ?? .none })
    }

    static func vector(_ type: ValueType, _ values: [Value]) -> Vector {
        var builder = VectorBuilder(type: type)
        for value in values { builder.append(value) }
        return builder.finish()
    }

    private static func makeStore() -> Store {
        var schema = Schema()
        var columns: [[Vector]] = []
        func add(
            _ name: String, _ plural: String, key: Int?, label: Int?, time: Int? = nil, _ fields: [(String, ValueType, Vector)]
        ) {
            let id = EntityID(schema.entities.count)
            let described = fields.map { Field(name: $0.0, header: $0.0, type: $0.1) }
            var entity = Entity(
                id: id, name: name, plural: plural, origin: "\(name).csv", fields: described, rowCount: fields[0].2.count)
            entity.key = key
            entity.label = label
            entity.time = time
            schema.entities.append(entity)
            columns.append(fields.map(\.2))
        }
        add(
            "user", "users", key: 0, label: 1,
            [("id", .text, text(["U1", "U2", "U3"])), ("name", .text, text(["Uma", "Ugo", nil]))])
        add(
            "account", "accounts", key: 0, label: 1,
            [
                ("id", .text, text(["A1", "A2", "A3", "A4", "A5"])),
                ("name", .text, text(["Acme", "Bolt", "Crux", "Dune", "Echo"])),
                ("tier", .text, text(["gold", "silver", "gold", nil, "silver"])),
            ])
        add(
            "deal", "deals", key: 0, label: nil, time: 3,
            [
                ("id", .text, text((1...9).map { "D\($0)" })),
                ("stage", .text, text(["won", "lost", "won", "open", "won", nil, "open", "lost", "won"])),
                ("amount", .number, cents([1050, 20000, nil, 730, 99, 5000, 730, nil, 12345])),
                ("closed", .date, dates([20000, 20010, 20010, nil, 19990, 20005, nil, 20001, 20002])),
                ("renewal", .bool, bools([true, false, nil, true, true, false, nil, false, true])),
                ("opened", .date, dates([19900, 19904, 19904, 19950, 19950, 19950, 19980, 19985, 20000])),
            ])
        add(
            "person", "people", key: 0, label: 1,
            [
                ("id", .text, text(["P1", "P2", "P3", "P4", "P5", "P6"])),
                ("name", .text, text(["Ann", "Ben", "Cleo", "Dan", "Eve", "Fay"])),
            ])
        add(
            "touch", "touches", key: nil, label: nil, time: 2,
            [
                ("id", .number, numbers((1...8).map { $0 })),
                ("kind", .text, text(["call", "mail", "call", "visit", nil, "mail", "call", "mail"])),
                ("at", .date, dates([20001, 20004, 20002, nil, 20009, 20003, 20004, 20000])),
            ])
        add("know", "knows", key: nil, label: nil, [("strength", .number, numbers([5, 1, 3, nil, 2]))])

        var indexes: [LinkIndex] = []
        func toOne(_ name: String, _ from: EntityID, _ to: EntityID, back: String?, _ rows: [Int32]) {
            let id = LinkID(schema.links.count)
            schema.links.append(
                Link(id: id, name: name, from: from, to: to, isToOne: true, origin: .key(FieldID(from, 0))))
            indexes.append(.one(Buffer(rows)))
            guard let back else { return }
            let backID = LinkID(schema.links.count)
            schema.links[id.index].inverse = backID
            schema.links.append(
                Link(id: backID, name: back, from: to, to: from, isToOne: false, origin: .inverse(id), inverse: id))
            let (segments, sources) = inverted(Buffer(rows), targetCount: schema[to].rowCount)
            indexes.append(.many(segments, rows: sources, edges: nil))
        }
        toOne("owner", account, user, back: "accounts", [0, 0, 1, -1, 0])
        toOne("account", deal, account, back: "deals", [0, 0, 1, 2, 2, -1, 0, 4, 2])
        toOne("account", person, account, back: "people", [0, 2, 0, -1, 4, 2])
        toOne("person", touch, person, back: "touches", [0, 1, 0, 2, 5, -1, 1, 4])
        toOne("parent", account, account, back: "subsidiaries", [-1, 0, 0, 2, -1])
        schema.links.append(
            Link(
                id: personKnows, name: "knows", from: person, to: person, isToOne: false,
                origin: .pairs(edge: know, near: knowFrom, far: knowTo, bothWays: false)))
        // Ann knows Ben (5) and Cleo (1), Ben knows Cleo (3), Cleo knows Ann (?), Eve knows Ann (2).
        indexes.append(
            .many(
                Segments(lengths: [2, 1, 1, 0, 1, 0]), rows: Buffer([1, 2, 2, 0, 0]), edges: Buffer([0, 1, 2, 3, 4])))
        toOne("contact", deal, person, back: "deals", [0, 1, 1, 5, -1, 3, 0, 4, 0])
        toOne("from", know, person, back: nil, [0, 0, 1, 2, 4])
        toOne("to", know, person, back: nil, [1, 2, 2, 0, 0])
        for link in schema.links { schema.entities[link.from.index].links.append(link.id) }
        return Store(schema: schema, columns: columns, linkIndexes: indexes, problems: [])
    }
}
