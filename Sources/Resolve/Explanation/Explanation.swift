import Syntax
import Types

/// How a value is made up: its expression, the parts that it was computed from, and the terms whose values tell what each part gave.
public struct Explanation: Sendable {
    public enum Kind: Sendable {
        /// A part that is told as a whole, or by the parts that it always needs.
        case plain
        /// Parts of which the first that does not hold decides.
        case and
        /// Parts of which the first that holds decides.
        case or
        /// A condition and what it chooses between; the last part may be left out.
        case choice
        /// A value and what stands in for it.
        case fallback
        /// A name that stands for its only part.
        case definition(Declared)
    }

    /// What is known of a definition beside its body.
    public struct Declared: Sendable {
        /// `account.quiet`.
        public var name: String
        public var doc: String?
        /// The file and the line where it is declared.
        public var place: String
    }

    /// Something small beside a part, such as a field or a parameter.
    public struct Detail: Sendable {
        public var text: String
        public var term: Term
    }

    /// The records that an aggregate or a test went over.
    public struct Records: Sendable {
        /// The set as the store calls it: `deals`.
        public var name: String
        /// How many there are before a condition chose among them; none where none did.
        public var total: Term?
        public var count: Term
        /// The first few, each with the values that counted: a table whose first column is the record.
        public var sample: Term
        /// The first few of all, for when none was chosen.
        public var rejected: Term?
        public static let sampleSize = 3
    }

    public var text: String
    public var term: Term
    public var type: ValueType
    public var kind = Kind.plain
    public var details: [Detail] = []
    public var records: Records?
    public var parts: [Explanation] = []

    init(_ text: String, _ term: Term, _ type: ValueType) {
        self.text = text
        self.term = term
        self.type = type
    }

    /// Every term whose value the explanation tells, each once, its own first.
    public var terms: [Term] {
        var known: Set<Term> = []
        var terms: [Term] = []
        collect(&known, &terms)
        return terms
    }

    private func collect(_ known: inout Set<Term>, _ terms: inout [Term]) {
        let own = [term] + details.map(\.term)
        let ofRecords = records.map { [$0.count, $0.sample] + [$0.total, $0.rejected].compactMap(\.self) } ?? []
        for term in own + ofRecords where known.insert(term).inserted { terms.append(term) }
        for part in parts { part.collect(&known, &terms) }
    }
}

/// An explanation with the question that asks for the values of all its terms at once, a column a term in their order.
public struct ExplainedValue: Sendable {
    public var explanation: Explanation
    public var question: ResolvedQuestion
    public var hints: [Diagnostic]
}

/// Takes an expression apart that depends on no row, such as `account "Acme".at_risk`. Nothing is computed here: the parts become columns
/// of an ordinary question, so that their values are those that any question would give.
public func explain(_ expression: Expression, in environment: Environment) throws(ResolveErrors) -> ExplainedValue {
    let resolver = Resolver(environment)
    do throws(Diagnostic) {
        let explanation = try resolver.explain(expression, in: Scope(layers: []))
        let terms = explanation.terms
        let first = resolver.newSlot()
        let columns = terms.map { term in
            AnswerColumn(name: "", slot: resolver.newSlot(), type: resolver.type(of: term))
        }
        let question = ResolvedQuestion(
            source: .value(.constant(.bool(true), .bool), slot: first),
            steps: [.extend(zip(columns, terms).map { ($0.slot, $1) })], columns: columns, record: nil, recordEntity: nil,
            fieldColumnCount: 0)
        return ExplainedValue(explanation: explanation, question: question, hints: resolver.hints)
    } catch {
        throw ResolveErrors(diagnostics: [error])
    }
}
