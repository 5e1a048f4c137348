import Syntax
import Types

extension QuestionGenerator {
    /// A clause, with a space or a new line before it.
    mutating func clause(_ state: inout Pipeline) -> String {
        let gap = random.chance(20) ? "\n  " : " "
        if state.isPivoted { return gap + "take \(random.below(6))" }
        switch random.below(21) {
        case 0..<7: return gap + "where " + condition(state.names, depth: 3).text
        case 7..<10: return gap + extend(&state)
        case 10..<12: return gap + select(&state)
        case 12: return summary(&state)
        case 13..<16: return gap + sort(&state)
        case 16: return gap + "take \(random.pick([0, 1, 2, 3, 5, 7, 10, 30, 50]))"
        case 17: return gap + "skip \(random.pick([0, 1, 1, 2, 3]))"
        case 18: return gap + distinct(&state)
        case 19: return follow(&state).map { gap + $0 } ?? ""
        default: return gap + windows(&state)
        }
    }

    private mutating func extend(_ state: inout Pipeline) -> String {
        var items: [String] = []
        for _ in 0..<random.pick([1, 1, 2]) {
            let value = anyValue(state.names, depth: 3)
            let name = newName()
            items.append("\(name) = \(value.text)")
            state.columns.append(.init(name: name, type: value.type, isInexact: value.isInexact, field: value.field))
            state.values.append(name)
        }
        return "with " + items.joined(separator: ", ")
    }

    private mutating func select(_ state: inout Pipeline) -> String {
        var items: [String] = []
        var columns: [Names.Column] = []
        for _ in 0..<random.pick([1, 2, 3]) {
            let value = anyValue(state.names, depth: 2)
            let name = newName()
            items.append("\(name) = \(value.text)")
            columns.append(.init(name: name, type: value.type, isInexact: value.isInexact, field: value.field))
        }
        if random.chance(15), let entity = state.record, let link = toManys(of: entity).randomElement(using: &random) {
            items.append("\(newName()) = \(named(link.name)) {\(shaped(link.to, state.names))}")
        }
        state.columns = columns
        state.keys = []
        return "select " + items.joined(separator: ", ")
    }

    /// The columns of a nested answer.
    private mutating func shaped(_ entity: EntityID, _ names: Names) -> String {
        let inner = names.entering(entity, edge: nil)
        return (0..<random.pick([1, 2])).map { _ in "\(newName()) = \(anyValue(inner, depth: 1).text)" }.joined(separator: ", ")
    }

    private mutating func sort(_ state: inout Pipeline) -> String {
        var keys: [String] = []
        for _ in 0..<random.pick([1, 1, 2]) {
            let key = exact(scalar(random.pick([.number, .text, .date, .number, .bool]), state.names, depth: 2))
            keys.append((random.chance(40) ? "-" : "") + key.operand)
        }
        state.isSorted = true
        return "sort " + keys.joined(separator: ", ")
    }

    private mutating func distinct(_ state: inout Pipeline) -> String {
        // Doubles that differ in the last digit would be two rows here and one there.
        if state.columns.isEmpty || state.columns.contains(where: \.isInexact) {
            return "take \(random.pick([2, 5, 20]))"
        }
        state.record = nil
        return "distinct"
    }

    private mutating func follow(_ state: inout Pipeline) -> String? {
        guard let entity = state.record, let first = schema[entity].links.randomElement(using: &random).map({ schema[$0] }) else {
            return nil
        }
        var text = "follow \(named(first.name))"
        var target = first.to
        if repeatsLinks, first.from == first.to, random.chance(70) {
            text += hops()
            state = Pipeline(record: target)
            state.columns = [.init(name: "hops", type: .number, isInexact: false, field: nil)]
            return text
        } else if random.chance(40) {
            text += "[\(condition(Names(records: [first.to]), depth: 2).text)]"
        } else if random.chance(30), let second = schema[target].links.randomElement(using: &random).map({ schema[$0] }) {
            text += ".\(named(second.name))"
            target = second.to
        } else if random.chance(30),
            let other = schema[entity].links.map({ schema[$0] }).filter({ $0.to == first.to }).randomElement(using: &random)
        {
            text += ", \(named(other.name))"
        }
        state = Pipeline(record: target)
        return text
    }

    // MARK: Groups

    /// `summarize … by …`, and perhaps what can be done with groups only.
    mutating func summary(_ state: inout Pipeline) -> String {
        if state.isPivoted { return "" }
        var text = " summarize "
        let names = state.names
        var result = Pipeline()
        var keys: [String] = []
        for _ in 0..<random.pick([0, 1, 1, 1, 2, 2]) {
            let key = groupKey(names)
            let name = newName()
            keys.append("\(name) = \(key.text)")
            result.columns.append(.init(name: name, type: key.type, isInexact: false, field: key.field))
            result.keys.append(name)
        }
        var items: [String] = []
        for _ in 0..<random.pick([1, 1, 2, 3]) {
            let value = rowAggregate(names, depth: 2)
            let name = newName()
            items.append("\(name) = \(value.text)")
            result.columns.append(.init(name: name, type: value.type, isInexact: value.isInexact, field: value.field))
            result.values.append(name)
        }
        text += items.joined(separator: ", ") + (keys.isEmpty ? "" : " by " + keys.joined(separator: ", "))
        state = result
        if !keys.isEmpty, items.count == 1, random.chance(25), let key = result.keys.last {
            state.isPivoted = true
            return text + " pivot \(key)"
        }
        if random.chance(25) { text += " where " + condition(state.names, depth: 2).text }
        if random.chance(20) { text += " " + windows(&state) }
        return text
    }

