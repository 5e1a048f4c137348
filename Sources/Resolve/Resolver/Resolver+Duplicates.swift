import Syntax
import Types

extension Resolver {
    /// The part of agreement above which two records are shown as probably one, where the question does not say.
    static let duplicateThreshold = 0.85

    /// `duplicates of people by name, email above 85%`: rows of two records `a` and `b` and their `score`.
    func beginDuplicates(of set: Expression, by fields: [Expression], above: Expression?) throws(Diagnostic) {
        let scope = Scope(layers: outerLayers)
        let records = try resolveSet(set, for: "`duplicates of`", in: scope)
        guard case .set(let entity) = type(of: records) else { return }
        var values: [Term] = []
        for field in fields {
            let inner = scope.entering(entity, edge: nil)
            let value = try resolveOne(field, in: inner)
            if type(of: value) == .none { throw DuplicatesError.nothingToCompare(text(field)).at(field.span) }
            values.append(.map(records, level: inner.depth, body: value))
        }
        var threshold = Self.duplicateThreshold
        if let above {
            guard case .number(let number)? = constantValue(try resolve(above, in: scope)),
                number.doubleValue > 0, number.doubleValue <= 1
            else { throw DuplicatesError.threshold.at(above.span) }
            threshold = number.doubleValue
        }
        let slots = (a: newSlot(), b: newSlot(), score: newSlot())
        source = .duplicates(
            records, by: values, threshold: threshold, slots: DuplicateSlots(a: slots.a, b: slots.b, score: slots.score))
        frame.columns = [
            Frame.Column(name: "a", slot: slots.a, type: .record(entity)),
            Frame.Column(name: "b", slot: slots.b, type: .record(entity)),
            Frame.Column(name: "score", slot: slots.score, type: .number),
        ]
    }
}

/// What is wrong with `duplicates of`.
enum DuplicatesError: ResolveError {
    case nothingToCompare(String)
    case threshold

    var wording: Wording {
        switch self {
        case .nothingToCompare(let text):
            ("nothing-to-compare", "`\(text)` is always none, so that it says nothing of two records", [])
        case .threshold: ("threshold", "`above` needs a part of agreement between 0% and 100%", ["such as `above 90%`"])
        }
    }
}
