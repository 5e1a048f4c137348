import Syntax
import Types

extension Resolver {
    /// `sum(n) per account`: each aggregate in it goes over the rows that share the keys.
    func resolvePer(_ value: Expression, _ keys: [Expression], in scope: Scope, at span: Span) throws(Diagnostic) -> Term {
        if case .group = scope.mode { throw AggregateError.windowInSummarize("per").at(span) }
        guard scope.hasRows, scope.depth == 0 else { throw AggregateError.windowNotHere("per").at(span) }
        var partition: [Term] = []
        for key in keys { partition.append(try resolveOne(key, in: scope.perRow)) }
        guard hasRowFunction(value) else { throw AggregateError.perNeedsAggregate.at(value.span) }
        var inner = scope
        inner.mode = .window(partition: partition)
        return try resolve(value, in: inner)
    }

    /// `rank()`, `running(sum(x))`, `previous(x)`.
    func resolveWindow(_ function: WindowName, _ arguments: [Argument], in scope: Scope, at span: Span) throws(Diagnostic) -> Term
    {
        if case .group = scope.mode { throw AggregateError.windowInSummarize(function.rawValue).at(span) }
        guard scope.hasRows, scope.depth == 0, let declared = environment.function(named: function.rawValue) else {
            throw AggregateError.windowNotHere(function.rawValue).at(span)
        }
        let bound = try arrange(arguments, for: declared, requireAll: true, at: span)
        var partition: [Term] = []
        if case .window(let keys) = scope.mode { partition = keys }
        switch function {
        case .rank:
            if frame.order.isEmpty {
                hint("unsorted", "`rank()` counts the rows in their order so far, and nothing has sorted them yet", at: span)
            }
            return addWindow(WindowCall(kind: .rank, partition: partition, order: frame.order), .number)
        case .running:
            guard let argument = bound[0] else { throw AggregateError.windowNotHere(function.rawValue).at(span) }
            let term = try runningTerm(argument, in: scope.perRow)
            return addWindow(WindowCall(kind: .runningSum(term), partition: partition, order: frame.order), type(of: term))
        case .previous:
            guard let argument = bound[0] else { throw AggregateError.windowNotHere(function.rawValue).at(span) }
            let term = try resolveOne(argument.value, in: scope.perRow)
            return addWindow(WindowCall(kind: .previous(term), partition: partition, order: frame.order), type(of: term))
        }
    }

    /// What is added up row by row: `x` in `running(sum(x))` and in `running(x)`, and 1 in `running(count())`.
    private func runningTerm(_ argument: Argument, in scope: Scope) throws(Diagnostic) -> Term {
        let one = Term.constant(.number(Number(1)), .number)
        let zero = Term.constant(.number(Number(0)), .number)
        if case .call(let name, let inner) = argument.value.kind, let aggregate = AggregateName(rawValue: name.text) {
            if aggregate == .count, inner.isEmpty { return one }
            if let only = inner.first, inner.count == 1, only.condition == nil, !only.distinct {
                let term = try resolve(only.value, in: scope)
                if aggregate == .count, type(of: term) == .bool { return .conditional(term, then: one, otherwise: zero, .number) }
                if aggregate == .sum, [.number, .duration].contains(type(of: term)) { return term }
            }
        }
        let term = try resolveOne(argument.value, in: scope)
        guard [.number, .duration].contains(type(of: term)) else {
            throw AggregateError.aggregateOfType(
                "running", expected: "numbers or durations", found: words(type(of: term)), help: []
            )
            .at(argument.value.span)
        }
        return term
    }

    /// A column for a call over the rows. Calls that do not build on each other share a step, and the same call is made once.
    func addWindow(_ call: WindowCall, _ type: ValueType) -> Term {
        if case .window(var calls)? = steps.last {
            if let known = calls.first(where: { $0.call == call }) { return .slot(known.slot, type) }
            let slot = newSlot()
            let own = Set(calls.map(\.slot))
            if !call.terms.contains(where: { $0.uses(own) }) {
                calls.append((slot, call))
                steps[steps.count - 1] = .window(calls)
                return .slot(slot, type)
            }
        }
        let slot = newSlot()
        steps.append(.window([(slot, call)]))
        return .slot(slot, type)
    }

    /// Whether an expression has a call that goes over rows.
    func hasRowFunction(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .call(let name, let arguments):
            AggregateName(rawValue: name.text) != nil || WindowName(rawValue: name.text) != nil
                || arguments.contains { hasRowFunction($0.value) }
        case .memberCall(let base, _, let arguments): hasRowFunction(base) || arguments.contains { hasRowFunction($0.value) }
        case .member(let base, _), .not(let base), .negated(let base), .any(let base), .no(let base), .ago(let base),
            .ahead(let base),
            .per(let base, _), .mapped(let base, _), .filtered(let base, _), .shaped(let base, _):
            hasRowFunction(base)
        case .binary(_, let left, let right): hasRowFunction(left) || hasRowFunction(right)
        case .range(let lower, let upper): lower.map(hasRowFunction) ?? false || upper.map(hasRowFunction) ?? false
        case .list(let elements), .repeated(let elements, _): elements.contains(where: hasRowFunction)
        case .conditional(let condition, let then, let otherwise):
            hasRowFunction(condition) || hasRowFunction(then) || otherwise.map(hasRowFunction) ?? false
        case .qualified(_, let base, _, let arguments):
            base.map(hasRowFunction) ?? false || arguments?.contains { hasRowFunction($0.value) } ?? false
        case .literal, .name, .it, .record, .relative: false
        }
    }
}

extension WindowCall {
    /// Every term in the call.
    var terms: [Term] {
        let own: [Term] =
            switch kind {
            case .aggregate(let aggregate): [aggregate.argument, aggregate.condition].compactMap(\.self)
            case .rank: []
            case .runningSum(let term), .previous(let term): [term]
            }
        return own + partition + order.map(\.value)
    }
}

extension Term {
    func reads(oneOf columns: [(slot: SlotID, value: Term)]) -> Bool {
        contains { part in
            if case .slot(let slot, _) = part { return columns.contains { $0.slot == slot } }
            return false
        }
    }

    /// Whether the term reads one of these columns.
    func uses(_ slots: Set<SlotID>) -> Bool {
        contains { part in
            if case .slot(let slot, _) = part { return slots.contains(slot) }
            return false
        }
    }
}
