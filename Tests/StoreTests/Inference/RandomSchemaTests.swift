import Testing

@testable import Store

/// Whatever tables come, the schema keeps its rules and its text gives the same schema again.
struct RandomSchemaTests {
    private struct Generator {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        mutating func pick(_ words: [String]) -> String { words[next(words.count)] }
    }

    private static let tableNames = [
        "accounts", "Account", "companies", "people", "contacts", "users", "employees", "deals", "knows", "order-details",
        "orders", "tasks",
        "account_contact_relation", "times", "select", "key", "customers", "sales_teams", "orders-2026", "Branch__c",
    ]
    private static let headers = [
        "id", "Id", "name", "Name", "account_id", "account", "AccountId", "contact_id", "contact", "owner", "OwnerId",
        "parent_id", "parent",
        "manager", "reports_to", "from_id", "to_id", "WhoId", "lead_or_contact_id", "user", "children", "reports", "deals",
        "order", "orders",
        "key", "label", "time", "from", "text", "Company", "company_name", "person_id", "Größe", "a \"b\"", "%", "created_at",
        "employee_id",
        "custkey", "Name__c", "account_key", "account_name", "ship_via", "select",
    ]

    private func tables(_ generator: inout Generator) -> [LoadedTable] {
        var names: [String] = []
        for _ in 0..<(1 + generator.next(6)) {
            let name = generator.pick(Self.tableNames)
            if !names.contains(name) { names.append(name) }
        }
        return names.map { name in
            var headers: [String] = []
            for _ in 0..<(1 + generator.next(8)) {
                let header = generator.pick(Self.headers)
                if !headers.contains(header) { headers.append(header) }
            }
            let rows = (0..<generator.next(8)).map { row in
                headers.map { header in value(header, row, &generator) }.joined(separator: ",")
            }
            return table(name, ([headers.joined(separator: ",")] + rows).joined(separator: "\n"))
        }
    }

    private func value(_ header: String, _ row: Int, _ generator: inout Generator) -> String {
        if header.lowercased() == "id" { return generator.next(3) == 0 ? "\(row)" : "KEY-\(row)" }
        switch generator.next(6) {
        case 0: return ""
        case 1: return "\(generator.next(9))"
        case 2: return "2026-01-0\(1 + generator.next(9))"
        case 3: return generator.pick(["Ann Lee", "Bob Ray", "Cy Young", "Acme Corp", "Blue Bay"])
        default: return "KEY-\(generator.next(9))"
        }
    }

    /// The text without comments that are only about this one inference.
    private func declarations(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("-- ") && !$0.hasPrefix("--  ") }
    }

    @Test func anyTablesMakeASoundSchema() throws {
        for seed in 0..<200 {
            var generator = Generator(state: UInt64(seed))
            let tables = tables(&generator)
            let first = try store(tables)
            check(first, seed)
            let text = schemaText(first)
            let second = try store(tables, schema: text)
            #expect(declarations(schemaText(second)) == declarations(text), "seed \(seed)")
            #expect(first.schema.links.map(\.aliases) == second.schema.links.map(\.aliases), "seed \(seed)")
        }
    }

    private func check(_ store: Store, _ seed: Int) {
        let names =
            store.schema.entities.flatMap { $0.name == $0.plural ? [$0.name] : [$0.name, $0.plural] }
            + store.schema.entities.flatMap(\.aliases)
        #expect(Set(names).count == names.count, "seed \(seed): \(names)")
        for entity in store.schema.entities {
            let own =
                entity.fields.flatMap { [$0.name] + $0.aliases }
                + entity.links.flatMap { [store.schema[$0].name] + store.schema[$0].aliases }
            #expect(Set(own).count == own.count, "seed \(seed): \(own)")
        }
        for link in store.schema.links {
            #expect(link.inverse.map { store.schema[$0].inverse == link.id } ?? true, "seed \(seed)")
            let near = store.schema[link.from].rowCount
            let far = Int32(store.schema[link.to].rowCount)
            switch store.index(of: link.id) {
            case .one(let rows): #expect(rows.count == near && rows.array.allSatisfy { $0 >= -1 && $0 < far }, "seed \(seed)")
            case .many(let segments, let rows, _):
                #expect(
                    segments.count == near && rows.count == segments.elementCount
                        && rows.array.allSatisfy { $0 >= 0 && $0 < far }, "seed \(seed)")
            }
        }
    }
}
