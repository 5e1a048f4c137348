import Syntax
import Types

extension Resolver {
    /// Puts a definition in the place of its use: its body with the receiver and the arguments bound, or a call of a native function.
    ///
    /// A body sees its own parameters, its receiver's fields and what is declared, but nothing of the place where it is used. A mistake
    /// in it is told at that place, with the body as a further place.
    func inline(
        _ declared: DeclaredDefinition, receiver: (Term, EntityID)?, arguments: [Argument], in scope: Scope,
        argumentScope: Scope? = nil, at use: Span
    ) throws(Diagnostic) -> Term {
        let name = declared.fullName
        inlineCount += 1
        if inlining.count >= Self.inliningDepthLimit || inlineCount > Self.inliningLimit {
            throw DeclarationError.tooLarge(inlining.first ?? name).at(use)
        }
        if inlining.contains(name) { throw DeclarationError.recursion(name).at(use) }
        let outside = argumentScope.map { Scope(layers: $0.layers, depth: scope.depth, mode: .values) } ?? scope
        let values = try bind(arguments, to: declared, in: outside, at: use)
        guard let body = declared.definition.body else { return try native(declared, values, at: use) }
        inlining.append(name)
        let wasLibrary = isLibrary
        isLibrary = declared.isLibrary
        defer {
            inlining.removeLast()
            isLibrary = wasLibrary
        }
        do {
            let inner = Scope(layers: bodyLayers(receiver, values, depth: scope.depth), depth: scope.depth)
            let term = try seen(from: declared.viewpoint) { () throws(Diagnostic) in try resolve(body, in: inner) }
            try checkResult(of: declared, term)
            return term
        } catch {
            throw Self.explained(error, by: declared, usedAt: use)
        }
    }

    /// What the body of a definition sees: the record that has it, and its parameters.
    func bodyLayers(_ receiver: (Term, EntityID)?, _ values: [(name: String, term: Term)], depth: Int) -> [Layer] {
        var layers: [Layer] = []
        if let receiver { layers.append(.record(BoundTerm(term: receiver.0, depth: depth), receiver.1, edge: nil)) }
        layers.append(.parameters(values.reduce(into: [:]) { $0[$1.name] = BoundTerm(term: $1.term, depth: depth) }))
        return layers
    }

    private static func explained(_ error: Diagnostic, by declared: DeclaredDefinition, usedAt use: Span) -> Diagnostic {
        var moved = error
        if declared.isLibrary, error.code == "unknown-name" || error.code == "unknown-entity" {
            moved = DeclarationError.unavailable(declared.fullName, missing: error.message).at(use)
        }
        moved.span = use
        moved.notes.append(Diagnostic.Note("in the definition of `\(declared.fullName)`", at: error.span ?? declared.span))
        return moved
    }

    func checkResult(of declared: DeclaredDefinition, _ term: Term) throws(Diagnostic) {
        guard let result = declared.definition.result else { return }
        var variables: [String: ValueType] = [:]
        let expected = try declaredType(result)
        guard !expected.accepts(type(of: term), binding: &variables) else { return }
        throw TypeError.resultType(declared.fullName, declared: expected.words(in: schema), found: words(type(of: term)))
            .at(declared.definition.body?.span)
    }

    /// The value of every parameter, defaults included, with its type checked.
    func bind(
        _ arguments: [Argument], to declared: DeclaredDefinition, in scope: Scope, at use: Span
    ) throws(Diagnostic) -> [(name: String, term: Term)] {
        let arranged = try arrange(arguments, for: declared, requireAll: true, at: use)
        var values: [(name: String, term: Term)] = []
        var variables: [String: ValueType] = [:]
        for (parameter, argument) in zip(declared.definition.parameters, arranged) {
            let expected = try parameter.type.map { (type) throws(Diagnostic) in try declaredType(type) } ?? .any
            let term: Term
            if let argument {
                try checkPlain(argument, of: declared.name)
                term = try resolve(argument.value, in: scope)
            } else {
                let earlier = values.reduce(into: [String: BoundTerm]()) {
                    $0[$1.name] = BoundTerm(term: $1.term, depth: scope.depth)
                }
                guard let fallback = parameter.defaultValue else { continue }
                let inner = Scope(layers: [.parameters(earlier)], depth: scope.depth)
                term = try seen(from: declared.viewpoint) { () throws(Diagnostic) in try resolve(fallback, in: inner) }
            }
            let adapted = adapted(term, to: expected)
            guard expected.accepts(type(of: adapted), binding: &variables) else {
                let span = argument?.value.span ?? use
                throw CallError.argumentType(
                    function: declared.name, parameter: parameter.name.text, expected: expected.words(in: schema, variables),
                    found: words(type(of: term)), help: help(for: expected, term, argument, declared)
                ).at(span)
            }
            values.append((parameter.name.text, adapted))
        }
        return values
    }

