import Syntax
import Testing

@Suite struct PromptTests {
    @Test(arguments: [
        "", "accounts", "accounts where x", "accounts select knows+", "100..", "a | less (", "accounts)", "(a]", "accounts -- (",
        "count(x)",
        "\"text\"", "rows 3;", "follow knows*", "`open", "accounts | ", "not",
    ])
    func isComplete(text: String) { #expect(inputIsComplete(text)) }

    @Test(arguments: [
        "accounts where (", "accounts[", "question q {", "accounts where x =", "accounts select a,", "x and", "x or", "\"open",
        "'open\nstill",
        "2 +", "2 + -- comment", "define a =", "if x then", "x ??", "a.", "sum(x) per", "f(a, [b]", "count(x) +", "where not",
        "summarize count() by",
    ])
    func isIncomplete(text: String) { #expect(!inputIsComplete(text)) }

    @Test func nearestNames() {
        let names = ["accounts", "account_id", "owner", "amount", "name", "first_name", "created_at", "deals"]
        #expect(nearest(to: "acounts", among: names).first == "accounts")
        #expect(nearest(to: "onwer", among: names) == ["owner"])
        #expect(nearest(to: "Owner", among: names) == ["owner"])
        #expect(nearest(to: "AccountId", among: names).first == "account_id")
        #expect(nearest(to: "creat", among: names) == ["created_at"])
        #expect(nearest(to: "xyz", among: names).isEmpty)
        #expect(nearest(to: "id", among: ["is", "in"]).isEmpty)
        #expect(nearest(to: "wehre", among: ["where", "were", "there"]).first == "where")
        #expect(nearest(to: "acc", among: names, limit: 1) == ["accounts"])
        #expect(nearest(to: "", among: names).isEmpty)
        #expect(nearest(to: "name", among: names, limit: 0).isEmpty)
    }

    @Test func widthsOfCharacters() {
        #expect(DisplayWidth.of("abc") == 3)
        #expect(DisplayWidth.of("日本語") == 6)
        #expect(DisplayWidth.of("e\u{301}") == 1)
        #expect(DisplayWidth.of("é") == 1)
        #expect(DisplayWidth.of("😀") == 2)
        #expect(DisplayWidth.of("👩‍👩‍👧") == 2)
        #expect(DisplayWidth.of("🇩🇪") == 2)
        #expect(DisplayWidth.of("❤️") == 2)
        #expect(DisplayWidth.of("❤") == 1)
        #expect(DisplayWidth.of("한글") == 4)
        #expect(DisplayWidth.of("ｱ") == 1)
        #expect(DisplayWidth.of("Ａ") == 2)
        #expect(DisplayWidth.of("\u{200B}") == 0)
        #expect(DisplayWidth.of("…€–") == 3)
        #expect(DisplayWidth.of("नमस्ते") > 0)
    }

    @Test func keywordsAreAllDescribed() {
        let described = Set(Keywords.all.map(\.word)).union(["as"])
        for keyword in Keyword.allCases { #expect(described.contains(keyword.rawValue), "\(keyword)") }
        #expect(Keywords.entry(for: "WHERE")?.kind == .clause)
        #expect(Keywords.entry(for: "as of")?.isAvailable == true)
    }

    @Test func aMessageMayCoverSeveralLinesAndHaveColours() {
        let source = SourceText(name: "q.crmq", text: "accounts where (\n  tier = 5\n  and x\n) take 5")
        let diagnostic = Diagnostic(
            .warning, code: "x", "all of this", at: Span(source, 15, source.bytes.count - 7), help: ["do less"])
        let expected = """
            q.crmq:1:16: warning: all of this
            1 | accounts where (
              |                ^
              ...
            4 | ) take 5
              | ^
            help: do less

            """
        #expect(DiagnosticRenderer().render(diagnostic) == expected)
        let coloured = DiagnosticRenderer(color: true).render(diagnostic)
        #expect(coloured.contains("\u{1B}[1;33mwarning:\u{1B}[0m"))
        let placeless = Diagnostic(.hint, code: "y", "nothing to see", at: nil, notes: [.init("really")])
        #expect(DiagnosticRenderer().render(placeless) == "hint: nothing to see\nnote: really\n")
    }
}
