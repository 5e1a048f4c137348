import Syntax
import Types

/// Takes expressions apart for `why`. Each part is resolved in the same way and the same scope as when the whole is, so that what is told
/// is what was computed.
extension Resolver {
    func explain(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> Explanation {
        let term = try resolve(expression, in: scope)
        var node = Explanation(expression.canonicalText, term, type(of: term))
        switch expression.kind {
        case .binary(let op, let left, let right):
            try explainOperator(op, left, right, in: scope, &node)
        case .not(let operand): node.parts = [try explain(operand, in: scope)]
        case .negated(let operand), .ago(let operand), .ahead(let operand): try addOperand(operand, in: scope, to: &node)
        case .conditional(let condition, let then, let otherwise):
            node.kind = .choice
            node.parts = [try explain(condition, in: scope), try explain(then, in: scope)]
            if let otherwise { node.parts.append(try explain(otherwise, in: scope)) }
        case .any, .no: node.records = records(in: term)
        case .name, .member, .call, .memberCall, .qualified: try explainName(expression, in: scope, &node)
        case .mapped(let base, let body):
            let record = try resolve(base, in: scope)
            guard case .record(let entity) = type(of: record) else { break }
            var inner = scope.perRow
            inner.layers.append(.record(BoundTerm(term: record, depth: scope.depth), entity, edge: nil))
            // The body is the whole, seen from the record.
            let part = try explain(body, in: inner)
            (node.kind, node.details, node.records, node.parts) = (part.kind, part.details, part.records, part.parts)
        default: node.records = records(in: term)
        }
        return node
    }

    private func explainOperator(
        _ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope, _ node: inout Explanation
    ) throws(Diagnostic) {
        switch op {
        case .and, .or:
            node.kind = op == .and ? .and : .or
            for operand in operands(of: op, left) + operands(of: op, right) { node.parts.append(try explain(operand, in: scope)) }
        case .coalesce:
            node.kind = .fallback
            node.parts = [try explain(left, in: scope), try explain(right, in: scope)]
        default:
            try addOperand(left, in: scope, to: &node)
            try addOperand(right, in: scope, to: &node)
        }
    }

    /// The operands of a chain such as `a and b and c`.
    private func operands(of op: BinaryOperator, _ expression: Expression) -> [Expression] {
        guard case .binary(op, let left, let right) = expression.kind else { return [expression] }
        return operands(of: op, left) + operands(of: op, right)
    }

    /// Tells an operand beside the part where it is small, and as a part of its own where there is more to say of it.
    private func addOperand(_ operand: Expression, in scope: Scope, to node: inout Explanation) throws(Diagnostic) {
        switch operand.kind {
        case .literal, .record: return
        case .list(let elements):
            for element in elements { try addOperand(element, in: scope, to: &node) }
            return
        case .range(let lower, let upper):
            for bound in [lower, upper].compactMap(\.self) { try addOperand(bound, in: scope, to: &node) }
            return
        case .relative: return
        default: break
        }
        // A word that is compared with a field may be a mistake that the whole was told of already.
        guard let part = try? explain(operand, in: scope) else { return }
        let isSmall = part.parts.isEmpty && part.records == nil && part.type.isScalar
        if isSmall {
            node.details += part.details.isEmpty ? [Explanation.Detail(text: part.text, term: part.term)] : part.details
        } else {
            node.parts.append(part)
        }
    }

    // MARK: Names

    private func explainName(_ expression: Expression, in scope: Scope, _ node: inout Explanation) throws(Diagnostic) {
        if let use = try definition(usedBy: expression, in: scope), let body = use.declared.definition.body {
            let values = try bind(use.arguments, to: use.declared, in: scope, at: expression.span)
            inlining.append(use.declared.fullName)
            defer { inlining.removeLast() }
            let inner = Scope(layers: bodyLayers(use.receiver, values, depth: scope.depth), depth: scope.depth)
            let part = try? seen(from: use.declared.viewpoint) { () throws(Diagnostic) in try explain(body, in: inner) }
            // What is told must be what was computed; where a name means something else after all, it is told as a whole.
            if let part, part.term == node.term {
                node.kind = .definition(declared(use.declared))
                node.details = values.map { Explanation.Detail(text: $0.name, term: $0.term) }
                node.parts = [part]
                return
            }
        }
        node.records = records(in: node.term)
        guard node.records == nil else { return }
        switch expression.kind {
        case .call(let name, let arguments) where environment.function(named: name.text)?.isNative == true:
            // Of lists, with a value for each of many records, the parts would tell more than anyone reads.
            for argument in arguments where try !type(of: resolve(argument.value, in: scope)).isMany {
                try addOperand(argument.value, in: scope, to: &node)
            }
        case .member(let base, _):
            guard let part = try? explain(base, in: scope), part.records != nil || !part.parts.isEmpty else { return }
            node.parts = [part]
        default: break
        }
    }

    private func declared(_ definition: DeclaredDefinition) -> Explanation.Declared {
        let source = definition.span.source
        let line = source.lineNumber(source.line(at: definition.definition.name.span.lower))
        var description = Description(.constant, definition.fullName, signature: "")
        description.read(definition.doc)
        return Explanation.Declared(name: definition.signature, doc: description.doc, place: "\(source.name):\(line)")
    }

    private typealias Use = (declared: DeclaredDefinition, receiver: (Term, EntityID)?, arguments: [Argument])

    /// The definition that a name or a call stands for; none where it stands for something of the data or of the engine.
    private func definition(usedBy expression: Expression, in scope: Scope) throws(Diagnostic) -> Use? {
        switch expression.kind {
        case .name(let name): return definition(named: name, in: scope)
        case .member(let base, let name):
            guard let (record, entity) = try record(base, in: scope), !isData(name, of: entity),
                let found = environment.member(named: name.text, of: entity)
            else { return nil }
            return (found, (record, entity), [])
        case .call(let name, let arguments):
            if let (found, record, entity) = memberDefinition(name, in: scope) { return (found, (record, entity), arguments) }
            guard let function = environment.function(named: name.text), !function.isNative, !function.isValue else { return nil }
            return (function, nil, arguments)
        case .memberCall(let base, let name, let arguments):
            guard let (record, entity) = try record(base, in: scope),
                let found = environment.member(named: name.text, of: entity), !found.isValue
            else { return nil }
            return (found, (record, entity), arguments)
        case .qualified(let perspective, let base, let name, let arguments):
            let declarations = try environment.perspective(perspective).declarations
            let seen = try base.map { (base) throws(Diagnostic) in try record(base, in: scope).map { [$0] } ?? [] }
            for (record, entity) in seen ?? records(in: scope) {
                guard let found = declarations.members[entity]?[name.text] else { continue }
                return (found, (record, entity), arguments ?? [])
            }
            return base == nil ? declarations.functions[name.text].map { ($0, nil, arguments ?? []) } : nil
        default: return nil
        }
    }

    private func record(_ base: Expression, in scope: Scope) throws(Diagnostic) -> (Term, EntityID)? {
        let term = try resolve(base, in: scope)
        guard case .record(let entity) = type(of: term) else { return nil }
        return (term, entity)
    }

    private func isData(_ name: Name, of entity: EntityID) -> Bool {
        schema.link(named: name.text, of: entity) != nil || schema.field(named: name.text, of: entity) != nil
    }

    /// The definition that a name alone means, by the order in which `lookUp` tries what it may mean.
    private func definition(named name: Name, in scope: Scope) -> Use? {
        for layer in scope.layers.reversed() {
            switch layer {
            case .record(let record, let entity, _):
                if isData(name, of: entity) { return nil }
                if let found = environment.member(named: name.text, of: entity) {
                    return (found, (record.at(scope.depth), entity), [])
                }
            case .rows: return nil
            case .parameters(let values): if values[name.text] != nil { return nil }
            }
        }
        guard environment.parameters[name.text] == nil, environment.relations[name.text] == nil,
            let function = environment.function(named: name.text), function.isValue, !function.isNative
        else { return nil }
        return (function, nil, [])
    }

    // MARK: Records

    /// The records that a term went over, if it is an aggregate, a test of a set, a pick of records, or a set itself.
    private func records(in term: Term) -> Explanation.Records? {
        switch term {
        case .not(.isEmpty(let set)), .isEmpty(let set): return records(of: set, body: nil, order: nil)
        case .aggregate(_, let over):
            if case .map(let set, let level, let body) = over { return records(of: set, body: (level, body), order: nil) }
            return records(of: over, body: nil, order: nil)
        case .pick(let set, let level, let keys, _, _, let fromEnd):
            return records(of: set, body: nil, order: (level, keys, fromEnd))
        default: return records(of: term, body: nil, order: nil)
        }
    }

    private func records(
        of set: Term, body: (level: Int, term: Term)?, order: (level: Int, keys: [TermSortKey], fromEnd: Bool)?
    ) -> Explanation.Records? {
        guard case .set(let entity) = type(of: set) else { return nil }
        var base = set
        var conditions: [(level: Int, term: Term)] = []
        while case .filter(let inner, let level, let condition) = base {
            conditions.append((level, condition))
            base = inner
        }
        let level = body?.level ?? order?.level ?? conditions.first?.level ?? 1
        var columns = [TermColumn(name: "", value: .element(level: level, .record(entity)))]
        func add(_ value: Term, at own: Int, _ name: String?) {
            guard own == level, let name = name ?? path(value, at: level), columns.count < 5 else { return }
            if !columns.contains(where: { $0.value == value }) { columns.append(TermColumn(name: name, value: value)) }
        }
        if let body { add(body.term, at: body.level, path(body.term, at: body.level) ?? "value") }
        for key in order?.keys ?? [] { add(key.value, at: order?.level ?? level, nil) }
        for condition in conditions.reversed() {
            for operand in comparedValues(in: condition.term) { add(operand, at: condition.level, nil) }
        }
        func sample(_ set: Term) -> Term {
            let first = Term.pick(
                set, level: level, keys: order?.keys ?? [], limit: Explanation.Records.sampleSize, single: false,
                fromEnd: order?.fromEnd ?? false)
            return .table(first, level: level, columns: columns)
        }
        return Explanation.Records(
            name: schema[entity].plural, total: conditions.isEmpty ? nil : .aggregate(.count, over: base),
            count: .aggregate(.count, over: set), sample: sample(set), rejected: conditions.isEmpty ? nil : sample(base))
    }

    /// The operands of the comparisons in a condition.
    private func comparedValues(in condition: Term) -> [Term] {
        switch condition {
        case .binary(.and, let left, let right, _), .binary(.or, let left, let right, _):
            comparedValues(in: left) + comparedValues(in: right)
        case .binary(_, let left, let right, _): [left, right]
        case .not(let operand): comparedValues(in: operand)
        case .isIn(let operand, _): [operand]
        case .field: [condition]
        default: []
        }
    }

    private static func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// The way along links to a field of an element: `account.region`. None for anything else.
    private func path(_ term: Term, at level: Int) -> String? {
        switch term {
        case .element(level, _), .edge(level, _): return ""
        case .field(let base, let field): return path(base, at: level).map { Self.joined($0, schema[field].name) }
        case .toOne(let base, let link): return path(base, at: level).map { Self.joined($0, schema[link].name) }
        default: return nil
        }
    }
}
