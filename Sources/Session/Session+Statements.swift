import Columns
import Execute
import Output
import Plan
import Resolve
import Store
import Syntax
import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Session {
    /// Runs every statement of a text in turn and stops at the first that fails. A text that cannot be parsed runs not at all.
    public func run(_ source: SourceText) -> ExitStatus { run(tokenize(source)) }

    /// Runs the statements of a text whose tokens are known already.
    public func run(_ text: TokenizedText) -> ExitStatus {
        let parsed = parse(text)
        guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else {
            tell(parsed.diagnostics)
            return .badQuestion
        }
        tell(parsed.diagnostics)
        for statement in parsed.statements {
            let code = run(statement)
            guard code == .success else { return code }
        }
        return .success
    }

    /// Runs one statement and tells what goes wrong.
    public func run(_ statement: Statement) -> ExitStatus {
        do {
            try perform(statement)
            return .success
        } catch  where store.failure != nil {
            // Whatever went wrong then, went wrong because of that.
            if let failure = store.failure {
                tell([Diagnostic(code: "damaged-snapshot", failure.message, at: nil, help: failure.help.map { [$0] } ?? [])])
            }
            return .badData
        } catch let failure as ResolveErrors {
            tell(failure.diagnostics)
            return .badQuestion
        } catch let error as DeliveryError {
            return report(error)
        } catch let error as ExecuteError {
            return report(error)
        } catch let error as EachError {
            tell([error.diagnostic(at: statement.span)])
            return .badQuestion
        } catch {
            tell([Diagnostic(code: "unexpected", "\(error)", at: statement.span)])
            return .badQuestion
        }
    }

    private func report(_ error: DeliveryError) -> ExitStatus {
        // A reader that has gone is the end of a script, but nothing to complain about.
        if case .output(.closedPipe) = error { return .success }
        if case .output(.interrupted) = error { return report(.interrupted) }
        tell([error.diagnostic])
        if case .commandFailed = error { return .success }
        return .badData
    }

    private func report(_ error: ExecuteError) -> ExitStatus {
        if case .interrupted = error {
            output.tell("interrupted\n")
            return .interrupted
        }
        tell([error.diagnostic])
        return .badQuestion
    }

    private func perform(_ statement: Statement) throws {
        adoptLibrary(for: statement)
        switch statement.kind {
        case .question(let question):
            let whole = wholeQuestion(question)
            let question = whole.isAsOf ? whole : question
            let run = try answer(question)
            lastQuestion = whole
            keep(run, as: "it")
            try deliver(run, question.delivery)
            try tellSummary(of: question)
        case .letBinding(let name, let question):
            try bind(name, question)
        case .explain(let question):
            try explain(question)
        case .why(let value, let delivery):
            try explainValue(value, delivery)
        case .describe(let perspective, let names, let span):
            try describe(names, of: perspective, span)
        case .define, .param, .use, .declareQuestion, .perspective, .relationship, .goal:
            let diagnostics = declare(statement)
            if diagnostics.contains(where: { $0.severity == .error }) { throw ResolveErrors(diagnostics: diagnostics) }
            tell(diagnostics)
        case .entity, .link, .history:
            throw ResolveErrors(diagnostics: [
                Diagnostic(
                    code: "schema-outside-schema-file",
                    "entities, links and histories are declared in `schema.crmq` beside the data",
                    at: statement.span, help: ["`crmq schema PATH` prints what holds now, to save and edit"])
            ])
        }
    }

    // MARK: Questions

    /// An answer and what there is to say about how it came to be.
    struct Run {
        var answer: Answer
        var microseconds: Int
        /// The question as it was understood; none for what is no answer to one.
        var question: ResolvedQuestion?
        /// Whether the count of rows and the time stand under a table; a plan says its own.
        var hasFooter = true
    }

    func answer(_ question: Question) throws -> Run {
        let start = monotonicMicroseconds()
        let resolved = try resolved(question)
        if resolved.each != nil {
            let answer = try self.each(resolved, of: question).answer
            return Run(answer: answer, microseconds: monotonicMicroseconds() - start)
        }
        let answer = try answer(resolved)
        for remark in answer.remarks { note(remark) }
        return Run(answer: answer, microseconds: monotonicMicroseconds() - start, question: resolved)
    }

    /// The answer to a question that is understood.
    func answer(_ question: ResolvedQuestion) throws -> Answer {
        try execute(
            plan(question, schema: store.schema, options: settings.optimizer), store: data(of: question),
            bound: { self.answers[$0] }, options: settings.execution, cancellation: Cancellation(isCancelled))
    }

    /// Keeps an answer under a name, with how it came to be.
    private func keep(_ run: Run, as name: String) {
        answers[name] = run.answer
        let lineage = run.question.map { question in Lineage(question) { environment.relations[$0]?.lineage } }
        environment.relations[name] = BoundRelation(run.answer, lineage: lineage)
    }

    private func resolved(_ question: Question) throws -> ResolvedQuestion {
        var question = question
        var environment = environment
        if case .expression(let expression) = question.source, let name = expression.leadingName {
            if Self.datedTables.contains(name), store.schema.entity(named: name) == nil,
                let day = try day(of: question, in: environment)
            {
                // The table itself goes back to that day; what is left of the question is about the table.
                try bindCatalogue(name, isAsked: true, withTrend: question.mentions("trend"), asOf: day)
                question.clauses.removeAll(where: \.isAsOf)
                environment.clock = Clock(endOf: day)
            } else {
                try bindCatalogue(name, isAsked: true, withTrend: question.mentions("trend"))
            }
            environment.relations = self.environment.relations
        }
        if case .rows = question.source { return try resolvedRows(question) }
        let resolution = try resolvedComparing(question, in: environment)
        tell(resolution.hints)
        tellWhatHasNoPast(resolution.question)
        return resolution.question
    }

    /// Prints the plan, an operator a line, with the rows that came out of it, the time it took itself, and what it did where it had a
    /// choice.
    private func explain(_ question: Question) throws {
        let start = monotonicMicroseconds()
        let whole = wholeQuestion(question)
        let resolved = try resolved(whole.isAsOf ? whole : question)
        if resolved.each != nil { return try explainEach(resolved, of: question, since: start) }
        let plan = plan(resolved, schema: store.schema, options: settings.optimizer)
        let planned = monotonicMicroseconds() - start
        let (answer, statistics) = try executeMeasured(
            plan, store: data(of: resolved), bound: { self.answers[$0] }, options: settings.execution,
            cancellation: Cancellation(isCancelled))
        let table = operatorTable(statistics.operators)
        let total = monotonicMicroseconds() - start
        try deliver(Run(answer: table, microseconds: total, hasFooter: false), question.delivery)
        for line in statistics.notes { note(line) }
        note("\(countText(answer.rowCount, "row")) in \(durationText(total)), planned in \(durationText(planned))")
    }

    func operatorTable(_ operators: [OperatorStatistics]) -> Answer {
        var table = TableBuilder([("operator", .text), ("rows", .number), ("ms", .number), ("how", .text)])
        for step in operators {
            let microseconds = Int64(step.nanoseconds / 1000)
            table.append([
                .text(step.text), .number(Number(step.rowsOut)), .number(.decimal(units: microseconds, scale: 3)),
                step.strategies.isEmpty ? .none : .text(step.strategies.joined(separator: "; ")),
            ])
        }
        return table.finish()
    }

    private func bind(_ name: Name, _ question: Question) throws {
        keep(try answer(question), as: name.text)
    }

    func deliver(_ run: Run, _ delivery: Delivery) throws {
        let answer = presented(run.answer, store: store)
        if let failure = store.failure { throw failure }
        let isSentElsewhere = delivery.file != nil || delivery.command != nil
        if let kind = delivery.chart { return try draw(kind, answer, delivery) }
        if let file = delivery.file {
            guard !settings.safe else { throw DeliveryError.refused(what: "`into`", span: file.span) }
            guard !file.path.lowercased().hasSuffix(".svg") else { throw DeliveryError.pictureWithoutChart(span: file.span) }
            let format = delivery.format ?? OutputFormat(fileName: file.path) ?? settings.format ?? .csv
            let options = OutputOptions(format: format, header: settings.header)
            try write(toFile: file.path, isCancelled: isCancelled) { sink throws(OutputError) in
                try write(answer, options, to: sink)
            }
            note("\(countText(answer.rowCount, "row")) written to \(file.path)")
        }
        if let command = delivery.command {
            guard !settings.safe else { throw DeliveryError.refused(what: "`|`", span: command.span) }
            let format = delivery.format ?? settings.format ?? .tsv
            let options = OutputOptions(format: format, header: settings.header)
            try write(toCommand: command.text) { sink throws(OutputError) in try write(answer, options, to: sink) }
        }
        if !isSentElsewhere { try show(answer, delivery.format, run) }
    }

    private func show(_ answer: Answer, _ format: OutputFormat?, _ run: Run) throws {
        let format = format ?? settings.effectiveFormat
        let isTable = format == .table
        defer { shown.clear() }
        do throws(OutputError) {
            try write(
                answer,
                OutputOptions(
                    format: format, header: settings.header, width: isTable ? settings.width : nil,
                    rowLimit: settings.width == nil ? nil : settings.rowLimit, color: settings.color),
                to: shown)
            if isTable, run.hasFooter, !settings.quiet, settings.width != nil {
                try shown.write("\(countText(answer.rowCount, "row"))  \(durationText(run.microseconds))\n")
            }
            try output.show(shown.bytes, isTable: isTable)
        } catch {
            throw DeliveryError.output(error)
        }
        if settings.timing, !isTable || settings.quiet || settings.width == nil {
            output.tell("\(countText(answer.rowCount, "row"))  \(durationText(run.microseconds))\n")
        }
    }

    // MARK: Messages

    /// Words diagnostics for the person; hints and warnings are left out when quiet.
    func tell(_ diagnostics: [Diagnostic]) {
        let renderer = DiagnosticRenderer(color: settings.messageColor, width: settings.width)
        for diagnostic in diagnostics where !settings.quiet || diagnostic.severity == .error {
            output.tell(renderer.render(diagnostic))
        }
    }

    func note(_ text: String) {
        if !settings.quiet { output.tell(text + "\n") }
    }
}

public func monotonicMicroseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}

/// `1 row`, `1,234 rows`, `2 entities`.
public func countText(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// A length of time with three digits at most: `0.4 ms`, `12 ms`, `1.3 s`.
public func durationText(_ microseconds: Int) -> String {
    func tenths(_ value: Int) -> String { value >= 100 ? "\(value / 10)" : "\(value / 10).\(value % 10)" }
    if microseconds < 1_000_000 { return tenths((microseconds + 50) / 100) + " ms" }
    return tenths((microseconds + 50_000) / 100_000) + " s"
}
