import Syntax
import Types

/// The messages that stopped a question or a declaration; at least one.
public struct ResolveErrors: Error, Sendable {
    public var diagnostics: [Diagnostic]
    public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// A question that is understood, and what its author may have got wrong nevertheless.
public struct Resolution: Sendable {
    public var question: ResolvedQuestion
    public var hints: [Diagnostic]
}

/// Gives every name of a question its meaning and every expression its type. `day` is the day as of which it is asked, where the question
/// itself does not say, and `period` the position of the period for which a question with `each` is resolved.
public func resolve(_ question: Question, in environment: Environment, asOf day: Int32? = nil, period: Int? = nil)
    throws(ResolveErrors) -> Resolution
{
    let resolver = Resolver(environment)
    resolver.periodIndex = period
    if let day { resolver.goBack(to: day) }
    do {
        try resolver.goBack(question.clauses, source: question.source)
        try resolver.resolveSource(question.source, followedBy: question.clauses.first)
        for clause in question.clauses { try resolver.resolveClause(clause) }
    } catch {
        throw ResolveErrors(diagnostics: resolver.collected + [error])
    }
    return Resolution(question: resolver.finish(), hints: resolver.hints)
}

/// The state of resolving one question: the rows as the clauses so far leave them, and the steps that make them so.
///
/// The parts are in `Resolver+….swift`: names and members, sets, operators, aggregates, calls, definitions, sources and clauses.
final class Resolver {
    /// What can be referred to; which perspective is seen first changes while a definition is put in its place.
    var environment: Environment
    /// The data, as of the day that the question is about.
    var catalogue: any Catalogue
    let schema: Schema
    /// The day that the question is about, if `as of` names one.
    var day: Int32?
    /// The periods of `each`, and the position of the one for which the question is resolved; without it, the last.
    var each: EachPeriods?
    var periodIndex: Int?
    /// The day on which the question is asked.
    let today: Int32
    var source: ResolvedSource?
    var steps: [Step] = []
    var frame = Frame()
    var group: Group?
    var hints: [Diagnostic] = []
    /// Errors of one clause before the last; a list of columns is gone through to its end.
    var collected: [Diagnostic] = []
    /// What a slot was computed from, to know from which field its values come.
    var slotTerms = SlotTerms()
    /// The definitions and questions that are being put in place, outermost first.
    var inlining: [String] = []
    /// Whether what is being resolved comes with the program, so that an unknown name is something that the data lack.
    var isLibrary = false
    /// Parameters of the question that is being asked.
    var outerLayers: [Layer] = []
    /// How many definitions have been put in place. Definitions that use each other twice grow without bounds otherwise.
    var inlineCount = 0
    /// What the rows were like before steps that forgot their records.
    var shapes: [RowShape] = []
    /// What stands for the parameters of a declaration while it is checked: the same for all rows.
    var parameterSlots: Set<SlotID> = []
    /// 1 while a declaration itself is checked.
    var checkedDepth = 0
    static let inliningLimit = 2000
    static let inliningDepthLimit = 50
    private var nextSlot = 0

    init(_ environment: Environment) {
        self.environment = environment
        catalogue = environment.catalogue
        schema = environment.schema
        today = environment.clock.today
    }

    func newSlot() -> SlotID {
        defer { nextSlot += 1 }
        return SlotID(nextSlot)
    }

    /// Leaves these numbers to another question whose steps are taken over.
    func reserveSlots(below limit: Int) { nextSlot = max(nextSlot, limit) }

    func type(of term: Term) -> ValueType { term.type(in: schema) }

    func words(_ type: ValueType) -> String { type.words(in: schema) }

    /// The scope of the clauses: the rows, before them parameters and what is declared.
    var rowScope: Scope { Scope(layers: outerLayers + [.rows]) }

    /// Hints are told where the text at hand has the place; a definition's own were told when it was declared.
    func hint(_ code: String, _ message: String, at span: Span) {
        guard inlining.count <= checkedDepth else { return }
        let isKnown = hints.contains { $0.span?.source === span.source && $0.span?.lower == span.lower && $0.code == code }
        if !isKnown { hints.append(Diagnostic(.hint, code: code, message, at: span)) }
    }

    /// The expression as written, on one line, for messages.
    func text(_ expression: Expression) -> String { squeezed(expression.span.text) }
}

/// A text with every run of white space made one space.
func squeezed(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

extension ResolveError {
    /// Shorter than `diagnostic(at:)` where it is thrown.
    func at(_ span: Span?) -> Diagnostic { diagnostic(at: span) }
}
