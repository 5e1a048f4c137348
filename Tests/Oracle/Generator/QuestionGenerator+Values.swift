import Syntax
import Types

extension QuestionGenerator {
    /// A value of any type that can stand in a column.
    mutating func anyValue(_ names: Names, depth: Int) -> Expr {
        if random.chance(8), let record = recordValue(names, depth: depth - 1) { return record }
        if random.chance(8) { return condition(names, depth: depth - 1) }
        if random.chance(4), let set = pathSet(names, depth: 1) { return Expr(text: "\(set.text)", type: .set(set.entity)) }
        return scalar(
            random.pick([.number, .number, .number, .text, .text, .date, .time, .duration, .period(.month), .bool]), names,
            depth: depth)
    }

    /// The value itself, or rounded where its last digits are not sure.
    func exact(_ value: Expr) -> Expr {
        guard value.isInexact else { return value }
        return Expr(text: "round(\(value.text), 3)", type: .number)
    }

    mutating func scalar(_ type: ValueType, _ names: Names, depth: Int) -> Expr {
        if random.chance(depth > 0 ? 50 : 92), let field = plainField(type, names) { return field }
        if depth > 0, random.chance(20), let set = pathSet(names, depth: depth - 1) {
            switch type {
            case .number, .text, .date, .bool, .duration: return aggregate(over: set, names, depth: depth, wanting: type)
            default: break
            }
        }
        if depth > 0, random.chance(7) { return choice(type, names, depth: depth) }
        switch type {
        case .number: return number(names, depth: depth)
        case .text: return text(names, depth: depth)
        case .date: return date(names, depth: depth)
        case .time: return plainField(.time, names) ?? Expr(text: "time(\(date(names, depth: 0).text))", type: .time)
        case .duration: return duration(names, depth: depth)
        case .period(let unit):
            let word = (unit ?? .month).rawValue
            let moment = scalar(random.chance(70) ? .date : .time, names, depth: 0)
            return Expr(text: "\(word)(\(moment.text))", type: type)
        default: return condition(names, depth: max(0, depth - 1))
        }
    }

    /// A column or a field, of the record or of one that to-one links lead to.
    mutating func plainField(_ type: ValueType, _ names: Names) -> Expr? {
        var found = names.columns.filter { $0.type == type }
            .map { Expr(text: $0.name, type: type, isInexact: $0.isInexact, field: $0.field) }
        if let entity = names.records.last {
            found += fields(of: entity, type).map { Expr(text: named(schema[$0].name), type: type, field: $0) }
        }
        if found.isEmpty || random.chance(20), let record = recordValue(names, depth: 0), case .record(let entity) = record.type {
            found = fields(of: entity, type).map {
                Expr(text: "\(record.operand).\(named(schema[$0].name))", type: type, field: $0)
            }
        }
        if names.records.count > 1, random.chance(12), let outer = outerField(type, names) { return outer }
        return found.isEmpty ? nil : random.pick(found)
    }

    /// A field of a row around the brackets that nothing nearer hides.
    private mutating func outerField(_ type: ValueType, _ names: Names) -> Expr? {
        let outer = names.records[random.below(names.records.count - 1)]
        let nearer = names.records.dropFirst((names.records.firstIndex(of: outer) ?? 0) + 1)
        let visible = fields(of: outer, type).filter { field in
            nearer.allSatisfy {
                schema.field(named: schema[field].name, of: $0) == nil && schema.link(named: schema[field].name, of: $0) == nil
            }
        }
        return visible.randomElement(using: &random).map { Expr(text: named(schema[$0].name), type: type, field: $0) }
    }

