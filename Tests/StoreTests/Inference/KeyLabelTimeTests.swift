import Testing

@testable import Store

struct KeyLabelTimeTests {
    private func marks(_ tables: [LoadedTable], _ entity: Int = 0) throws -> [String?] {
        let found = try store(tables).schema.entities[entity]
        return [found.key, found.label, found.time].map { $0.map { found.fields[$0].name } }
    }

    @Test func keysPreferTheId() throws {
        #expect(try marks([table("accounts", "code,id,account_id\na,1,x\nb,2,y")])[0] == "id")
        #expect(try marks([table("accounts", "code,account_id\na,1\nb,2")])[0] == "account_id")
        #expect(try marks([table("account", primaryKey: "code", "id,code\n1,a\n2,b")])[0] == "code")
        #expect(try marks([table("orders", "o_orderkey,o_total\n1,5\n2,5")])[0] == "o_orderkey")
        #expect(try marks([table("contacts", "Record ID,Email\n11,a\n12,b")])[0] == "record_id")
        #expect(try marks([table("products", "product,series\nGTX,a\nMG,a")])[0] == "product")
        #expect(try marks([table("readings", "value,unit\n5,a\n6,a")])[0] == nil)
    }

    @Test func aReferenceThatHappensToBeUniqueIsNoKey() throws {
        let tables = [
            table("employee-territories", "employeeID,territoryID\n1,06897\n1,19713"),
            table("territories", "territoryID\n06897\n19713\n01234"),
            table("employees", "employeeID\n1\n2"),
        ]
        #expect(try marks(tables)[0] == nil)
        let knows = [table("knows", "from_id,to_id\nPER-1,PER-2\nPER-2,PER-3"), table("people", "id\nPER-1\nPER-2\nPER-3")]
        #expect(try marks(knows)[0] == nil)
    }

    @Test func aRepeatedKeyIsReportedAndStillLinks() throws {
        var rows = (1...30).map { "ACC-\($0)" }
        rows.append("ACC-1")
        let store = try store([
            table("accounts", "id\n" + rows.joined(separator: "\n")), table("deals", "id,account_id\nD1,ACC-1\nD2,ACC-30"),
        ])
        #expect(store.schema.entities[0].key == nil)
        #expect(store.problems.first?.kind == .duplicateKey)
        #expect(store.problems.first?.count == 1)
        #expect(store.problems.first?.detail == "`ACC-1` in rows 1 and 31, of which the first is taken")
        #expect(store.targets("deal.account") == [[0], [29]])
    }

    @Test func labelsAreWhatPeopleCallIt() throws {
        #expect(try marks([table("accounts", "id,title,name\n1,x,y\n2,x,z")])[1] == "name")
        #expect(try marks([table("customers", "id,companyName,contactName\n1,x,y\n2,w,z")])[1] == "company_name")
        #expect(try marks([table("employees", "id,lastName,firstName,title\n1,a,b,CEO\n2,c,d,CFO")])[1] == "last_name")
        #expect(try marks([table("tasks", "id,Subject\n1,Call\n2,Call")])[1] == "subject")
        #expect(try marks([table("regions", "id,regionDescription\n1,East\n2,West")])[1] == "region_description")
        #expect(try marks([table("customers", "id,Company,LastName\n1,,Ray\n2,,Fay\n3,Acme,Day")])[1] == "last_name")
        #expect(try marks([table("orders", "id,ship_name\n1,a\n2,a\n3,a")])[1] == nil)
    }

    @Test func timesAreWhenTheRecordCameToBe() throws {
        #expect(try marks([table("orders", "id,requiredDate,orderDate\n1,2026-02-01,2026-01-01")])[2] == "order_date")
        #expect(try marks([table("employees", "id,birthDate,hireDate\n1,1980-02-01,2020-01-01")])[2] == "hire_date")
        #expect(try marks([table("deals", "id,CloseDate,CreatedDate\n1,2026-02-01,2026-01-01")])[2] == "created_date")
        #expect(try marks([table("tasks", "id,CreatedDate,ActivityDate\n1,2026-02-01,2026-01-01")])[2] == "activity_date")
        #expect(try marks([table("people", "id,Birthdate\n1,1980-02-01")])[2] == nil)
        #expect(
            try marks([table("people", "id,created_at,joined_at\n1,,2020-01-01\n2,,2020-01-01\n3,2020-01-01,2020-01-01")])[2]
                == "joined_at")
    }
}
