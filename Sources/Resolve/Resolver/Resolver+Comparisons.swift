import Syntax
import Types

extension Resolver {
    func resolveComparison(
        _ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope
    ) throws(Diagnostic) -> Term {
        let first = try resolveOperand(left, comparedWith: right, in: scope)
        let second = try resolveOperand(right, comparedWith: left, in: scope)
        return try comparison(op, first, left, second, right)
    }

    /// A side of a comparison. A word that is no name but occurs among the values of the other side's field was meant as a text.
    func resolveOperand(_ operand: Expression, comparedWith other: Expression, in scope: Scope) throws(Diagnostic) -> Term {
        guard case .name(let name) = operand.kind else { return try resolveOne(operand, in: scope) }
        if let term = try resolveNameOrColumn(name, operand, in: scope) {
            try requireOne(term, operand)
            return term
        }
        if case .name(let otherName) = other.kind, try resolveNameOrColumn(otherName, other, in: scope) == nil {
            throw unknown(name, in: scope)
        }
        if let term = try? resolve(other, in: scope), let field = rootField(term), schema[field].type == .text {
            let value =
                catalogue.occurs(name.text, in: field) == true
                ? name.text : catalogue.valuesResembling(name.text, in: field, limit: 1).first
            if let value { throw NameError.unquotedText(name.text, value: value, field: fieldName(field)).at(name.span) }
        }
        return try resolve(operand, in: scope)
    }

    private func resolveNameOrColumn(_ name: Name, _ expression: Expression, in scope: Scope) throws(Diagnostic) -> Term? {
        if case .group = scope.mode { return try resolveInGroup(expression, scope) }
        return try lookUp(name, in: scope)
    }

    /// A comparison of two single values whose types go together.
    func comparison(
        _ op: BinaryOperator, _ first: Term, _ left: Expression, _ second: Term, _ right: Expression
    ) throws(Diagnostic) -> Term {
        let (a, b) = (asYear(first, besides: second), asYear(second, besides: first))
        let types = (type(of: a), type(of: b))
        let span = left.span.joined(with: right.span)
        guard Self.areComparable(types.0, types.1) else {
            if case .constant(.text(let text), _) = b {
                throw comparesWithText(types.0, left, text).at(span)
            }
            if case .constant(.text(let text), _) = a {
                throw comparesWithText(types.1, right, text).at(span)
            }
            var help: [String] = []
            if case (.text, .number) = types, case .literal = right.kind {
                help = ["`\(text(left)) \(op.rawValue) \"\(text(right))\"`"]
            }
            if case (.duration, .number) = types {
                help = ["say how long: `\(text(left)) \(op.rawValue) \(inDays(right))`, or count: `days(\(text(left)))`"]
            }
            if case (.record, _) = types, types.1.isOrdered {
                help = ["compare one of its fields: `\(text(left)).… \(op.rawValue) \(text(right))`"]
            }
            throw TypeError.operandTypes(op, left: words(types.0), right: words(types.1), help: help).at(span)
        }
        if op != .equal, op != .notEqual, case .record(let entity) = types.0 == .none ? types.1 : types.0 {
            let example = schema[entity].label ?? schema[entity].key ?? 0
            let name = schema[entity].fields.isEmpty ? "…" : schema[entity].fields[example].name
            throw TypeError.operandTypes(
                op, left: words(types.0), right: words(types.1),
                help: ["records have no order; compare a field: `\(text(left)).\(name)`"]
            ).at(span)
        }
        if a == b, !a.isConstant { hintAtSameSides(left, at: span) }
        if op == .equal || op == .notEqual {
            hintAtValue(a, comparedWith: b, at: left.span)
            hintAtValue(b, comparedWith: a, at: right.span)
        }
        let typedNone = types.0 == .none && types.1 != .none
        return .binary(
            op, typedNone ? .constant(.none, types.1) : a, types.1 == .none ? .constant(.none, types.0) : b, .bool)
    }

    static func areComparable(_ left: ValueType, _ right: ValueType) -> Bool {
        switch (left, right) {
        case (.none, _), (_, .none): true
        case (.date, .time), (.time, .date), (.date, .period), (.period, .date), (.time, .period), (.period, .time),
            (.period, .period):
            true
        case (.record(let a), .record(let b)): a == b
        default: left == right && left.isOrdered
        }
    }

