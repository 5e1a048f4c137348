import Columns
import Testing

@testable import Store

struct LinkTableTests {
    private let employees = table("employees", "employeeID,lastName\n1,Davolio\n2,Fuller")
    private let territories = table("territories", "territoryID,name\n01581,Westboro\n01730,Bedford\n02116,Boston")
    private let people = table("people", "id,name\nPER-1,Ann\nPER-2,Bob\nPER-3,Cy")

    @Test func aTableOfTwoLinksIsALink() throws {
        let pairs = table("employee-territories", "employeeID,territoryID\n1,01730\n1,01581\n2,01581\n1,01730")
        let store = try store([employees, territories, pairs])
        #expect(store.targets("employee.territories") == [[0, 1], [0]])
        #expect(store.targets("territory.employees") == [[0, 1], [0], []])
        #expect(store.targets("employee.employee_territories") == [[0, 1, 3], [2]])
        let link = try #require(store.schema.link(named: "territories", of: store.schema.entities[0].id))
        guard case .many(_, _, let edges) = store.index(of: link) else { return }
        #expect(edges?.array == [1, 0, 2])
    }

    @Test func factsOfThePairStayWithTheTable() throws {
        let orders = table("orders", "orderID,customer\n10248,A\n10249,B")
        let products = table("products", "productID,name\n11,Tea\n42,Milk")
        let details = table("order-details", "orderID,productID,unitPrice,quantity\n10248,11,14,12\n10248,42,9,10\n10249,11,14,9")
        let store = try store([orders, products, details])
        #expect(store.targets("order.products") == [[0, 1], [0]])
        #expect(store.targets("product.orders") == [[0, 1], [0]])
        #expect(store.schema.entity(named: "order_details")?.fields.count == 4)
    }

    @Test func pairsWithinOneEntityAreNamedAfterTheTable() throws {
        let store = try store([people, table("knows", "to_id,from_id,strength\nPER-2,PER-1,5\nPER-3,PER-1,2\nPER-3,PER-2,1")])
        #expect(store.targets("person.knows") == [[1, 2], [2], []])
        #expect(store.targets("person.known_by") == [[], [0], [0, 1]])
        #expect(store.wayBackNames == ["person.knows_by_from -> knows", "person.knows_by_to -> knows"])
    }

    @Test func eventsBetweenTwoEntitiesAreNoLinks() throws {
        let users = table("users", "id,name\nUSR-1,Ann\nUSR-2,Bob")
        let keyed = table("touches", "id,person_id,user_id,kind\n1,PER-1,USR-1,call\n2,PER-1,USR-2,mail")
        let repeated = table("visits", "person_id,user_id,kind\nPER-1,USR-1,call\nPER-1,USR-1,mail\nPER-2,USR-1,mail")
        let store = try store([people, users, keyed, repeated])
        #expect(!store.linkNames.contains { $0.hasPrefix("person.") || $0.hasPrefix("user.") })
    }

    @Test func aWayBackKeepsItsNameBeforeAPair() throws {
        let accounts = table("accounts", "id,name\nACC-1,A\nACC-2,B")
        let contacts = table("contacts", "id,account_id\nC-1,ACC-1\nC-2,ACC-2")
        let relations = table("account_contact_relation", "account_id,contact_id\nACC-1,C-2\nACC-2,C-1")
        let store = try store([accounts, contacts, relations])
        #expect(store.targets("account.contacts") == [[0], [1]])
        #expect(store.targets("account.account_contact_relations") == [[0], [1]])
    }

    @Test func pairsCountInBothDirectionsWhenDeclared() {
        let near = Buffer<Int32>([0, 1, 2, -1, 1])
        let far = Buffer<Int32>([1, 0, 2, 0, 2])
        guard case .many(let segments, let rows, let edges) = PairIndex.make(near: near, far: far, nearCount: 3, bothWays: true)
        else { return }
        #expect(segments.offsets.array == [0, 1, 3, 5])
        #expect(rows.array == [1, 0, 2, 1, 2])
        #expect(edges?.array == [0, 0, 4, 4, 2])
    }
}
