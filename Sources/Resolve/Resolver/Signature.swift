import Syntax
import Types

/// A type as a declaration writes it, understood.
indirect enum DeclaredType {
    /// Any one type; the same letter stands for the same type throughout a signature.
    case variable(String)
    case value(ValueType)
    /// A date or a time.
    case moment
    case list(DeclaredType)
    /// A set of records of any entity.
    case anySet
    /// Nothing was declared.
    case any

    /// Whether a value of a type may stand here; letters are bound to the first type they meet.
    func accepts(_ type: ValueType, binding variables: inout [String: ValueType]) -> Bool {
        switch self {
        case .any: return true
        case .variable(let name):
            guard type.isScalar else { return false }
            guard let bound = variables[name], bound != .none else {
                variables[name] = type
                return true
            }
            if type == .none || type == bound { return true }
            if case (.period, .period) = (bound, type) { return true }
            guard Resolver.isMoment(bound), Resolver.isMoment(type) else { return false }
            variables[name] = .time
            return true
        case .value(.period(nil)):
            if case .period = type { return true }
            return type == .none
        case .value(let expected): return type == expected || type == .none && expected.isScalar
        case .moment: return Resolver.isMoment(type) || type == .none
        case .list(let element):
            guard type.isMany else { return false }
            return element.accepts(type.element, binding: &variables)
        case .anySet:
            if case .set = type { return true }
            return false
        }
    }

    /// The type that the letters make of it; nothing where it is left open.
    func concrete(_ variables: [String: ValueType]) -> ValueType? {
        switch self {
        case .variable(let name): variables[name]
        case .value(let type): type
        case .moment: .time
        case .list(let element): element.concrete(variables).map { .list($0) }
        case .anySet, .any: nil
        }
    }

    func words(in schema: Schema, _ variables: [String: ValueType] = [:]) -> String {
        switch self {
        case .variable(let name): variables[name].map { "\($0.words(in: schema))" } ?? "a single value"
        case .value(let type): type.words(in: schema)
        case .moment: "a date or a time"
        case .list(.variable): "a list or a set"
        case .list(let element): element.concrete([:]).map { ValueType.list($0).words(in: schema) } ?? "a list"
        case .anySet: "a set of records"
        case .any: "any value"
        }
    }
}

extension Resolver {
    /// Understands a type as written.
    func declaredType(_ expression: TypeExpression) throws(Diagnostic) -> DeclaredType {
        switch expression {
        case .list(let element, _): return .list(try declaredType(element))
        case .set(let element, let span):
            switch try declaredType(element) {
            case .variable: return .anySet
            case .value(.record(let entity)): return .value(.set(entity))
            default: throw NameError.unknownEntity(span.text, near: [], there: schema.entities.map(\.name)).at(span)
            }
        case .named(let name):
            switch name.text {
            case "text": return .value(.text)
            case "number": return .value(.number)
            case "bool": return .value(.bool)
            case "date": return .value(.date)
            case "time": return .value(.time)
            case "duration": return .value(.duration)
            case "period": return .value(.period(nil))
            case "moment": return .moment
            default: break
            }
            if name.text.utf8.count == 1, let byte = name.text.utf8.first, byte >= 65, byte <= 90 { return .variable(name.text) }
            if let entity = schema.entity(named: name.text) { return .value(.record(entity.id)) }
            let types = ["text", "number", "bool", "date", "time", "duration", "period"]
            let near = nearest(to: name.text, among: types + schema.entities.map(\.name))
            throw NameError.unknownType(name.text, near: near, there: schema.entities.map(\.name)).at(name.span)
        }
    }

    /// A definition's head as source text: `define upper(value: text): text` without its first word.
    func signature(_ definition: DeclaredDefinition) -> String { definition.signature }
}

extension DeclaredDefinition {
    /// The head as source text, without `define` and without the body.
    var signature: String {
        let parameters = definition.parameters.map(\.text).joined(separator: ", ")
        let list = definition.hasParameterList || !definition.parameters.isEmpty ? "(\(parameters))" : ""
        return fullName + list + (definition.result.map { ": \($0.text)" } ?? "")
    }
}

extension Parameter {
    /// The parameter as source text.
    var text: String {
        name.text + (type.map { ": \($0.text)" } ?? "") + (defaultValue.map { " = \(squeezed($0.span.text))" } ?? "")
    }
}

extension TypeExpression {
    /// The type as source text.
    var text: String {
        switch self {
        case .named(let name): name.text
        case .list(let element, _): "list of \(element.text)"
        case .set(let element, _): "set of \(element.text)"
        }
    }
}
