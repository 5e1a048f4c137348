import Syntax
import Types

extension QuestionGenerator {
    mutating func condition(_ names: Names, depth: Int) -> Expr {
        func make(_ text: String) -> Expr { Expr(text: text, type: .bool, isComposite: true) }
        if depth > 1, random.chance(22) {
            let left = condition(names, depth: depth - 1)
            let right = condition(names, depth: depth - 1)
            return make("\(left.operand) \(random.pick(["and", "or"])) \(right.operand)")
        }
        if depth > 1, random.chance(8) { return make("not \(condition(names, depth: depth - 1).operand)") }
        if depth > 0, random.chance(20), let set = pathSet(names, depth: depth - 1) {
            return setCondition(set, names, depth: depth)
        }
        switch random.below(16) {
        case 0..<3: return textCondition(names, depth: depth)
        case 3..<6: return numberCondition(names, depth: depth)
        case 6..<9: return momentCondition(names, depth: depth)
        case 9:
            if let bool = plainField(.bool, names) { return bool }
            return textCondition(names, depth: depth)
        case 10:
            let value = scalar(random.pick([.text, .number, .date, .time, .bool]), names, depth: 1)
            return make("\(value.operand) \(random.pick(["=", "!="])) none")
        case 11: return sameTypeCondition(names, depth: depth)
        case 12: return recordCondition(names, depth: depth)
        case 13: return testOfText(names, depth: depth)
        case 14: return edgeCondition(names) ?? membership(names, depth: depth)
        default: return membership(names, depth: depth)
        }
    }

    private mutating func comparison() -> String { random.pick(["=", "!=", "<", "<=", ">", ">="]) }

    /// `any S`, `no S`, `count(S) > 2`, an aggregate over a set compared with a value.
    private mutating func setCondition(_ set: SetExpr, _ names: Names, depth: Int) -> Expr {
        let text: String
        switch random.below(6) {
        case 0, 1: text = "any \(set.text)"
        case 2: text = "no \(set.text)"
        case 3: text = "count(\(set.text)) \(comparison()) \(random.below(5))"
        default:
            let value = aggregate(over: set, names, depth: depth, wanting: .number)
            text =
                value.isInexact
                ? "\(value.text) \(random.pick(["<", ">"])) \(random.below(400)).0137"
                : "\(value.text) \(comparison()) \(random.below(400))"
        }
        return Expr(text: text, type: .bool, isComposite: true)
    }

    private mutating func textCondition(_ names: Names, depth: Int) -> Expr {
        let value = scalar(.text, names, depth: depth - 1)
        let other = value.field.map { occurring(in: $0) }.flatMap(literal) ?? "\"won\""
        return Expr(text: "\(value.operand) \(comparison()) \(other)", type: .bool, isComposite: true)
    }

    private mutating func numberCondition(_ names: Names, depth: Int) -> Expr {
        let value = scalar(.number, names, depth: depth - 1)
        if value.isInexact {
            return Expr(
                text: "\(value.operand) \(random.pick(["<", ">"])) \(random.below(300)).0137", type: .bool, isComposite: true)
        }
        let other = value.field.map { occurring(in: $0) }.flatMap(literal) ?? "\(random.below(120))"
        return Expr(text: "\(value.operand) \(comparison()) \(other)", type: .bool, isComposite: true)
    }

    /// A date or a time compared with a moment, a period or a span.
    private mutating func momentCondition(_ names: Names, depth: Int) -> Expr {
        let type: ValueType = random.chance(60) ? .date : .time
        let value = scalar(type, names, depth: depth - 1)
        let field = value.field
        let text: String
        switch random.below(10) {
        case 0..<3: text = "\(value.operand) \(comparison()) \(field.map { occurring(in: $0) }.flatMap(literal) ?? "today")"
        case 3: text = "\(value.operand) \(comparison()) \(random.pick(["90", "400", "7", "1000"])) days ago"
        case 4:
            let number = random.pick([3, 60, 90, 400, 2000])
            text =
                "\(value.operand) \(random.pick(["in", "not in"])) \(random.pick(["last", "next"])) \(number) \(random.pick(["days", "weeks"]))"
        case 5:
            text =
                "\(value.operand) \(random.pick(["in", "not in"])) \(random.pick(["this", "last", "next"])) \(random.pick(["month", "quarter", "year", "week"]))"
        case 6: text = "\(value.operand) \(comparison()) \(literal(.period(periodLiteral(field))) ?? "2025-06")"
        case 7: text = "\(value.operand) in \(span(field))"
        case 8: text = "\(value.operand) \(comparison()) \(literal(.date(dayLiteral(field))) ?? "today")"
        default: text = "\(value.operand) \(comparison()) \(dayLiteralYear(field))"
        }
        return Expr(text: text, type: .bool, isComposite: true)
    }

    /// A day that occurs in a field, or one near today.
    mutating func dayLiteral(_ field: FieldID?) -> Int32 {
        switch field.map({ occurring(in: $0) }) ?? .none {
        case .date(let day): day
        case .time(let instant): Rules.day(instant)
        default: today - Int32(random.below(700))
        }
    }

    private mutating func dayLiteralYear(_ field: FieldID?) -> Int { Types.Calendar.civil(dayLiteral(field)).year }

