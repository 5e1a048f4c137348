import Syntax
import Testing

@Suite struct ExpressionTests {
    @Test(arguments: [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("not a and b", "((not a) and b)"),
        ("not a = b", "(not (a = b))"),
        ("not not a", "(not (not a))"),
        ("a = b and c != d", "((a = b) and (c != d))"),
        ("a not in (1, 2) and b in 1..2", "((a not in list<1, 2>) and (b in (1..2)))"),
        ("a ?? b = c", "((a ?? b) = c)"),
        ("a & b ?? c & d", "((a & b) ?? (c & d))"),
        ("a ?? b ?? c", "((a ?? b) ?? c)"),
        ("1 + 2..3 * 4 & x", "(((1 + 2)..(3 * 4)) & x)"),
        ("a - b - c", "((a - b) - c)"),
        ("a + b * c % d / e", "(a + (((b * c) % d) / e))"),
        ("-a * b", "((-a) * b)"),
        ("- -a", "(-(-a))"),
        ("-a.b", "(-a.b)"),
        ("-any a", "(-(any a))"),
        ("a * -b", "(a * (-b))"),
        ("any a.b and no c[d]", "((any a.b) and (no c[d]))"),
        ("any (a)", "(any a)"),
        ("no a = false", "((no a) = false)"),
        ("name ~ \"acme\" and name matches \"^A\"", "((name ~ \"acme\") and (name matches \"^A\"))"),
        ("if a then b else c + 1", "(if a then b else (c + 1))"),
        ("if a then b else if c then d", "(if a then b else (if c then d))"),
        ("1 + if a then b else c", "(1 + (if a then b else c))"),
        ("a.b.c(d).e", "a.b.c(d).e"),
        ("orders.(revenue - cost)", "orders.((revenue - cost))"),
        ("deals[won] {stage, total = sum(amount)}", "deals[won]{stage, total = sum(amount)}"),
        ("person \"Ann Lee\".email", "person \"Ann Lee\".email"),
        ("accounts['ACC-17'].people", "accounts[\"ACC-17\"].people"),
        ("retention::good and x", "(retention::good and x)"),
        ("AND_x AnD y", "(AND_x and y)"),
    ])
    func operatorsBind(text: String, expected: String) {
        #expect(expression(text).map(grouped) == expected)
    }

    @Test(arguments: [
        ("referrals+", "repeat<referrals, 1, open>"),
        ("count(referrals+)", "count(repeat<referrals, 1, open>)"),
        ("sum(referrals*.account.orders.revenue)", "sum(repeat<referrals, 0, open>.account.orders.revenue)"),
        ("knows{1..3}", "repeat<knows, 1, 3>"),
        ("knows{2}", "repeat<knows, 2, 2>"),
        ("knows{2..}", "repeat<knows, 2, open>"),
        ("(knows, colleagues){1..2}", "repeat<knows, colleagues, 1, 2>"),
        ("(knows, colleagues)+", "repeat<knows, colleagues, 1, open>"),
        ("knows[edge.strength > 0.5]{1..3}", "repeat<knows[(edge.strength > 0.5)], 1, 3>"),
        ("person \"Ann\".reports_to*", "repeat<person \"Ann\".reports_to, 0, open>"),
        ("any referrals+ and x", "((any repeat<referrals, 1, open>) and x)"),
        ("x in knows+", "(x in repeat<knows, 1, open>)"),
        ("knows+ {name}", "repeat<knows, 1, open>{name}"),
        ("count(knows+ where x)", "count(repeat<knows, 1, open> where x)"),
        ("knows+[a]", "repeat<knows, 1, open>[a]"),
        ("(a, b)", "list<a, b>"),
        ("a+b", "(a + b)"),
        ("a+ b", "(a + b)"),
        ("a +b", "(a + b)"),
        ("a*(b)", "(a * b)"),
        ("a+-b", "(a + (-b))"),
        ("2*3", "(2 * 3)"),
        ("count(a)+1", "(count(a) + 1)"),
    ])
    func linksRepeat(text: String, expected: String) {
        #expect(expression(text).map(grouped) == expected)
    }

