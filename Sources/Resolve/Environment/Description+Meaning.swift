import Syntax
import Types

extension Environment {
    /// `sales::good`, `sales::account.good`, `sales::pipeline`: what a perspective has under a name. Without a perspective, what the name is here.
    public func describe(_ names: [Name], of perspective: Name?) throws(Diagnostic) -> Description {
        guard let perspective else { return try describe(names) }
        let declarations = try self.perspective(perspective).declarations
        guard let name = names.last else { return describe(try self.perspective(perspective)) }
        let owner = names.count > 1 ? schema.entity(named: names[0].text)?.id : nil
        let members = declarations.members.filter { owner == nil || $0.key == owner }.compactMap { $0.value[name.text] }
        if let definition = members.min(by: { $0.fullName < $1.fullName }) { return describe(definition) }
        if names.count == 1 {
            if let function = declarations.functions[name.text] { return describe(function) }
            if let question = declarations.questions[name.text] { return describe(question) }
            if let found = describe(name, in: declarations) { return found }
        }
        let there = declarations.definitionNames
        throw MeaningError.notInPerspective(
            name.text, perspective: perspective.text, near: nearest(to: name.text, among: there), there: there, elsewhere: []
        ).at(name.span)
    }

    /// A perspective, or a type of relationship or a goal of the perspective in use or outside of all.
    func describeMeaning(_ name: Name) -> Description? {
        if let perspective = perspectives[name.text] { return describe(perspective) }
        let used = perspectiveInUse.flatMap { perspectives[$0]?.declarations }
        return used.flatMap { describe(name, in: $0) } ?? describe(name, in: own)
    }

    private func describe(_ name: Name, in declarations: Declarations) -> Description? {
        if let goal = declarations.goals[name.text] { return describe(goal) }
        return declarations.relationships.first { $0.name == name.text }.map(describe)
    }

    private func describe(_ perspective: Perspective) -> Description {
        var result = Description(.perspective, perspective.name, signature: "perspective \(perspective.name)")
        result.doc = perspective.description
        result.span = perspective.span
        let declarations = perspective.declarations
        result.lists = [
            (
                "in use",
                [perspective.name == perspectiveInUse ? "yes" : "no; `use \(perspective.name)` puts it before the others"]
            ),
            ("definitions", declarations.definitionNames), ("questions", declarations.questions.keys.sorted()),
            ("relationships", declarations.relationships.map(\.name)), ("goals", declarations.goals.keys.sorted()),
        ].filter { !$0.1.isEmpty }
        return result
    }

    private func describe(_ relationship: DeclaredRelationship) -> Description {
        let declaration = relationship.declaration
        var result = Description(.relationship, relationship.name, signature: "relationship \(relationship.name)")
        result.doc = relationship.description
        result.span = relationship.span
        result.lists = [
            ("when", [text(declaration.condition)]), ("needs", declaration.needs),
            ("worth", declaration.worth.map { [text($0)] } ?? []),
            ("cost", declaration.cost.map { [text($0)] } ?? []), ("experience", declaration.experience.map { [$0] } ?? []),
        ].filter { !$0.1.isEmpty }
        return result
    }

    private func describe(_ goal: DeclaredGoal) -> Description {
        let declaration = goal.declaration
        var result = Description(.goal, goal.name, signature: "goal \(goal.name)")
        result.doc = goal.description
        result.span = goal.span
        func line(_ point: GoalDeclaration.Point, _ word: String) -> String { "\(text(point.value)) \(word) \(text(point.day))" }
        result.lists = [
            ("measure", [text(declaration.measure)]), ("from", [line(declaration.start, "on")]),
            ("mile-markers", declaration.markers.map { line($0, "by") }), ("target", [line(declaration.target, "by")]),
        ].filter { !$0.1.isEmpty }
        return result
    }

    private func text(_ expression: Expression) -> String { squeezed(expression.span.text) }
}
