import Columns
import Output
import Resolve
import Syntax
import Types

extension Session {
    func perspectives() -> Answer {
        var table = TableBuilder([
            ("name", .text), ("description", .text), ("definitions", .number), ("questions", .number), ("relationships", .number),
            ("goals", .number), ("in_use", .bool),
        ])
        for name in environment.perspectiveNames {
            guard let perspective = environment.perspectives[name] else { continue }
            let declarations = perspective.declarations
            table.append([
                .text(name), text(perspective.description), .number(Number(declarations.definitionCount)),
                .number(Number(declarations.questions.count)), .number(Number(declarations.relationships.count)),
                .number(Number(declarations.goals.count)), .bool(environment.perspectiveInUse == name),
            ])
        }
        return table.finish()
    }

    /// Says of a comparison of conditions how many records count for all perspectives, for some, and for none, unless clauses behind it
    /// have made other rows of its rows.
    func tellSummary(of question: Question) throws {
        guard case .compare(var comparison) = question.source, !settings.quiet else { return }
        for clause in question.clauses {
            switch clause.kind {
            case .extend, .select, .sort, .take, .skip, .asOf: continue
            default: return
            }
        }
        comparison.keepsAll = true
        let names = comparison.perspectives
        let count = Expression(.call(Name("count", at: comparison.span), []), at: comparison.span)
        let keys = names.map { ColumnItem(name: nil, value: Expression(.name($0), at: $0.span)) }
        let summarize = Clause(.summarize([ColumnItem(name: nil, value: count)], by: keys), at: comparison.span)
        let counting = Question(
            source: .compare(comparison), clauses: [summarize] + question.clauses.filter(\.isAsOf), delivery: Delivery(),
            span: question.span)
        let answer: Answer
        do {
            answer = try answerQuietly(counting, from: environment.perspectiveInUse)
        } catch is ResolveErrors {
            // Sets and lists cannot be grouped by, and there is no saying of them who agrees.
            return
        }
        guard answer.columns.dropLast().allSatisfy({ $0.type == .bool }), let counts = answer.columns.last?.values else { return }
        var byPerspectives: [[Bool]: Int] = [:]
        for row in 0..<answer.rowCount {
            guard case .number(let number) = counts.value(at: row) else { continue }
            let holds = answer.columns.dropLast().map { $0.values.value(at: row) == .bool(true) }
            byPerspectives[holds, default: 0] += Int(number.doubleValue)
        }
        note(Self.summary(byPerspectives, names.map(\.text)))
    }

    /// `both 2, only sales 1, only service 3, neither 4`: of more than two perspectives, combinations without records are left out.
    private static func summary(_ counts: [[Bool]: Int], _ names: [String]) -> String {
        let isPair = names.count == 2
        let combinations: [[Bool]] =
            isPair
            ? [[true, true], [true, false], [false, true], [false, false]]
            : counts.keys.sorted {
                let (a, b) = ($0.count { $0 }, $1.count { $0 })
                return a != b ? a > b : $0.map { $0 ? "0" : "1" }.joined() < $1.map { $0 ? "0" : "1" }.joined()
            }
        return combinations.map { holds in
            let those = zip(names, holds).filter(\.1).map(\.0)
            let who =
                switch those.count {
                case 0: isPair ? "neither" : "none"
                case names.count: isPair ? "both" : "all"
                default:
                    "only "
                        + (those.count == 1
                            ? those[0] : those.dropLast().joined(separator: ", ") + " and " + those[those.count - 1])
                }
            return "\(who) \(grouped(counts[holds] ?? 0))"
        }.joined(separator: "; ")
    }
}
