import Foundation
import Output
import Session
import Store
import Syntax
import Testing

/// A text with the cursor at its `¦`, and what has to be offered there.
struct CompletionCase: CustomTestStringConvertible, Sendable {
    var text: String
    var first: [String] = []
    var contains: [String] = []
    var without: [String] = []
    var isEmpty = false
    /// Statements that run before.
    var setup = ""

    var testDescription: String { text }
}

struct CompletionTests {
    private static func candidates(_ test: CompletionCase) throws -> [CompletionList.Candidate] {
        let session = try CompletionFixture.session()
        if !test.setup.isEmpty {
            #expect(session.run(SourceText(name: "setup", text: test.setup)) == .success)
        }
        let parts = test.text.components(separatedBy: "¦")
        try #require(parts.count == 2)
        return session.complete(parts.joined(), cursor: parts[0].utf8.count).candidates
    }

    @Test(arguments: [
        // Statements and sources.
        CompletionCase(text: "acc¦", first: ["accounts"]),
        CompletionCase(
            text: "¦", first: ["accounts"], contains: ["define", "for", "describe", "goal"], without: ["where", "chart"]),
        CompletionCase(text: "whe¦", first: ["where"], setup: "accounts"),
        CompletionCase(text: "accounts\n  whe¦", first: ["where"]),
        CompletionCase(text: "explain acc¦", first: ["accounts"]),
        CompletionCase(text: "let gold = acc¦", first: ["accounts"]),
        CompletionCase(text: "go¦", first: ["golden"], setup: "let golden = accounts where tier = \"gold\""),
        CompletionCase(text: "coun¦", first: ["count"]),
        CompletionCase(text: "duplic¦", first: ["duplicates"]),
        CompletionCase(text: "duplicates of acc¦", first: ["accounts"]),
        CompletionCase(text: "duplicates of accounts ¦", contains: ["by"]),
        CompletionCase(text: "duplicates of accounts by na¦", first: ["name"]),
        CompletionCase(text: "duplicates of accounts by name ¦", contains: ["above", "where"]),
        CompletionCase(text: "duplicates of accounts by name select a.na¦", first: ["name"]),
        CompletionCase(text: "why acc¦", first: ["accounts"]),
        // Clauses and operators behind what is complete.
        CompletionCase(
            text: "accounts ¦", first: ["where"], contains: ["summarize", "take", "as of", "chart"], without: ["and"]),
        CompletionCase(text: "accounts wh¦", first: ["where"]),
        CompletionCase(text: "accounts chart ¦", first: ["line"], contains: ["bar", "heat"]),
        CompletionCase(text: "each ¦", first: ["day"], contains: ["month", "quarter"]),
        CompletionCase(text: "each month ¦", first: ["in"]),
        CompletionCase(text: "each month in last 3 months with n = count(deals) where ¦", contains: ["month", "n"]),
        CompletionCase(text: "accounts where tier ¦", contains: ["=", "in", "matches"]),
        CompletionCase(text: "accounts where tier = \"gold\" a¦", first: ["and"], without: ["arr"]),
        CompletionCase(text: "accounts where tier = \"gold\" s¦", first: ["select"]),
        CompletionCase(text: "accounts summarize count() b¦", first: ["by"]),
        CompletionCase(text: "accounts where tier = \"gold\" format ¦", first: ["table", "csv", "tsv", "json"]),
        CompletionCase(text: "accounts take 3 so¦", first: ["sort"]),
        CompletionCase(text: "deals where closed > 90 d¦", first: ["days"]),
        CompletionCase(text: "deals where closed > 90 days a¦", first: ["ago"]),
        CompletionCase(text: "accounts select if active t¦", first: ["then"]),
        // Names of the row.
        CompletionCase(text: "accounts where ti¦", first: ["tier"]),
        CompletionCase(text: "accounts select ¦", first: ["id", "name", "tier"], contains: ["owner", "deals"]),
        CompletionCase(text: "accounts where tier = \"gold\" and re¦", first: ["region"]),
        CompletionCase(text: "accounts with size = arr * 2 where siz¦", first: ["size"]),
        CompletionCase(text: "accounts with size = arr * 2, double = siz¦", first: ["size"]),
        CompletionCase(text: "deals summarize total = sum(amount), n = tot¦", first: ["total"]),
        CompletionCase(
            text: "deals summarize total = sum(amount) by stage sort -¦",
            first: ["stage", "total"], without: ["amount"]),
        CompletionCase(text: "accounts where nonsense = 1 select ti¦", first: ["tier"]),
        CompletionCase(text: "accounts where ((( select ti¦", contains: ["tier"]),
        CompletionCase(text: "where ti¦", first: ["tier"], setup: "accounts"),
        CompletionCase(text: "accounts select TI¦", first: ["tier"]),
        CompletionCase(text: "accounts select ir¦", isEmpty: true),
        CompletionCase(text: "accounts select crt¦", first: ["created"]),
        CompletionCase(text: "fields where head¦", first: ["header"]),
        // Brackets.
        CompletionCase(text: "deals[st¦", first: ["stage"]),
        CompletionCase(text: "accounts where any deals[st¦", first: ["stage"]),
        CompletionCase(text: "accounts select count(people.touches[ki¦", first: ["kind"]),
        CompletionCase(text: "accounts select deals.(am¦", first: ["amount"]),
        CompletionCase(text: "accounts select deals {st¦", first: ["stage"]),
        CompletionCase(text: "accounts select first(deals by -am¦", first: ["amount"]),
        CompletionCase(text: "accounts select sum(deals[stage = \"won\"].am¦", first: ["amount"]),
        CompletionCase(text: "accounts where any deals[stage = \"won\" and amount > ar¦", contains: ["arr"]),
        CompletionCase(text: "people where any knows[edge.st¦", first: ["strength"]),
        CompletionCase(text: "people where any knows[ed¦", first: ["edge"]),
        // Members.
        CompletionCase(text: "accounts select owner.te¦", first: ["team"]),
        CompletionCase(text: "accounts where tier = \"gold\" select owner.¦", first: ["id", "name", "team"], without: ["where"]),
        CompletionCase(text: "accounts.de¦", first: ["deals"]),
        CompletionCase(text: "accounts[tier = \"gold\"].people.to¦", first: ["touches"]),
        CompletionCase(text: "accounts follow de¦", first: ["deals"], without: ["define"]),
        CompletionCase(text: "people follow knows{1..2} where ho¦", first: ["hops"]),
        CompletionCase(text: "people where any knows[edge.strength > 0.5]{1..2}[na¦", first: ["name"]),
        // Paths.
        CompletionCase(text: "pat¦", contains: ["path"]),
        CompletionCase(text: "path from peo¦", first: ["people"]),
        CompletionCase(text: "path from people t¦", first: ["to"]),
        CompletionCase(text: "path from people to people v¦", first: ["via"]),
        CompletionCase(text: "path from people to people via kn¦", contains: ["knows"], without: ["people"]),
        CompletionCase(text: "path from people to people via knows, acc¦", first: ["account"], without: ["accounts"]),
        CompletionCase(text: "path from people to people via knows[edge.st¦", first: ["strength"]),
        CompletionCase(text: "path from people to people via knows s¦", first: ["shortest", "strongest"], contains: ["sort"]),
        CompletionCase(text: "path from people to people via knows strongest b¦", first: ["by"]),
        CompletionCase(text: "path from people to people via knows strongest by edge.strength w¦", first: ["within"]),
        CompletionCase(text: "path from people to people via knows within 3 ta¦", first: ["take"]),
        CompletionCase(text: "for a in accounts, p in a.pe¦", first: ["people"]),
        CompletionCase(text: "for a in accounts where a.ti¦", first: ["tier"]),
        CompletionCase(text: "for a in acc¦", first: ["accounts"]),
        CompletionCase(text: "for a ¦", first: ["in"]),
        CompletionCase(text: "for ¦", isEmpty: true),
        // Declarations.
        CompletionCase(text: "define acc¦", first: ["account"]),
        CompletionCase(text: "define account.won = sum(deals[st¦", first: ["stage"]),
        CompletionCase(
            text: "define account.quiet(days: duration = 90 days) = no people.touches[at > today - da¦", contains: ["days"]),
        CompletionCase(text: "question q(size: number) { accounts where arr > si¦", contains: ["size"]),
        CompletionCase(text: "param n: nu¦", first: ["number"]),
        CompletionCase(text: "define account.won = 1\naccounts select wo¦", first: ["won"]),
        CompletionCase(text: "accounts select wo¦", first: ["won"], setup: "define account.won = sum(deals.amount)"),
        CompletionCase(text: "ask q¦", first: ["quiet"], setup: "question quiet { accounts }"),
        CompletionCase(text: "describe acc¦", first: ["account"]),
        CompletionCase(text: "describe account.ti¦", first: ["tier"]),
        CompletionCase(text: "describe whe¦", first: ["where"]),
        // Names that are none without backquotes.
        CompletionCase(text: "accounts select `ti¦", first: ["tier"]),
        CompletionCase(text: "sort -`cou¦", first: ["count()"], setup: "deals summarize count() by stage"),
        CompletionCase(text: "sort -cou¦", first: ["`count()`"], setup: "deals summarize count() by stage"),
        // Nothing is known of these.
        CompletionCase(text: "accounts | les¦", isEmpty: true),
        CompletionCase(text: "accounts -- ti¦", isEmpty: true),
        CompletionCase(text: "accounts into \"fi¦", isEmpty: true),
        CompletionCase(text: "let go¦", isEmpty: true),
    ])
    func names(_ test: CompletionCase) throws {
        try check(test)
    }

