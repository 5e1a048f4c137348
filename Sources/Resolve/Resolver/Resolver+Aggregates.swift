import Syntax
import Types

extension Resolver {
    /// `sum(…)` and its like: over a set or a list, or over rows where the place allows it.
    func resolveAggregate(
        _ function: AggregateName, _ arguments: [Argument], in scope: Scope, at span: Span
    ) throws(Diagnostic) -> Term {
        let (values, option) = try split(arguments, of: function, at: span)
        if let values { try checkOptions(values, of: function) }
        switch scope.mode {
        case .values: return try overValues(function, values, option, in: scope, at: span)
        case .group, .window: return try overRows(function, values, option, in: scope, at: span)
        }
    }

    /// The argument that is aggregated, and the further one that `percentile`, `join` and `top` have.
    private func split(
        _ arguments: [Argument], of function: AggregateName, at span: Span
    ) throws(Diagnostic) -> (values: Argument?, option: Argument?) {
        guard let declared = environment.function(named: function.rawValue) else {
            throw NameError.unknownFunction(function.rawValue, near: [], elsewhere: nil).at(span)
        }
        let parameters = declared.definition.parameters
        let mayBeEmpty = function == .count
        let bound = try arrange(arguments, for: declared, requireAll: !mayBeEmpty, at: span)
        let position = function == .top ? 1 : 0
        let values = bound[position]
        let option = parameters.count > 1 ? bound[1 - position] : nil
        return (values, option)
    }

    private func checkOptions(_ argument: Argument, of function: AggregateName) throws(Diagnostic) {
        if argument.distinct, function != .count {
            throw CallError.misplacedDistinct(function: function.rawValue).at(argument.value.span)
        }
        if let key = argument.order.first, !function.picks {
            throw CallError.misplacedOrder(function: function.rawValue, help: ["it belongs to `first`, `last` and `top`"]).at(
                key.value.span)
        }
    }

    // MARK: Over sets and lists

    private func overValues(
        _ function: AggregateName, _ argument: Argument?, _ option: Argument?, in scope: Scope, at span: Span
    ) throws(Diagnostic) -> Term {
        guard let argument else {
            if scope.isAggregated { throw AggregateError.aggregateInAggregate(function.rawValue).at(span) }
            throw AggregateError.aggregateNeedsSet(function.rawValue, help: ["`count() per all` counts the rows beside each"]).at(
                span)
        }
        let (term, isRows) = try aggregated(argument, of: function, in: scope)
        guard !isRows else {
            if scope.isAggregated { throw AggregateError.aggregateInAggregate(function.rawValue).at(span) }
            let written = squeezed(span.text)
            throw AggregateError.aggregateNeedsSet(
                function.rawValue, help: ["over rows: `summarize \(written)`", "or beside each row: `\(written) per all`"]
            ).at(span)
        }
        if function.picks { return try pick(function, term, argument, option, in: scope) }
        let kind = try aggregateKind(function, over: term, argument, option, in: scope)
        return .aggregate(kind, over: term)
    }

    /// The aggregated argument with its `where` worked in, and whether it is one value a row rather than a set or a list.
    private func aggregated(
        _ argument: Argument, of function: AggregateName, in scope: Scope
    ) throws(Diagnostic) -> (term: Term, isRows: Bool) {
        var perRow = scope.perRow
        if case .group = scope.mode { perRow.isAggregated = true }
        let term = try resolve(argument.value, in: perRow)
        guard type(of: term).isMany else { return (term, true) }
        guard let condition = argument.condition else { return (term, false) }
        switch term {
        case .map(let set, let level, let body):
            guard let entity = type(of: set).entity else { break }
            let inner = scope.entering(entity, edge: pairs(reaching: set))
            return (
                .map(.filter(set, level: level, condition: try resolveCondition(condition, in: inner)), level: level, body: body),
                false
            )
        default:
            guard case .set(let entity) = type(of: term) else { break }
            let inner = scope.entering(entity, edge: pairs(reaching: term))
            return (.filter(term, level: inner.depth, condition: try resolveCondition(condition, in: inner)), false)
        }
        throw CallError.misplacedCondition(function: function.rawValue).at(condition.span)
    }

    /// `first(S)`, `last(S by amount)`, `top(3, S by -at)`.
    private func pick(
        _ function: AggregateName, _ term: Term, _ argument: Argument, _ option: Argument?, in scope: Scope
    ) throws(Diagnostic) -> Term {
        guard case .set(let entity) = type(of: term) else {
            if function == .top { throw AggregateError.topOfValues(found: words(type(of: term))).at(argument.value.span) }
            if let key = argument.order.first {
                var help = ["take the record first, then its value"]
                if case .member(let base, let name) = argument.value.kind {
                    help = ["`\(function.rawValue)(\(text(base)) by …).\(name.text)`"]
                }
                throw CallError.misplacedOrder(function: function.rawValue, help: help).at(key.value.span)
            }
            return .aggregate(function == .first ? .first : .last, over: term)
        }
        let inner = scope.entering(entity, edge: pairs(reaching: term))
        var keys: [TermSortKey] = []
        for key in argument.order { keys.append(try sortKey(key, in: inner)) }
        if keys.isEmpty, let time = schema[entity].time {
            keys = [TermSortKey(.field(.element(level: inner.depth, .record(entity)), FieldID(entity, time)), descending: false)]
        }
        let isLast = function == .last
        if isLast { keys = keys.map { TermSortKey($0.value, descending: !$0.descending) } }
        var limit = 1
        if function == .top {
            guard let option, let size = wholeNumber(try resolve(option.value, in: scope.perRow)), size > 0 else {
                throw CallError.argumentOutOfRange(function: "top", parameter: "size", expected: "a whole number above 0")
                    .at(option?.value.span ?? argument.value.span)
            }
            limit = size
        }
        return .pick(
            term, level: inner.depth, keys: keys, limit: limit, single: function != .top, fromEnd: isLast && keys.isEmpty)
    }

