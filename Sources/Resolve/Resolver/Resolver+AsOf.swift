import Syntax
import Types

/// `as of DATE`: the whole question as it would have been answered that day.
///
/// The clock is set to the end of the day and the catalogue to what there was then. Records of later keep their rows, so that answers of
/// different days can be compared; the set of all records of an entity leaves them out.
extension Resolver {
    /// Sets the clock and the catalogue to the day that a question is about, before anything else of it is resolved.
    func goBack(_ clauses: [Clause], source: Source) throws(Diagnostic) {
        for clause in clauses {
            guard case .asOf(let expression) = clause.kind else { continue }
            if day != nil { throw ClauseError.asOfTwice.at(clause.span) }
            if let name = nameOfAnswer(source) { throw ClauseError.asOfAnswer(name).at(clause.span) }
            goBack(to: try self.day(expression))
        }
    }

    func goBack(to day: Int32) {
        self.day = day
        catalogue = environment.catalogue.asOf(day, today: today)
        environment.clock = Clock(endOf: day)
    }

    /// The earlier answer whose rows a question goes on from.
    private func nameOfAnswer(_ source: Source) -> String? {
        switch source {
        case .lastAnswer: return "it"
        case .expression(let expression):
            if case .it = expression.kind { return "it" }
            guard case .name(let name) = expression.kind, environment.relations[name.text] != nil else { return nil }
            return name.text
        default: return nil
        }
    }

    /// A day that is known while resolving; a period stands for its last day.
    func day(_ expression: Expression) throws(Diagnostic) -> Int32 {
        let term = try resolve(expression, in: Scope(layers: outerLayers))
        switch constantValue(term) {
        case .date(let day)?: return day
        case .time(let instant)?: return Calendar.day(ofInstant: instant)
        case .period(let period)?: return period.lastDay
        default: break
        }
        if Self.isMoment(type(of: term)) { throw ClauseError.asOfUnknown.at(expression.span) }
        throw ClauseError.asOfNeedsDay(found: words(type(of: term))).at(expression.span)
    }

    /// A set of records without those that came to be later than the day that the question is about. What has no time was always there.
    func existing(_ set: Term, of entity: EntityID, depth: Int) -> Term {
        guard let day, let time = schema[entity].time else { return set }
        let field = FieldID(entity, time)
        let moment = Term.field(.element(level: depth + 1, .record(entity)), field)
        let limit: Term =
            schema[field].type == .time
            ? .constant(.time(Clock(endOf: day).now), .time) : .constant(.date(day), .date)
        return .filter(set, level: depth + 1, condition: .not(.binary(.greater, moment, limit, .bool)))
    }
}

/// The day that `as of` names in a question, for whoever has to know it before the rest can be resolved.
public func day(of question: Question, in environment: Environment) throws(ResolveErrors) -> Int32? {
    let resolver = Resolver(environment)
    do throws(Diagnostic) {
        for clause in question.clauses {
            guard case .asOf(let expression) = clause.kind else { continue }
            if resolver.day != nil { throw ClauseError.asOfTwice.at(clause.span) }
            resolver.day = try resolver.day(expression)
        }
        return resolver.day
    } catch {
        throw ResolveErrors(diagnostics: [error])
    }
}

extension Clock {
    /// The last moment of a day.
    public init(endOf day: Int32) {
        self.init(today: day, now: (Int64(day) + 1) * Calendar.microsecondsPerDay - 1)
    }
}
