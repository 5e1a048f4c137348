import Syntax
import Types

extension Resolver {
    /// `path from S to S via knows, account strongest by edge.strength within 4`. A `take` right behind it says how many are wanted; without
    /// one it is the best.
    func resolvePath(_ path: PathSource, followedBy clause: Clause?) throws(Diagnostic) {
        let scope = Scope(layers: outerLayers)
        let (from, start) = try pathEnd(path.from, in: scope)
        let (to, end) = try pathEnd(path.to, in: scope)
        var order = ResolvedPath.Order.shortest
        var value: Expression?
        switch path.order {
        case .strongest(let expression): (order, value) = (.strongest, expression)
        case .cheapest(let expression): (order, value) = (.cheapest, expression)
        case .shortest, nil: break
        }
        let (ways, entities) = try pathWays(path.links, from: start, value: value, in: scope)
        guard entities.contains(end) else {
            throw ClauseError.pathLeadsNowhere(
                from: schema[start].plural, to: schema[end].plural, through: entities.map { schema[$0].plural }
            ).at(path.to.span)
        }
        var count = 1
        if case .take(let number)? = clause?.kind { count = try rowCount(number, of: "take") }
        var within: Int?
        if let limit = path.limit { within = try rowCount(limit, of: "within") }
        begin(
            with: ResolvedPath(
                from: from, to: to, ways: ways, order: order, within: within, count: count, entities: entities,
                facts: pathFacts(ways)))
    }

    private func pathEnd(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> (Term, EntityID) {
        let term = try resolve(expression, in: scope)
        guard let entity = type(of: term).entity, let set = asSet(term) else {
            throw TypeError.setNeeded("a path", found: words(type(of: term)), help: ["`path from person \"Ann Lee\" to …`"])
                .at(expression.span)
        }
        return (set, entity)
    }

    /// The links of a path: each holds for every entity that has one of its name and to which the others lead.
    private func pathWays(
        _ links: [Expression], from start: EntityID, value: Expression?, in scope: Scope
    ) throws(Diagnostic) -> (ways: [ResolvedPath.Way], entities: [EntityID]) {
        var entities = [start]
        var ways: [ResolvedPath.Way] = []
        var used: Set<Int> = []
        var position = 0
        var failure: Diagnostic?
        var isValued = value == nil
        while position < entities.count {
            let entity = entities[position]
            position += 1
            for (index, link) in links.enumerated() {
                guard let name = linkName(link), let id = schema.link(named: name.text, of: entity) else { continue }
                used.insert(index)
                let inner = scope.entering(entity, edge: nil)
                guard let set = asSet(try resolve(link, in: inner)) else { throw notALink(link, entity) }
                let target = schema[id].to
                var way = ResolvedPath.Way(link: id, set: set)
                if let value {
                    do throws(Diagnostic) {
                        way.value = try stepValue(value, in: inner.entering(target, edge: pairs(reaching: set)))
                        isValued = true
                    } catch {
                        // A link without such facts counts as 1, if another has them.
                        guard error.code == "no-edge" else { throw error }
                        failure = error
                    }
                }
                ways.append(way)
                if !entities.contains(target) { entities.append(target) }
            }
        }
        if let unused = links.indices.first(where: { !used.contains($0) }) { throw notALink(links[unused], start) }
        if !isValued, let failure { throw failure }
        return (ways, entities)
    }

    private func linkName(_ link: Expression) -> Name? {
        switch link.kind {
        case .name(let name): name
        case .filtered(let base, _): linkName(base)
        default: nil
        }
    }

    private func stepValue(_ value: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        let term = try resolveOne(value, in: scope)
        let found = type(of: term)
        guard found == .number || found == .none else { throw ClauseError.pathValue(found: words(found)).at(value.span) }
        return term
    }

    /// What the pairs behind the ways say, and when the two records of a step last met, where the data can tell.
    private func pathFacts(_ ways: [ResolvedPath.Way]) -> [(name: String, type: ValueType)] {
        var facts: [(name: String, type: ValueType)] = []
        for way in ways {
            guard case .pairs(let edge, _, _, _) = schema[way.link].origin else { continue }
            for field in schema[edge].pairFacts where !facts.contains(where: { $0.name == field.name }) {
                facts.append((field.name, field.type))
            }
        }
        if ways.contains(where: { !schema.meetings(between: schema[$0.link].from, schema[$0.link].to).isEmpty }) {
            facts.append(("last_touch", .date))
        }
        return facts
    }

    private func begin(with path: ResolvedPath) {
        let slots = PathSlots(
            path: newSlot(), hops: newSlot(), value: path.order == .shortest ? nil : newSlot(), steps: newSlot())
        let names = ["from", "from_key", "link", "to", "to_key"].map { ValueType.TableColumn(name: $0, type: .text) }
        let steps = ValueType.table(names + path.facts.map { ValueType.TableColumn(name: $0.name, type: $0.type) })
        frame.columns = [
            Frame.Column(name: "path", slot: slots.path, type: .text),
            Frame.Column(name: "hops", slot: slots.hops, type: .number),
        ]
        if let value = slots.value {
            frame.columns.append(Frame.Column(name: path.order == .strongest ? "strength" : "cost", slot: value, type: .number))
        }
        frame.columns.append(Frame.Column(name: "steps", slot: slots.steps, type: steps))
        source = .path(path, slots)
    }
}
