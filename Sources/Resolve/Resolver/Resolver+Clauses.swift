import Syntax
import Types

extension Resolver {
    func resolveClause(_ clause: Clause) throws(Diagnostic) {
        switch clause.kind {
        case .filter(let condition): steps.append(.filter(try resolveCondition(condition, in: rowScope)))
        case .extend(let items): try resolveExtend(items)
        case .select(let items): try resolveSelect(items)
        case .summarize(let items, let keys): try resolveSummarize(items, by: keys)
        case .sort(let keys):
            var order: [TermSortKey] = []
            for key in keys { order.append(try sortKey(key, in: rowScope)) }
            frame.order = order
            steps.append(.sort(order))
        case .take(let count): steps.append(.take(try rowCount(count, of: "take")))
        case .skip(let count): steps.append(.skip(try rowCount(count, of: "skip")))
        case .distinct: resolveDistinct()
        case .follow(let links): try resolveFollow(links)
        case .pivot(let key): try resolvePivot(key)
        case .asOf: break
        }
    }

    func rowCount(_ expression: Expression, of clause: String) throws(Diagnostic) -> Int {
        let term: Term
        do throws(Diagnostic) {
            term = try resolve(expression, in: Scope(layers: outerLayers))
        } catch {
            // A column is a name that exists, but not one for all rows.
            guard (try? resolve(expression, in: rowScope)) != nil else { throw error }
            throw ClauseError.needsWholeNumber(clause: clause).at(expression.span)
        }
        guard let count = wholeNumber(term), count >= 0 else {
            throw ClauseError.needsWholeNumber(clause: clause).at(expression.span)
        }
        return count
    }

    /// A key of an order. Records are put in the order of their labels.
    func sortKey(_ key: SortKey, in scope: Scope) throws(Diagnostic) -> TermSortKey {
        let term = try resolve(key.value, in: scope)
        let type = type(of: term)
        if case .record(let entity) = type, let field = schema[entity].label ?? schema[entity].key {
            return TermSortKey(.field(term, FieldID(entity, field)), descending: key.descending)
        }
        guard type.isOrdered else {
            let written = text(key.value)
            let help: [String] =
                switch type {
                case .set: ["by how many: `count(\(written))`"]
                case .list: ["by one value: `max(\(written))`"]
                default: []
                }
            throw TypeError.notOrdered(words(type), help: help).at(key.value.span)
        }
        return TermSortKey(term, descending: key.descending)
    }

    // MARK: Columns

    /// What a column is headed by: its name, or the text of its expression in the one way in which it is printed. A nested answer is
    /// headed by the set alone, so that it has a usable name in JSON.
    func header(of item: ColumnItem) -> String {
        if let name = item.name { return name.text }
        if case .name(let name) = item.value.kind { return name.text }
        if case .shaped(let set, _) = item.value.kind { return header(of: ColumnItem(name: nil, value: set)) }
        return item.value.canonicalText
    }

    /// The column that an expression names by its header: `sort -count()` behind `summarize count()`.
    func columnHeaded(by expression: Expression, in scope: Scope) -> Term? {
        guard scope.isRows, scope.depth == 0 else { return nil }
        if case .group = scope.mode { return nil }
        switch expression.kind {
        case .name, .literal: return nil
        default: break
        }
        guard frame.columns.contains(where: { !Self.isWord($0.name) }) else { return nil }
        return frame.column(named: expression.canonicalText).map { .slot($0.slot, $0.type) }
    }

