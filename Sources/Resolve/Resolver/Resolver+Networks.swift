import Syntax
import Types

extension Resolver {
    /// `pagerank(knows)`, `component((knows, colleagues))`: a measure of the place that a record has among all of its entity, joined by one
    /// link or several. The links are resolved as those of a chain are; its first record is the one that is measured.
    func resolveNetwork(
        _ measure: NetworkMeasure, _ arguments: [Argument], of declared: DeclaredDefinition, in scope: Scope, at span: Span
    ) throws(Diagnostic) -> Term {
        let arranged = try arrange(arguments, for: declared, requireAll: true, at: span)
        guard let argument = arranged.first.flatMap({ $0 }) else { preconditionFailure("a measure has an argument") }
        try checkPlain(argument, of: declared.name)
        let links: [Expression]
        if case .list(let elements) = argument.value.kind { links = elements } else { links = [argument.value] }
        let chain = try resolveRepeated(links, Repetition(lower: 1, upper: nil, at: argument.value.span), in: scope)
        guard case .repeated(let start, let level, let steps, _) = chain else { preconditionFailure("links are repeated") }
        guard case .record = type(of: start) else {
            throw TypeError.recordNeeded(declared.name, found: words(type(of: start))).at(argument.value.span)
        }
        let isFixed = steps.allSatisfy { step in
            !step.contains { part in
                switch part {
                case .slot: true
                case .element(let own, _), .edge(let own, _): own < level
                default: false
                }
            }
        }
        guard isFixed else {
            throw CallError.argumentNotConstant(function: declared.name, parameter: "network").at(argument.value.span)
        }
        return .call(measure.rawValue, [chain], .number)
    }
}
