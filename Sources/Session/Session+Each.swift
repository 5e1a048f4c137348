import Execute
import Resolve
import Store
import Syntax

extension Session {
    /// Answers a question with `each`, of which `first` is the resolution for one of its periods.
    func each(_ first: ResolvedQuestion, of question: Question, in environment: Environment? = nil, asOf day: Int32? = nil) throws
        -> EachAnswer
    {
        let environment = environment ?? self.environment
        let questions = try (first.each?.periods ?? []).indices.map { index in
            try resolve(question, in: environment, asOf: day, period: index).question
        }
        return try executeEach(
            questions, store: store, today: environment.clock.today, optimizer: settings.optimizer, bound: { self.answers[$0] },
            options: settings.execution, cancellation: Cancellation(isCancelled))
    }

    /// Prints how the columns of each period came to be, and the operators that went over the rows so made.
    func explainEach(_ first: ResolvedQuestion, of question: Question, since start: Int) throws {
        let planned = monotonicMicroseconds() - start
        let found = try each(first, of: question)
        let total = monotonicMicroseconds() - start
        let table = operatorTable(found.statistics)
        try deliver(Run(answer: table, microseconds: total, hasFooter: false), Delivery())
        for line in found.notes { note(line) }
        note("\(countText(found.answer.rowCount, "row")) in \(durationText(total)), planned in \(durationText(planned))")
    }
}

extension EachError {
    func diagnostic(at span: Span) -> Diagnostic {
        Diagnostic(
            code: "each-behind",
            "a clause behind one that looks at several periods cannot go over the data: no row has a day of its own there",
            at: span, help: ["compute it before: `with n = …` right behind `each`"])
    }
}
