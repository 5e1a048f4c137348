import Columns
import Resolve
import Store
import Syntax
import Types

extension Session {
    /// A row for each type of relationship, with what its accounts bring and cost; one without a name for the accounts that are of none.
    func relationships(isAsked: Bool, asOf day: Int32? = nil) throws -> Answer {
        var table = TableBuilder([
            ("perspective", .text), ("name", .text), ("description", .text), ("accounts", .number), ("needs", .list(.text)),
            ("experience", .text), ("worth", .number), ("cost", .number), ("margin", .number), ("worth_per_account", .number),
            ("cost_per_account", .number), ("margin_per_account", .number),
        ])
        guard isAsked else { return table.finish() }
        for (perspective, declarations) in environment.everything where !declarations.relationships.isEmpty {
            let amounts = try amounts(of: declarations.relationships, from: perspective, asOf: day)
            for type in declarations.relationships {
                let declaration = type.declaration
                table.append(
                    [
                        text(perspective), .text(type.name), text(type.description),
                        amounts[type.name]?.first ?? .number(Number(0)),
                        .list(declaration.needs.map { .text($0) }), text(declaration.experience),
                    ] + (amounts[type.name]?.dropFirst() ?? Array(repeating: .none, count: 6)[...]))
            }
            guard let rest = amounts[""]?.first else { continue }
            table.append([text(perspective), .none, .text("no type holds"), rest, .list([])] + Array(repeating: .none, count: 7))
        }
        return table.finish()
    }

    /// By the name of the type, how many accounts have it, and worth, cost and margin of all and of each; none for what no type names.
    private func amounts(of types: [DeclaredRelationship], from perspective: String?, asOf day: Int32?) throws -> [String:
        [Value]]
    {
        let hasWorth = types.contains { $0.declaration.worth != nil }
        let hasCost = types.contains { $0.declaration.cost != nil }
        var items = ["accounts = count()"]
        if hasWorth { items.append("worth = sum(relationship_worth)") }
        if hasCost { items.append("cost = sum(relationship_cost)") }
        if hasWorth || hasCost {
            items.append("margin = \(hasWorth ? "(worth ?? 0)" : "0") - \(hasCost ? "(cost ?? 0)" : "0")")
        }
        let parts = ["worth", "cost", "margin"].filter { name in items.contains { $0.hasPrefix("\(name) = ") } }
        items += parts.map { "\($0)_per_account = round(\($0) / accounts, 2)" }
        let written = "account summarize \(items.joined(separator: ", ")) by relationship"
        guard case .question(let question)? = parse(SourceText(name: "<relationships>", text: written)).statements.first?.kind
        else {
            return [:]
        }
        let answer = try answerQuietly(question, from: perspective, asOf: day)
        let declared = Dictionary(types.map { ($0.name, $0.declaration) }) { first, _ in first }
        var amounts: [String: [Value]] = [:]
        for row in 0..<answer.rowCount {
            var name = ""
            if case .text(let text) = answer.columns[0].values.value(at: row) { name = text }
            amounts[name] = [
                "accounts", "worth", "cost", "margin", "worth_per_account", "cost_per_account", "margin_per_account",
            ].map {
                header in
                let declaration = declared[name]
                let isNamed =
                    switch header.split(separator: "_").first {
                    case "worth": declaration?.worth != nil
                    case "cost": declaration?.cost != nil
                    case "margin": declaration?.worth != nil || declaration?.cost != nil
                    default: true
                    }
                guard isNamed, let column = answer.columns.first(where: { $0.name == header }) else { return .none }
                return column.values.value(at: row)
            }
        }
        return amounts
    }
}