    private mutating func periodLiteral(_ field: FieldID?) -> Period {
        Period(unit: random.pick([.month, .quarter]), containing: dayLiteral(field))
    }

    /// `2025-01-01..2025-06-30`, open at a side now and then.
    private mutating func span(_ field: FieldID?) -> String {
        let days = [dayLiteral(field), dayLiteral(field)].sorted().map { literal(.date($0)) ?? "today" }
        return range(days)
    }

    private mutating func range(_ bounds: [String]) -> String {
        switch random.below(4) {
        case 0: "\(bounds[0]).."
        case 1: "..\(bounds[1])"
        default: "\(bounds[0])..\(bounds[1])"
        }
    }

    private mutating func sameTypeCondition(_ names: Names, depth: Int) -> Expr {
        let type: ValueType = random.pick([.text, .number, .date, .time, .duration, .bool])
        var left = scalar(type, names, depth: depth - 1)
        var right = scalar(type, names, depth: depth - 1)
        if left.isInexact || right.isInexact {
            left = exact(left)
            right = exact(right)
        }
        return Expr(text: "\(left.operand) \(comparison()) \(right.operand)", type: .bool, isComposite: true)
    }

    /// Records are compared with each other and with sets.
    private mutating func recordCondition(_ names: Names, depth: Int) -> Expr {
        guard let left = recordValue(names, depth: 1), case .record(let entity) = left.type else {
            return textCondition(names, depth: depth)
        }
        let text: String
        if random.chance(30) {
            text = "\(left.operand) \(random.pick(["=", "!="])) none"
        } else if depth > 0, random.chance(60), let set = pathSet(names, depth: depth - 1), set.entity == entity {
            text = "\(left.operand) \(random.pick(["in", "not in"])) \(set.text)"
        } else if depth > 0, random.chance(30) {
            let set = rootSet(depth: 1, hiding: names)
            text = set.entity == entity ? "\(left.operand) in \(set.text)" : "\(left.operand) != none"
        } else if let right = recordValue(names, depth: 0, of: entity) {
            text = "\(left.operand) \(random.pick(["=", "!="])) \(right.operand)"
        } else {
            text = "\(left.operand) != none"
        }
        return Expr(text: text, type: .bool, isComposite: true)
    }

    /// `~`, `matches` and the functions that ask something of a text.
    private mutating func testOfText(_ names: Names, depth: Int) -> Expr {
        let value = scalar(.text, names, depth: depth - 1)
        var sample = "an"
        if let field = value.field, case .text(let text) = occurring(in: field), !text.isEmpty {
            let start = random.below(text.count)
            sample = String(text.dropFirst(start).prefix(1 + random.below(4)))
        }
        let quoted = literal(.text(sample)) ?? "\"a\""
        let text: String
        switch random.below(7) {
        case 0, 1: text = "\(value.operand) ~ \(literal(.text(random.chance(50) ? sample.uppercased() : sample)) ?? "\"a\"")"
        case 2:
            text =
                "\(value.operand) matches \(random.pick(["\"^[A-M]\"", "\"[0-9]+\"", "\"an|er\"", "\"o.$\"", "\"(a|e)[^ ]*n\""]))"
        case 3: text = "starts_with(\(value.text), \(quoted))"
        case 4: text = "ends_with(\(value.text), \(quoted))"
        case 5: text = "contains(\(value.text), \(quoted))"
        default: text = "position(\(value.text), \(quoted)) > 2"
        }
        return Expr(text: text, type: .bool, isComposite: true)
    }

    /// A fact about the pair through which the record at hand was reached.
    private mutating func edgeCondition(_ names: Names) -> Expr? {
        guard let edge = names.edge,
            let field = (fields(of: edge, .number) + fields(of: edge, .date)).randomElement(using: &random),
            let value = literal(occurring(in: field))
        else { return nil }
        return Expr(text: "edge.\(named(schema[field].name)) \(comparison()) \(value)", type: .bool, isComposite: true)
    }

    /// A value in a list or a range.
    private mutating func membership(_ names: Names, depth: Int) -> Expr {
        let type: ValueType = random.pick([.text, .text, .number, .date])
        let value = exact(scalar(type, names, depth: depth - 1))
        let word = random.pick(["in", "in", "not in"])
        guard let field = value.field else {
            return type == .number
                ? Expr(text: "\(value.operand) \(word) \(range(["3", "120"]))", type: .bool, isComposite: true)
                : Expr(text: "\(value.operand) != none", type: .bool, isComposite: true)
        }
        if type == .number, random.chance(50) {
            let bounds = [occurring(in: field), occurring(in: field)].sorted { (Rules.order($0, $1) ?? 0) < 0 }.compactMap(
                literal)
            return Expr(text: "\(value.operand) \(word) \(range(bounds))", type: .bool, isComposite: true)
        }
        var elements = (0..<random.pick([1, 2, 3])).map { _ in literal(occurring(in: field)) ?? "none" }
        if random.chance(15) { elements.append("none") }
        if elements.count == 1 { elements.append(elements[0]) }
        return Expr(text: "\(value.operand) \(word) (\(elements.joined(separator: ", ")))", type: .bool, isComposite: true)
    }
}
