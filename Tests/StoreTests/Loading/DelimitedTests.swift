import Columns
import Testing
import Types

@testable import Store

/// Delimited files as exports really write them.
@Suite struct DelimitedTests {
    @Test func readsAPlainFile() throws {
        let sources = try load("id,name,born\n1,Ann,1980-02-03\n2,Bo,\n", as: "people.csv")
        let table = try #require(sources.tables.first)
        #expect(table.name == "people")
        #expect(table.origin == "people.csv")
        #expect(table.columns.map(\.type) == [.number, .text, .date])
        #expect(table.columns.map(\.missingCount) == [0, 0, 1])
        #expect(table.columns.map(\.distinctCount) == [2, 2, 1])
        #expect(table.rows == [["1", "Ann", "1980-02-03"], ["2", "Bo", nil]])
        #expect(sources.problems.isEmpty)
    }

    @Test(arguments: [
        "a,b\r\n1,x\r\n2,y\r\n", "a,b\n1,x\n2,y", "a,b\r1,x\r2,y\r", "\u{feff}a,b\n1,x\n2,y\n", "a;b\n1;x\n2;y\n",
        "a\tb\n1\tx\n2\ty\n",
        "a|b\n1|x\n2|y\n", "\"a\",\"b\"\r\n\"1\",\"x\"\r\n\"2\",\"y\"", "\n\na,b\n\n1,x\n\n\n2,y\n\n",
        "sep=;\r\na;b\r\n1;x\r\n2;y\r\n",
        "a,b\r\n1,x\n2,y\r\n",
    ])
    func readsTheSameTable(_ text: String) throws {
        let sources = try load(text)
        #expect(sources.tables[0].columns.map(\.header) == ["a", "b"])
        #expect(sources.tables[0].rows == [["1", "x"], ["2", "y"]])
        #expect(sources.problems.isEmpty)
    }

    @Test func quotesHoldSeparatorsLinesAndQuotes() throws {
        let table = try load("a,b\n\"x, \"\"y\"\"\n\r\nz\",\"\"\n\"\"\"\",\" s \"\n\"q\"\"\",\"end\"").tables[0]
        #expect(table.rows == [["x, \"y\"\n\r\nz", nil], ["\"", " s "], ["q\"", "end"]])
    }

    @Test func strayQuotesAreCharacters() throws {
        let sources = try load("a,b\n6\" pipe,say \"hi\"\n5\",\"ok\"\n")
        #expect(sources.tables[0].rows == [["6\" pipe", "say \"hi\""], ["5\"", "ok"]])
        #expect(sources.problems.isEmpty)
    }

    @Test func textBehindAClosingQuoteIsKeptAndReported() throws {
        let sources = try load("a,b\n1,x\n\"Ann\" Lee,\"y\"z\r\nc,d\n")
        #expect(sources.tables[0].rows == [["1", "x"], ["Ann Lee", "yz"], ["c", "d"]])
        let problem = try #require(sources.problem(.brokenQuote))
        #expect(problem.count == 2)
        #expect(problem.lines == [3, 3])
    }

    @Test func aQuoteNeverClosedSwallowsNothing() throws {
        let sources = try load("a,b\n1,x\n2,\"open\n3,y\n4,z\n")
        #expect(sources.tables[0].rows == [["1", "x"], ["2", "\"open"], ["3", "y"], ["4", "z"]])
        let problem = try #require(sources.problem(.brokenQuote))
        #expect(problem.lines == [3])
        #expect(problem.detail == "a quote that is never closed")
    }

