import Testing
import Types

@testable import Store

struct NamingTests {
    @Test(arguments: [
        ("AccountId", "account_id"), ("Account Name", "account_name"), ("account-name", "account_name"),
        ("customerID", "customer_id"),
        ("External_id__c", "external_id"), ("HTTPServer", "http_server"), ("accountIDs", "account_ids"), ("IDs", "ids"),
        ("ACCOUNT_ID", "account_id"), ("Address2", "address2"), ("Q1Sales", "q1_sales"), ("Customer's Name", "customers_name"),
        ("Amount ($)", "amount"), ("  padded  ", "padded"), ("Größe", "größe"), ("会社名", "会社名"), ("Имя Клиента", "имя_клиента"),
        ("owner.name", "owner_name"), ("%", ""), ("2023 Sales", "2023_sales"),
    ])
    func headersBecomeSnakeCase(header: String, name: String) {
        #expect(SnakeCase.name(header) == name)
    }

    @Test(arguments: [
        ("order_detail", "order_details"), ("category", "categories"), ("person", "people"), ("branch", "branches"),
        ("company", "companies"),
        ("address", "addresses"), ("status", "statuses"), ("case", "cases"), ("invoice_line", "invoice_lines"),
        ("child", "children"),
        ("day", "days"), ("analysis", "analyses"), ("box", "boxes"), ("purchase", "purchases"), ("touch", "touches"),
        ("news", "news"),
        ("sales_team", "sales_teams"), ("activity", "activities"), ("expense", "expenses"), ("series", "series"),
        ("movie", "movies"),
        ("salesperson", "salespeople"), ("half", "halves"), ("house", "houses"), ("cache", "caches"), ("knows", "knows"),
    ])
    func pluralsGoBothWays(singular: String, plural: String) {
        #expect(Plural.plural(singular) == plural)
        #expect(Plural.singular(plural) == singular)
        #expect(Plural.singular(singular) == singular)
    }

    @Test func tablesNameEntities() throws {
        let names = [
            "order-details", "Account", "people", "Branch__c", "CampaignMember", "Case", "orders-2026-01", "staff",
            "accounts (1)",
        ]
        let store = try store(names.map { table($0, "Id\n1\n2") })
        let found = store.schema.entities.map { "\($0.name)/\($0.plural)" }
        #expect(
            found == [
                "order_detail/order_details", "account/accounts", "person/people", "branch/branches",
                "campaign_member/campaign_members",
                "case/cases", "order/orders", "staff/staff", "account_1/accounts_1",
            ])
    }

    @Test func wordsThatAllTablesShareAreLeftOut() throws {
        let store = try store(
            ["olist_customers_dataset", "olist_orders_dataset", "olist_order_items_dataset"].map { table($0, "id\n1\n2") })
        #expect(store.schema.entities.map(\.name) == ["customer", "order", "order_item"])
        let two = try self.store(["sales_orders", "sales_teams"].map { table($0, "id\n1\n2") })
        #expect(two.schema.entities.map(\.name) == ["sales_order", "sales_team"])
    }

    private func store(_ tables: [LoadedTable]) throws -> Store { try StoreTests.store(tables) }

    @Test func collidingNamesAreToldApart() throws {
        let store = try store([
            table("account", "id,External_id__c,External_ID,external id,%\n1,a,b,c,d"), table("Accounts", "id\n1"),
        ])
        #expect(store.schema.entities.map(\.name) == ["account", "account_2"])
        #expect(store.schema.entities.map(\.plural) == ["accounts", "accounts_2"])
        #expect(
            store.schema.entities[0].fields.map(\.name) == ["id", "external_id_c", "external_id", "external_id_2", "column_5"])
    }

    @Test(arguments: [
        (["customers"], ["account", "accounts"]), (["companies"], ["account", "accounts"]),
        (["support_cases"], ["ticket", "tickets"]),
        (["contacts"], ["person", "people"]), (["employees"], ["user", "users"]), (["opportunities"], ["deal", "deals"]),
        (["invoices"], ["order", "orders"]), (["tasks"], ["touch", "touches"]), (["accounts"], []), (["warehouses"], []),
    ])
    func standardNamesAreAliases(names: [String], aliases: [String]) throws {
        let store = try store(names.map { table($0, "id\n1\n2") })
        #expect(store.schema.entities[0].aliases == aliases)
    }

    @Test func oneEntityGetsAStandardNameAndOwnNamesWin() throws {
        let both = try store([
            table("tasks", "id\n1"), table("events", "id\n1"), table("customers", "id\n1"), table("accounts", "id\n1"),
        ])
        #expect(both.schema.entities.map(\.aliases) == [["touch", "touches"], [], [], []])
        #expect(both.schema.entity(named: "accounts")?.name == "account")
        #expect(both.schema.entity(named: "touches")?.name == "task")
    }

    @Test func keysGiveStandardNamesToo() throws {
        let store = try store([
            table("sales_pipeline", "opportunity_id,stage\nA1,won\nB2,lost"), table("sales_teams", "sales_agent\nAnn\nBob"),
        ])
        #expect(store.schema.entities[0].aliases == ["deal", "deals"])
        #expect(store.schema.entities[1].aliases == ["user", "users"])
    }

    @Test func standardFieldNamesAreAliasesWhereTheyAreFree() throws {
        let store = try store([
            table("opportunities", "id,StageName,CreatedDate,opportunity_name\n1,won,2026-01-01,Big\n2,lost,2026-02-01,Small")
        ])
        let entity = store.schema.entities[0]
        #expect(store.schema.field(named: "stage", of: entity.id) == store.schema.field(named: "stage_name", of: entity.id))
        #expect(store.schema.field(named: "at", of: entity.id)?.index == 2)
        #expect(store.schema.field(named: "created_at", of: entity.id)?.index == 2)
        #expect(store.schema.field(named: "name", of: entity.id)?.index == 3)
    }
}