    private mutating func groupKey(_ names: Names) -> Expr {
        let wanted: ValueType = random.pick([.text, .text, .period(.month), .bool, .number, .date, .none, .period(.year)])
        if wanted == .none, let record = recordValue(names, depth: 1) { return record }
        return exact(scalar(wanted == .none ? .text : wanted, names, depth: 2))
    }

    /// An aggregate over rows, with everything that may stand in one.
    mutating func rowAggregate(_ names: Names, depth: Int) -> Expr {
        if random.chance(15) { return Expr(text: "count()", type: .number) }
        if random.chance(30), let set = pathSet(names, depth: depth) {
            return aggregate(over: set, names, depth: depth, wanting: nil)
        }
        let filter = random.chance(25) ? " where " + condition(names, depth: 2).text : ""
        switch random.below(12) {
        case 0: return Expr(text: "count(\(condition(names, depth: 2).text)\(filter))", type: .number)
        case 1: return Expr(text: "share(\(condition(names, depth: 2).text)\(filter))", type: .number, isInexact: true)
        case 2: return Expr(text: "count(distinct \(exact(scalar(.text, names, depth: 2)).text)\(filter))", type: .number)
        case 3:
            let kind = random.pick(["any_true", "all_true"])
            return Expr(text: "\(kind)(\(condition(names, depth: 2).text)\(filter))", type: .bool)
        case 4:
            let value = scalar(random.pick([.text, .date, .number]), names, depth: 1)
            return Expr(
                text: "\(random.pick(["first", "last"]))(\(value.text)\(filter))", type: value.type, isInexact: value.isInexact)
        case 5:
            let value = scalar(random.pick([.text, .date, .duration, .time]), names, depth: 2)
            return Expr(text: "\(random.pick(["min", "max"]))(\(value.text)\(filter))", type: value.type)
        case 6:
            let value = scalar(.text, names, depth: 1)
            return random.chance(50)
                ? Expr(text: "list(\(value.text)\(filter))", type: .list(.text))
                : Expr(text: "join(\(value.text)\(filter), \"|\")", type: .text)
        default: return numberAggregate(scalar(.number, names, depth: 2), filter)
        }
    }

    /// A numeric aggregate over one value a row or element.
    mutating func numberAggregate(_ value: Expr, _ filter: String = "") -> Expr {
        switch random.below(8) {
        case 0..<3: Expr(text: "sum(\(value.text)\(filter))", type: .number, isInexact: value.isInexact)
        case 3: Expr(text: "avg(\(value.text)\(filter))", type: .number, isInexact: true)
        case 4: Expr(text: "median(\(value.text)\(filter))", type: .number, isInexact: true)
        case 5: Expr(text: "\(random.pick(["min", "max"]))(\(value.text)\(filter))", type: .number, isInexact: value.isInexact)
        case 6:
            Expr(
                text: "percentile(\(value.text)\(filter), \(random.pick(["0", "25%", "0.5", "90%", "1"])))", type: .number,
                isInexact: true)
        default: Expr(text: "stdev(\(value.text)\(filter))", type: .number, isInexact: true)
        }
    }

    // MARK: Windows

    private mutating func windows(_ state: inout Pipeline) -> String {
        let names = state.names
        let per =
            random.chance(60)
            ? " per \(exact(scalar(random.pick([.text, .bool, .period(.year)]), names, depth: 1)).operand)" : " per all"
        let value: Expr
        switch random.below(6) {
        case 0: value = Expr(text: "rank()" + (random.chance(50) ? per : ""), type: .number)
        case 1:
            let added = exact(scalar(.number, names, depth: 1))
            value = Expr(
                text: "running(\(random.chance(50) ? "sum(\(added.text))" : added.text))" + (random.chance(50) ? per : ""),
                type: .number)
        case 2:
            let before = scalar(random.pick([.number, .text, .date]), names, depth: 1)
            value = Expr(
                text: "previous(\(before.text))" + (random.chance(50) ? per : ""), type: before.type, isInexact: before.isInexact)
        default:
            let aggregate = rowAggregate(names, depth: 1)
            value = Expr(text: aggregate.text + per, type: aggregate.type, isInexact: aggregate.isInexact)
        }
        let name = newName()
        state.columns.append(.init(name: name, type: value.type, isInexact: value.isInexact, field: nil))
        state.values.append(name)
        return "with \(name) = \(value.text)"
    }

    // MARK: Several records at once

    /// `for a in …, b in a.link`.
    mutating func combinations(_ state: inout Pipeline) -> String {
        let first = rootSet(depth: 1)
        let a = newName()
        var text = "for \(a) in \(first.text)"
        state.columns = [.init(name: a, type: .record(first.entity), isInexact: false, field: nil)]
        for _ in 0..<random.pick([1, 1, 2]) {
            guard let base = state.columns.last, case .record(let entity) = base.type else { break }
            let name = newName()
            guard let link = schema[entity].links.randomElement(using: &random).map({ schema[$0] }) else { break }
            var set = "\(base.name).\(named(link.name))"
            if random.chance(40), !link.isToOne {
                set += "[\(condition(Names(columns: state.columns, records: [link.to]), depth: 1).text)]"
            }
            text += ", \(name) in \(set)"
            state.columns.append(.init(name: name, type: .record(link.to), isInexact: false, field: nil))
        }
        if random.chance(50) { text += " where " + condition(state.names, depth: 2).text }
        return text
    }
}
