import Syntax
import Types

extension Resolver {
    /// Resolves something with the eyes of a perspective, or of none.
    func seen<Result>(from perspective: String?, _ body: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result {
        let outer = environment.perspectiveInUse
        environment.use(perspective)
        defer { environment.use(outer) }
        return try body()
    }

    /// `sales::good`, `owner.sales::good`, `sales::quiet(60 days)`: the definition that the perspective itself has, of the innermost record
    /// for which it has one.
    func resolveQualified(
        _ perspective: Name, of base: Expression?, _ name: Name, _ arguments: [Argument]?, in scope: Scope, at span: Span
    ) throws(Diagnostic) -> Term {
        let declarations = try environment.perspective(perspective).declarations
        guard let base else {
            var entities: [EntityID] = []
            for (record, entity) in records(in: scope) {
                entities.append(entity)
                guard let definition = declarations.members[entity]?[name.text] else { continue }
                try checkUse(of: definition, name, arguments)
                return try inline(definition, receiver: (record, entity), arguments: arguments ?? [], in: scope, at: span)
            }
            guard let function = declarations.functions[name.text] else {
                throw notDefined(name, by: perspective, of: entities)
            }
            try checkUse(of: function, name, arguments)
            return try inline(function, receiver: nil, arguments: arguments ?? [], in: scope, at: span)
        }
        let term = try resolve(base, in: scope)
        let type = type(of: term)
        guard let entity = type.element.entity else { throw TypeError.noMembers(name.text, of: words(type)).at(name.span) }
        guard let definition = declarations.members[entity]?[name.text] else {
            throw notDefined(name, by: perspective, of: [entity])
        }
        try checkUse(of: definition, name, arguments)
        guard type.isMany else {
            return try inline(definition, receiver: (term, entity), arguments: arguments ?? [], in: scope, at: span)
        }
        return try mapped(term, of: entity, in: scope, written: squeezed(span.text), at: span) {
            (element, inner) throws(Diagnostic) in
            try self.inline(
                definition, receiver: (element, entity), arguments: arguments ?? [], in: inner, argumentScope: scope, at: span)
        }
    }

    /// The records whose definitions can be seen, the innermost first.
    func records(in scope: Scope) -> [(record: Term, entity: EntityID)] {
        scope.layers.reversed().compactMap { layer in
            switch layer {
            case .record(let term, let entity, _): (term.at(scope.depth), entity)
            case .rows: frame.record.map { (.slot($0.slot, .record($0.entity)), $0.entity) }
            case .parameters: nil
            }
        }
    }

    private func checkUse(of definition: DeclaredDefinition, _ name: Name, _ arguments: [Argument]?) throws(Diagnostic) {
        if arguments != nil, definition.isValue { throw NameError.notAFunction(name.text, what: "a value").at(name.span) }
        if arguments == nil, definition.definition.parameters.contains(where: { $0.defaultValue == nil }) {
            throw NameError.needsArguments(name.text, signature: signature(definition)).at(name.span)
        }
    }

    private func notDefined(_ name: Name, by perspective: Name, of entities: [EntityID]) -> Diagnostic {
        guard let found = environment.perspectives[perspective.text]?.declarations else {
            return MeaningError.unknownPerspective(perspective.text, near: [], there: []).at(perspective.span)
        }
        let names = entities.flatMap { found.members[$0].map { Array($0.keys) } ?? [] } + found.functions.keys
        var elsewhere = environment.perspectives(defining: name.text, of: entities).filter { $0 != perspective.text }.map {
            "the perspective `\($0)` defines it: `\($0)::\(name.text)`"
        }
        if environment.own.functions[name.text] != nil
            || entities.contains(where: { environment.own.members[$0]?[name.text] != nil })
        {
            elsewhere.append("it is defined outside of perspectives: `\(name.text)`")
        }
        return MeaningError.notInPerspective(
            name.text, perspective: perspective.text, near: nearest(to: name.text, among: names), there: names.sorted(),
            elsewhere: elsewhere
        ).at(name.span)
    }

    /// `compare account.good across sales, service`: the records with a column for each perspective, without those of which none of them
    /// has anything to say. All of it is what `with`, `where` and `select` could do as well.
    func resolveCompare(_ comparison: PerspectiveComparison) throws(Diagnostic) {
        try resolveSource(.expression(comparison.records))
        guard let (slot, entity) = frame.record else {
            let found = frame.columns.first.map { words($0.type) } ?? "rows"
            throw TypeError.setNeeded("`compare`", found: found, help: ["compare account.good across sales, service"]).at(
                comparison.records.span)
        }
        var columns = [Frame.Column(name: schema[entity].name, slot: slot, type: .record(entity))]
        var condition: Expression?
        for perspective in comparison.perspectives {
            if columns.contains(where: { $0.name == perspective.text }) {
                throw ClauseError.duplicateColumn(perspective.text).at(perspective.span)
            }
            let term = try resolveQualified(
                perspective, of: nil, comparison.definition, comparison.arguments, in: rowScope, at: comparison.span)
            let column = Frame.Column(name: perspective.text, slot: materialize(term), type: type(of: term))
            columns.append(column)
            let says = Self.saysSomething(Expression(.name(perspective), at: perspective.span), column.type)
            condition = condition.map { Expression(.binary(.or, $0, says), at: comparison.span) } ?? says
        }
        frame.columns = columns
        frame.showsRecord = false
        frame.fieldColumnCount = 0
        guard let condition, !comparison.keepsAll else { return }
        steps.append(.filter(try resolveCondition(condition, in: rowScope)))
    }

    /// `compare account.relationship across 2025-12-31, today`: the rows that differ, which are asked for now, since they come of two
    /// questions.
    func resolveCompareDays(_ comparison: DayComparison) throws(Diagnostic) {
        let before = try selected(comparison, asOf: comparison.before)
        let after = try selected(comparison, asOf: comparison.after)
        guard let entity = before.recordEntity, let column = before.columns.first else {
            throw TypeError.setNeeded(
                "`compare` across days", found: "rows without records",
                help: ["compare account.relationship across 2025-12-31, today"]
            ).at(comparison.records.span)
        }
        let columns = [
            BoundRelation.Column(name: schema[entity].name, type: .record(entity)),
            BoundRelation.Column(name: "before", type: column.type), BoundRelation.Column(name: "after", type: column.type),
        ]
        let relation =
            environment.compareDays?(before, after) ?? BoundRelation(columns: columns, recordEntity: entity, rowCount: 0)
        begin(with: relation, named: DayComparison.relationName)
    }

    /// The value of all records as of a day, as a question of its own that sees what this one sees.
    private func selected(_ comparison: DayComparison, asOf day: Expression) throws(Diagnostic) -> ResolvedQuestion {
        var asked = environment
        asked.clock = Clock(endOf: today)
        let resolver = Resolver(asked)
        resolver.outerLayers = outerLayers
        resolver.inlining = inlining
        resolver.inlineCount = inlineCount
        resolver.checkedDepth = checkedDepth
        resolver.goBack(to: try self.day(day))
        try resolver.resolveSource(.expression(comparison.records))
        try resolver.resolveClause(
            Clause(.select([ColumnItem(name: nil, value: comparison.value)]), at: comparison.span))
        return resolver.finish()
    }

    /// Whether a value of a type is more than a missing one, an empty one or a no.
    private static func saysSomething(_ value: Expression, _ type: ValueType) -> Expression {
        switch type {
        case .bool, .none: value
        case .set: Expression(.any(value), at: value.span)
        case .list, .table: Expression(.literal(.bool(true)), at: value.span)
        default: Expression(.binary(.notEqual, value, Expression(.literal(.none), at: value.span)), at: value.span)
        }
    }
}
