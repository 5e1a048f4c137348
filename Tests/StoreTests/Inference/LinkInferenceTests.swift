import Testing

@testable import Store

struct LinkInferenceTests {
    private let accounts = table("accounts", "id,name,parent_id\nACC-1,Acme,\nACC-2,Blue,ACC-1\nACC-3,Cern,ACC-1")
    private let users = table("users", "id,name,manager_id\nUSR-1,Ann Lee,\nUSR-2,Bob Ray,USR-1\nUSR-3,Cy Young,USR-1")

    @Test(arguments: ["account_id", "AccountId", "account", "Account Key", "account_fk", "accountid", "customer_id", "company"])
    func aHeaderNamesItsEntity(header: String) throws {
        let store = try store([accounts, table("deals", "id,\(header)\nD1,ACC-2\nD2,\nD3,ACC-1")])
        let link = try #require(store.schema.links.first { $0.from.index == 1 })
        #expect(link.to.index == 0 && link.isToOne)
        #expect(store.targets("deal.account") == [[1], [], [0]])
        #expect(store.targets("account.deals") == [[2], [0], []])
    }

    @Test func waysBackOfOneEntityTakeTheUsualNames() throws {
        let store = try store([accounts, users])
        #expect(store.linkNames == ["account.parent -> account", "user.manager -> user"])
        #expect(store.wayBackNames == ["account.children -> account", "user.reports -> user"])
        #expect(store.targets("account.children") == [[1, 2], [], []])
    }