    private static let perspectives = """
        perspective sales { define account.good = arr > 50; define account.lead = arr; question open { deals } }
        perspective service { define account.good = any people; define person.calm = no touches }
        """

    @Test(arguments: [
        CompletionCase(text: "use ¦", first: ["sales", "service"], setup: perspectives),
        CompletionCase(text: "accounts where sales::¦", first: ["good", "lead"], setup: perspectives),
        CompletionCase(text: "accounts select owner.sales::le¦", first: ["lead"], setup: perspectives),
        CompletionCase(text: "accounts where sales::good a¦", first: ["and"], setup: perspectives),
        CompletionCase(text: "describe service::¦", first: ["good", "calm"], setup: perspectives),
        CompletionCase(text: "describe serv¦", first: ["service"], setup: perspectives),
        CompletionCase(text: "compare ¦", contains: ["account"], setup: perspectives),
        CompletionCase(text: "compare account.¦", first: ["good", "lead"], without: ["tier"], setup: perspectives),
        CompletionCase(text: "compare account.good ¦", first: ["across"], setup: perspectives),
        CompletionCase(text: "compare account.good across sales, ¦", contains: ["service"], setup: perspectives),
        CompletionCase(text: "compare account.good across sales, service wh¦", first: ["where"], setup: perspectives),
        CompletionCase(text: "compare account.good across sales, service where sal¦", first: ["sales"], setup: perspectives),
        CompletionCase(text: "perspective p {\n  ¦", first: ["define", "question"], without: ["accounts"]),
        CompletionCase(text: "perspective p {\n  define account.x = ti¦", first: ["tier"]),
        CompletionCase(text: "perspective p {\n  question q { deals where st¦", first: ["stage"]),
        CompletionCase(text: "perspective p { define account.x = 1 }\nacc¦", first: ["accounts"]),
        CompletionCase(text: "relationship p {\n  ¦", first: ["when", "needs"]),
        CompletionCase(text: "relationship p {\n  when ti¦", first: ["tier"]),
        CompletionCase(text: "relationship p {\n  when any deals[st¦", first: ["stage"]),
        CompletionCase(text: "relationship p {\n  when true\n  wo¦", first: ["worth"]),
        CompletionCase(text: "goal g {\n  mea¦", first: ["measure"]),
        CompletionCase(text: "goal g {\n  measure coun¦", first: ["count"]),
        CompletionCase(text: "goals where sta¦", first: ["status"]),
    ])
    func meaning(_ test: CompletionCase) throws {
        try check(test)
    }

