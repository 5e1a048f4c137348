/// How tightly operators bind, loosest first. The printer goes by the same table. `trailing` is what ends the operand it is attached to:
/// `ago` and `per`.
enum Precedence: Int, Comparable {
    case or = 1
    case and, not, comparison, coalesce, join, range, sum, product, prefix, trailing, postfix

    static func < (first: Precedence, second: Precedence) -> Bool { first.rawValue < second.rawValue }

    /// The next tighter one.
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }
}

extension BinaryOperator {
    var precedence: Precedence {
        switch self {
        case .or: .or
        case .and: .and
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .matches, .isIn, .notIn: .comparison
        case .coalesce: .coalesce
        case .join: .join
        case .add, .subtract: .sum
        case .multiply, .divide, .remainder: .product
        }
    }
}

extension Parser {
    mutating func parseExpression() throws(StatementAbandoned) -> Expression {
        if nesting == 0 { operatorCount = 0 }
        return try nested { parser throws(StatementAbandoned) in
            parser.outermostParenthesis = parser.index
            return try parser.parseBinary(.or)
        }
    }

    /// Parses operands and the operators between them that bind at least as tightly as `loosest` (precedence climbing).
    mutating func parseBinary(_ loosest: Precedence) throws(StatementAbandoned) -> Expression {
        var lastComparison: String?
        var lastWasRange = at(.range)
        var left = try parsePrefixed(loosest)
        while true {
            if at(.range), loosest <= .range {
                if lastWasRange { throw fail(.chainedRange, at: currentSpan) }
                left = try parseRange(after: left)
                lastWasRange = true
                continue
            }
            guard let (op, tokenCount) = binaryOperatorHere(), op.precedence >= loosest else { return left }
            if op.precedence == .comparison {
                if let first = lastComparison {
                    throw fail(.chainedComparison(first: first, second: op.rawValue), at: currentSpan)
                }
                lastComparison = op.rawValue
            }
            for _ in 0..<tokenCount { advance() }
            try countOperator()
            try expectOperand(after: op.rawValue)
            let right = try nested { parser throws(StatementAbandoned) in try parser.parseBinary(op.precedence.tighter) }
            left = Expression(.binary(op, left, right), at: left.span.joined(with: right.span))
        }
    }

    /// The operator that stands here between two operands, and of how many tokens it consists.
    private func binaryOperatorHere() -> (BinaryOperator, Int)? {
        switch current.kind {
        case .symbol(let symbol):
            switch symbol {
            case .equal: (.equal, 1)
            case .notEqual: (.notEqual, 1)
            case .less: (.less, 1)
            case .lessOrEqual: (.lessOrEqual, 1)
            case .greater: (.greater, 1)
            case .greaterOrEqual: (.greaterOrEqual, 1)
            case .tilde: (.contains, 1)
            case .coalesce: (.coalesce, 1)
            case .ampersand: (.join, 1)
            case .plus: (.add, 1)
            case .minus: (.subtract, 1)
            case .star: (.multiply, 1)
            case .slash: (.divide, 1)
            case .percent: (.remainder, 1)
            default: nil
            }
        case .word(.or): (.or, 1)
        case .word(.and): (.and, 1)
        case .word(.in): (.isIn, 1)
        case .word(.matches): (.matches, 1)
        case .word(.not) where token(after: 1).keyword == .in: (.notIn, 2)
        default: nil
        }
    }

    /// `10..20`, and `100..` where nothing follows that could be the upper end.
    private mutating func parseRange(after lower: Expression) throws(StatementAbandoned) -> Expression {
        let sign = currentSpan
        advance()
        try countOperator()
        guard !isOnNewLine, canStartOperand(current) || at(.in) else {
            if let (op, _) = binaryOperatorHere(), op.precedence > .range {
                throw fail(.missingOperand(after: "..", found: found))
            }
            return Expression(.range(lower, nil), at: lower.span.joined(with: sign))
        }
        let upper = try nested { parser throws(StatementAbandoned) in try parser.parseBinary(.sum) }
        return Expression(.range(lower, upper), at: lower.span.joined(with: upper.span))
    }

