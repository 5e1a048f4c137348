import Syntax
import Types

extension Environment {
    /// Gives a parameter a value as a text of the command line, before its declaration is seen.
    public mutating func give(parameter name: String, text: String) { givenParameters[name] = text }

    /// Declares a parameter: what was given for it, otherwise its default.
    mutating func register(_ parameter: Parameter, _ description: String?, at span: Span) throws(Diagnostic) {
        let name = parameter.name.text
        let resolver = Resolver(self)
        var fallback: Term?
        if let written = parameter.defaultValue { fallback = try resolver.resolve(written, in: Scope(layers: [])) }
        var type = fallback.map { $0.type(in: schema) } ?? .text
        if let written = parameter.type {
            let declared = try resolver.declaredType(written)
            guard let concrete = declared.concrete([:]) else {
                throw NameError.unknownType(written.text, near: [], there: []).at(parameter.name.span)
            }
            var variables: [String: ValueType] = [:]
            if fallback != nil, !declared.accepts(type, binding: &variables) {
                throw DeclarationError.defaultType(name, declared: concrete.words(in: schema), found: type.words(in: schema))
                    .at(parameter.defaultValue?.span)
            }
            if fallback == nil || type == .none { type = concrete }
        }
        let value: Value
        if let given = givenParameters[name] {
            value = try parse(given, as: type, parameter: name)
        } else if let fallback {
            guard let known = resolver.constantValue(fallback) else {
                throw CallError.argumentNotConstant(function: "param", parameter: name).at(parameter.defaultValue?.span)
            }
            value = known
        } else {
            throw DeclarationError.parameterNeedsValue(name).at(span)
        }
        parameters[name] = DeclaredParameter(
            name: name, type: type, value: value, description: description, span: span,
            defaultText: parameter.defaultValue.map { squeezed($0.span.text) })
    }

    /// A text of the command line as a value of a type: `--days 60`, `--region APAC`, `--since 2026-01-01`.
    public func parse(_ text: String, as type: ValueType, parameter name: String) throws(Diagnostic) -> Value {
        let wrong = DeclarationError.parameterValue(name, expected: type.words(in: schema), text: text).at(nil)
        switch type {
        case .text: return .text(text)
        case .bool:
            switch text.lowercased() {
            case "true", "yes", "1", "on": return .bool(true)
            case "false", "no", "0", "off": return .bool(false)
            default: throw wrong
            }
        case .record(let entity):
            let rows = catalogue.rows(of: entity, named: text)
            if rows.count == 1 { return .record(entity, row: rows[0]) }
            if rows.isEmpty {
                let near = catalogue.recordsResembling(text, in: entity, limit: 3)
                throw NameError.recordNotFound(text, entity: schema[entity].name, plural: schema[entity].plural, near: near)
                    .at(nil)
            }
            throw NameError.recordAmbiguous(text, entity: schema[entity].name, plural: schema[entity].plural, count: rows.count)
                .at(nil)
        case .set(let entity): return .set(entity, rows: catalogue.rows(of: entity, named: text))
        case .list(let element):
            var values: [Value] = []
            for part in text.split(separator: ",") { values.append(try parse(Self.trimmed(part), as: element, parameter: name)) }
            return .list(values)
        case .number, .date, .time, .duration, .period, .none, .table:
            guard let value = literal(text, as: type) else { throw wrong }
            return value
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }

    /// The value of an expression that needs nothing but the clock, such as `-1.5`, `90 days`, `today` or `30 days ago`.
    private func literal(_ text: String, as type: ValueType) -> Value? {
        let parsed = Syntax.parse(SourceText(name: "<argument>", text: text))
        guard parsed.diagnostics.isEmpty, parsed.statements.count == 1, case .question(let question) = parsed.statements[0].kind,
            question.clauses.isEmpty, case .expression(let expression) = question.source
        else { return nil }
        let resolver = Resolver(self)
        guard let term = try? resolver.resolve(expression, in: Scope(layers: [])), let value = resolver.constantValue(term) else {
            return nil
        }
        switch (type, value) {
        case (.number, .number), (.date, .date), (.time, .time), (.duration, .duration), (.none, _): return value
        case (.period(nil), .period): return value
        case (.period(let unit), .period(let period)): return period.unit == unit ? value : nil
        case (.duration, .number(let number)): return .duration(Resolver.duration(number, .day))
        case (.time, .date(let day)): return .time(Int64(day) * Calendar.microsecondsPerDay)
        case (.date, .time(let instant)): return .date(Calendar.day(ofInstant: instant))
        default: return nil
        }
    }
}