    // MARK: Over rows

    private func overRows(
        _ function: AggregateName, _ argument: Argument?, _ option: Argument?, in scope: Scope, at span: Span
    ) throws(Diagnostic) -> Term {
        guard scope.hasRows, scope.depth == 0 else { throw AggregateError.windowNotHere(function.rawValue).at(span) }
        guard let argument else { return addRowAggregate(RowAggregate(kind: .count, argument: nil), scope) }
        let (term, isRows) = try aggregated(argument, of: function, in: scope)
        if function == .top || function.picks && !isRows && type(of: term).entity != nil {
            throw AggregateError.pickInSummarize(function.rawValue).at(span)
        }
        if let key = argument.order.first {
            throw CallError.misplacedOrder(
                function: function.rawValue, help: ["rows have their order already: `sort` before `summarize`"]
            ).at(key.value.span)
        }
        let kind = try aggregateKind(function, over: term, argument, option, in: scope)
        var condition: Term?
        if isRows, let written = argument.condition { condition = try resolveCondition(written, in: scope.perRow) }
        return addRowAggregate(RowAggregate(kind: kind, argument: term, condition: condition), scope)
    }

    private func addRowAggregate(_ aggregate: RowAggregate, _ scope: Scope) -> Term {
        let element = aggregate.argument.map { self.type(of: $0).element } ?? .none
        let result = aggregate.kind.result(over: element)
        if case .window(let partition) = scope.mode {
            return addWindow(WindowCall(kind: .aggregate(aggregate), partition: partition, order: []), result)
        }
        if let known = group?.aggregates.first(where: { $0.1 == aggregate }) { return .slot(known.slot, result) }
        let slot = newSlot()
        group?.aggregates.append((slot, aggregate))
        return .slot(slot, result)
    }

    // MARK: Kinds

    /// What an aggregate computes over elements of a type.
    private func aggregateKind(
        _ function: AggregateName, over term: Term, _ argument: Argument, _ option: Argument?, in scope: Scope
    ) throws(Diagnostic) -> AggregateKind {
        let element = type(of: term).element
        try check(function, over: term, element, argument)
        switch function {
        case .count:
            if case .set = type(of: term) { return .count }
            if argument.distinct { return .countDistinct }
            return element == .bool ? .countTrue : .countPresent
        case .sum: return .sum
        case .avg: return .average
        case .median: return .median
        case .min: return .minimum
        case .max: return .maximum
        case .stdev: return .standardDeviation
        case .share: return .share
        case .list: return .list
        case .anyTrue: return .anyTrue
        case .allTrue: return .allTrue
        case .first, .top: return .first
        case .last: return .last
        case .percentile: return .percentile(try part(option, in: scope))
        case .join:
            guard let option else { return .join(separator: ", ") }
            guard case .text(let separator)? = constantValue(try resolve(option.value, in: scope.perRow)) else {
                throw CallError.argumentNotConstant(function: "join", parameter: "separator").at(option.value.span)
            }
            return .join(separator: separator)
        }
    }

    private func part(_ option: Argument?, in scope: Scope) throws(Diagnostic) -> Double {
        guard let option, case .number(let number)? = constantValue(try resolve(option.value, in: scope.perRow)) else {
            throw CallError.argumentNotConstant(function: "percentile", parameter: "part").at(option?.value.span)
        }
        let part = number.doubleValue
        guard (0...1).contains(part) else {
            throw CallError.argumentOutOfRange(function: "percentile", parameter: "part", expected: "between 0% and 100%")
                .at(option.value.span)
        }
        return part
    }

    private func check(_ function: AggregateName, over term: Term, _ element: ValueType, _ argument: Argument) throws(Diagnostic)
    {
        guard !function.accepts(element), let needed = function.needed else { return }
        let written = text(argument.value)
        if case .set(let entity) = type(of: term) {
            let fields = schema[entity].fields.filter { function.accepts($0.type) }.prefix(3)
            var help: [String] = []
            if function == .share || function == .anyTrue || function == .allTrue {
                help = ["say for what: `\(function.rawValue)(\(written).(…))`"]
            } else if !fields.isEmpty {
                help = ["take a field: " + either(fields.map { "`\(function.rawValue)(\(written).\($0.name))`" })]
            }
            if function == .min || function == .max {
                help.append("or a record by its order: `first(\(written) by …)`")
            }
            throw AggregateError.aggregateOfRecords(function.rawValue, set: written, help: help).at(argument.value.span)
        }
        let found = words(element == type(of: term) ? element : type(of: term))
        var help: [String] = []
        if element == .text, function.accepts(.number) {
            help = ["make numbers of it: `\(function.rawValue)(number(\(written)))`"]
            if type(of: term).isMany, case .member(let base, let name) = argument.value.kind {
                help = ["make numbers of them: `\(function.rawValue)(\(text(base)).(number(\(name.text))))`"]
            }
        }
        throw AggregateError.aggregateOfType(function.rawValue, expected: needed, found: found, help: help).at(
            argument.value.span)
    }
}
