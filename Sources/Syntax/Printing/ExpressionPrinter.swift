/// Writes expressions.
enum ExpressionPrinter {
    /// How tightly the outermost form of an expression binds; a conditional is nil, because it binds most loosely of all.
    private static func precedence(_ expression: Expression) -> Precedence? {
        switch expression.kind {
        case .conditional: nil
        case .not: .not
        case .binary(let op, _, _): op.precedence
        case .range: .range
        case .negated, .any, .no, .ahead: .prefix
        case .ago, .per: .trailing
        default: .postfix
        }
    }

    /// The text of an expression where everything may stand.
    static func text(_ expression: Expression) -> String {
        switch expression.kind {
        case .literal(let literal): return text(literal)
        case .name(let name): return Printer.value(name)
        case .qualified(let perspective, nil, let name, let arguments):
            return Printer.value(perspective) + "::" + Printer.plain(name) + (arguments.map(text) ?? "")
        case .it: return "it"
        case .record(let entity, let label, _): return Printer.value(entity) + " " + Printer.literal(label)
        case .call(let name, let arguments): return functionName(name) + text(arguments)
        case .list(let elements): return "(" + elements.map(text).joined(separator: ", ") + ")"
        case .not(let operand): return "not " + text(operand, atLeast: .not)
        case .any(let operand): return "any " + text(operand, atLeast: .trailing)
        case .no(let operand): return "no " + text(operand, atLeast: .trailing)
        case .ahead(let operand): return "in " + text(operand, atLeast: .trailing)
        case .ago(let operand): return text(operand, atLeast: .postfix) + " ago"
        case .negated(let operand):
            // Two minus signs in a row begin a comment.
            let inner = text(operand, atLeast: .prefix)
            return inner.hasPrefix("-") ? "-(\(inner))" : "-" + inner
        case .binary(let op, let left, let right):
            // Comparisons do not chain; all others do, to the left.
            let leftLimit = op.precedence == .comparison ? Precedence.coalesce : op.precedence
            return text(left, atLeast: leftLimit) + " \(op.rawValue) " + text(right, atLeast: op.precedence.tighter)
        case .range(let lower, let upper):
            return (lower.map { text($0, atLeast: .sum) } ?? "") + ".." + (upper.map { text($0, atLeast: .sum) } ?? "")
        case .conditional(let condition, let then, let otherwise):
            let start = "if " + text(condition, atLeast: .or) + " then " + text(then, atLeast: .or)
            return otherwise.map { start + " else " + text($0) } ?? start
        case .relative(let word, let count, let unit):
            guard let count else { return "\(word.rawValue) \(unit.rawValue)" }
            return "\(word.rawValue) \(text(count, atLeast: .postfix)) \(unitName(unit, isOne: isOne(count)))"
        default: return attached(expression)
        }
    }

    /// The forms that are attached to an operand from the right.
    private static func attached(_ expression: Expression) -> String {
        switch expression.kind {
        case .member(let base, let name): return text(base, atLeast: .postfix) + "." + Printer.plain(name)
        case .memberCall(let base, let name, let arguments):
            return text(base, atLeast: .postfix) + "." + Printer.plain(name) + text(arguments)
        case .mapped(let base, let value):
            // A list brings its own parentheses.
            if case .list = value.kind { return text(base, atLeast: .postfix) + "." + text(value) }
            return text(base, atLeast: .postfix) + ".(" + text(value) + ")"
        case .qualified(let perspective, let base?, let name, let arguments):
            return text(base, atLeast: .postfix) + "." + Printer.plain(perspective) + "::" + Printer.plain(name)
                + (arguments.map(text) ?? "")
        case .filtered(let base, let condition): return text(base, atLeast: .postfix) + "[" + text(condition) + "]"
        case .shaped(let base, let items): return text(base, atLeast: .postfix) + " {" + shape(items) + "}"
        case .repeated(let links, let repetition): return repeated(links, repetition)
        case .per(let call, let keys):
            if keys.isEmpty { return text(call, atLeast: .postfix) + " per all" }
            let texts = keys.map { keys.count == 1 ? text($0, atLeast: .trailing) : text($0) }
            let list = keys.count == 1 ? (texts[0] == "all" ? "`all`" : texts[0]) : "(" + texts.joined(separator: ", ") + ")"
            return text(call, atLeast: .postfix) + " per " + list
        default: preconditionFailure("not attached to anything")
        }
    }

    /// The text of an expression, in parentheses if its outermost form binds more loosely than the place allows.
    static func text(_ expression: Expression, atLeast limit: Precedence) -> String {
        let text = text(expression)
        guard let own = precedence(expression), own >= limit else { return "(\(text))" }
        return text
    }

    /// The text of an expression that a word such as `to` follows, which would be read as the upper end of a range that has none.
    static func textBeforeWord(_ expression: Expression) -> String {
        let text = text(expression)
        return text.hasSuffix("..") ? "(\(text))" : text
    }

    private static func repeated(_ links: [Expression], _ repetition: Repetition) -> String {
        let base =
            links.count == 1 ? text(links[0], atLeast: .postfix) : "(" + links.map(text).joined(separator: ", ") + ")"
        switch (repetition.lower, repetition.upper) {
        case (1, nil) where canTakeSign(links): return base + "+"
        case (0, nil) where canTakeSign(links): return base + "*"
        case (let lower, let upper?) where lower == upper: return base + "{\(lower)}"
        case (let lower, let upper): return base + "{\(lower)..\(upper.map { String($0) } ?? "")}"
        }
    }

    /// Whether `+` or `*` behind these links is read as a repetition; behind other operands it calculates.
    private static func canTakeSign(_ links: [Expression]) -> Bool {
        guard links.count == 1 else { return true }
        switch links[0].kind {
        case .name, .member, .filtered: return true
        case .mapped(_, let inner): if case .list = inner.kind { return true } else { return false }
        default: return false
        }
    }

