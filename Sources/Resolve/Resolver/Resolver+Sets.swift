import Syntax
import Types

extension Resolver {
    /// A value for every record of a set (or of a list of records). Where that is itself a way along links, the result is the set of
    /// records that the links lead to, each once.
    func mapped(
        _ base: Term, of entity: EntityID, in scope: Scope, written: String, at span: Span,
        body makeBody: (_ element: Term, _ inner: Scope) throws(Diagnostic) -> Term
    ) throws(Diagnostic) -> Term {
        let inner = scope.entering(entity, edge: pairs(reaching: base))
        let element = Term.element(level: inner.depth, .record(entity))
        let body = try makeBody(element, inner)
        if case .set = type(of: base), let chain = chain(body, from: element, base: base, level: inner.depth) { return chain }
        guard type(of: body).isScalar else { throw TypeError.nestedSets(written).at(span) }
        return .map(base, level: inner.depth, body: body)
    }

    /// A body that only follows links from the element (and filters what they lead to), as the same way from the whole set.
    private func chain(_ body: Term, from element: Term, base: Term, level: Int) -> Term? {
        switch body {
        case element: return base
        case .toOne(let start, let link), .toMany(let start, let link):
            return chain(start, from: element, base: base, level: level).map { .toMany($0, link) }
        case .filter(let set, _, let condition):
            let dependsOnElement = condition.contains { part in
                switch part {
                case .element(let other, _): other == level
                case .edge: true
                default: false
                }
            }
            guard !dependsOnElement, let start = chain(set, from: element, base: base, level: level) else { return nil }
            return .filter(start, level: level, condition: condition.shifted(above: level, by: -1))
        default: return nil
        }
    }

    /// The entity of the pairs through which a set is reached, if it is a link of pairs from one record, or some of the records that
    /// such a link leads to.
    func pairs(reaching set: Term) -> EntityID? {
        switch set {
        case .toMany(let start, let link):
            guard case .record = type(of: start), case .pairs(let edge, _, _, _) = schema[link].origin else { return nil }
            return edge
        case .filter(let inner, _, _), .pick(let inner, _, _, _, false, _): return pairs(reaching: inner)
        default: return nil
        }
    }

    /// `orders.(revenue - cost)`.
    func resolveMapped(_ base: Expression, _ body: Expression, in scope: Scope, at span: Span) throws(Diagnostic) -> Term {
        let term = try resolve(base, in: scope)
        switch type(of: term) {
        case .record(let entity):
            var inner = scope.perRow
            inner.layers.append(.record(BoundTerm(term: term, depth: scope.depth), entity, edge: nil))
            return try resolve(body, in: inner)
        case .set(let entity), .list(.record(let entity)):
            return try mapped(
                term, of: entity, in: scope, written: text(Expression(.mapped(base, body), at: span)), at: body.span
            ) {
                (_, inner) throws(Diagnostic) in
                try self.resolve(body, in: inner)
            }
        case let other:
            throw TypeError.setNeeded("`.( )`", found: words(other), help: []).at(base.span)
        }
    }

    /// `deals[stage = "won"]`, and `accounts["ACC-17"]`.
    func resolveFiltered(_ base: Expression, _ condition: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        let set = try resolve(base, in: scope)
        guard case .set(let entity) = type(of: set) else {
            var help: [String] = []
            if case .member(let start, let name) = base.kind, case .list = type(of: set) {
                help = ["choose the records first: `\(text(start))[…].\(name.text)`"]
            } else if case .record = type(of: set) {
                help = ["it is one record; compare with `and`: `\(text(base)).… = …`"]
            }
            throw TypeError.setNeeded("`[ ]`", found: words(type(of: set)), help: help).at(base.span)
        }
        let inner = scope.entering(entity, edge: pairs(reaching: set))
        let test = try resolve(condition, in: inner)
        if let name = recordName(test) {
            let rows = try rows(of: entity, named: name, at: condition.span)
            if case .all = set { return .records(entity, rows: rows) }
            return .filter(
                set, level: inner.depth,
                condition: .contains(set: .records(entity, rows: rows), record: .element(level: inner.depth, .record(entity))))
        }
        return .filter(set, level: inner.depth, condition: try checkedCondition(test, condition, inner))
    }

    private func checkedCondition(_ test: Term, _ condition: Expression, _ scope: Scope) throws(Diagnostic) -> Term {
        let type = type(of: test)
        if type == .bool || type == .none { return test }
        return try resolveCondition(condition, in: scope)
    }

    /// The text in `accounts["ACC-17"]` or `orders[10248]`: the name of a record rather than a condition.
    private func recordName(_ term: Term) -> String? {
        switch constantValue(term) {
        case .text(let text): text
        case .number(.decimal(let units, 0)): "\(units)"
        default: nil
        }
    }

    private func rows(of entity: EntityID, named text: String, at span: Span) throws(Diagnostic) -> [Int32] {
        // In one of many periods a record may be missing that is there in others.
        let rows = (each == nil ? catalogue : environment.catalogue).rows(of: entity, named: text)
        guard rows.isEmpty else { return rows }
        let isLater = day != nil && !environment.catalogue.rows(of: entity, named: text).isEmpty
        let near = isLater ? [] : catalogue.recordsResembling(text, in: entity, limit: 3)
        var error = NameError.recordNotFound(text, entity: schema[entity].name, plural: schema[entity].plural, near: near).at(
            span)
        if isLater { error.help = ["it came to be after the day of `as of`"] }
        throw error
    }

    /// `person "Ann Lee"`: exactly one record.
    func resolveRecord(_ name: Name, _ text: String, at span: Span) throws(Diagnostic) -> Term {
        guard let entity = schema.entity(named: name.text) else { throw unknownEntity(name) }
        let rows = try rows(of: entity.id, named: text, at: span)
        guard rows.count == 1 else {
            throw NameError.recordAmbiguous(text, entity: entity.name, plural: entity.plural, count: rows.count).at(span)
        }
        return .constant(.record(entity.id, row: rows[0]), .record(entity.id))
    }

    /// `deals[won] {stage, amount}`: a small table for each row.
    func resolveShaped(_ base: Expression, _ items: [ColumnItem], in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolve(base, in: scope.perRow)
        guard let entity = type(of: term).entity, let set = asSet(term) else {
            throw TypeError.setNeeded("`{ }`", found: words(type(of: term)), help: []).at(base.span)
        }
        let inner = scope.entering(entity, edge: pairs(reaching: set))
        var columns: [TermColumn] = []
        for item in items {
            let name = header(of: item)
            if columns.contains(where: { $0.name == name }) { throw ClauseError.duplicateColumn(name).at(item.span) }
            columns.append(TermColumn(name: name, value: try resolve(item.value, in: inner)))
        }
        return .table(set, level: inner.depth, columns: columns)
    }

    /// A record as the set of it alone (or of none), where it stands for one.
    func asSet(_ term: Term) -> Term? {
        switch term {
        case _ where type(of: term).isMany: term
        case .constant(.record(let entity, let row), _): .records(entity, rows: [row])
        case .toOne(.constant(.record(let entity, let row), _), let link): .toMany(.records(entity, rows: [row]), link)
        case .toOne(let start, let link): .toMany(start, link)
        case .pick(let set, let level, let keys, _, true, let fromEnd):
            .pick(set, level: level, keys: keys, limit: 1, single: false, fromEnd: fromEnd)
        default: nil
        }
    }
}
