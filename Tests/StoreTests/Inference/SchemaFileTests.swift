import Syntax
import Testing

@testable import Store

struct SchemaFileTests {
    private let tables = [
        table("Account", "Id,Name,OwnerId,ParentId,CreatedDate,Size\n001,Acme,U-1,,2026-01-01,5\n002,Blue,U-2,001,2026-02-01,6"),
        table("staff", "id,name\nU-1,Ann\nU-2,Bob"),
        table("people", "id,name\nP-1,Ann\nP-2,Bob\nP-3,Cy"),
        table("knows", "from_id,to_id,since\nP-1,P-2,2026-01-01\nP-2,P-3,2026-01-01"),
    ]

    @Test func declarationsHoldAndTheRestStaysInferred() throws {
        let store = try store(
            tables,
            schema: """
                --- Who buys.
                entity client (clients) from "Account.csv" {
                  id:      text key from "Id"
                  --- What they call themselves.
                  title:   text label from "Name"
                  keeper:  employee from "OwnerId" (portfolio)
                  since:   date time from "CreatedDate"
                  size:    text
                }
                entity employee from "staff.csv"
                link person.friends: person from "knows.csv" (from_id, to_id) both ways { since: date }
                """)
        let client = try #require(store.schema.entity(named: "client"))
        #expect(client.plural == "clients" && client.doc == "Who buys.")
        #expect(client.fields.map(\.name) == ["id", "title", "owner_id", "parent_id", "since", "size"])
        #expect(client.fields[5].type == .text && client.fields[1].doc == "What they call themselves.")
        #expect(client.key == 0 && client.label == 1 && client.time == 4)
        #expect(client.aliases == ["account", "accounts"])
        #expect(store.targets("client.keeper") == [[0], [1]])
        #expect(store.targets("employee.portfolio") == [[0], [1]])
        #expect(store.targets("client.parent") == [[], [0]])
        #expect(store.targets("person.friends") == [[1], [0, 2], [1]])
        #expect(!store.linkNames.contains("person.knows -> person"))
    }

    @Test func aColumnDeclaredAsAValueIsNoLink() throws {
        let store = try store(tables, schema: #"entity account from "Account.csv" { parent: text from "ParentId" }"#)
        #expect(!store.linkNames.contains { $0.hasPrefix("account.parent") })
        #expect(store.schema.entity(named: "account")?.fields[3].name == "parent")
    }

    @Test(arguments: [
        (#"entity account from "Acount.csv""#, "unknown-file", "did you mean `Account.csv`?"),
        (#"entity account from "Account.csv" { x: text from "Nmae" }"#, "unknown-column", "did you mean `Name`?"),
        (#"entity account from "Account.csv" { owner: stafff from "OwnerId" }"#, "unknown-type", "did you mean `staff`?"),
        (
            #"entity account from "Account.csv" { name: date from "Name" }"#, "unfit-values",
            "declare it as `text`, or correct the data"
        ),
        (
            #"entity account from "Account.csv" { name: text time from "Name" }"#, "wrong-time-type",
            "declare it as `date` or `time`"
        ),
        (#"link persn.knows: person from "knows.csv" (from_id, to_id)"#, "unknown-entity", "did you mean `person`?"),
        (#"link person.knows: person from "knows.csv" (form_id, to_id)"#, "unknown-column", "did you mean `from_id`?"),
        ("accounts take 3", "not-a-schema", "put definitions and questions into a file of their own"),
    ])
    func mistakesAreTold(text: String, code: String, help: String) throws {
        do {
            _ = try store(tables, schema: text)
            Issue.record("no error")
        } catch let error as SchemaFileError {
            #expect(error.diagnostics.map(\.code) == [code])
            #expect(error.diagnostics[0].help.contains(help), "\(error.diagnostics[0].help)")
            #expect(error.diagnostics[0].span != nil)
        }
    }

    /// The text without what only comments on this one inference.
    private func declarations(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("-- ") && !$0.hasPrefix("--  ") }
    }

    @Test func theTextOfASchemaGivesTheSameSchemaAgain() throws {
        let more = [
            table("Task", "Id,WhoId,order,key,select\n1,P-1,1,a,x\n2,U-2,2,b,y\n3,P-3,3,c,z"),
            table("times", "id,\"odd\\header,größe\n1,2,3\n2,3,4"),
            table("deals", "id,account,staff_id,Sales Rep\nD1,001,U-1,Ann\nD2,002,U-2,Bob\nD3,009,U-9,Ann"),
        ]
        let first = try store(tables + more)
        let text = schemaText(first)
        let second = try store(tables + more, schema: text)
        #expect(declarations(schemaText(second)) == declarations(text))
        #expect(first.linkNames == second.linkNames && first.wayBackNames == second.wayBackNames)
        #expect(first.schema.entities.map(\.aliases) == second.schema.entities.map(\.aliases))
        #expect(first.schema.links.map(\.aliases) == second.schema.links.map(\.aliases))
        #expect(first.schema.links.map(\.danglingCount) == second.schema.links.map(\.danglingCount))
        #expect(text.contains("-- 2 rows; also known as") == false)
        #expect(text.contains("1 value without a record"))
    }

    /// One customer who was exported twice must not cost all others their links once the schema is saved.
    @Test func linksStillFindTheirRecordsByAKeyThatRepeats() throws {
        let accounts = (0..<30).map { "A\($0),Acme \($0)" } + ["A3,Again"]
        let deals = (0..<60).map { "D\($0),A\($0 % 30)" }
        let both = [
            table("accounts", "id,name\n" + accounts.joined(separator: "\n")),
            table("deals", "id,account_id\n" + deals.joined(separator: "\n")),
        ]
        let first = try store(both)
        let second = try store(both, schema: schemaText(first))
        for store in [first, second] {
            #expect(store.schema.entities[0].key == nil && store.schema.entities[0].reference == 0)
            #expect(store.schema.links.count == 2 && store.schema.links.allSatisfy { $0.danglingCount == 0 })
            #expect(store.problems.contains { $0.kind == .duplicateKey })
        }
        #expect(schemaText(second) == schemaText(first))
    }

    @Test func theTextIsAligned() throws {
        let text = schemaText(try store(Array(tables.prefix(2))))
        let expected = [
            "-- 2 rows",
            "entity account (accounts) from \"Account.csv\" {",
            "  id:           text    key   from \"Id\"",
            "  name:         text    label from \"Name\"",
            "  owner_id:     text          from \"OwnerId\"",
            "  parent:       account       from \"ParentId\" (children)",
            "  created_date: date    time  from \"CreatedDate\"          -- also created, created_at, at",
            "  size:         number        from \"Size\"",
            "}",
            "",
            "-- 2 rows",
            "entity staff from \"staff.csv\" {",
            "  id:   text key",
            "  name: text label",
            "}",
            "",
            "-- Not linked, for want of certainty. To link one, add its line to its entity.",
            "-- account.owner_id may lead to staff: 2 of 2 values are found there, though its name does not say so",
            "--   entity account: owner: staff from \"OwnerId\"",
            "",
        ]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == expected.count)
        for (line, wanted) in zip(lines, expected) { #expect(line == wanted) }
    }
}