    // MARK: Lists of things

    /// `(a, distinct b where c by -d)`, for a call. In an `ask`, the first argument can have a label like all others.
    static func text(_ arguments: [Argument]) -> String { text(arguments, firstCanBeLabelled: false) }

    static func text(_ arguments: [Argument], firstCanBeLabelled: Bool) -> String {
        let texts = arguments.enumerated().map { index, argument in
            var result = argument.label.map { Printer.plain($0) + " = " } ?? ""
            if argument.distinct { result += "distinct " }
            let value = text(argument.value)
            // `f(a, b = c)` gives a label; a comparison in that place stands in parentheses.
            let mustEnclose =
                argument.label == nil && (index > 0 || firstCanBeLabelled) && looksNamed(value)
                || argument.distinct && beginsWithOperator(value)
            result += mustEnclose ? "(\(value))" : value
            if let condition = argument.condition { result += " where " + text(condition) }
            if !argument.order.isEmpty { result += " by " + text(argument.order) }
            return result
        }
        return "(" + texts.joined(separator: ", ") + ")"
    }

    static func text(_ keys: [SortKey]) -> String {
        keys.map { key in
            let value = text(key.value)
            let safe = value.hasPrefix("-") ? "(\(value))" : value
            return key.descending ? "-" + safe : safe
        }.joined(separator: ", ")
    }

    static func text(_ columns: [ColumnItem]) -> String {
        columns.map { text($0) { _ in false } }.joined(separator: ", ")
    }

    /// A number right behind the brace would be read as a count of steps.
    private static func shape(_ items: [ColumnItem]) -> String {
        items.enumerated().map { index, item in
            text(item) { index == 0 && ($0.utf8.first.map { $0 == UInt8(ascii: ".") || Lexer.isDigit($0) } ?? false) }
        }.joined(separator: ", ")
    }

    /// A column without a name stands in parentheses where its text could be taken for one with a name, or for what `isMistakable` knows.
    private static func text(_ column: ColumnItem, isMistakable: (String) -> Bool) -> String {
        let value = text(column.value)
        if let name = column.name { return Printer.value(name) + " = " + value }
        return looksNamed(value) || isMistakable(value) ? "(\(value))" : value
    }

    /// Whether a text begins with a name and `=`, so that it would be read as a column with a name or an argument with a label.
    private static func looksNamed(_ text: String) -> Bool {
        let rest: Substring
        if text.hasPrefix("`") {
            rest = text.dropFirst().drop { $0 != "`" }.dropFirst()
        } else {
            guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
            rest = text.drop { $0.unicodeScalars.allSatisfy(Lexer.isNameScalar) }
        }
        return rest.count < text.count && rest.hasPrefix(" = ")
    }

    /// Whether a text begins with what would be taken for an operator behind a name.
    static func beginsWithOperator(_ text: String) -> Bool {
        text.hasPrefix("-") || text.hasPrefix("..") || text.hasPrefix("in ")
    }

    /// A function may be called like a clause, because a parenthesis follows it.
    private static func functionName(_ name: Name) -> String {
        if Keyword(rawValue: name.text.lowercased())?.isClause ?? false { return Printer.plain(name) }
        return Printer.value(name)
    }

    // MARK: Literals

    static func text(_ literal: Literal) -> String {
        switch literal {
        case .none: return "none"
        case .bool(let value): return value ? "true" : "false"
        case .text(let value): return Printer.literal(value)
        case .number(let number): return text(number)
        case .date(let year, let month, let day): return Calendar.text(year: year, month: month, day: day)
        case .time: return time(literal)
        case .period(let year, let unit, let index):
            let start = Calendar.padded(year, 4) + "-"
            switch unit {
            case .quarter: return start + "Q\(index)"
            case .week: return start + "W" + Calendar.padded(index, 2)
            default: return start + Calendar.padded(index, 2)
            }
        case .duration(let number, let unit):
            return text(number) + " " + unitName(unit, isOne: number == .decimal(units: 1, scale: 0))
        }
    }

    static func text(_ number: NumberLiteral) -> String {
        switch number {
        case .double(let value):
            let text = value.description
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        case .decimal(let units, let scale):
            guard scale > 0 else { return String(units) }
            let magnitude = String(units.magnitude)
            let digits = String(repeating: "0", count: max(0, scale + 1 - magnitude.count)) + magnitude
            return (units < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
        }
    }

    private static func time(_ literal: Literal) -> String {
        guard case .time(let year, let month, let day, let hour, let minute, let second, let microsecond, let offset) = literal
        else {
            return ""
        }
        var text = Calendar.text(year: year, month: month, day: day)
        text += "T" + Calendar.padded(hour, 2) + ":" + Calendar.padded(minute, 2)
        if second != 0 || microsecond != 0 { text += ":" + Calendar.padded(second, 2) }
        if microsecond != 0 {
            var fraction = Calendar.padded(microsecond, 6)
            while fraction.hasSuffix("0") { fraction.removeLast() }
            text += "." + fraction
        }
        guard offset != 0 else { return text + "Z" }
        return text + (offset < 0 ? "-" : "+") + Calendar.padded(abs(offset) / 60, 2) + ":" + Calendar.padded(abs(offset) % 60, 2)
    }

    private static func unitName(_ unit: CalendarUnit, isOne: Bool) -> String { isOne ? unit.rawValue : unit.rawValue + "s" }

    private static func isOne(_ count: Expression) -> Bool {
        if case .literal(.number(.decimal(units: 1, scale: 0))) = count.kind { true } else { false }
    }
}
