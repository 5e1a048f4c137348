import Columns
import Testing
import Types

@testable import Store

@Suite struct DelimitedTests {
    @Test func readsAPlainFile() throws {
        let folder = TemporaryFolder()
        let path = folder.write("people.csv", "id,name,born\n1,Ann,1980-02-03\n2,Bo,\n")
        let sources = try loadTables(from: [path])
        let table = try #require(sources.tables.first)
        #expect(table.name == "people")
        #expect(table.rowCount == 2)
        #expect(table.columns.map(\.type) == [.number, .text, .date])
        #expect(table.columns.map(\.missingCount) == [0, 0, 1])
    }
}
