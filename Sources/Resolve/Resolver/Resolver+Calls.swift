import Syntax
import Types

extension Resolver {
    /// `f(a, b)`: a definition with parameters of the records around it, an aggregate, or a function.
    func resolveCall(_ name: Name, _ arguments: [Argument], in scope: Scope, at span: Span) throws(Diagnostic) -> Term {
        if let (definition, record, entity) = memberDefinition(name, in: scope) {
            return try inline(definition, receiver: (record, entity), arguments: arguments, in: scope, at: span)
        }
        guard let function = environment.function(named: name.text) else { throw try unknownFunction(name, arguments, in: scope) }
        if function.isLibrary, function.isNative {
            if let aggregate = AggregateName(rawValue: name.text) {
                return try resolveAggregate(aggregate, arguments, in: scope, at: span)
            }
            if let window = WindowName(rawValue: name.text) { return try resolveWindow(window, arguments, in: scope, at: span) }
            if let measure = NetworkMeasure(rawValue: name.text) {
                return try resolveNetwork(measure, arguments, of: function, in: scope, at: span)
            }
        }
        if function.isValue { throw NameError.notAFunction(name.text, what: "a value").at(name.span) }
        return try inline(function, receiver: nil, arguments: arguments, in: scope, at: span)
    }

    /// A definition that takes parameters and belongs to the innermost record that has one of this name.
    func memberDefinition(_ name: Name, in scope: Scope) -> (DeclaredDefinition, Term, EntityID)? {
        for layer in scope.layers.reversed() {
            let record: (Term, EntityID)
            switch layer {
            case .record(let term, let entity, _): record = (term.at(scope.depth), entity)
            case .rows:
                guard let (slot, entity) = frame.record else { continue }
                record = (.slot(slot, .record(entity)), entity)
            case .parameters: continue
            }
            if let definition = environment.member(named: name.text, of: record.1), !definition.isValue {
                return (definition, record.0, record.1)
            }
        }
        return nil
    }

    private func unknownFunction(_ name: Name, _ arguments: [Argument], in scope: Scope) throws(Diagnostic) -> Diagnostic {
        if let term = try? lookUp(name, in: scope) {
            let isSet = type(of: term).isMany
            let what = isSet ? "a set" : "a value"
            if isSet, arguments.count == 1 {
                let diagnostic = NameError.notAFunction(name.text, what: what).at(name.span)
                return Diagnostic(
                    code: diagnostic.code, diagnostic.message, at: name.span,
                    help: ["choose from a set in brackets: `\(name.text)[\(text(arguments[0].value))]`"])
            }
            return NameError.notAFunction(name.text, what: what).at(name.span)
        }
        let perspectives = environment.perspectives(defining: name.text, of: records(in: scope).map(\.entity))
        let elsewhere = perspectives.first.map { "`\($0)::\(name.text)(…)`" } ?? Elsewhere.functions[name.text.lowercased()]
        let near = elsewhere == nil ? nearest(to: name.text, among: environment.functionNames) : []
        return NameError.unknownFunction(name.text, near: near, elsewhere: elsewhere).at(name.span)
    }

    /// `x.f(y)`: a definition with parameters that the records of `x` have.
    func resolveMemberCall(
        _ base: Expression, _ name: Name, _ arguments: [Argument], in scope: Scope, at span: Span
    ) throws(Diagnostic) -> Term {
        let term = try resolve(base, in: scope)
        let type = type(of: term)
        guard let entity = type.element.entity, let definition = environment.member(named: name.text, of: entity) else {
            var written = text(base)
            if !arguments.isEmpty { written += ", " + arguments.map { text($0.value) }.joined(separator: ", ") }
            if environment.function(named: name.text) != nil {
                throw NameError.unknownFunction(
                    name.text, near: [], elsewhere: "`\(name.text)(\(written))`"
                ).at(name.span)
            }
            if let entity = type.element.entity { throw unknownMember(name, of: entity) }
            throw TypeError.noMembers(name.text, of: words(type)).at(name.span)
        }
        if definition.isValue {
            throw NameError.notAFunction(name.text, what: "a definition of \(schema[entity].plural)").at(name.span)
        }
        guard type.isMany else {
            return try inline(definition, receiver: (term, entity), arguments: arguments, in: scope, at: span)
        }
        return try mapped(term, of: entity, in: scope, written: squeezed(span.text), at: span) {
            (element, inner) throws(Diagnostic) in
            try self.inline(
                definition, receiver: (element, entity), arguments: arguments, in: inner, argumentScope: scope, at: span)
        }
    }

    /// The arguments in the order of the parameters; nothing where the default is to stand in.
    func arrange(
        _ arguments: [Argument], for declared: DeclaredDefinition, requireAll: Bool, at span: Span
    ) throws(Diagnostic) -> [Argument?] {
        let parameters = declared.definition.parameters
        var bound = [Argument?](repeating: nil, count: parameters.count)
        var position = 0
        for argument in arguments {
            var index = position
            if let label = argument.label ?? label(of: argument, in: declared) {
                guard let named = parameters.firstIndex(where: { $0.name.text == label.text }) else {
                    throw NameError.unknownArgument(label.text, function: declared.name, there: parameters.map(\.name.text)).at(
                        label.span)
                }
                index = named
            } else {
                position += 1
            }
            guard index < parameters.count else {
                throw CallError.tooManyArguments(
                    function: declared.name, allowed: parameters.count, given: arguments.count, signature: declared.signature
                ).at(argument.value.span)
            }
            if bound[index] != nil {
                throw CallError.argumentTwice(parameters[index].name.text, function: declared.name).at(argument.value.span)
            }
            bound[index] = argument
            if argument.label == nil, label(of: argument, in: declared) != nil,
                case .binary(_, _, let value) = argument.value.kind
            {
                bound[index]?.value = value
            }
        }
        if requireAll, let missing = parameters.indices.first(where: { bound[$0] == nil && parameters[$0].defaultValue == nil }) {
            throw CallError.missingArgument(parameters[missing].name.text, function: declared.name, signature: declared.signature)
                .at(span)
        }
        return bound
    }

    /// The parameter that a first argument names. The parser takes `f(a = b)` for a condition, because it is one in `count(a = b)`.
    private func label(of argument: Argument, in declared: DeclaredDefinition) -> Name? {
        guard argument.label == nil, case .binary(.equal, let left, _) = argument.value.kind, case .name(let name) = left.kind,
            !(declared.isLibrary && AggregateName(rawValue: declared.name) != nil),
            declared.definition.parameters.contains(where: { $0.name.text == name.text })
        else { return nil }
        return name
    }

    /// Checks what only aggregates may have in their parentheses.
    func checkPlain(_ argument: Argument, of function: String) throws(Diagnostic) {
        let span = argument.value.span
        if argument.distinct { throw CallError.misplacedDistinct(function: function).at(span) }
        if let condition = argument.condition { throw CallError.misplacedCondition(function: function).at(condition.span) }
        if let key = argument.order.first {
            throw CallError.misplacedOrder(function: function, help: ["it belongs to `first`, `last` and `top`"]).at(
                key.value.span)
        }
    }
}
