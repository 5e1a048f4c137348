import Syntax
import Testing
import Types

@testable import Resolve

/// Declarations, parameters of the command line, and `describe`.
@Suite struct EnvironmentTests {
    private func statements(_ text: String) -> [Statement] { parse(SourceText(name: "d.crmq", text: text)).statements }

    private func name(_ text: String) -> Name { Name(text, at: Span(prelude, 0, 0)) }

    private func value(_ text: String, _ type: ValueType) -> Value? {
        try? environment().parse(text, as: type, parameter: "p")
    }

    @Test func aTextOfDeclarationsMayRefForward() {
        var environment = environment()
        let messages = environment.declare(
            statements("define account.good = rich and active\ndefine account.rich = arr > 5\ndefine account.bad = nonsense"))
        #expect(messages.map(\.code) == ["unknown-name"])
        #expect(environment.memberNames(of: EntityID(0)) == ["good", "rich"])
    }

    @Test func parametersAreReadByTheirTypes() {
        #expect(value("APAC", .text) == .text("APAC"))
        #expect(value("50k", .number) == .number(Number(50000)))
        #expect(value("-1.5", .number) == .number(.decimal(units: -15, scale: 1)))
        #expect(value("yes", .bool) == .bool(true))
        #expect(value("60 days", .duration) == .duration(Types.Duration(days: 60)))
        #expect(value("60", .duration) == .duration(Types.Duration(days: 60)))
        #expect(value("2026-01-01", .date) == .date(Calendar.day(year: 2026, month: 1, day: 1)))
        #expect(value("today", .date) == .date(clock.today))
        #expect(value("30 days ago", .date) == .date(clock.today - 30))
        #expect(value("2026-Q2", .period(nil)) == .period(Period(unit: .quarter, containing: clock.today)))
        #expect(value("Acme", .record(EntityID(0))) == .record(EntityID(0), row: 0))
        #expect(value("a, b", .list(.text)) == .list([.text("a"), .text("b")]))
    }

    @Test(arguments: [
        ("lots", ValueType.number, "\"lots\" is not a number, as --p needs"),
        ("maybe", .bool, "\"maybe\" is not true or false, as --p needs"),
        ("soon", .date, "\"soon\" is not a date, as --p needs"),
        ("2026-13-01", .date, "\"2026-13-01\" is not a date, as --p needs"),
        ("Acne", .record(EntityID(0)), "there is no account with the key or label \"Acne\""),
        ("Twin", .record(EntityID(0)), "2 accounts are called \"Twin\""),
    ]) func wrongParametersAreToldInWords(text: String, type: ValueType, message: String) {
        #expect { try environment().parse(text, as: type, parameter: "p") } throws: { ($0 as? Diagnostic)?.message == message }
    }

    @Test func aGivenParameterWinsOverTheDefault() throws {
        var environment = environment()
        environment.give(parameter: "days", text: "60")
        let messages = environment.declare(statements("param days: duration = 90 days \"How long\"\nparam region = \"EMEA\""))
        #expect(messages.isEmpty)
        #expect(environment.parameters["days"]?.value == .duration(Types.Duration(days: 60)))
        #expect(environment.parameters["days"]?.defaultText == "90 days")
        #expect(environment.parameters["region"]?.type == .text)
    }

    @Test func describeKnowsEveryKindOfThing() throws {
        var environment = environment()
        _ = environment.declare(
            statements(
                "--- Revenue to date.\n--- source: CFO\ndefine account.revenue = sum(orders.revenue)\nparam days = 5\nquestion q(n: number = 5) \"Why?\" { accounts take n }"
            ))
        #expect(try environment.describe([name("accounts")]).kind == .entity(EntityID(0)))
        #expect(try environment.describe([name("account"), name("tier")]).kind == .field(FieldID(EntityID(0), 2)))
        let link = try environment.describe([name("account"), name("owner")])
        #expect(link.type == "a user")
        #expect(link.lists.first?.items == ["user.accounts"])
        let revenue = try environment.describe([name("account"), name("revenue")])
        #expect(revenue.kind == .definition(EntityID(0)))
        #expect(revenue.doc == "Revenue to date.")
        #expect(revenue.remarks.first?.text == "CFO")
        #expect(revenue.body == "sum(orders.revenue)")
        let sum = try environment.describe([name("sum")])
        #expect(sum.kind == .aggregate)
        #expect(sum.signature == "sum(values: list of T): T")
        #expect(sum.examples == ["sum((1.5, 2, 3)) = 6.5"])
        #expect(try environment.describe([name("rank")]).kind == .window)
        #expect(try environment.describe([name("today")]).kind == .constant)
        #expect(try environment.describe([name("days")]).kind == .function, "a function wins over a parameter of its name")
        #expect(try environment.describe([name("q")]).signature == "question q(n: number = 5)")
        #expect(try environment.describe([name("golden")]).kind == .relation)
        #expect(try environment.describe([name("stage")]).name == "deal.stage")
        #expect(throws: Diagnostic.self) { try environment.describe([name("name")]) }
        #expect(throws: Diagnostic.self) { try environment.describe([name("nonsense")]) }
        #expect(try environment.describe([name("functions")]).lists.first?.items.contains("upper") == true)
    }

    @Test func aLibraryDefinitionThatTheDataCannotServeIsUnavailable() throws {
        let extra = SourceText(
            name: "stdlib/extra.crmq",
            text: "--- Health.\ndefine company.health = nps * 2\n\n--- Twice.\ndefine company.twice = arr * 2\n")
        let environment = Environment(catalogue: crm, clock: clock, library: Library([prelude, extra]))
        #expect(environment.memberNames(of: EntityID(0)) == ["health", "twice"])
        let health = try environment.describe([name("account"), name("health")])
        #expect(health.unavailable == "an account has no `nps`")
        let output = resolved("accounts select twice, health", in: environment)
        #expect(output.contains("q.crmq:1:24: error: `company.health` is not available with this data"))
        #expect(output.contains("stdlib/extra.crmq:2:25: note: in the definition of `company.health`"))
    }

    @Test func namesThatLetCannotTake() {
        #expect(environment().problem(withBinding: name("accounts"))?.code == "name-taken")
        #expect(environment().problem(withBinding: name("sum"))?.code == "name-taken")
        #expect(environment().problem(withBinding: name("mine")) == nil)
    }

    @Test func definitionsThatGrowWithoutBoundsAreRefused() {
        let doubled = (1...12).map { "define account.d\($0) = d\($0 - 1) + d\($0 - 1)" }.joined(separator: "\n")
        let output = resolved("define account.d0 = arr\n\(doubled)\naccounts select d12", showsSteps: false)
        #expect(output.contains("leads through too many definitions"))
    }

    @Test func aLongChainOfOperatorsIsNoDanger() {
        let chain = Array(repeating: "arr", count: 400).joined(separator: " + ")
        #expect(resolved("accounts select x = \(chain)").contains("columns x"))
    }
}