    @Test func raggedRowsAreReportedWithTheirLines() throws {
        let sources = try load("a,b,c\n1,2,3\n4,5\n\"x\ny\",6,7\n8,9,10,11,12\n13\n14,15,16,,\n")
        #expect(
            sources.tables[0].rows == [
                ["1", "2", "3"], ["4", "5", nil], ["x\ny", "6", "7"], ["8", "9", "10"], ["13", nil, nil], ["14", "15", "16"],
            ])
        let problem = try #require(sources.problem(.raggedRow))
        #expect(problem.count == 3)
        #expect(problem.lines == [3, 6, 7])
        #expect(problem.detail?.contains("2 extra values") == true)
    }

    @Test func unquotedSeparatorsFollowedByABlankArePartOfTheValue() throws {
        let sources = try load(
            "id,address,city\n1,\"Main St, 5\",Rome\n2,Rua do Paço, 67,Rio\n3,2, rue du Commerce, b,Lyon\n4,x,y,z\n")
        #expect(sources.tables[0].values(1) == ["Main St, 5", "Rua do Paço, 67", "2, rue du Commerce, b", "x"])
        #expect(sources.tables[0].values(2) == ["Rome", "Rio", "Lyon", "y"])
        #expect(sources.problem(.repairedRow)?.lines == [3, 4])
        #expect(sources.problem(.raggedRow)?.lines == [5])
    }

    @Test func headersAreMadeUniqueAndNamed() throws {
        let sources = try load("name,,name, id \n1,2,3,4\n")
        #expect(sources.tables[0].columns.map(\.header) == ["name", "column_2", "name_2", "id"])
        #expect(sources.problem(.duplicateHeader)?.column == "name")
        #expect(sources.problem(.emptyHeader)?.column == "column_2")
    }

    @Test func aHeaderAloneIsATableWithoutRows() throws {
        let sources = try load("a,b\n")
        #expect(sources.tables[0].rowCount == 0)
        #expect(sources.tables[0].columns.map(\.type) == [.text, .text])
    }

    @Test func aHeaderOfNumbersIsSuspect() throws {
        #expect(try load("1,2,3\n4,5,6\n").problem(.suspectHeader) != nil)
        #expect(try load("a,2\n4,5\n").problem(.suspectHeader) == nil)
    }

    @Test func aSeparatorAtEveryLinesEndMakesNoColumn() throws {
        let sources = try load("a,b,\n1,2,\n3,4,\n")
        #expect(sources.tables[0].columns.map(\.header) == ["a", "b"])
        #expect(sources.problems.isEmpty)
    }

    @Test func oneColumnPassesOverBlankLines() throws {
        #expect(try load("name\nAnn\n\n\"\"\nBo\n").tables[0].rows == [["Ann"], [nil], ["Bo"]])
    }

    @Test func windows1252IsNoticed() throws {
        let sources = try load(
            Array("name,city\nJ".utf8) + [0xfc] + Array("rgen,M".utf8) + [0xfc] + Array("nchen ".utf8) + [0x80, 0x0a])
        #expect(sources.tables[0].rows == [["Jürgen", "München €"]])
        #expect(sources.problem(.otherEncoding) != nil)
    }

    @Test func windows1252InTheHeaderIsNoticed() throws {
        let sources = try load([0x47, 0x72, 0xf6, 0xdf, 0x65] + Array(",b\n1,2\n".utf8))
        #expect(sources.tables[0].columns[0].header == "Größe")
    }

    @Test func brokenBytesInUTF8AreReplacedAndReported() throws {
        let sources = try load(Array("a,b\nçé,ü\nx".utf8) + [0xff] + Array("y,ö\nx".utf8) + [0xff] + Array("y,ö\n".utf8))
        #expect(sources.tables[0].values(0) == ["çé", "x\u{fffd}y", "x\u{fffd}y"])
        #expect(sources.tables[0].columns[0].distinctCount == 2)
        #expect(sources.problem(.invalidEncoding)?.count == 2)
    }

    @Test(arguments: [true, false], [true, false])
    func utf16IsRead(_ isLittleEndian: Bool, _ hasMark: Bool) throws {
        let text = (hasMark ? "\u{feff}" : "") + "name\tcity\r\nZoë 😀\tKraków\r\n"
        let bytes = text.utf16.flatMap { unit in
            isLittleEndian ? [UInt8(unit & 0xff), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xff)]
        }
        #expect(try load(bytes).tables[0].rows == [["Zoë 😀", "Kraków"]])
    }
}