    @Test func linksWithinAnEntityByOtherNames() throws {
        let people = table("people", "id,name,referred_by_id,reportsTo\nP-1,A,,\nP-2,B,P-1,P-1\nP-3,C,P-1,P-2")
        let companies = table("companies", "company,subsidiary_of\nAcme Inc,\nBlue Ltd,Acme Inc\nCern SA,Acme Inc")
        let store = try store([people, companies])
        #expect(
            store.linkNames == [
                "company.subsidiary_of -> company", "person.referred_by -> person", "person.reports_to -> person",
            ])
        #expect(
            store.wayBackNames == ["company.subsidiaries -> company", "person.referrals -> person", "person.reports -> person"])
        let fields = store.schema.entities[0].fields.map(\.name)
        #expect(fields == ["id", "name", "referred_by_id", "reports_to_key"])
    }

    @Test func anOwnerWithoutUsersIsNoLink() throws {
        let store = try store([
            accounts, table("deals", "id,OwnerId,CreatedById,account_id\n1,005A,005A,ACC-1\n2,005B,005A,ACC-2"),
        ])
        #expect(store.linkNames == ["account.parent -> account", "deal.account -> account"])
        #expect(store.suggestions.isEmpty)
    }

    @Test func severalLinksToOneEntityShareItsPlural() throws {
        let deals = table("deals", "id,OwnerId,CreatedById,account_id\n1,USR-1,USR-2,ACC-1\n2,USR-1,USR-2,ACC-2")
        let store = try store([accounts, users, deals])
        #expect(
            store.wayBackNames == [
                "account.children -> account", "account.deals -> deal", "user.deals_by_created_by -> deal",
                "user.deals_by_owner -> deal",
                "user.reports -> user",
            ])
        let shipped = try self.store([
            accounts, table("orders", "id,account_id,bill_to_account_id\n1,ACC-1,ACC-2\n2,ACC-2,ACC-2"),
        ])
        #expect(shipped.wayBackNames.contains("account.orders -> order"))
        #expect(shipped.wayBackNames.contains("account.orders_by_bill_to_account -> order"))
    }

    private func store(_ tables: [LoadedTable]) throws -> Store { try StoreTests.store(tables) }

    @Test func namesOfRecordsReferToThem() throws {
        let agents = table("deals", "id,sales_agent\n1,Ann Lee\n2,Bob Ray\n3,Ann Lee\n4,Cy Young")
        let store = try store([users, agents])
        #expect(store.linkNames.contains("deal.sales_agent -> user"))
        #expect(store.targets("deal.sales_agent") == [[0], [1], [0], [2]])
        #expect(store.targets("deal.owner") == [[0], [1], [0], [2]])
        #expect(store.schema.entities[1].fields.map(\.name) == ["id", "sales_agent_name"])
    }

    @Test func valuesAloneLinkWhenTheyCannotBeChance() throws {
        let deals = table("deals", "id,responsible,code\n1,Ann Lee,USR-2\n2,Bob Ray,USR-3\n3,Cy Young,USR-1\n4,Ann Lee,USR-1")
        let store = try store([users, deals])
        #expect(store.linkNames == ["deal.code -> user", "deal.responsible -> user", "user.manager -> user"])
    }

    @Test func ambiguousLabelsLeadNowhere() throws {
        let users = table("users", "id,name\n1,Ann\n2,Ann\n3,Bob\n4,Cy\n5,Di\n6,Ed")
        let store = try store([users, table("deals", "id,owner\n1,Ann\n2,Bob\n3,Cy\n4,Di")])
        #expect(store.targets("deal.owner") == [[], [2], [3], [4]])
        #expect(store.schema.links.first { $0.name == "owner" }?.danglingCount == 1)
    }

    @Test func smallIntegersAreNoEvidence() throws {
        let products = table("products", "productID,categoryID,reorderLevel,unitsOnOrder,rating\n1,1,2,0,1\n2,2,1,3,2\n3,1,3,1,3")
        let categories = table("categories", "categoryID,name\n1,Tea\n2,Milk\n3,Salt")
        let orders = table("orders", "orderID,quantity,employees,order\n1,1,2,1\n2,2,1,2\n3,3,3,3")
        let employees = table("employees", "employeeID,lastName\n1,A\n2,B\n3,C")
        let store = try store([products, categories, orders, employees])
        #expect(store.linkNames == ["product.category -> category"])
    }

    @Test func theNameDecidesBetweenEntitiesThatHaveTheValues() throws {
        let orders = table("orders", "o_orderkey,o_custkey,o_status\n1,2,F\n2,3,F\n3,1,O")
        let customers = table("customer", "c_custkey,c_name\n1,A\n2,B\n3,C")
        let parts = table("part", "p_partkey,p_name\n1,A\n2,B\n3,C")
        let lines = table("lineitem", "l_orderkey,l_partkey,l_quantity\n1,1,1\n1,2,2\n2,1,3")
        let store = try store([orders, customers, parts, lines])
        #expect(
            store.linkNames == [
                "lineitem.order -> order", "lineitem.part -> part", "order.customer -> customer", "order.parts -> part",
                "part.orders -> order",
            ])
    }

    @Test func aNameThatOnlyBeginsAlikeNeedsAllValues() throws {
        let shippers = table("shippers", "shipperID,companyName\n1,Speedy\n2,United\n3,Federal")
        let orders = table("orders", "orderID,shipVia,ship_days\n10248,3,1\n10249,1,2\n10250,2,3\n10251,2,3")
        #expect(try store([shippers, orders]).linkNames == ["order.ship_via -> shipper"])
        let far = table("orders", "orderID,shipVia\n10248,3\n10249,17\n10250,2")
        #expect(try store([shippers, far]).linkNames == [])
    }

    @Test func manyDanglingValuesMakeALinkDoubtful() throws {
        let some = try store([accounts, table("deals", "id,account_id\n1,ACC-1\n2,ACC-9\n3,ACC-2\n4,ACC-3")])
        #expect(some.schema.links.first { $0.name == "account" }?.danglingCount == 1)
        #expect(some.problems.map(\.kind) == [.danglingLink])
        let most = try store([accounts, table("deals", "id,account_id\n1,ACC-1\n2,ACC-9\n3,ACC-8\n4,ACC-7")])
        #expect(most.linkNames == ["account.parent -> account"])
        #expect(most.suggestions.map(\.reason) == [.tooManyDangling])
        #expect(
            most.suggestions[0].message(in: most.schema)
                == "deal.account_id may lead to accounts, but only 1 of 4 values are found there")
    }

    @Test func aColumnThatLeadsToSeveralEntities() throws {
        let contacts = table("Contact", "Id,Name\n003AA,Ann\n003BB,Bob")
        let leads = table("Lead", "Id,Name\n00QAA,Cy\n00QBB,Di")
        let tasks = table("Task", "Id,WhoId,WhatId\n1,003AA,001AA\n2,00QBB,\n3,003BB,001BB")
        let companies = table("Account", "Id,Name\n001AA,Acme\n001BB,Blue")
        let members = table("CampaignMember", "Id,LeadOrContactId\n1,003BB\n2,00QAA\n3,003AA")
        let store = try store([contacts, leads, tasks, companies, members])
        #expect(
            store.linkNames == [
                "campaign_member.lead_or_contact_contact -> contact", "campaign_member.lead_or_contact_lead -> lead",
                "task.what_account -> account", "task.who_contact -> contact", "task.who_lead -> lead",
            ])
        #expect(store.targets("task.who_contact") == [[0], [], [1]])
        #expect(store.targets("task.person") == [[0], [], [1]])
        #expect(store.targets("contact.touches") == [[0], [2]])
        #expect(store.schema.links.allSatisfy { $0.danglingCount == 0 })
    }

    @Test func salesforceIdsOfBothLengthsMeet() throws {
        let accounts = table("Account", "Id,Name\n001Ec00000GGw3hIAD,Acme\n001Ec00000GGw3HIAX,Blue")
        let deals = table(
            "Opportunity",
            "Id,AccountId\n006Ec00000AieKF,001Ec00000GGw3H\n006Ec00000AieKG,001Ec00000GGw3h\n006Ec00000AieKH,001ec00000ggw3h")
        let store = try store([accounts, deals])
        #expect(store.targets("opportunity.account") == [[1], [0], []])
        #expect(store.rows(of: store.schema.entities[0].id, named: "001Ec00000GGw3h") == [0])
        #expect(store.rows(of: store.schema.entities[1].id, named: "006Ec00000AieKGIAZ") == [1])
    }

    @Test func numbersMeetTexts() throws {
        let stores = table("stores", "store_id,name\n007,Bond\n012,Dozen\n123,Row")
        let sales = table("sales", "id,store_id\n1,7\n2,123\n3,12\n4,99")
        #expect(try store([stores, sales]).targets("sale.store") == [[0], [2], [1], []])
        let codes = table("stores", "store_id,name\n12,A\nA7,B\n9,C")
        #expect(try store([codes, table("sales", "id,store_id\n1,9\n2,12")]).targets("sale.store") == [[2], [0]])
    }

    @Test func databasesDeclareTheirLinks() throws {
        let key = LoadedTable.ForeignKey(column: "SupportRepId", table: "Employee", referencedColumn: "EmployeeId")
        let customers = table("Customer", foreignKeys: [key], "CustomerId,SupportRepId\n1,3\n2,3\n3,4")
        let store = try store([customers, table("Employee", primaryKey: "EmployeeId", "EmployeeId,LastName\n3,Peacock\n4,Park")])
        #expect(store.linkNames == ["customer.support_rep -> employee"])
        #expect(store.targets("employee.customers") == [[0, 1], [2]])
    }

    @Test func emptyColumnsLinkByTheirNameAlone() throws {
        let text = "Id,Name,AccountId,ParentId,JigsawCompanyId,ConvertedAccountId\n1,x,,,,\n2,y,,,,"
        let store = try store([accounts, table("Case", text)])
        #expect(
            store.linkNames == [
                "account.parent -> account", "case.account -> account", "case.converted_account -> account",
                "case.parent -> case",
            ])
    }

    @Test func aPipelineThatNamesWhatItRefersTo() throws {
        let pipeline = """
            opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_value
            1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,2016-10-20,1054
            Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,2016-10-25,4514
            EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Lost,2016-10-25,
            MV1LWRNH,Moses Frase,GTX Basic,,Engaging,2016-10-25,
            """
        let store = try store([
            table("sales_pipeline", pipeline),
            table("products", "product,series,sales_price\nGTX Basic,GTX,550\nMG Special,MG,55\nGTX Plus Basic,GTX,1096"),
            table(
                "accounts",
                "account,sector,employees,subsidiary_of\nCancity,retail,2448,\nIsdom,medical,4540,Cancity\nXx,x,2,Cancity"),
            table(
                "sales_teams",
                "sales_agent,manager,regional_office\nMoses Frase,Dustin Brinkmann,Central\nDarcel Schlecht,Dustin Brinkmann,Central"
            ),
        ])
        #expect(
            store.linkNames == [
                "account.subsidiary_of -> account", "sales_pipeline.account -> account", "sales_pipeline.product -> product",
                "sales_pipeline.sales_agent -> sales_team",
            ])
        #expect(store.schema.entity(named: "deals")?.name == "sales_pipeline")
        #expect(store.schema.links.first { $0.name == "product" }?.danglingCount == 1)
        #expect(store.targets("user.deals") == [[0, 3], [1, 2]])
        #expect(store.targets("deal.owner") == [[0], [1], [1], [0]])
    }

    @Test func aLabelUnderItsOwnHeaderIsNoReference() throws {
        let contacts = table("contacts", "id,email\nC-1,ann@x.com\nC-2,bob@x.com\nC-3,cy@x.com\nC-4,di@x.com")
        let leads = table("leads", "id,last_name,email\nL-1,Lee,ann@x.com\nL-2,Ray,cy@x.com\nL-3,Doe,di@x.com")
        let store = try store([contacts, leads])
        #expect(store.linkNames.isEmpty)
        #expect(store.suggestions.map(\.reason) == [.onlyValues])
    }

    @Test func emptyTablesAreHarmless() throws {
        let store = try store([table("accounts", "id,name"), table("deals", "id,account_id\n1,A\n2,B"), table("nothing", "a,b")])
        #expect(store.linkNames == [])
        #expect(store.schema.entities.map(\.rowCount) == [0, 2, 0])
    }
}
