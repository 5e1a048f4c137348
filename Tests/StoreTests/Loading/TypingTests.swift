import Columns
import Testing
import Types

@testable import Store

/// What the values of a column make of it.
@Suite struct TypingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let written: [String]
        let type: ValueType
        let read: [String?]
        var testDescription: String { name }

        init(_ name: String, _ written: [String], _ type: ValueType, _ read: [String?]? = nil) {
            self.name = name
            self.written = written
            self.type = type
            self.read = read ?? written
        }
    }

    static let numbers: [Case] = [
        Case("integers", ["1", "-20", "300"], .number),
        Case("decimals share a scale", ["1.5", "2", "-0.125", ".5"], .number, ["1.500", "2.000", "-0.125", "0.500"]),
        Case("blanks around", [" 1", "2 ", "3"], .number, ["1", "2", "3"]),
        Case("exponents are doubles", ["1e3", "2.5"], .number, ["1000.0", "2.5"]),
        Case("many digits are doubles", ["0.1234567890123456789", "1"], .number, ["0.12345678901234568", "1.0"]),
        Case("scales too far apart", ["123456789012345", "0.12345"], .number, ["123456789012345.0", "0.12345"]),
        Case("leading zeros stay", ["12209", "007"], .text),
        Case("zero", ["0", "0.5"], .number, ["0.0", "0.5"]),
        Case("long integers stay", ["1234567890123456789", "1"], .text),
        Case("18 digits fit", ["123456789012345678", "-1"], .number),
        Case("telephone numbers stay", ["+4930123456", "+4930123457"], .text),
        Case("telephone groups stay", ["555 123 456", "555 123 457"], .text),
        Case("thousands", ["1,234.50", "12", "1,234,567"], .number, ["1234.50", "12.00", "1234567.00"]),
        Case("decimal commas", ["1.234,50", "12,5", "-7"], .number, ["1234.50", "12.50", "-7.00"]),
        Case("dollars", ["$1,200", "-$3.50", "($4.00)", "$0"], .number, ["1200.00", "-3.50", "-4.00", "0.00"]),
        Case("euros behind", ["1.234,50 €", "3,00 €", "€ 5"], .number, ["1234.50", "3.00", "5.00"]),
        Case("currency codes", ["EUR 1,200.00", "EUR 5.25"], .number, ["1200.00", "5.25"]),
        Case("two currencies are no amounts", ["$5", "€5"], .text),
        Case("amounts that fit no scale", ["$123456789012345", "$0.123456"], .text),
        Case("shares", ["12%", "7.5%", "-1 %"], .number, ["0.120", "0.075", "-0.010"]),
        Case("shares among amounts", ["12%", "5"], .text),
        Case("codes are no amounts", ["INV 1001", "INV 1002"], .text),
        Case("wrong groups", ["1,23", "12,3456"], .number, ["1.2300", "12.3456"]),
        Case("versions", ["1.2.3", "1.2.4"], .text),
        Case("Salesforce flags", ["1", "", "1"], .number, ["1", nil, "1"]),
    ]

    static let words: [Case] = [
        Case(
            "missing words among numbers", ["1", "N/A", "-", "null", "NULL", "\\N", "#N/A", "none"], .number,
            ["1"] + Array(repeating: nil, count: 7)),
        Case(
            "missing words among texts", ["x", "N/A", "-", "null", "NULL", "\\N", "#N/A"], .text,
            ["x", "N/A", "-", "null", nil, nil, nil]),
        Case("the region NA", ["EMEA", "NA", "APAC"], .text),
        Case("nothing but words", ["N/A", "-", ""], .text, ["N/A", "-", nil]),
        Case("nothing at all", ["", "NULL", ""], .text, [nil, nil, nil]),
        Case("true and false", ["true", "FALSE", "True", ""], .bool, ["true", "false", "true", nil]),
        Case("yes and no", ["Yes", "no", "n/a"], .bool, ["true", "false", nil]),
        Case("y and n", ["Y", "N"], .bool, ["true", "false"]),
        Case("t and f", ["t", "f"], .bool, ["true", "false"]),
        Case("only yes", ["yes", ""], .bool, ["true", nil]),
        Case("Norway", ["NO", "NO"], .text),
        Case("only t", ["T", "T"], .text),
        Case("mixed words", ["true", "yes"], .text),
    ]

    static let dates: [Case] = [
        Case("ISO", ["2024-01-19", "2024-1-9", "1969-12-31"], .date, ["2024-01-19", "2024-01-09", "1969-12-31"]),
        Case("slashes, year first", ["2024/01/19"], .date, ["2024-01-19"]),
        Case("midnights", ["1996-07-04 00:00:00.000", "NULL"], .date, ["1996-07-04", nil]),
        Case(
            "instants", ["2024-01-19T09:42:24.000+0000", "2024-01-19T00:00:00Z"], .time,
            ["2024-01-19T09:42:24", "2024-01-19T00:00:00"]),
        Case(
            "zones", ["2024-01-19 01:30:00+02:00", "2024-01-19T01:30-0500"], .time,
            ["2024-01-18T23:30:00", "2024-01-19T06:30:00"]),
        Case(
            "fractions", ["2024-01-19 09:42:24.123456789", "2024-01-19 09:42"], .time,
            ["2024-01-19T09:42:24.123456", "2024-01-19T09:42:00"]),
        Case("dates among instants", ["2024-01-19", "2024-01-20 10:00"], .time, ["2024-01-19T00:00:00", "2024-01-20T10:00:00"]),
        Case("points", ["19.01.2024", "1.2.24"], .date, ["2024-01-19", "2024-02-01"]),
        Case("day first, shown by one", ["01/02/2024", "25/12/2023"], .date, ["2024-02-01", "2023-12-25"]),
        Case("month first, shown by one", ["01/02/2024", "12/25/2023"], .date, ["2024-01-02", "2023-12-25"]),
        Case("twelve hours", ["1/2/2024 12:05 AM", "1/13/2024 3:00 PM"], .time, ["2024-01-02T00:05:00", "2024-01-13T15:00:00"]),
        Case(
            "month names", ["19 Jan 2024", "Feb 1, 2024", "3-Sept-1999", "March 4 2020"], .date,
            ["2024-01-19", "2024-02-01", "1999-09-03", "2020-03-04"]),
        Case("days that are none", ["2024-02-30", "2024-01-01"], .text),
        Case("leap days", ["2024-02-29", "2000-02-29"], .date),
        Case("no leap day", ["1900-02-29", "2000-02-29"], .text),
        Case("zero dates", ["0000-00-00", "2024-01-01"], .date, [nil, "2024-01-01"]),
        Case("times of day", ["09:42:24", "10:00:00"], .text),
        Case("both orders at odds", ["13/01/2024", "01/13/2024"], .text),
    ]

    @Test(arguments: numbers + words + dates)
    func becomes(_ testCase: Case) throws {
        let result = try column(testCase.written)
        #expect(result.type == testCase.type)
        #expect(result.values == testCase.read)
        // The same when every row, or every few bytes, are a part of their own.
        for size in [2, 9] {
            var small = LoadOptions(threads: 2)
            small.chunkSize = size
            let again = try column(testCase.written, small)
            #expect(again.type == testCase.type, "in parts of \(size) bytes")
            #expect(again.values == testCase.read, "in parts of \(size) bytes")
        }
    }

    @Test func ambiguousDatesAreReported() throws {
        let slashes = try column(["01/02/2024", "03/04/2024"])
        #expect(slashes.values == ["2024-01-02", "2024-03-04"])
        #expect(slashes.sources.problem(.ambiguousDate)?.column == "x")
        #expect(slashes.sources.problem(.ambiguousDate)?.count == 2)
        #expect(try column(["01-02-2024"]).values == ["2024-02-01"])
        #expect(try column(["13/02/2024"]).sources.problem(.ambiguousDate) == nil)
        #expect(try column(["01.02.2024"]).sources.problem(.ambiguousDate) == nil)
    }

    @Test func anotherColumnSettlesTheOrder() throws {
        let sources = try load("a,b\n01/02/2024,25/12/2023\n03/04/2024,01/01/2024\n")
        #expect(sources.tables[0].values(0) == ["2024-02-01", "2024-04-03"])
        #expect(sources.problem(.ambiguousDate) == nil)
    }

    @Test func columnsThatDisagreeSettleNothing() throws {
        let sources = try load("a,b,c\n03/04/2026,30.06.2026,06/30/2026\n05/06/2026,01.07.2026,07/01/2026\n")
        #expect(sources.tables[0].values(0) == ["2026-04-03", "2026-06-05"])
        #expect(sources.tables[0].values(2) == ["2026-06-30", "2026-07-01"])
        #expect(sources.problem(.ambiguousDate)?.column == "a")
        #expect(sources.problem(.ambiguousDate)?.message.contains("2 dates do not show") == true)
    }

    @Test func aSemicolonMakesCommasDecimal() throws {
        #expect(try load("a;b\n1,234;x\n2,500;y\n").tables[0].values(0) == ["1.234", "2.500"])
        #expect(try load("a\tb\n1,234\tx\n2,500\ty\n").tables[0].values(0) == ["1234", "2500"])
    }

    /// The first rows say one thing and a late one another.
    @Test(arguments: [
        ("x", ValueType.text), ("1.5", .number), ("1e9", .number), ("1,000,000", .number), ("007", .text), ("", .number),
        ("N/A", .number),
    ])
    func aLateValueDecides(_ late: String, _ type: ValueType) throws {
        var values = (0..<30_000).map { String($0 % 1000) }
        values.append(late)
        let result = try column(values)
        #expect(result.type == type)
        #expect(result.values.count == values.count)
        #expect(result.sources.tables[0].columns[1].missingCount == (late.isEmpty || late == "N/A" ? 1 : 0))
        if type == .text { #expect(result.values == values) }
    }

    @Test func aColumnThatStartsEmpty() throws {
        let values = Array(repeating: "", count: 200_000) + ["2024-01-02", "N/A"]
        let result = try column(values)
        #expect(result.type == .date)
        #expect(result.sources.tables[0].columns[1].missingCount == 200_001)
        #expect(result.values[200_000] == "2024-01-02")
    }

    @Test func numbersUnderAHeaderThatAsksAreYesAndNo() throws {
        let text = """
            id,IsWon,has_children,Is Deleted,is_high,HasTask__c,isolation,hash,is,is_priced,Active
            A,1,0,,1,,1,1,1,0.5,1
            B,,1,,2,,0,0,0,1,0
            C,0,1,,0,,0,0,1,0,1

            """
        for size in [LoadOptions().chunkSize, 8] {
            var options = LoadOptions(threads: 2)
            options.chunkSize = size
            let table = try load(text, options).tables[0]
            let types = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.header, $0.type) })
            #expect(types["IsWon"] == .bool && types["has_children"] == .bool)
            #expect(table.values(1) == ["true", nil, "false"] && table.values(2) == ["false", "true", "true"])
            #expect(types["Is Deleted"] == .bool && types["HasTask__c"] == .bool, "never ticked")
            #expect(types["is_high"] == .number && types["is_priced"] == .number, "not only 1 and 0")
            #expect(
                types["isolation"] == .number && types["hash"] == .number && types["is"] == .number && types["Active"] == .number)
        }
    }

    @Test func manyNumbersThatAreYesAndNo() throws {
        let values = (0..<100_000).map { $0 % 3 == 0 ? "1" : $0 % 7 == 0 ? "" : "0" }
        let table = try load("id,is_open\n" + values.enumerated().map { "\($0),\($1)\n" }.joined()).tables[0]
        #expect(table.columns[1].type == .bool && table.columns[1].distinctCount == 2)
        #expect(table.values(1) == values.map { $0 == "1" ? "true" : $0 == "0" ? "false" : nil })
    }

    @Test func numbersTakeTheNarrowestWidth() throws {
        func width(_ values: [String]) throws -> Int {
            guard case .decimal(let integers, _) = try column(values).sources.tables[0].columns[1].values.storage else {
                return 0
            }
            switch integers {
            case .int8: return 1
            case .int16: return 2
            case .int32: return 4
            case .int64: return 8
            }
        }
        #expect(try width(["127", "-128"]) == 1)
        #expect(try width(["128"]) == 2)
        #expect(try width(["1.00", "400"]) == 4)
        #expect(try width(["3000000000"]) == 8)
    }
}
