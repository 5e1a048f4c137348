import Syntax
import Types

/// The groups that a `summarize` makes, while its items are gone through.
struct Group {
    struct Key {
        var name: String
        var term: Term
        var slot: SlotID
        var type: ValueType
    }
    var keys: [Key] = []
    var aggregates: [(slot: SlotID, RowAggregate)] = []
    /// Items that stand before the one at hand, by name.
    var items: [String: Term] = [:]
}

extension Resolver {
    func resolveSummarize(_ items: [ColumnItem], by keys: [ColumnItem]) throws(Diagnostic) {
        var group = Group()
        for key in keys {
            let term = try resolveOne(key.value, in: rowScope)
            let name = header(of: key)
            if group.keys.contains(where: { $0.name == name }) { throw ClauseError.duplicateColumn(name).at(key.span) }
            group.keys.append(Group.Key(name: name, term: term, slot: newSlot(), type: type(of: term)))
        }
        self.group = group
        defer { self.group = nil }
        var scope = rowScope
        scope.mode = .group
        var columns: [(name: String, term: Term, span: Span)] = []
        for item in items {
            let name = header(of: item)
            let term = try resolve(item.value, in: scope)
            if let key = group.keys.first(where: { $0.name == name }) {
                // Naming a key among the items is only emphasis; anything else of that name would be a second column.
                guard term == .slot(key.slot, key.type) else { throw ClauseError.duplicateColumn(name).at(item.span) }
                continue
            }
            if columns.contains(where: { $0.name == name }) { throw ClauseError.duplicateColumn(name).at(item.span) }
            columns.append((name, term, item.span))
            self.group?.items[name] = term
        }
        let made = self.group ?? group
        rememberShape()
        steps.append(.summarize(keys: made.keys.map { ($0.slot, $0.term) }, aggregates: made.aggregates))
        var frame = Frame()
        frame.lost = self.frame.record.map { ($0.entity, "summarize") }
        frame.columns = made.keys.map { Frame.Column(name: $0.name, slot: $0.slot, type: $0.type) }
        for key in made.keys { slotTerms[key.slot] = key.term }
        for column in columns {
            frame.columns.append(Frame.Column(name: column.name, slot: materialize(column.term), type: type(of: column.term)))
        }
        frame.keys = Set(made.keys.map(\.slot))
        self.frame = frame
    }

    /// An expression of an item of `summarize` outside its aggregates: it may use the keys and the items before it. Nothing where it
    /// has to be taken apart first.
    func resolveInGroup(_ expression: Expression, _ scope: Scope) throws(Diagnostic) -> Term? {
        guard let group else { return nil }
        if case .literal = expression.kind { return nil }
        if case .name(let name) = expression.kind {
            if let key = group.keys.first(where: { $0.name == name.text }) { return .slot(key.slot, key.type) }
            if let item = group.items[name.text] { return item }
        }
        guard !hasRowFunction(expression) else { return nil }
        let isName: Bool
        if case .name = expression.kind { isName = true } else { isName = false }
        let state = (steps, hints)
        let row: Term
        do {
            row = try resolve(expression, in: scope.perRow)
        } catch {
            (steps, hints) = state
            if isName { throw error }
            return nil
        }
        let replaced = row.replacing { part in
            group.keys.first { $0.term == part }.map { .slot($0.slot, $0.type) }
        }
        let keySlots = parameterSlots.union(group.keys.map(\.slot) + group.aggregates.map(\.slot))
        let isFree = !replaced.contains { part in
            if case .slot(let slot, _) = part { return !keySlots.contains(slot) }
            return false
        }
        if isFree { return replaced }
        switch expression.kind {
        case .binary, .negated, .not, .conditional, .call:
            (steps, hints) = state
            return nil
        default:
            let written = text(expression)
            let isNumber = type(of: row) == .number
            let help =
                isNumber
                ? "aggregate it: `sum(\(written))`, `avg(\(written))`, `max(\(written))`"
                : "aggregate it: `first(\(written))`, `count(distinct \(written))`"
            throw AggregateError.notAggregated(written, keys: group.keys.map { Printer.name($0.name) }, help: [help]).at(
                expression.span)
        }
    }
}
