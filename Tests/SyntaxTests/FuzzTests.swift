import Foundation
import Syntax
import Testing

/// Texts that nobody would write must neither crash nor hang, and what parses must print to what parses the same.
@Suite struct FuzzTests {
    /// `CRMQ_FUZZ=20` tries so many times as many; by default the suite takes a second or two even without optimization.
    private static let factor = ProcessInfo.processInfo.environment["CRMQ_FUZZ"].flatMap { Int($0) } ?? 1

    private static let seed = UInt64(factor)

    private static let pieces: [String] = [
        "accounts", "where", "with", "select", "summarize", "sort", "take", "skip", "distinct", "follow", "pivot", "as", "of",
        "chart",
        "format", "json", "into", "define", "param", "let", "use", "question", "entity", "link", "describe", "explain",
        "perspective",
        "goal", "relationship", "when", "needs", "measure", "target", "on", "across", "why", "rows", "for", "ask", "path", "from",
        "each", "month", "duplicates", "compare", "and", "or", "not", "in",
        "matches",
        "any", "no", "if", "then", "else", "per", "by", "ago", "true", "none", "it", "last", "this", "days", "native", "list",
        "all",
        "null", "like", "a", "b", "x", "f(", "g(x", "(", ")", "[", "]", "{", "}", ".", "..", ",", ";", ":", "::", "=", "!=", "<",
        ">=", "~",
        "+", "-", "*", "/", "%", "&", "??", "|", "!", "==", "--", "\n", "\n", "1", "2.5", "90%", "50k", "2026-06-30", "2026-06",
        "2026-Q2",
        "2026-06-30T14:05Z", "\"text\"", "'t'", "\"", "`name`", "`", "@", "“", "é", "日本", "\\", "\t", "  ", "x=", "a+", "b*",
        "{1..3}", "[x]",
    ]

