import Syntax
import Testing

@Suite struct LexerTests {
    private func number(_ text: String) -> NumberLiteral? {
        guard case .literal(.number(let number))? = expression(text)?.kind else { return nil }
        return number
    }

    @Test func numbersAreExact() {
        #expect(number("1_000") == .decimal(units: 1000, scale: 0))
        #expect(number("1.50") == .decimal(units: 15, scale: 1))
        #expect(number("50k") == .decimal(units: 50_000, scale: 0))
        #expect(number("2M") == .decimal(units: 2_000_000, scale: 0))
        #expect(number("1.5B") == .decimal(units: 1_500_000_000, scale: 0))
        #expect(number("90%") == .decimal(units: 9, scale: 1))
        #expect(number("12.5%") == .decimal(units: 125, scale: 3))
        #expect(number("1e3") == .decimal(units: 1000, scale: 0))
        #expect(number("2.5e-3") == .decimal(units: 25, scale: 4))
        #expect(number("0.0") == .decimal(units: 0, scale: 0))
        #expect(number("007") == .decimal(units: 7, scale: 0))
        #expect(number("9223372036854775807") == .decimal(units: .max, scale: 0))
        #expect(number("9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(number("0.000000000000000001") == .decimal(units: 1, scale: 18))
        #expect(number("1e-19") == .double(1e-19))
        #expect(number("1e20") == .double(1e20))
        #expect(expression("10%3").map(grouped) == "(10 % 3)")
        #expect(expression("10 % 3").map(grouped) == "(10 % 3)")
        #expect(expression("1..3").map(grouped) == "(1..3)")
    }

    @Test func textsKnowTheirEscapes() {
        func value(_ text: String) -> String? {
            guard case .literal(.text(let value))? = expression(text)?.kind else { return nil }
            return value
        }
        #expect(value(#""a\n\t\\\"\'\u{e9}\u{1F600}""#) == "a\n\t\\\"'é😀")
        #expect(value("'say \"x\"'") == "say \"x\"")
        #expect(value("\"two\nlines\"") == "two\nlines")
        #expect(value("\"-- no comment | no pipe; no end\"") == "-- no comment | no pipe; no end")
        #expect(value("\"日本 é 😀\"") == "日本 é 😀")
    }

    @Test func datesAndTimes() {
        #expect(expression("2024-02-29")?.canonicalText == "2024-02-29")
        #expect(expression("2026-06-30T14:05")?.canonicalText == "2026-06-30T14:05Z")
        #expect(expression("2026-06-30T14:05Z")?.canonicalText == "2026-06-30T14:05Z")
        #expect(expression("2026-06-30T14:05:06.25+02:00")?.canonicalText == "2026-06-30T14:05:06.25+02:00")
        #expect(expression("2026-06-30t14:05:06.123456789-0530")?.canonicalText == "2026-06-30T14:05:06.123456-05:30")
        #expect(expression("2026-Q2")?.canonicalText == "2026-Q2")
        #expect(expression("2026-W53")?.canonicalText == "2026-W53")
        #expect(expression("2026-q2..2026-Q4")?.canonicalText == "2026-Q2..2026-Q4")
        #expect(expression("2026-06-30..")?.canonicalText == "2026-06-30..")
        #expect(expression("2026-06-30 - 5")?.canonicalText == "2026-06-30 - 5")
        guard case .literal(.time(_, _, _, _, _, _, _, let offset))? = expression("2026-06-30T14:05-05:30")?.kind else {
            Issue.record("no time")
            return
        }
        #expect(offset == -330)
    }

    @Test func commentsAndDocs() {
        let text =
            "#!/usr/bin/env crmq\n-- plain\n--- one\n--- two\ndefine a = 1 -- behind\n\n--- lost\n\n---- ruler\ndefine b = 2\n"
        let result = parsed(text)
        #expect(result.diagnostics.isEmpty)
        #expect(result.statements.map(\.doc) == ["one\ntwo", nil])
        #expect(tokenize(SourceText(name: "t", text: text)).comments.count == 6)
    }

    @Test func namesOfAnyScript() {
        #expect(expression("größe + 名前 + _x1")?.canonicalText == "größe + 名前 + _x1")
        #expect(expression("`Account Name`.`x`")?.canonicalText == "`Account Name`.x")
        #expect(expression("\u{FEFF}a\u{A0}+\u{3000}b")?.canonicalText == "a + b")
    }

    @Test func pipesTakeTheRestOfTheLine() {
        let result = parsed("accounts | grep -v \"a;b\" -- x | wc -l\nwhere x")
        #expect(result.diagnostics.isEmpty)
        #expect(result.statements.count == 2)
        guard case .question(let question)? = result.statements.first?.kind else { return }
        #expect(question.delivery.command?.text == "grep -v \"a;b\" -- x | wc -l")
    }
}