    /// `if`, `??` and their like.
    private mutating func choice(_ type: ValueType, _ names: Names, depth: Int) -> Expr {
        let first = scalar(type, names, depth: depth - 1)
        let second = scalar(type, names, depth: depth - 1)
        let isInexact = first.isInexact || second.isInexact
        let text: String
        switch random.below(5) {
        case 0, 1: text = "\(first.operand) ?? \(second.operand)"
        case 2: text = "if \(condition(names, depth: depth - 1).operand) then \(first.operand) else \(second.operand)"
        case 3 where type != .bool: text = "\(random.pick(["least", "greatest"]))(\(first.text), \(second.operand))"
        default:
            if isInexact { return first }
            text = "none_if(\(first.text), \(second.operand))"
        }
        return Expr(text: text, type: type, isInexact: isInexact, isComposite: true)
    }

    // MARK: Numbers

    private mutating func number(_ names: Names, depth: Int) -> Expr {
        guard depth > 0 else { return plainField(.number, names) ?? Expr(text: "\(random.below(50))", type: .number) }
        switch random.below(9) {
        case 0..<3: return arithmetic(names, depth: depth)
        case 3: return numberFunction(scalar(.number, names, depth: depth - 1))
        case 4:
            let moment = scalar(random.pick([.date, .time]), names, depth: depth - 1)
            let part = random.pick([
                "day", "weekday", "day_of_year", "week_of_year", "month_of_year", "quarter_of_year",
            ])
            return Expr(text: "\(part)(\(moment.text))", type: .number)
        case 5:
            let length = duration(names, depth: depth - 1)
            return Expr(text: "\(random.pick(["days", "hours", "minutes"]))(\(length.text))", type: .number, isInexact: true)
        case 6: return Expr(text: "length(\(scalar(.text, names, depth: depth - 1).text))", type: .number)
        case 7:
            let function = random.pick(["months_between", "years_between"])
            let first = scalar(.date, names, depth: 0)
            return Expr(text: "\(function)(\(first.text), \(scalar(.date, names, depth: 0).text))", type: .number)
        default:
            if let time = plainField(.time, names), random.chance(50) {
                return Expr(text: "\(random.pick(["hour", "minute"]))(\(time.text))", type: .number)
            }
            if random.chance(30) {
                return Expr(text: "number(\(condition(names, depth: depth - 1).operand))", type: .number)
            }
            return Expr(text: "\(random.pick(["1", "0.5", "12", "3.25", "100"]))", type: .number)
        }
    }

    private mutating func arithmetic(_ names: Names, depth: Int) -> Expr {
        let left = scalar(.number, names, depth: depth - 1)
        let op = random.pick(["+", "-", "+", "-", "*", "/", "%"])
        // Products of two columns may leave 64 bits, where exactness ends.
        let right =
            op == "*"
            ? Expr(text: random.pick(["2", "0.5", "1.19", "(-3)"]), type: .number)
            : op == "%"
                ? Expr(text: random.pick(["7", "0.3", "2.5", "0"]), type: .number)
                : scalar(.number, names, depth: depth - 1)
        if op == "%", left.isInexact { return left }
        return Expr(
            text: "\(left.operand) \(op) \(right.operand)", type: .number,
            isInexact: op == "/" || left.isInexact || right.isInexact, isComposite: true)
    }

    private mutating func numberFunction(_ value: Expr) -> Expr {
        let inexact = { (text: String) in Expr(text: text, type: .number, isInexact: true) }
        switch random.below(9) {
        case 0: return Expr(text: "abs(\(value.text))", type: .number, isInexact: value.isInexact)
        case 1: return Expr(text: "sign(\(exact(value).text))", type: .number)
        case 2: return Expr(text: "round(\(value.text))", type: .number)
        case 3: return Expr(text: "round(\(value.text), \(random.pick(["1", "2", "-1", "-2"])))", type: .number)
        case 4: return Expr(text: "\(random.pick(["floor", "ceil"]))(\(exact(value).text))", type: .number)
        case 5: return Expr(text: "bucket(\(exact(value).text), \(random.pick(["10", "25", "0.5", "100"])))", type: .number)
        case 6: return inexact("sqrt(\(value.text))")
        case 7: return inexact("\(random.pick(["ln", "log10"]))(\(value.text))")
        default: return inexact("power(\(value.text), 2)")
        }
    }