    private static func isWord(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte >= 128 || (97...122).contains(byte | 32) || (48...57).contains(byte)
        }
    }

    /// The column that holds a term; one more step where there is none yet.
    func materialize(_ term: Term) -> SlotID {
        if case .slot(let slot, _) = term { return slot }
        let slot = newSlot()
        slotTerms[slot] = term
        if case .extend(var columns)? = steps.last, !term.reads(oneOf: columns) {
            // Taken out first, so that the list grows in place.
            steps.removeLast()
            columns.append((slot, term))
            steps.append(.extend(columns))
        } else {
            steps.append(.extend([(slot, term)]))
        }
        return slot
    }

    /// `with`: each item sees the ones before it, and one that has the name of a column takes its place.
    private func resolveExtend(_ items: [ColumnItem]) throws(Diagnostic) {
        var named: Set<String> = []
        for item in items {
            let name = header(of: item)
            guard named.insert(name).inserted else { throw ClauseError.duplicateColumn(name).at(item.span) }
            let term = try resolve(item.value, in: rowScope)
            hintAtNamedConstant(item)
            let column = Frame.Column(name: name, slot: materialize(term), type: type(of: term))
            if let index = frame.columns.firstIndex(where: { $0.name == name }) {
                frame.columns[index] = column
            } else {
                frame.columns.append(column)
            }
        }
    }

    /// `select stage = "won"` makes a column of one text; whoever names it like a field probably meant to compare.
    private func hintAtNamedConstant(_ item: ColumnItem) {
        guard let name = item.name, case .literal = item.value.kind, let (_, entity) = frame.record,
            schema[entity].fields.contains(where: { $0.name == name.text })
        else { return }
        let written = "\(Printer.name(name.text)) = \(text(item.value))"
        let message = "`\(written)` names a column here; a comparison stands in parentheses: `(\(written))`"
        hint("named-constant", message, at: item.span)
    }

    private func resolveSelect(_ items: [ColumnItem]) throws(Diagnostic) {
        var columns: [Frame.Column] = []
        var failures: [Diagnostic] = []
        for item in items {
            let name = header(of: item)
            do throws(Diagnostic) {
                if columns.contains(where: { $0.name == name }) { throw ClauseError.duplicateColumn(name).at(item.span) }
                let term = try resolve(item.value, in: rowScope)
                hintAtNamedConstant(item)
                columns.append(Frame.Column(name: name, slot: materialize(term), type: type(of: term)))
            } catch {
                failures.append(error)
            }
        }
        if let last = failures.popLast() {
            collected += failures
            throw last
        }
        frame.columns = columns
        frame.showsRecord = false
        frame.fieldColumnCount = 0
    }

    // MARK: Rows

    private func resolveDistinct() {
        if frame.showsRecord, let (slot, _) = frame.record {
            steps.append(.distinct([slot] + frame.columns.map(\.slot)))
            return
        }
        rememberShape()
        steps.append(.distinct(frame.columns.map(\.slot)))
        frame.lost = frame.record.map { ($0.entity, "distinct") } ?? frame.lost
        frame.record = nil
    }

    /// `follow people.touches`, `follow touches[kind = "call"]`, `follow people, leads`.
    private func resolveFollow(_ links: [Expression]) throws(Diagnostic) {
        if links.count == 1 { return try follow(links[0]) }
        guard let (slot, entity) = frame.record else { throw ClauseError.followNeedsRecord.at(links.first?.span) }
        var ids: [LinkID] = []
        for link in links {
            guard case .name(let name) = link.kind else { throw notALink(link, entity) }
            guard let id = schema.link(named: name.text, of: entity) else { throw notALink(link, entity) }
            ids.append(id)
        }
        let targets = Set(ids.map { schema[$0].to })
        guard targets.count == 1, let target = targets.first else {
            let names = ids.map { schema[schema[$0].to].plural }
            throw ClauseError.linksLeadApart(names).at(links[0].span.joined(with: links[links.count - 1].span))
        }
        step(from: slot, by: ids, to: target)
    }

    func follow(_ expression: Expression) throws(Diagnostic) {
        switch expression.kind {
        case .member(let base, let name):
            try follow(base)
            try follow(Expression(.name(name), at: name.span))
        case .filtered(let base, let condition):
            try follow(base)
            steps.append(.filter(try resolveCondition(condition, in: rowScope)))
        case .repeated(let links, let repetition): try followRepeated(links, repetition)
        default:
            guard let (slot, entity) = frame.record else { throw ClauseError.followNeedsRecord.at(expression.span) }
            guard case .name(let name) = expression.kind, let link = schema.link(named: name.text, of: entity) else {
                throw notALink(expression, entity)
            }
            step(from: slot, by: [link], to: schema[link].to)
        }
    }

    private func step(from slot: SlotID, by links: [LinkID], to entity: EntityID) {
        let into = newSlot()
        steps.append(.follow(from: slot, links: links, into: into))
        frame = Frame()
        frame.record = (into, entity)
        frame.showsRecord = true
    }

    func notALink(_ expression: Expression, _ entity: EntityID) -> Diagnostic {
        let names = schema[entity].links.map { schema[$0].name }
        let written = text(expression)
        return ClauseError.notALink(
            written, entity: schema[entity].plural, near: nearest(to: written, among: names), there: names
        )
        .at(expression.span)
    }

    // MARK: Pivot

    private func resolvePivot(_ key: Expression) throws(Diagnostic) {
        guard let keys = frame.keys, !keys.isEmpty else { throw ClauseError.pivotNeedsGroups.at(key.span) }
        let there = frame.columns.filter { keys.contains($0.slot) }
        guard let term = try? resolve(key, in: rowScope), case .slot(let slot, _) = term,
            there.contains(where: { $0.slot == slot })
        else {
            throw ClauseError.pivotKey(text(key), there: there.map { Printer.name($0.name) }).at(key.span)
        }
        let values = frame.columns.filter { !keys.contains($0.slot) }
        guard values.count == 1, let value = values.first else { throw ClauseError.pivotValues(values.map(\.name)).at(key.span) }
        let kept = there.filter { $0.slot != slot }
        steps.append(.pivot(key: slot, keep: kept.map(\.slot), value: value.slot))
        frame.columns = kept
        frame.keys = nil
        frame.order = []
        frame.isPivoted = true
        frame.record = nil
    }
}