    @Test func randomBytes() {
        var generator = SeededGenerator(state: Self.seed)
        for _ in 0..<4_000 * Self.factor {
            let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            exercise(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func randomTokens() {
        var generator = SeededGenerator(state: Self.seed + 1)
        for _ in 0..<6_000 * Self.factor {
            var text = ""
            for _ in 0..<Int.random(in: 0..<20, using: &generator) {
                text += Self.pieces.randomElement(using: &generator) ?? ""
                if Bool.random(using: &generator) { text += " " }
            }
            exercise(text)
        }
    }

    /// Most random texts are no expressions, so these are built to be.
    @Test func randomExpressions() {
        var generator = SeededGenerator(state: Self.seed + 2)
        for _ in 0..<2_000 * Self.factor {
            let text = "x where " + randomExpression(depth: 4, &generator)
            let result = parsed(text)
            guard result.diagnostics.isEmpty, let statement = result.statements.first, result.statements.count == 1 else {
                continue
            }
            checkRoundTrip(statement, from: text)
        }
    }

    @Test func deepAndLongTextsEnd() {
        for unit in [
            "(", "[", "{", "f(", "not ", "- ", "any ", "if ", "a[", "x.(", "1 + ", "a.b", "a ?? ", "..", "in ", "\"", "`", "|",
            ",", "list of ",
        ] {
            exercise(String(repeating: unit, count: 3_000 * Self.factor))
            exercise("define x: " + String(repeating: unit, count: 300))
        }
        exercise(String(repeating: "\\\"\n", count: 20_000))
    }

    /// What stands around the inner expression; each of these is read without the parentheses that it may be printed in.
    private static let surroundings: [(before: String, after: String)] = [
        ("(", ")"), ("not ", ""), ("- ", ""), ("-(", ")"), ("..", ""), ("any ", ""), ("any (", ")"), ("no (", " ago)"),
        ("in (", ")"),
        ("(", ") ago"), ("any (", ") ago"), ("any f(", ") per x"), ("if ", " then b"), ("if a then ", ""),
        ("if a then ", " else b"),
        ("(if a then b else ", ")"), ("f(", ")"), ("f(x, ", ")"), ("f(distinct (", ") + 1)"), ("f(x where ", ")"),
        ("f(x by ", ")"),
        ("f(x by -", ")"), ("f(x by (", ") + 1)"), ("f(x, y = ", ")"), ("f(x, (y) = ", ")"), ("a[", "]"), ("(", ")[x]"),
        ("a {", "}"),
        ("a {x, ", "}"), ("a {x = ", "}"), ("a {(5) + ", "}"), ("a {(y) = ", "}"), ("(", ").x"), ("a.(", ")"), ("a.(b, ", ")"),
        ("(", ", b)+"), ("(", "){1..3}"), ("f() per ", ""), ("f() per (", ", b)"), ("f() per f(", ")"), ("f(", ") per all"),
        ("(f(", ") per all).x"), ("(f(", ") ago)[x]"), ("a + ", ""), ("a * (", ")"), ("(", ") * a"), ("(", " + a) * b"),
        ("a or ", ""), ("(", " or a) and b"), ("a and not ", ""), ("a = ", ""), ("a = not ", ""), ("(", ") = a"),
        ("(a) = (", ")"),
        ("(a = ", ") = b"), ("a ?? ", ""), ("a..", ""), ("(", ")..b"), ("(", "..)"), ("((", ".. ) + b)"), ("a in ", ""),
        ("(-a) + ", ""),
        ("(..a) + (", ")"), ("1 = not ", ""), ("p::q(", ")"), ("a.p::q(", ")"),
    ]

    private static let places: [(before: String, after: String)] = [
        ("", ""), ("(", ")"), ("a where ", ""), ("a select ", ""), ("a select x = ", ", b"), ("a summarize ", " by x"),
        ("a sort ", ""),
        ("a sort -", ""), ("a follow ", ""), ("a pivot ", ""), ("define x = ", ""), ("why ", ""), ("let x = ", ""),
        ("ask f(", ")"),
        ("a as of ", ""), ("for x in ", ", y in b"), ("duplicates of ", " by b"),
    ]

    /// The printer adds parentheses that the text did without. What is nested as deeply as can be read must not become deeper by them.
    @Test func whatIsDeepIsPrintedNoDeeper() {
        var generator = SeededGenerator(state: Self.seed + 3)
        for _ in 0..<60 * Self.factor {
            let pattern = (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in
                Self.surroundings.randomElement(using: &generator)
            }
            checkDeepest(pattern, in: Self.places.randomElement(using: &generator) ?? ("", ""))
        }
    }

    /// Puts a pattern into itself as often as can be read.
    private func checkDeepest(_ pattern: [(before: String, after: String)], in place: (before: String, after: String)) {
        func text(levels: Int) -> String {
            var (before, after) = (place.before, place.after)
            for level in 0..<levels {
                before += pattern[level % pattern.count].before
                after = pattern[level % pattern.count].after + after
            }
            return before + "v" + after
        }
        var (lower, upper) = (0, 200)
        while upper - lower > 1 {
            let middle = (lower + upper) / 2
            let result = parsed(text(levels: middle))
            if result.diagnostics.isEmpty, result.statements.count == 1 { lower = middle } else { upper = middle }
        }
        // Some of these mean something else, or nothing, one level down.
        for levels in max(0, lower - 2)...lower + 2 {
            let deepest = text(levels: levels)
            let result = parsed(deepest)
            guard result.diagnostics.isEmpty, let statement = result.statements.first, result.statements.count == 1 else {
                continue
            }
            checkRoundTrip(statement, from: deepest)
        }
    }

    private func exercise(_ text: String) {
        let source = SourceText(name: "f", text: text)
        let result = parse(source)
        if text.utf8.count % 4 == 0 {
            _ = inputIsComplete(text)
            if let first = result.diagnostics.first { _ = DiagnosticRenderer().render(first) }
        }
        for diagnostic in result.diagnostics {
            if (diagnostic.span?.upper ?? .max) > source.bytes.count {
                Issue.record("a place outside of \(text.debugDescription)")
            }
        }
        for statement in result.statements { checkRoundTrip(statement, from: text) }
    }

    private func checkRoundTrip(_ statement: Statement, from text: String) {
        // What is reserved is copied as written, and a mistake in it is only found when it exists.
        let printed = Printer.text(of: statement)
        let again = parsed(printed)
        if !again.diagnostics.isEmpty || again.statements.count != 1 {
            Issue.record("\(text.debugDescription) printed as \(printed.debugDescription)")
            return
        }
        let twice = Printer.text(of: again.statements[0])
        if twice != printed {
            Issue.record("\(text.debugDescription): \(printed.debugDescription), then \(twice.debugDescription)")
        }
    }

    private func randomExpression(depth: Int, _ generator: inout SeededGenerator) -> String {
        if depth == 0 {
            return ["a", "b.c", "5", "\"t\"", "90 days", "none", "today", "`where`", "2026-06", "it"].randomElement(
                using: &generator) ?? "a"
        }
        let first = randomExpression(depth: depth - 1, &generator)
        let second = randomExpression(depth: Int.random(in: 0..<depth, using: &generator), &generator)
        switch Int.random(in: 0..<24, using: &generator) {
        case 0: return "not \(first)"
        case 1: return "-\(first)"
        case 2: return "(\(first))"
        case 3: return "(\(first)).x"
        case 4: return "(\(first))[\(second)]"
        case 5: return "any (\(first))"
        case 6: return "f(\(first), \(second))"
        case 7: return "count(distinct \(first) where \(second) by -\(first), x)"
        case 8: return "(\(first)..\(second))"
        case 9: return "(\(first), \(second))"
        case 10: return "if \(first) then \(second) else a"
        case 11: return "(if \(first) then \(second))"
        case 12: return "(\(first)) ago"
        case 13: return "sum(\(first)) per (\(second))"
        case 14: return "(\(first)) {\(second), n = \(first)}"
        case 15: return "(\(first)){1..3}"
        case 16: return "(\(first)).(\(second))"
        case 17: return "(in (\(first)))"
        case 18: return "(a, b)+"
        case 19: return "rank() per (\(first), \(second))"
        default:
            let operators = BinaryOperator.allCases
            return "\(first) \(operators.randomElement(using: &generator)?.rawValue ?? "or") \(second)"
        }
    }
}
