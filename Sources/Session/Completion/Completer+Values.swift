import Output
import Resolve
import Store
import Syntax
import Types

/// Values: what a field holds, and the records that a label or a key names.
extension Completer {
    /// The right side of a comparison: values of the left side's field first, then names.
    mutating func addComparands(of left: Expression, _ op: BinaryOperator) {
        let type = scope.type(of: left)
        if case .text = place.typed.form {
            if let field = scope.field(of: left) { addTexts(of: field) }
            return
        }
        guard place.typed.form == .word else { return addOperands() }
        let hadValues = addValues(of: left, type, op)
        // Where values are known and nothing is typed, names would only bury them.
        if !hadValues || !typed.isEmpty { addOperands() }
    }

    /// Adds unquoted forms that fit the type; answers whether there are any.
    private mutating func addValues(of left: Expression, _ type: ValueType?, _ op: BinaryOperator) -> Bool {
        if op == .isIn { return addRanges(type) }
        switch type {
        case .text?:
            guard let field = scope.field(of: left) else { return false }
            addTexts(of: field)
            add("none", description: "missing", suffix: "")
        case .bool?:
            for word in ["true", "false"] { add(word, description: nil, suffix: "") }
        case .number?:
            guard let field = scope.field(of: left) else { return false }
            return addNumbers(of: field)
        case .date?, .time?:
            let words =
                op == .equal || op == .notEqual
                ? ["today", "yesterday", "last month", "this month", "this year", "none"]
                : ["today", "7 days ago", "30 days ago", "90 days ago", "12 months ago"]
            for word in words { add(word, description: nil, suffix: "") }
        case .period?:
            for word in ["this month", "last month", "this quarter", "last quarter", "this year"] {
                add(word, description: nil, suffix: "")
            }
        case .record(let entity)?:
            add(Printer.name(session.store.schema[entity].name), description: "by its name or key", suffix: " \"")
            add("none", description: "missing", suffix: "")
            return false
        default: return false
        }
        return !candidates.isEmpty
    }

    /// What `in` is followed by: spans of time, or a list of values.
    private mutating func addRanges(_ type: ValueType?) -> Bool {
        switch type {
        case .date?, .time?, .period?:
            let words = [
                "last 30 days", "last 90 days", "last week", "last month", "last quarter", "last year", "this month",
                "this quarter",
                "this year", "next 30 days",
            ]
            for word in words { add(word, description: nil, suffix: "") }
            return true
        case .text?:
            add("(", description: "a list of values", suffix: "\"")
            return typed.isEmpty
        default: return false
        }
    }

    /// Numbers are offered where there are so few that each means something, such as a rating.
    private mutating func addNumbers(of field: FieldID) -> Bool {
        let values = session.values(of: field)
        guard (1...12).contains(values.texts.count) else { return false }
        for (text, count) in zip(values.texts, values.counts) { add(text, description: countText(count, "row"), suffix: "") }
        return true
    }

    /// The values of a text field, in quotes where none are typed.
    private mutating func addTexts(of field: FieldID) {
        guard session.store.schema[field].type == .text else { return }
        let values = session.values(of: field)
        let rowCount = session.store.schema[field.entity].rowCount
        // Values that hardly repeat are no choice; a few of them show what is there.
        let isChoice = values.texts.count * 2 <= rowCount || values.texts.count <= Self.valueLimit
        var added = 0
        for (text, count) in zip(values.texts, values.counts) where text.hasPrefixIgnoringCase(unescaped) {
            addText(text, description: isChoice ? countText(count, "row") : nil)
            added += 1
            if added == Self.valueLimit { return }
        }
        guard added == 0, typed.count > 1 else { return }
        for (text, count) in zip(values.texts, values.counts) where text.contains(wordBeginningWith: unescaped) {
            addText(text, description: isChoice ? countText(count, "row") : nil)
            added += 1
            if added == Self.valueLimit { return }
        }
    }

    private mutating func addText(_ text: String, description: String?) {
        var literal = Printer.literal(text)
        switch place.typed.form {
        case .text(let quote):
            literal = String(literal.dropFirst().dropLast())
            if quote == "'" {
                literal = literal.replacing("\\\"", with: "\"").replacing("'", with: "\\'")
            }
            add(literal, description: description, suffix: quote, matching: typed)
        default: add(literal, description: description, suffix: "", matching: typed)
        }
    }

    /// What was typed within quotes, as the text that it means.
    private var unescaped: String {
        guard case .text = place.typed.form, typed.contains("\\") else { return typed }
        return typed.replacing("\\\"", with: "\"").replacing("\\'", with: "'").replacing("\\\\", with: "\\")
    }

    /// Labels and keys: `person "`, `accounts["`.
    mutating func addRecordNames(of set: Expression) {
        guard let entity = scope.type(of: set).flatMap(\.recordEntity) else { return }
        let found = session.store.schema[entity]
        if let label = found.label { addTexts(of: FieldID(entity, label)) }
        if let key = found.key, key != found.label, candidates.isEmpty || !typed.isEmpty { addTexts(of: FieldID(entity, key)) }
    }
}

extension ValueType {
    /// The entity of the records that a value is or holds.
    fileprivate var recordEntity: EntityID? {
        switch self {
        case .record(let entity), .set(let entity): entity
        default: nil
        }
    }
}

extension String {
    /// Whether one of the words behind the first begins with a text, whatever the case.
    fileprivate func contains(wordBeginningWith text: String) -> Bool {
        var rest = self[...]
        while let space = rest.firstIndex(of: " ") {
            rest = rest[rest.index(after: space)...]
            if String(rest).hasPrefixIgnoringCase(text) { return true }
        }
        return false
    }
}
