import Syntax
import Types

extension Resolver {
    /// `referrals+`, `owner.knows[edge.strength > 0.5]{1..3}`, `(knows, colleagues){1..2}`: only the last link is repeated.
    func resolveRepeated(_ links: [Expression], _ repetition: Repetition, in scope: Scope) throws(Diagnostic) -> Term {
        let (base, steps) = Self.divided(links)
        let start: Term
        let entity: EntityID
        if let base {
            start = try resolve(base, in: scope.perRow)
            switch type(of: start) {
            case .record(let own), .set(let own): entity = own
            case let other: throw TypeError.setNeeded("a repeated link", found: words(other), help: []).at(base.span)
            }
        } else if let step = steps.first, let found = try recordWithMember(named: step, in: scope) {
            (start, entity) = found
        } else {
            throw ClauseError.notRepeatable(text(links[0])).at(links[0].span)
        }
        let inner = scope.perRow.entering(entity, edge: nil)
        let terms = try repeatedSteps(steps, of: entity, in: inner)
        return .repeated(start, level: inner.depth, steps: terms, Hops(lower: repetition.lower, upper: repetition.upper))
    }

    /// `follow knows{1..3}`: the rows become the records so many hops away, with a column `hops`.
    func followRepeated(_ links: [Expression], _ repetition: Repetition) throws(Diagnostic) {
        let (base, steps) = Self.divided(links)
        if let base { try follow(base) }
        guard let (slot, entity) = frame.record else { throw ClauseError.followNeedsRecord.at(links.first?.span) }
        // The rows are gone behind `follow`, so that a step sees nothing of them.
        let inner = Scope(layers: outerLayers).entering(entity, edge: nil)
        let terms = try repeatedSteps(steps, of: entity, in: inner)
        let into = newSlot()
        let distance = newSlot()
        let hops = Hops(lower: repetition.lower, upper: repetition.upper)
        self.steps.append(.followRepeated(from: slot, steps: terms, hops, into: into, hops: distance))
        frame = Frame()
        frame.record = (into, entity)
        frame.showsRecord = true
        frame.columns = [Frame.Column(name: "hops", slot: distance, type: .number)]
    }

    /// What one hop leads to from the innermost record of the scope, link by link.
    func repeatedSteps(_ links: [Expression], of entity: EntityID, in scope: Scope) throws(Diagnostic) -> [Term] {
        var terms: [Term] = []
        for link in links {
            // A name that only an outer record knows would lead to the same records from everywhere.
            guard let name = Self.firstName(link) else { throw ClauseError.notRepeatable(text(link)).at(link.span) }
            let element = Term.element(level: scope.depth, .record(entity))
            guard try member(name, ofRecord: element, entity, in: scope) != nil else {
                throw notALink(Expression(.name(name), at: name.span), entity)
            }
            let term = try resolve(link, in: scope)
            guard let target = type(of: term).entity, let set = asSet(term) else { throw notALink(link, entity) }
            guard target == entity else {
                throw ClauseError.repeatedLeaves(text(link), from: schema[entity].plural, to: schema[target].plural)
                    .at(link.span)
            }
            terms.append(set)
        }
        return terms
    }

    /// What stands before the repeated link, and the links that are repeated, each with the brackets behind it.
    private static func divided(_ links: [Expression]) -> (base: Expression?, steps: [Expression]) {
        guard links.count == 1, let link = links.first else { return (nil, links) }
        switch link.kind {
        case .member(let base, let name): return (base, [Expression(.name(name), at: name.span)])
        case .mapped(let base, let inner):
            if case .list(let elements) = inner.kind { return (base, elements) }
            return (base, [inner])
        case .filtered(let set, let condition):
            let (base, steps) = divided([set])
            guard steps.count == 1 else { return (nil, [link]) }
            let span = base == nil ? link.span : steps[0].span.joined(with: condition.span)
            return (base, [Expression(.filtered(steps[0], condition), at: span)])
        default: return (nil, [link])
        }
    }

    /// The name with which a way along links begins.
    private static func firstName(_ expression: Expression) -> Name? {
        switch expression.kind {
        case .name(let name): name
        case .member(let base, _), .filtered(let base, _): firstName(base)
        default: nil
        }
    }

    /// The nearest record around that has what the expression begins with.
    private func recordWithMember(named step: Expression, in scope: Scope) throws(Diagnostic) -> (Term, EntityID)? {
        guard let name = Self.firstName(step) else { return nil }
        for layer in scope.layers.reversed() {
            switch layer {
            case .record(let record, let entity, _):
                if try member(name, ofRecord: record.at(scope.depth), entity, in: scope) != nil {
                    return (record.at(scope.depth), entity)
                }
            case .rows:
                // A column of the link's name, as the last answer has it, shows where the link leads once; only the link leads on.
                if let (slot, entity) = frame.record {
                    let record = Term.slot(slot, .record(entity))
                    if try member(name, ofRecord: record, entity, in: scope) != nil { return (record, entity) }
                }
                if frame.column(named: name.text) != nil { return nil }
            case .parameters(let values):
                if values[name.text] != nil { return nil }
            }
        }
        if try lookUp(name, in: scope) != nil { return nil }
        throw unknown(name, in: scope)
    }
}