    @Test(arguments: [
        CompletionCase(
            text: "accounts where tier = ¦", first: ["\"gold\"", "\"silver\"", "\"gray\"", "none"], without: ["name"]),
        CompletionCase(text: "accounts where tier = \"g¦", first: ["gold", "gray"], without: ["silver"]),
        CompletionCase(text: "accounts where tier = \"G¦", first: ["gold"]),
        CompletionCase(text: "accounts where tier = \"g¦\"", first: ["gold"]),
        CompletionCase(text: "accounts where tier = 's¦", first: ["silver"]),
        CompletionCase(text: "accounts where tier = si¦", first: ["\"silver\""]),
        CompletionCase(text: "accounts where tier != \"¦", first: ["gold"]),
        CompletionCase(text: "accounts where tier ~ \"s¦", first: ["silver"]),
        CompletionCase(text: "accounts where tier in (\"gold\", \"s¦", first: ["silver"]),
        CompletionCase(text: "accounts where tier not in (¦", first: ["\"gold\""]),
        CompletionCase(text: "accounts where owner.team = \"E¦", first: ["Enterprise"]),
        CompletionCase(text: "accounts where any deals[stage = \"¦", first: ["won"]),
        CompletionCase(text: "deals where account.tier = \"g¦", first: ["gold"]),
        CompletionCase(text: "accounts select name, t = tier where t = \"g¦", first: ["gold"]),
        CompletionCase(text: "accounts where name = \"d¦", first: ["Delta \\\"D\\\" Ltd"]),
        CompletionCase(text: "accounts where active = ¦", first: ["true", "false"]),
        CompletionCase(text: "deals where closed > ¦", contains: ["today", "90 days ago"]),
        CompletionCase(text: "deals where closed in ¦", contains: ["last 90 days", "this quarter"]),
        CompletionCase(text: "accounts where owner = ¦", first: ["user"]),
        CompletionCase(text: "account \"¦", first: ["Acme"]),
        CompletionCase(text: "accounts[\"Bo¦", first: ["Borealis"]),
        CompletionCase(text: "accounts[\"A1¦", first: ["A1"]),
        CompletionCase(text: "accounts where owner = user \"lee¦", first: ["Ann Lee"]),
        CompletionCase(text: "accounts with tier = ¦", contains: ["region"], without: ["\"gold\""]),
        CompletionCase(text: "accounts where tier matches \"g¦", isEmpty: true),
    ])
    func values(_ test: CompletionCase) throws {
        try check(test)
    }

