import Syntax
import Types

extension Environment {
    /// Takes in a goal: its numbers and days are known from here on, its measure is checked with the other declarations.
    mutating func register(_ declaration: GoalDeclaration, doc: String?, at span: Span, in perspective: String?)
        throws(Diagnostic)
    {
        let name = declaration.name.text
        let resolver = Resolver(self)
        let start = try resolver.point(declaration.start, "`from`", of: name, isStart: true)
        let target = try resolver.point(declaration.target, "`target`", of: name, isStart: false)
        var points = [start]
        var earlier = "its start"
        for marker in declaration.markers {
            let point = try resolver.point(marker, "a mile-marker", of: name, isStart: false)
            guard points[points.count - 1].day < point.day else {
                throw MeaningError.daysOutOfOrder(earlier: earlier, later: "this mile-marker").at(marker.day.span)
            }
            points.append(point)
            earlier = "the mile-marker before it"
        }
        guard points[points.count - 1].day < target.day else {
            let earlier = declaration.markers.isEmpty ? "its start" : "the last mile-marker"
            throw MeaningError.daysOutOfOrder(earlier: earlier, later: "the target").at(declaration.target.day.span)
        }
        guard Number.compare(start.value, target.value) != 0 else {
            throw MeaningError.noDirection(name).at(declaration.target.value.span)
        }
        points.append(target)
        let goal = DeclaredGoal(
            declaration: declaration, description: declaration.description ?? doc, span: span,
            viewpoint: perspective ?? perspectiveInUse, points: points)
        update(perspective) { $0.goals[name] = goal }
    }
}

extension Resolver {
    /// A value of a goal and its day. A period stands for its last day, at the start of a goal for its first.
    func point(_ point: GoalDeclaration.Point, _ what: String, of goal: String, isStart: Bool) throws(Diagnostic)
        -> DeclaredGoal.Point
    {
        let term = try resolve(point.value, in: Scope(layers: []))
        let what = "\(what) of `\(goal)`"
        guard type(of: term) == .number else {
            throw MeaningError.needsNumber(
                what, found: words(type(of: term)), help: ["its measure is a number, and so are its values"]
            )
            .at(point.value.span)
        }
        guard case .number(let value)? = constantValue(term) else {
            throw MeaningError.needsKnownValue(what).at(point.value.span)
        }
        let day = try resolve(point.day, in: Scope(layers: []))
        switch constantValue(day) {
        case .date(let day)?: return DeclaredGoal.Point(day: day, value: value)
        case .period(let period)?: return DeclaredGoal.Point(day: isStart ? period.firstDay : period.lastDay, value: value)
        case nil where Self.isMoment(type(of: day)): throw MeaningError.needsKnownValue("the day of \(what)").at(point.day.span)
        default: throw MeaningError.needsDay("the day of \(what)", found: words(type(of: day))).at(point.day.span)
        }
    }

    /// The mistakes in the measure of a goal.
    func checked(_ goal: GoalDeclaration) -> [Diagnostic] {
        checkedDepth = 1
        inlining.append("goal \(goal.name.text)")
        do throws(Diagnostic) {
            let type = type(of: try resolve(goal.measure, in: Scope(layers: [])))
            guard type != .number else { return hints }
            let written = text(goal.measure)
            let help: [String] =
                switch type {
                case .set: ["count them: `count(\(written))`"]
                case .list: ["aggregate it: `sum(\(written))`, `avg(\(written))`"]
                case .bool: ["its share among records: `share(…)`"]
                case .duration: ["in days: `days(\(written))`"]
                default: []
                }
            throw MeaningError.needsNumber("the measure of `\(goal.name.text)`", found: words(type), help: help).at(
                goal.measure.span)
        } catch {
            return hints + [error]
        }
    }
}