    /// Parses an operand with the prefix operators before it, where what binds less tightly than `loosest` is printed in parentheses.
    private mutating func parsePrefixed(_ loosest: Precedence) throws(StatementAbandoned) -> Expression {
        let first = index
        let start = currentSpan
        switch current.kind {
        case .word(.not):
            advance()
            try expectOperand(after: "not")
            let operand = try grouped(if: loosest > .not) { parser throws(StatementAbandoned) in try parser.parseBinary(.not) }
            return Expression(.not(operand), at: start.joined(with: operand.span))
        case .symbol(.minus):
            advance()
            try expectOperand(after: "-")
            // A second minus sign is printed in parentheses, since two in a row begin a comment.
            let operand = try grouped(if: at(.minus)) { parser throws(StatementAbandoned) in try parser.parsePrefixed(.prefix) }
            return Expression(.negated(operand), at: start.joined(with: operand.span))
        case .symbol(.range):
            advance()
            try expectOperand(after: "..")
            let upper = try grouped(if: loosest > .range) { parser throws(StatementAbandoned) in try parser.parseBinary(.sum) }
            return Expression(.range(nil, upper), at: start.joined(with: upper.span))
        case .word(.any) where startsQuantified, .word(.no) where startsQuantified:
            let isAny = at(.any)
            advance()
            let operand = try grouped(if: startsConditional) { parser throws(StatementAbandoned) in try parser.parsePostfix() }
            return Expression(isAny ? .any(operand) : .no(operand), at: span(from: first))
        case .word(.in) where startsQuantified:
            advance()
            let operand = try grouped(if: startsConditional) { parser throws(StatementAbandoned) in try parser.parsePostfix() }
            return Expression(.ahead(operand), at: span(from: first))
        default:
            guard startsConditional, loosest > .or else { return try parsePostfix() }
            return try nested { parser throws(StatementAbandoned) in try parser.parsePostfix() }
        }
    }

    /// Goes one level deeper, and another one for what is printed in parentheses that the text may do without: what was read could otherwise
    /// be printed as something that is nested too deeply to be read again.
    mutating func grouped(
        if isPrintedInParentheses: Bool, _ body: (inout Parser) throws(StatementAbandoned) -> Expression
    ) throws(StatementAbandoned) -> Expression {
        try nested { parser throws(StatementAbandoned) in
            isPrintedInParentheses ? try parser.nested(body) : try body(&parser)
        }
    }

    /// Whether an `if` that begins a conditional stands here.
    var startsConditional: Bool {
        let next = token(after: 1)
        return at(.if) && (canStartOperand(next) || next.keyword == .in || next.symbol == .range)
    }

    /// Whether `any`, `no` or `in` has an operand behind it; without one, the first two are names.
    private var startsQuantified: Bool {
        let next = token(after: 1)
        guard !(next.startsLine && openers.isEmpty) else { return false }
        return next.symbol == .leftParenthesis || (canStartOperand(next) && next.symbol == nil)
    }

    /// Says what is missing if no operand can begin here.
    mutating func expectOperand(after word: String?) throws(StatementAbandoned) {
        if word != nil, beginsDeclaration(index) { throw fail(.missingOperand(after: word, found: .lineEnd)) }
        switch current.kind {
        case .quotedName, .literal: return
        case .symbol(let symbol):
            switch symbol {
            case .leftParenthesis, .minus, .range: return
            case .leftBracket: throw fail(.listInSquareBrackets)
            default: throw fail(.missingOperand(after: word, found: found))
            }
        case .word(let keyword?):
            if keyword.isClause {
                if nextIsOperandOnSameLine { throw fail(.missingOperand(after: word, found: found)) }
                return
            }
            if keyword.isInfix, keyword != .in, keyword != .ago {
                throw fail(.missingOperand(after: word, found: found))
            }
        case .word(nil): return
        case .pipe, .end: throw fail(.missingOperand(after: word, found: found))
        }
    }
}