    private func check(_ test: CompletionCase) throws {
        let texts = try Self.candidates(test).map(\.text)
        #expect(Array(texts.prefix(test.first.count)) == test.first, "\(texts.prefix(12))")
        for wanted in test.contains { #expect(texts.contains(wanted), "\(wanted) is not in \(texts.prefix(40))") }
        for unwanted in test.without { #expect(!texts.contains(unwanted), "\(unwanted) is in \(texts.prefix(40))") }
        if test.isEmpty { #expect(texts.isEmpty, "\(texts.prefix(12))") }
        #expect(Set(texts).count == texts.count)
    }

    @Test func saysWhatFollowsTheOnlyCandidate() throws {
        func suffix(_ text: String) throws -> String? { try Self.candidates(CompletionCase(text: text)).first?.suffix }
        #expect(try suffix("accounts whe¦") == " ")
        #expect(try suffix("accounts select coun¦") == "(")
        #expect(try suffix("accounts where tier = \"go¦") == "\"")
        #expect(try suffix("accounts where tier = 'go¦") == "'")
        #expect(try suffix("accounts where tier = go¦") == "")
        #expect(try suffix("accounts select `tie¦") == "`")
    }

    @Test func replacesWhatWasTyped() throws {
        let session = try CompletionFixture.session()
        let text = "accounts where name = \"Ä\" and tier = \"go"
        let list = session.complete(text, cursor: text.utf8.count)
        #expect(list.replace == (text.utf8.count - 2)..<text.utf8.count)
        #expect(session.complete("acc ", cursor: 3).replace == 0..<3)
    }

    /// Any text, cut anywhere, must give an answer rather than a crash.
    @Test func standsAnyText() throws {
        let session = try CompletionFixture.session()
        let texts = [
            "for a in accounts, p in a.people where any p.touches[kind = \"call\"] summarize n = count() by a sort -n take 5",
            "accounts[tier in (\"gold\", 'x')].(arr - 1) & `x y`::z {a, b = 2} where if a then b else c ?? 90 days ago | less",
            "question q(a: number = 1) \"T\" { accounts where ) ] } \"\\\" sort -- x\n; ask q(1) into \"f\" format",
            "edge.edge.[({})].. .x = = in not in ( , by by per all last last 90 this $ € \u{1F600} 'ü",
        ]
        for text in texts {
            for cursor in 0...text.utf8.count {
                let list = session.complete(text, cursor: cursor)
                #expect(list.replace.lowerBound <= list.replace.upperBound)
                #expect(list.replace.upperBound <= text.utf8.count)
            }
        }
    }
}
