import Syntax
import Testing

@Suite struct StatementTests {
    @Test(arguments: [
        ("accounts\nusers", 2),
        ("accounts; users;; people;", 3),
        ("accounts\n  where x\n  take 5\nusers", 2),
        ("accounts where x\n\n\n  take 5", 1),
        ("accounts where a and\n  b\nusers", 2),
        ("accounts where a\n  and b\n  or c\nusers", 2),
        ("accounts select a,\n  b\n  , c\nusers", 2),
        ("accounts select sum(\n  a\n)\nusers", 2),
        ("2 +\n2\n3", 2),
        ("2\n+ 2\n3", 2),
        ("a\n.b", 1),
        ("a\n(b)", 2),
        ("a not\n  in (1, 2)", 1),
        ("accounts where x\n  not in (1)", 1),
        ("accounts where x in 100..\nusers", 2),
        ("accounts follow knows+\nusers", 2),
        ("where x\ntake 5", 1),
        ("accounts -- comment\n-- comment\n  where x -- more\n", 1),
        ("", 0),
        ("-- only a comment", 0),
        (" ; ; ", 0),
        ("let a = 5\nlet b =\n  6", 2),
        ("if a then\n b\n else c\nusers", 2),
        ("accounts format json\nusers into \"x\" format csv", 2),
        ("accounts | less\n| wc", 2),
        ("question q { accounts\n  where x\n\n  take 5 }\nusers", 2),
    ])
    func statementsEnd(text: String, count: Int) {
        let result = parsed(text)
        #expect(result.diagnostics.isEmpty, "\(DiagnosticRenderer().render(result.diagnostics))")
        #expect(result.statements.count == count)
    }

    @Test func aClauseGoesOnFromTheLastAnswer() {
        for text in [
            "where arr > 50k", "sort -arr take 5", "| less -S", "format json", "take 5", "distinct", "summarize by region",
        ] {
            guard case .lastAnswer? = question(text)?.source else {
                Issue.record("\(text)")
                continue
            }
        }
    }