    // MARK: Texts

    private mutating func text(_ names: Names, depth: Int) -> Expr {
        guard depth > 0 else { return plainField(.text, names) ?? Expr(text: "\"x\"", type: .text) }
        let value = scalar(.text, names, depth: depth - 1)
        let inner = value.text
        let text: String
        switch random.below(14) {
        case 0: text = "upper(\(inner))"
        case 1: text = "lower(\(inner))"
        case 2: text = "trim(\(inner))"
        case 3: text = "left(\(inner), \(random.below(6)))"
        case 4: text = "right(\(inner), \(random.below(6)))"
        case 5: text = "substring(\(inner), \(1 + random.below(4))\(random.chance(50) ? ", \(random.below(5))" : ""))"
        case 6: text = "replace(\(inner), \"a\", \"\(random.pick(["A", "", "oo"]))\")"
        case 7: text = "split_part(\(inner), \"\(random.pick([" ", "@", "-", "a"]))\", \(random.pick(["1", "2", "-1", "3"])))"
        case 8: text = "fold(\(inner))"
        case 9:
            let moment = scalar(random.pick([.date, .time]), names, depth: 0)
            text = "\(random.pick(["weekday_name", "month_name"]))(\(moment.text))"
        case 10:
            let other = exact(scalar(random.pick([.number, .date, .text, .bool, .period(.quarter)]), names, depth: 0))
            return Expr(text: "\(value.operand) & \(other.operand)", type: .text, isComposite: true)
        case 11:
            text =
                "text(\(exact(scalar(random.pick([.number, .date, .bool, .period(.month), .period(.year)]), names, depth: 0)).text))"
        case 12: text = "\(random.pick(["digits", "initials", "capitalize", "domain"]))(\(inner))"
        default: text = "extract(\(inner), \"\(random.pick(["[0-9]+", "([a-z])[a-z]*$", "[A-Z]."]))\")"
        }
        return Expr(text: text, type: .text)
    }

    // MARK: Moments

    private mutating func date(_ names: Names, depth: Int) -> Expr {
        guard depth > 0 else { return plainField(.date, names) ?? Expr(text: "today", type: .date) }
        switch random.below(6) {
        case 0: return Expr(text: "date(\(scalar(.time, names, depth: 0).text))", type: .date)
        case 1, 2:
            let length = random.pick(["30 days", "1 month", "2 quarters", "1 year", "6 weeks", "13 months"])
            let moment = scalar(.date, names, depth: depth - 1)
            return Expr(text: "\(moment.operand) \(random.pick(["+", "-"])) \(length)", type: .date, isComposite: true)
        case 3:
            let unit: CalendarUnit = random.pick([.month, .quarter, .year, .week])
            let moment = scalar(.date, names, depth: 0)
            return Expr(text: "\(random.pick(["start", "end"]))(\(unit.rawValue)(\(moment.text)))", type: .date)
        case 4: return Expr(text: literal(.date(dayLiteral(nil))) ?? "today", type: .date)
        default: return Expr(text: random.pick(["today", "yesterday"]), type: .date)
        }
    }

    private mutating func duration(_ names: Names, depth: Int) -> Expr {
        if random.chance(30) {
            return Expr(text: random.pick(["90 days", "36 hours", "2 weeks", "400 days", "0 days"]), type: .duration)
        }
        let type: ValueType = random.chance(60) ? .date : .time
        let first = scalar(type, names, depth: max(0, depth - 1))
        let second = scalar(random.chance(80) ? type : (type == .date ? .time : .date), names, depth: max(0, depth - 1))
        return Expr(text: "\(first.operand) - \(second.operand)", type: .duration, isComposite: true)
    }
}
