import Syntax
import Testing

struct RenderingTests {
    private func diagnostic() -> Diagnostic {
        let source = SourceText(name: "q.crmq", text: "accounts where tear = 1", linesBefore: 4)
        return Diagnostic(
            code: "test", "there is no `tear` here", at: Span(source, 15, 19),
            help: ["fields of accounts: id, name, tier, region, owner, parent"])
    }

    @Test func longHelpIsBrokenForATerminal() {
        #expect(
            DiagnosticRenderer(width: 40).render(diagnostic()) == """
                q.crmq:5:16: error: there is no `tear` here
                5 | accounts where tear = 1
                  |                ^^^^
                help: fields of accounts: id, name,
                      tier, region, owner, parent

                """)
    }

    @Test func helpStaysALineForAProgram() {
        let text = DiagnosticRenderer().render(diagnostic())
        #expect(text.contains("help: fields of accounts: id, name, tier, region, owner, parent\n"))
    }
}
