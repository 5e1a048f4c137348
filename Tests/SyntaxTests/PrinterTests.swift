import Foundation
import Syntax
import Testing

@Suite struct PrinterTests {
    @Test(arguments: [
        ("count( )", "count()"), ("owner . name", "owner.name"), ("((a))", "a"), ("(a + b) * c", "(a + b) * c"),
        ("a + (b * c)", "a + b * c"), ("a - (b - c)", "a - (b - c)"), ("(a = b) = c", "(a = b) = c"),
        ("(not a) and b", "not a and b"),
        ("not (a and b)", "not (a and b)"), ("-(-a)", "(-(-a))"), ("(a..b)..c", "(a..b)..c"),
        ("sum(deals[stage='won'].amount)", "sum(deals[stage = \"won\"].amount)"),
        ("`where` + `x y`", "`where` + `x y`"), ("a.`where`", "a.where"), ("`last`", "last"), ("`any` = `no`", "`any` = `no`"),
        ("`null`", "`null`"), ("`AccountId`", "`AccountId`"), ("(sum(n) per account) * 8", "sum(n) per account * 8"),
        ("(sum(n) per account).x", "(sum(n) per account).x"), ("sum(n) per (a)", "sum(n) per a"),
        ("sum(n) per `all`", "sum(n) per `all`"),
        ("(90 days ago).x", "(90 days ago).x"), ("1 days", "1 day"), ("LAST 1 months", "last 1 month"), ("0.50", "0.5"),
        ("50k", "50000"),
        ("'it\\'s \"so\"'", "\"it's \\\"so\\\"\""), ("(if a then b else c) + 1", "(if a then b else c) + 1"),
        ("if a then (if b then c) else d", "if a then (if b then c) else d"), ("(knows)+", "knows+"), ("f(x){1..}", "f(x){1..}"),
        ("deals{(5), x}", "deals {(5), x}"), ("f(x, (a = 1) and b)", "f(x, (a = 1 and b))"), ("f(x, (a = 1))", "f(x, (a = 1))"),
        ("any (a or b)", "any (a or b)"), ("x in ()", "x in ()"), ("1.0000000000000000001", "1"), ("1e30", "1e+30"),
        ("(-a)", "(-a)"), ("(in 30 days)", "(in 30 days)"), ("(`goal`)", "`goal`"), ("a   ??b", "a ?? b"),
        ("any (a ago)", "any a ago"), ("f(a) per (f(b) per c)", "f(a) per f(b) per c"), ("(f(a) per b) ago", "(f(a) per b) ago"),
        ("(a..) + b", "(a..) + b"), ("(..a)..b", "(..a)..b"), ("ask f((a) = b, c)", "ask f((a = b), c)"),
        ("path from (a..) to b via (c..) within 2", "path from (a..) to b via (c..) within 2"),
        ("duplicates of a by (b..) above 0.5", "duplicates of a by (b..) above 0.5"),
        ("deals{(5) + x, 5 = y}", "deals {(5 + x), 5 = y}"),
        ("(format(x))", "`format`(x)"), ("2 + format(x)", "2 + format(x)"),
    ])
    func expressionsPrint(text: String, expected: String) {
        let printed = question(text).map { Printer.text(of: $0) }
        #expect(printed == expected)
        guard let printed else { return }
        #expect(question(printed).map { Printer.text(of: $0) } == printed)
    }

    @Test func languageExamplesAreStable() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let prelude = folder.appending(path: "../../stdlib/prelude.crmq")
        var texts = [try String(contentsOf: prelude, encoding: .utf8)]
        texts.append(try String(contentsOf: folder.appending(path: "Golden/sample.crmq"), encoding: .utf8))
        for text in texts {
            let result = parsed(text)
            #expect(result.diagnostics.isEmpty, "\(DiagnosticRenderer().render(result.diagnostics))")
            for statement in result.statements {
                let printed = Printer.text(of: statement)
                let again = parsed(printed)
                #expect(again.diagnostics.isEmpty, "\(DiagnosticRenderer().render(again.diagnostics))")
                #expect(again.statements.map { Printer.text(of: $0) } == [printed])
            }
            let formatted = try #require(format(SourceText(name: "t", text: text)).text)
            #expect(format(SourceText(name: "t", text: formatted)).text == formatted)
            #expect(parsed(formatted).statements.count == result.statements.count)
        }
    }

    /// A statement that would go on from the line before it stays one of its own.
    @Test(arguments: [
        ("deals where open;\nsort -amount;\ntake 5", "deals where open;\nsort -amount;\ntake 5\n"),
        ("deals where open;\n\nsort -amount", "deals where open;\n\nsort -amount\n"),
        ("1; -2", "1\n(-2)\n"), ("deals; accounts;", "deals\naccounts\n"),
        ("deals; -- all\ntake 3", "deals;  -- all\ntake 3\n"),
    ])
    func formattingKeepsStatementsApart(text: String, expected: String) {
        #expect(format(SourceText(name: "t", text: text)).text == expected)
    }

    @Test func formattingKeepsCommentsAndBlankLines() {
        let text = """
            #!/usr/bin/env crmq
            -- Who is quiet?


            --- Won.
            define   account.won=sum( deals.amount )   -- so far
            accounts where x   -- which
              take 5


            -- the end
            """
        let expected = """
            #!/usr/bin/env crmq
            -- Who is quiet?

            --- Won.
            define account.won = sum(deals.amount)  -- so far
            -- which
            accounts where x take 5

            -- the end

            """
        #expect(format(SourceText(name: "t", text: text)).text == expected)
        #expect(format(SourceText(name: "t", text: "accounts wehre x")).text == nil)
    }

    @Test func longQuestionsTakeSeveralLines() {
        let text =
            "accounts where tier = \"gold\" and no touches[at > 90 days ago] select name, owner.name, won = sum(deals[stage = \"won\"].amount) sort -won take 10"
        let expected = """
            accounts where tier = "gold" and no touches[at > 90 days ago]
              select name, owner.name, won = sum(deals[stage = "won"].amount) sort -won take 10
            """
        #expect(question(text).map { Printer.text(of: $0) } == expected)
        #expect(question(expected).map { Printer.text(of: $0) } == expected)
    }

    @Test func schemasAlign() {
        let text =
            "entity account(accounts) from 'A.csv' { id:text key from 'Id', created : date time owner: user from 'OwnerId'(accounts) }"
        let expected = """
            entity account (accounts) from "A.csv" {
              id:      text key  from "Id"
              created: date time
              owner:   user      from "OwnerId" (accounts)
            }
            """
        #expect(statement(text).map { Printer.text(of: $0) } == expected)
    }
}
