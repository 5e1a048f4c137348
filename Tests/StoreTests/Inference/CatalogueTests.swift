import Syntax
import Testing
import Types

@testable import Store

struct CatalogueTests {
    private let deals: Store

    init() throws {
        deals = try store([
            table(
                "deals", "id,name,stage\nD-1,Café Zoë,won\nD-2,Blue Bay,lost\nD-3,Blue Bay,Won\nD-4,Granite,prospect\nD-5,Onyx,")
        ])
    }

    private func field(_ name: String) throws -> FieldID {
        try #require(deals.schema.field(named: name, of: EntityID(0)))
    }

    @Test func recordsAreFoundByKeyThenByLabel() {
        #expect(deals.rows(of: EntityID(0), named: "D-4") == [3])
        #expect(deals.rows(of: EntityID(0), named: "Blue Bay") == [1, 2])
        #expect(deals.rows(of: EntityID(0), named: "blue bay") == [])
        #expect(deals.rows(of: EntityID(0), named: "") == [])
    }

    @Test func anIndexFindsWhatASearchRowByRowFinds() throws {
        let keys = ["7", "12", "-3"]
        let numbers = try store([table("orders", "id\n" + keys.joined(separator: "\n"))])
        for _ in 0..<12 {
            for (row, key) in keys.enumerated() { #expect(numbers.rows(of: EntityID(0), named: key) == [Int32(row)]) }
            #expect(numbers.rows(of: EntityID(0), named: "07") == [])
            #expect(deals.rows(of: EntityID(0), named: "D-5") == [4])
            #expect(deals.rows(of: EntityID(0), named: "D-6") == [])
        }
    }

    @Test func valuesThatWereProbablyMeant() throws {
        #expect(deals.valuesResembling("WON", in: try field("stage"), limit: 3) == ["won", "Won"])
        #expect(deals.valuesResembling("cafe zoe", in: try field("name"), limit: 3) == ["Café Zoë"])
        #expect(deals.valuesResembling("prospct", in: try field("stage"), limit: 3) == ["prospect"])
        #expect(deals.valuesResembling("nothing like it", in: try field("stage"), limit: 3) == [])
        #expect(deals.recordsResembling("granit", in: EntityID(0), limit: 3) == ["Granite"])
        #expect(deals.recordsResembling("d-4", in: EntityID(0), limit: 1) == ["D-4"])
    }

    @Test func aTextOccursOrNot() throws {
        let stage = try field("stage")
        #expect(deals.occurs("won", in: stage) ?? true)
        #expect(!(deals.occurs("WON", in: stage) ?? false))
    }
}