    /// A single record where a set is wanted is the set of it.
    private func adapted(_ term: Term, to expected: DeclaredType) -> Term {
        switch (expected, type(of: term)) {
        case (.anySet, .record), (.value(.set), .record): asSet(term) ?? term
        default: term
        }
    }

    private func help(for expected: DeclaredType, _ term: Term, _ argument: Argument?, _ declared: DeclaredDefinition) -> [String]
    {
        guard let argument else { return [] }
        let written = text(argument.value)
        switch (expected, type(of: term)) {
        case (.value(.number), .text): return ["make a number of it: `number(\(written))`"]
        case (.value(.text), .number), (.value(.text), .date), (.value(.text), .period):
            return ["make text of it: `text(\(written))`"]
        case (.value(.duration), .number): return ["say of what: `\(inDays(argument.value))`"]
        case (.value(.date), .text), (.moment, .text), (.value(.time), .text): return ["make a date of it: `date(\(written))`"]
        case (.value(.date), .time): return ["take its day: `date(\(written))`"]
        case (.value(.time), .date): return ["a date has no hours"]
        case (.value, .list), (.variable, .list), (.moment, .list):
            if case .member(let base, let name) = argument.value.kind {
                return ["for each of them: `\(text(base)).(\(declared.name)(\(name.text)))`"]
            }
            return ["aggregate it first: `\(declared.name)(max(\(written)))`"]
        case (.value(.record), .set(let entity)):
            if case .filtered(_, let condition) = argument.value.kind, case .literal(.text) = condition.kind {
                return ["name the one record: `\(schema[entity].name) \(text(condition))`"]
            }
            return ["take one of them: `first(\(written))`"]
        case (.value(.text), .set), (.variable, .set): return ["take a field of one of them: `first(\(written)).…`"]
        default: return []
        }
    }

    /// A call of what the engine computes. The clock's constants are known now.
    private func native(_ declared: DeclaredDefinition, _ values: [(name: String, term: Term)], at use: Span) throws(Diagnostic)
        -> Term
    {
        switch declared.name {
        case "today" where declared.isValue: return .constant(.date(environment.clock.today), .date)
        case "now" where declared.isValue: return .constant(.time(environment.clock.now), .time)
        case "bg_nbd": try checkPart(PurchaseModelPart.allCases.map(\.rawValue), of: declared, values, at: use)
        case "gamma_gamma": try checkPart(SpendModelPart.allCases.map(\.rawValue), of: declared, values, at: use)
        case "share_below": try checkOrdered(declared, values, at: use)
        default: break
        }
        guard let result = declared.definition.result else { return .call(declared.name, values.map(\.term), .none) }
        var variables: [String: ValueType] = [:]
        for (parameter, value) in zip(declared.definition.parameters, values) {
            guard let type = parameter.type else { continue }
            _ = try declaredType(type).accepts(self.type(of: value.term), binding: &variables)
        }
        var type = try declaredType(result).concrete(variables) ?? .none
        if type == .period(nil), let unit = CalendarUnit(rawValue: declared.name) { type = .period(unit) }
        return .call(declared.name, values.map(\.term), type)
    }

    /// What is asked of a model is a text that is known now, so that a name that is none is told at once.
    private func checkPart(
        _ known: [String], of declared: DeclaredDefinition, _ values: [(name: String, term: Term)], at use: Span
    ) throws(Diagnostic) {
        // While a declaration is checked, its parameters have no values yet.
        if case .slot(let slot, _)? = values.first?.term, parameterSlots.contains(slot) { return }
        guard case .constant(.text(let part), _)? = values.first?.term else {
            throw CallError.argumentNotConstant(function: declared.name, parameter: "part").at(use)
        }
        if known.contains(part) { return }
        let words = known.map { "\"\($0)\"" }.joined(separator: ", ")
        throw CallError.argumentOutOfRange(function: declared.name, parameter: "part", expected: "one of \(words)").at(use)
    }

    private func checkOrdered(
        _ declared: DeclaredDefinition, _ values: [(name: String, term: Term)], at use: Span
    ) throws(Diagnostic) {
        guard let value = values.first, !type(of: value.term).isOrdered else { return }
        throw CallError.argumentType(
            function: declared.name, parameter: value.name, expected: "a value that has an order",
            found: words(type(of: value.term)),
            help: ["take a field of it"]
        ).at(use)
    }
}