    @Test(arguments: [
        ("90 days ago", "(90 days ago)"),
        ("at > 90 days ago and x", "((at > (90 days ago)) and x)"),
        ("at > days ago", "(at > (days ago))"),
        ("(2 * n) ago", "((2 * n) ago)"),
        ("due < in 30 days", "(due < (in 30 days))"),
        ("at in today..in 30 days", "(at in (today..(in 30 days)))"),
        ("due in last 90 days", "(due in <last 90 day>)"),
        ("at in this quarter", "(at in <this - quarter>)"),
        ("at in Last Month or x", "((at in <last - month>) or x)"),
        ("next 2 weeks", "<next 2 week>"),
        ("last n months", "<last n month>"),
        ("last(touches).kind", "last(touches).kind"),
        ("last + 1", "(last + 1)"),
        ("month(at)", "month(at)"),
        ("day = 5", "(day = 5)"),
        ("1 day + 2 hours", "(1 day + 2 hours)"),
        ("today - days", "(today - days)"),
        ("x in 100..", "(x in (100..))"),
        ("x in ..5 and y", "((x in (..5)) and y)"),
        ("x in 1.. and y", "((x in (1..)) and y)"),
        ("2025-01-01..2025-06-30", "(2025-01-01..2025-06-30)"),
        ("2026 - 06", "(2026 - 6)"),
        ("2026-06", "2026-06"),
    ])
    func timesRead(text: String, expected: String) {
        #expect(expression(text).map(grouped) == expected)
    }

    @Test(arguments: [
        ("sum(x) per region", "(sum(x) per <region>)"),
        ("8 * sum(n) per account.region", "(8 * (sum(n) per <account.region>))"),
        ("sum(x) per (region, tier) / 2", "((sum(x) per <region, tier>) / 2)"),
        ("rank() per all", "(rank() per <>)"),
        ("deals.total(1) per month(at)", "(deals.total(1) per <month(at)>)"),
        ("count(distinct x)", "count(distinct x)"),
        ("count(distinct)", "count(`distinct`)"),
        ("sum(x where a and b)", "sum(x where (a and b))"),
        ("last(S by amount)", "last(S by amount)"),
        ("top(3, S by -at, name)", "top(3, S by desc at; name)"),
        ("count(stage = \"won\")", "count((stage = \"won\"))"),
        ("round(x, digits = 2)", "round(x, digits: 2)"),
        ("f(x, (a = 1))", "f(x, (a = 1))"),
        ("list(name where ok by -age)", "list(name where ok by desc age)"),
        ("percentile(x, 90%)", "percentile(x, 0.9)"),
    ])
    func callsRead(text: String, expected: String) {
        #expect(expression(text).map(grouped) == expected)
    }

    @Test func wordsOfFormsAreNamesElsewhere() {
        for word in [
            "path", "goal", "rows", "each", "duplicates", "compare", "why", "perspective", "relationship", "entity", "link",
            "use",
            "explain", "ask", "for", "last", "this", "next", "ago", "day", "months", "any", "no", "native", "all", "of", "from",
            "key",
            "time", "list", "today", "define", "param", "let", "question", "describe",
        ] {
            let text = "accounts where \(word) = 5 and a.\(word) > 1 select \(word), x = \(word) sort -\(word)"
            #expect(question(text)?.clauses.count == 3, "\(word)")
        }
        for word in [
            "path", "goal", "rows", "each", "duplicates", "compare", "perspective", "relationship", "entity", "link", "use",
        ] {
            #expect(question("\(word) where a > 1 take 5")?.clauses.count == 2, "\(word)")
            #expect(question("\(word)")?.clauses.count == 0, "\(word)")
        }
        for word in ["where", "select", "sort", "take", "format", "into", "with", "chart", "distinct"] {
            #expect(question("accounts select \(word), \(word).x sort -\(word) take 5")?.clauses.count == 3, "\(word)")
        }
    }
}
