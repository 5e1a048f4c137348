import Columns
import Output
import Syntax
import Testing
import Types

struct OutputTests {
    private static func column(_ name: String, _ type: ValueType, _ values: [Value]) -> Answer.Column {
        var builder = VectorBuilder(type: type)
        for value in values { builder.append(value) }
        return Answer.Column(name: name, type: type, values: builder.finish())
    }

    private static func number(_ units: Int64, _ scale: Int) -> Value { .number(.decimal(units: units, scale: scale)) }

    private static let answer = Answer(
        columns: [
            column("name", .text, [.text("Ann \"A\", Lee"), .none, .text("漢字\ttab\nline")]),
            column("amount", .number, [number(1250, 2), number(-3, 0), .none]),
            column("day", .date, [.date(0), .none, .date(20_000)]),
        ], rowCount: 3)

    private static func text(_ answer: Answer, _ options: OutputOptions) throws -> String {
        let sink = ByteSink()
        try write(answer, options, to: sink)
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    @Test func csvQuotesWhatNeedsIt() throws {
        #expect(
            try Self.text(Self.answer, OutputOptions(format: .csv)) == """
                name,amount,day
                "Ann ""A"", Lee",12.5,1970-01-01
                ,-3,
                "漢字\ttab
                line",,2024-10-04

                """)
    }

    @Test func tsvKeepsEveryRowOnALine() throws {
        let lines = try Self.text(Self.answer, OutputOptions(format: .tsv, header: false)).split(separator: "\n")
        #expect(lines == ["Ann \"A\", Lee\t12.5\t1970-01-01", "\t-3\t", "漢字\\ttab\\nline\t\t2024-10-04"])
    }

    @Test func jsonKeepsTypesAndEscapes() throws {
        #expect(
            try Self.text(Self.answer, OutputOptions(format: .jsonl)) == #"""
                {"name":"Ann \"A\", Lee","amount":12.5,"day":"1970-01-01"}
                {"name":null,"amount":-3,"day":null}
                {"name":"漢字\ttab\nline","amount":null,"day":"2024-10-04"}

                """#)
        #expect(try Self.text(Answer(columns: [], rowCount: 0), OutputOptions(format: .json)) == "[]\n")
    }

    @Test func markdownEscapesCells() throws {
        let answer = Answer(columns: [Self.column("a|b", .text, [.text("x|y\nz<")])], rowCount: 1)
        #expect(try Self.text(answer, OutputOptions(format: .markdown)) == "| a\\|b |\n| --- |\n| x\\|y<br>z&lt; |\n")
    }

    @Test func tablesAlignNumbersAndShowMissingValues() throws {
        let text = try Self.text(Self.answer, OutputOptions(format: .table))
        #expect(
            text == """
                name           amount  day
                ─────────────  ──────  ──────────
                Ann "A", Lee     12.5  1970-01-01
                –                -3.0  –
                漢字 tab↵line       –  2024-10-04

                """)
    }

    @Test func doublesInTablesAreRoundedWithCarry() throws {
        #expect(try Self.tableCells([1.99999, 9.99996, -9.99996, 1234.5]) == ["2.0", "10.0", "-10.0", "1234.5"])
        #expect(try Self.tableCells([1.99999, 3]) == ["2", "3"])
    }

    @Test func smallDoublesKeepFourDigitsAndTheOthersTheirOwn() throws {
        #expect(try Self.tableCells([0.252367608, 0.0472481, 0.5]) == ["0.25237", "0.04725", "0.50000"])
        #expect(try Self.tableCells([1.99999, 0.0000123416, 0.5]) == ["1.99999000", "0.00001234", "0.50000000"])
    }

    /// What a table shows of a column of doubles.
    private static func tableCells(_ values: [Double]) throws -> [String] {
        let column = Self.column("x", .number, values.map { .number(.double($0)) })
        return try Self.text(Answer(columns: [column], rowCount: values.count), OutputOptions(format: .table, header: false))
            .split(separator: "\n").prefix(values.count).map { String($0.drop { $0 == " " }) }
    }

    @Test func longAnswersLeaveOutTheMiddle() throws {
        let answer = Answer(columns: [Self.column("n", .number, (1...1000).map { Self.number($0, 0) })], rowCount: 1000)
        #expect(
            try Self.text(answer, OutputOptions(format: .table, header: false, rowLimit: 4))
                == "   1\n   2\n… 996 more rows …\n 999\n1000\n")
    }

    @Test(arguments: [10, 20, 40, 60, 80, 200])
    func noLineIsWiderThanTheTerminal(width: Int) throws {
        let long = String(repeating: "漢字 and more ", count: 10)
        let answer = Answer(
            columns: (0..<6).map { Self.column("column_\($0)", .text, [.text(long), .text("short"), .none]) }, rowCount: 3)
        for line in try Self.text(answer, OutputOptions(format: .table, width: width)).split(separator: "\n")
        where !line.contains("not fit") {
            #expect(DisplayWidth.of(line) <= width)
        }
    }

    @Test func controlCharactersNeverReachTheTerminal() throws {
        let answer = Answer(columns: [Self.column("x", .text, [.text("a\u{1B}[31mred\u{07}")])], rowCount: 1)
        #expect(!(try Self.text(answer, OutputOptions(format: .table)).contains("\u{1B}")))
    }

    @Test func aClosedPipeIsAnErrorOfItsOwn() {
        #expect(throws: OutputError.cannotWrite(path: "nowhere", reason: "Bad file descriptor")) {
            let sink = ByteSink(descriptor: -1, name: "nowhere")
            try sink.write("x")
            try sink.flush()
        }
    }
}
