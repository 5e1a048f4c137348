import Testing
import Types

@testable import Store

@Suite struct JSONTests {
    @Test(arguments: [
        "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n", "[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}]",
        "\u{feff}{\"total\":2,\"rows\":[{\"a\":1,\"b\":\"x\"},{\"b\":\"y\",\"a\":2}]}",
        "{\"a\":1,\"b\":\"x\"}{\"a\":2,\"b\":\"y\"}",
        " [ {\n\"a\" : 1 , \"b\" : \"x\" } ,\r\n { \"a\":2,\"b\":\"y\" } ] \n",
    ])
    func readsTheSameTable(_ text: String) throws {
        let sources = try load(text, as: "t.json")
        #expect(sources.tables[0].columns.map(\.header) == ["a", "b"])
        #expect(sources.tables[0].rows == [["1", "x"], ["2", "y"]])
        #expect(sources.problems.isEmpty)
    }

    @Test func aSingleObjectIsARow() throws {
        #expect(try load("{\"a\":1,\"b\":[1,2]}", as: "t.json").tables[0].rows == [["1", "1;2"]])
    }

    @Test func twoArraysAreNotTakenForRows() throws {
        let sources = try load("{\"a\":[{\"x\":1}],\"b\":[{\"x\":1}]}", as: "t.json")
        #expect(sources.tables[0].rowCount == 1)
        #expect(sources.problem(.unsupportedValue)?.count == 1)
    }

    @Test func nestedObjectsAreFlattened() throws {
        let sources = try load(
            "{\"id\":1,\"owner\":{\"name\":\"Ann\",\"team\":{\"id\":7}},\"tags\":[\"x\",null,3,true]}\n{\"owner\":null}",
            as: "t.jsonl")
        let table = sources.tables[0]
        #expect(table.columns.map(\.header) == ["id", "owner_name", "owner_team_id", "tags", "owner"])
        #expect(table.rows == [["1", "Ann", "7", "x;;3;true", nil], [nil, nil, nil, nil, nil]])
    }

    @Test func stringsAreTextUnlessTheyAreISODates() throws {
        let rows = [
            "{\"code\":\"007\",\"n\":\"12\",\"flag\":\"true\",\"day\":\"2024-01-19\",\"at\":\"2024-01-19T09:42:24Z\",\"us\":\"01/19/2024\",\"na\":\"N/A\"}",
            "{\"code\":\"1\",\"n\":\"13\",\"flag\":\"false\",\"day\":\"2024-01-20\",\"at\":\"2024-01-20T00:00:00Z\",\"us\":\"01/20/2024\",\"na\":\"NULL\"}",
        ]
        let table = try load(rows.joined(separator: "\n"), as: "t.ndjson").tables[0]
        #expect(table.columns.map(\.type) == [.text, .text, .text, .date, .time, .text, .text])
        #expect(table.values("na") == ["N/A", "NULL"])
    }

    @Test func numbersKeepTheirExactness() throws {
        let table = try load(
            "[{\"a\":0.1,\"b\":1e2,\"c\":12345678901234567890,\"d\":-0.50},{\"a\":100,\"b\":1,\"c\":1,\"d\":2}]", as: "t.json"
        ).tables[0]
        #expect(table.columns.map(\.type) == [.number, .number, .text, .number])
        #expect(table.rows == [["0.1", "100.0", "12345678901234567890", "-0.50"], ["100.0", "1.0", "1", "2.00"]])
    }

    @Test func boolsAndMixtures() throws {
        let table = try load("{\"a\":true,\"b\":1}\n{\"a\":false,\"b\":\"x\"}\n{\"a\":null,\"b\":true}", as: "t.jsonl").tables[0]
        #expect(table.columns.map(\.type) == [.bool, .text])
        #expect(table.rows == [["true", "1"], ["false", "x"], [nil, "true"]])
    }

    @Test func escapes() throws {
        let table = try load("{\"a\":\"\\u00e9\\ud83d\\ude00\\n\\\"\\/\\\\\"}", as: "t.json").tables[0]
        #expect(table.rows == [["é😀\n\"/\\"]])
    }

    @Test(arguments: [
        ("{\"a\":1}\n{bad}\n{\"a\":3}\n", 2), ("{\"a\":1}\n{\"a\":\"\\ud800\"}\n{\"a\":3}", 2),
        ("{\"a\":1}\n{\"a\":01}\n{\"a\":3}\n", 2),
        ("{\"a\":1}\n{\"a\":\"x\n{\"a\":3}\n", 2), ("{\"a\":1}\n{\"a\":2,}\n{\"a\":3}\n", 2),
        ("{\"a\":1}\n[1,2]\n{\"a\":3}\n", 2),
        ("{\"a\":1}\n\n{\"a\":\"\\x\"}\n{\"a\":3}\n", 3), ("{\"a\":1}\n{\"a\":nul}\n{\"a\":3}\n", 2),
    ])
    func brokenLinesAreReportedAndPassedOver(_ text: String, _ line: Int) throws {
        let sources = try load(text, as: "t.jsonl")
        #expect(sources.tables[0].rows == [["1"], ["3"]])
        let problem = try #require(sources.problem(.invalidJSON))
        #expect(problem.count == 1)
        #expect(problem.lines == [line])
    }

    @Test func aBrokenArrayKeepsWhatCameBefore() throws {
        let sources = try load("[{\"a\":1},\n{\"a\":2},\n{\"a\":", as: "t.json")
        #expect(sources.tables[0].rows == [["1"], ["2"]])
        #expect(sources.problem(.invalidJSON)?.lines == [3])
    }

    @Test func deepNestingEnds() throws {
        let deep = String(repeating: "{\"a\":", count: 100_000)
        #expect(try load(deep, as: "t.json").problem(.invalidJSON) != nil)
        let list = "{\"x\":1,\"a\":" + String(repeating: "[", count: 100_000) + "\n{\"x\":2}"
        #expect(try load(list, as: "t.jsonl").problem(.invalidJSON) != nil)
    }

    @Test func manyRowsFillSeveralBatches() throws {
        let text = (0..<20_000).map { "{\"id\":\($0),\"name\":\"n\($0 % 10)\"" + ($0 > 15_000 ? ",\"late\":\($0).5}" : "}") }
            .joined(separator: "\n")
        let table = try load(text, as: "t.jsonl").tables[0]
        #expect(table.rowCount == 20_000)
        #expect(table.columns.map(\.distinctCount) == [20_000, 10, 4999])
        #expect(table.columns.map(\.missingCount) == [0, 0, 15_001])
        #expect(table.values(2).last == "19999.5")
    }
}
