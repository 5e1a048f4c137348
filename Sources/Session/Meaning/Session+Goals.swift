import Columns
import Execute
import Output
import Plan
import Resolve
import Store
import Syntax
import Types

extension Session {
    /// A row for each goal, with its measure as it is now.
    func goals(isAsked: Bool, withTrend: Bool = true, asOf day: Int32? = nil) throws -> Answer {
        var table = TableBuilder([
            ("perspective", .text), ("name", .text), ("description", .text), ("status", .text), ("actual", .number),
            ("expected", .number), ("gap", .number), ("forecast", .number), ("target", .number), ("due", .date),
            ("start", .number), ("since", .date), ("trend", .text),
        ])
        guard isAsked else { return table.finish() }
        for (perspective, declarations) in environment.everything {
            for goal in declarations.goals.values.sorted(by: { $0.name < $1.name }) {
                let actual = try measured(goal, asOf: day)
                let progress = GoalProgress(goal.points, actual: actual, today: day ?? environment.clock.today)
                let (start, target) = (goal.points[0], goal.points[goal.points.count - 1])
                table.append([
                    text(perspective), .text(goal.name), text(goal.description), .text(progress.status.rawValue),
                    number(actual.map { Self.shown($0, of: goal) }), number(progress.expected), number(progress.gap),
                    number(progress.forecast), .number(target.value), .date(target.day), .number(start.value), .date(start.day),
                    try withTrend ? trend(of: goal, until: day ?? environment.clock.today) : .none,
                ])
            }
        }
        return table.finish()
    }

    /// What the measure of a goal gives now.
    private func measured(_ goal: DeclaredGoal, asOf day: Int32?) throws -> Number? {
        let measure = goal.declaration.measure
        let question = Question(source: .expression(measure), clauses: [], delivery: Delivery(), span: measure.span)
        let answer = try answerQuietly(question, from: goal.viewpoint, asOf: day)
        guard answer.rowCount == 1, case .number(let number)? = answer.columns.first?.values.value(at: 0) else { return nil }
        return number
    }

    /// How the measure went since the start of the goal, at most so far back that there are twelve periods: a block for each.
    private func trend(of goal: DeclaredGoal, until day: Int32) throws -> Value {
        let start = goal.points[0].day
        guard day > start else { return .none }
        let unit: CalendarUnit = day - start <= 60 ? .week : day - start <= 1100 ? .month : .quarter
        var first = Period(unit: unit, containing: start)
        let last = Period(unit: unit, containing: day)
        first.index = max(first.index, last.index - 11)
        let span = goal.declaration.measure.span
        func moment(_ day: Int32) -> Expression {
            let date = Types.Calendar.civil(day)
            return Expression(.literal(.date(year: date.year, month: date.month, day: date.day)), at: span)
        }
        let range = Expression(.range(moment(first.firstDay), moment(day)), at: span)
        let item = ColumnItem(name: Name("actual", at: span), value: goal.declaration.measure)
        let question = Question(
            source: .each(EachSource(unit: unit, range: range, span: span)), clauses: [Clause(.extend([item]), at: span)],
            delivery: Delivery(), span: span)
        let values = try answerQuietly(question, from: goal.viewpoint, asOf: day).columns[1].values
        let line = sparkLine(
            (0..<values.count).map { row in
                if case .number(let number) = values.value(at: row) { number.doubleValue } else { nil }
            })
        return line.isEmpty ? .none : .text(line)
    }

    /// An exact measure as it is, any other rounded as what is expected of it.
    private static func shown(_ actual: Number, of goal: DeclaredGoal) -> Number {
        guard case .double(let value) = actual else { return actual }
        return GoalProgress.rounded(value, GoalProgress.scale(of: goal.points))
    }

    /// The answer of a question that nobody has typed, as a perspective sees it: nothing is said about it, and it is not the last answer.
    func answerQuietly(_ question: Question, from perspective: String?, asOf day: Int32? = nil) throws -> Answer {
        var seen = environment
        seen.use(perspective)
        let resolved = try resolve(question, in: seen, asOf: day).question
        if resolved.each != nil { return try each(resolved, of: question, in: seen, asOf: day).answer }
        let plan = plan(resolved, schema: store.schema, options: settings.optimizer)
        return try execute(
            plan, store: data(of: resolved), bound: { self.answers[$0] }, options: settings.execution,
            cancellation: Cancellation(isCancelled))
    }

    func text(_ text: String?) -> Value { text.map { .text($0) } ?? .none }

    func number(_ number: Number?) -> Value { number.map { .number($0) } ?? .none }

    // MARK: Checking

    /// Runs the declarations of a text, writes a report of all goals, and says by the status whether all are met or on track.
    public func checkGoals(of source: SourceText) -> ExitStatus {
        let declared = run(source)
        // What cannot be understood is no goal that is behind: whoever waits for the status has to tell the two apart.
        guard declared == .success else { return declared == .badQuestion ? .badData : declared }
        guard environment.everything.contains(where: { !$0.declarations.goals.isEmpty }) else {
            output.tell("crmq: \(source.name) declares no goal\n")
            return .usage
        }
        let report = """
            goals select goal = if perspective = none then name else perspective & "::" & name, status, actual, expected, gap,
              forecast, target, due, trend
            """
        let reported = run(SourceText(name: "<check>", text: report))
        guard reported == .success, let answer = lastAnswer else { return reported == .badQuestion ? .badData : reported }
        let rows = (0..<answer.rowCount).map { row in
            (answer.columns[0].values.value(at: row), answer.columns[1].values.value(at: row))
        }
        let alarming = rows.compactMap { name, status -> String? in
            guard case .text(let name) = name, case .text(let word) = status, GoalStatus(rawValue: word)?.isAlarming ?? true
            else {
                return nil
            }
            return "\(name) (\(word))"
        }
        let count = countText(rows.count, "goal")
        guard !alarming.isEmpty else {
            note("\(count): none is behind")
            return .success
        }
        output.tell("\(count), \(alarming.count) to look after: \(alarming.joined(separator: ", "))\n")
        return .behind
    }
}