    @Test func clausesKeepTheirOrder() {
        let text = """
            people where a with b = 1 select c, d = e summarize n = count() by k, m = month(at) sort -n, k take 5 skip 2 distinct
              follow knows{1..3}, colleagues pivot stage as of 2026-01-01 chart line into "x.json"
            """
        let kinds = question(text)?.clauses.map { String(describing: $0.kind).prefix { $0 != "(" } }
        #expect(
            kinds == [
                "filter", "extend", "select", "summarize", "sort", "take", "skip", "distinct", "follow", "pivot", "asOf",
            ])
        #expect(question(text)?.delivery.file?.path == "x.json")
        #expect(question(text)?.delivery.chart == .line)
    }

    @Test(arguments: [
        ("each month in last 12 months with n = count(deals) take 3", CalendarUnit.month, "last 12 months"),
        ("each Days in 2026-01-01..2026-01-31 where true", .day, "2026-01-01..2026-01-31"),
        ("each quarter in 2025 select quarter", .quarter, "2025"),
    ])
    func eachHasItsParts(text: String, unit: CalendarUnit, range: String) {
        let question = question(text)
        guard case .each(let each)? = question?.source else {
            Issue.record("not each")
            return
        }
        #expect(each.unit == unit && each.range.canonicalText == range)
        #expect(question?.clauses.isEmpty == false)
        guard case .expression? = SyntaxTests.question("each in (1, 2)")?.source else {
            Issue.record("`each` is a name elsewhere")
            return
        }
    }

    @Test func pathsHaveTheirParts() {
        let text = """
            path from people["P"] to account "Acme"
              via knows[edge.x > 1], account strongest by edge.x within 4 take 3
            """
        guard case .path(let path)? = question(text)?.source, case .strongest(let value)? = path.order else {
            Issue.record("no path")
            return
        }
        #expect(path.from.canonicalText == "people[\"P\"]" && path.to.canonicalText == "account \"Acme\"")
        #expect(path.links.map(\.canonicalText) == ["knows[edge.x > 1]", "account"])
        #expect(value.canonicalText == "edge.x" && path.limit?.canonicalText == "4")
        #expect(question(text)?.clauses.count == 1)
        guard case .expression? = question("path where to = 1")?.source else {
            Issue.record("`path` is a name elsewhere")
            return
        }
    }

    @Test(arguments: [
        (
            "perspective retention \"A mature business\" {\n  --- Worth it.\n  define account.good=revenue>10k\n\n  goal x { measure a; from 1 on today; target 2 by 2026-12-31 }\n}",
            "perspective retention \"A mature business\" {\n  --- Worth it.\n  define account.good = revenue > 10000\n  goal x {\n    measure a\n    from 1 on today\n    target 2 by 2026-12-31\n  }\n}"
        ),
        (
            "relationship partner { experience 'e'\n cost count(touches[at in last 12 months]) * 40\n when any referrals\n needs \"a\", \"b\" }",
            "relationship partner {\n  when any referrals\n  needs \"a\", \"b\"\n  cost count(touches[at in last 12 months]) * 40\n  experience \"e\"\n}"
        ),
        (
            "goal keep { target 92% by 2026-Q4; from (from) on d; (-1) by d; (target) by d; measure retention(accounts[tier = \"gold\"]) }",
            "goal keep {\n  measure retention(accounts[tier = \"gold\"])\n  from from on d\n  (-1) by d\n  (target) by d\n  target 0.92 by 2026-Q4\n}"
        ),
        ("use none", "use none"), ("describe sales::account.good", "describe sales::account.good"),
        ("compare account . quiet( 60 days ) across a,`b c` take 3", "compare account.quiet(60 days) across a, `b c` take 3"),
        ("ask sales::q(1)", "ask sales::q(1)"), ("a.sales::good(1).x", "a.sales::good(1).x"),
    ])
    func meaningsPrint(text: String, canonical: String) {
        guard let found = statement(text) else { return }
        #expect(Printer.text(of: found) == canonical)
        guard let again = statement(canonical) else { return }
        #expect(Printer.text(of: again) == canonical)
    }

    @Test func aPerspectiveTellsAllItsMistakes() {
        let result = parsed("perspective p {\n  define a.x = ]\n  use q\n  define a.y = 1\n  define a.z = (1\n}\nusers")
        #expect(
            result.diagnostics.filter { $0.severity == .error }.count == 3, "\(DiagnosticRenderer().render(result.diagnostics))")
        #expect(result.statements.count == 1)
    }

    @Test func formattingKeepsTheCommentsOfAPerspective() {
        let text = "perspective p {  -- why\n  -- one\n  define  x=1   -- here\n\n\n  --- Two.\n  define y=2\n  -- end\n}\n"
        let expected = "perspective p {\n  -- why\n  -- one\n  define x = 1  -- here\n\n  --- Two.\n  define y = 2\n  -- end\n}\n"
        #expect(format(SourceText(name: "t", text: text)).text == expected)
        #expect(format(SourceText(name: "t", text: expected)).text == expected)
    }

    @Test(arguments: [
        "rows 3", "rows 3 of won", "rows 12 of sum(amount) where stage = \"won\" take 3", "let x = rows 1 select name",
        "duplicates of people by name, email above 0.85 take 3", "duplicates of accounts[tier = \"gold\"] by name",
        "why account \"Acme\".at_risk", "why (a > 5 and not b) format json", "why deal \"X\".amount | less",
    ])
    func evidenceReadsAsItIsWritten(text: String) {
        guard let found = statement(text) else { return }
        #expect(Printer.text(of: found) == text.replacingOccurrences(of: "why (a > 5 and not b)", with: "why a > 5 and not b"))
    }

    @Test(arguments: ["rows", "rows where a", "why", "why = 3", "duplicates", "duplicates where a", "rows.name"])
    func wordsOfEvidenceAreNamesElsewhere(text: String) {
        switch statement(text)?.kind {
        case .question(let question):
            if case .expression = question.source { break }
            Issue.record("\(text)")
        default: Issue.record("\(text)")
        }
    }

    @Test func aParamMayHaveADescription() {
        for (text, canonical) in [
            ("param region: text = \"EMEA\" \"Sales region\"", "param region: text = \"EMEA\" \"Sales region\""),
            ("param since: date = today \"From when\"", "param since: date = today \"From when\""),
            ("param n: number = a + b \"How many\"", "param n: number = a + b \"How many\""),
            ("param who: person = person \"Ann\" \"Whom\"", "param who: person = (person \"Ann\") \"Whom\""),
            ("param who: person", "param who: person"),
            ("param x = 5", "param x = 5"),
        ] {
            guard let found = statement(text) else { continue }
            #expect(Printer.text(of: found) == canonical)
        }
    }

    @Test func definitionsRead() {
        guard case .define(let definition)? = statement("define f(values: list of number, x: set of T = none): T = native")?.kind
        else {
            Issue.record("no definition")
            return
        }
        #expect(definition.body == nil)
        #expect(definition.hasParameterList)
        #expect(definition.parameters.map(\.name.text) == ["values", "x"])
        guard case .define(let other)? = statement("define account.native = native + 1")?.kind else {
            Issue.record("no definition")
            return
        }
        #expect(other.entity?.text == "account")
        #expect(other.body != nil)
        #expect(!other.hasParameterList)
    }

    @Test func schemaReads() {
        let text = """
            entity account (accounts) from "Account.csv" {
              --- The key.
              id:      text    key    from "Id"
              name:    text    label, key: text
              owner:   user    from "OwnerId" (accounts)
              time:    date    time
            }
            """
        guard case .entity(let entity)? = statement(text)?.kind else {
            Issue.record("no entity")
            return
        }
        #expect(entity.fields.map(\.name.text) == ["id", "name", "key", "owner", "time"])
        #expect(entity.fields[0].doc == "The key.")
        #expect(entity.fields[3].inverse?.text == "accounts")
        #expect(entity.fields[4].marks == [.time])
        guard
            case .link(let link)? = statement(
                "link person.knows: person from \"knows.csv\" (from_id, to_id) both ways (known_by) { since: date, strength: number }"
            )?.kind
        else {
            Issue.record("no link")
            return
        }
        #expect(link.bothWays)
        #expect(link.facts.count == 2)
    }

    @Test func describeAndExplain() {
        guard case .describe(nil, let names, _)? = statement("describe account.tier")?.kind else {
            Issue.record("no describe")
            return
        }
        #expect(names.map(\.text) == ["account", "tier"])
        guard case .describe? = statement("describe where")?.kind, case .explain? = statement("explain accounts where x")?.kind,
            case .explain? = statement("explain where x")?.kind
        else {
            Issue.record("no describe or explain")
            return
        }
    }

    @Test func aSpanCoversItsText() {
        let result = parsed("accounts where a = (b + 1)\n  take 5\nusers")
        #expect(result.statements.map(\.span.text) == ["accounts where a = (b + 1)\n  take 5", "users"])
        guard case .question(let question)? = result.statements.first?.kind,
            case .filter(let condition) = question.clauses[0].kind,
            case .binary(_, _, let right) = condition.kind
        else { return }
        #expect(condition.span.text == "a = (b + 1)")
        #expect(right.span.text == "(b + 1)")
    }
}