    /// A whole number beside a date, a time or a year is that year: `year(at) = 2026`.
    func asYear(_ term: Term, besides other: Term) -> Term {
        switch type(of: other) {
        case .date, .time, .period: break
        default: return term
        }
        guard let year = wholeNumber(term), (1000...9999).contains(year) else { return term }
        return .constant(.period(Period(unit: .year, containing: Calendar.day(year: year, month: 1, day: 1))), .period(.year))
    }

    /// The message for a text literal beside something that is not text.
    func comparesWithText(_ type: ValueType, _ operand: Expression, _ value: String) -> TypeError {
        let written = text(operand)
        var help: [String] = []
        switch type {
        case .date, .time:
            if let literal = literalWithin(value), [.date, .time, .period(nil)].contains(literal) {
                help = ["compare with a date: `\(value)`"]
            } else {
                help = ["write dates without quotes: `2026-06-30`, or convert: `date(\"\(value)\")`"]
            }
        case .period: help = ["write periods without quotes: `2026-06`, `2026-Q2`"]
        case .number:
            help =
                literalWithin(value) == .number ? ["compare with a number: `\(value)`"] : ["write numbers without quotes: `50k`"]
        case .duration:
            help = ["write durations without quotes: `90 days`"]
        case .bool:
            help = ["it is a condition itself: `\(written)`, or `not \(written)`"]
        case .record(let entity):
            help = ["compare with a record: `\(written) = \(schema[entity].name) \"\(value)\"`"]
            if let label = schema[entity].label {
                help.append("or compare its label: `\(written).\(schema[entity].fields[label].name) = \"\(value)\"`")
            }
        default: break
        }
        return .comparesWithText(field: "`\(written)`", type: words(type), text: value, help: help)
    }

    /// The type of the literal that a text writes; any period counts as one without a unit.
    private func literalWithin(_ value: String) -> ValueType? {
        let parsed = parse(SourceText(name: "<text>", text: value))
        guard parsed.diagnostics.isEmpty, parsed.statements.count == 1, case .question(let question) = parsed.statements[0].kind,
            question.clauses.isEmpty, case .expression(let expression) = question.source,
            case .literal(let literal) = expression.kind
        else { return nil }
        let type = type(of: Self.constant(literal))
        if case .period = type { return .period(nil) }
        return type
    }

    // MARK: Values that never occur

    /// The field from which the values of a term come unchanged.
    func rootField(_ term: Term) -> FieldID? {
        switch term {
        case .field(_, let field): field
        case .slot(let slot, _): slotTerms[slot].flatMap(rootField)
        case .map(_, _, let body): rootField(body)
        default: nil
        }
    }

    func fieldName(_ field: FieldID) -> String { "\(schema[field.entity].plural).\(schema[field].name)" }

    /// Hints at a comparison of something with itself: mostly a name was meant that an inner name hides.
    private func hintAtSameSides(_ side: Expression, at span: Span) {
        var reason = ""
        if case .name(let name) = side.kind {
            if environment.parameters[name.text] != nil || outerLayers.contains(where: { $0.hasParameter(name.text) }) {
                reason = ", which hides the parameter of that name"
            } else {
                reason = " of the same record"
            }
        }
        hint("same-sides", "both sides are `\(text(side))`\(reason)", at: span)
    }

    /// Hints at a text that never occurs in the field with which it is compared: probably it is written otherwise there.
    func hintAtValue(_ value: Term, comparedWith other: Term, at span: Span) {
        guard case .constant(.text(let text), _) = value, let field = rootField(other), schema[field].type == .text,
            catalogue.occurs(text, in: field) == false
        else { return }
        let near = catalogue.valuesResembling(text, in: field, limit: 3)
        let question = near.isEmpty ? "" : "; did you mean \(either(near.map { "\"\($0)\"" }))?"
        hint("value-never-occurs", "\"\(text)\" never occurs in \(fieldName(field))\(question)", at: span)
    }
}
