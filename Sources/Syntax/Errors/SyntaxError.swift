/// Everything that can be wrong with a text as text. What is said about it stands in `SyntaxError+Wording.swift`.
enum SyntaxError: Sendable {
    // Within a token.
    case unexpectedCharacter(String)
    case typographicQuote(String)
    case typographicDash(String)
    case foreignComment(String)
    case foreignOperator(found: String, instead: String)
    case unclosedText(quote: String)
    case unclosedQuotedName
    case emptyQuotedName
    case unknownEscape(String)
    case invalidUnicodeEscape(String)
    case malformedNumber(String)
    case unknownNumberSuffix(number: String, suffix: String)
    case numberTooLarge
    /// `daysInMonth` is missing where the month itself is wrong.
    case invalidDate(String, month: Int, daysInMonth: Int?)
    case malformedDate(String, meant: String?)
    case invalidTime(String)
    case invalidPeriod(String, CalendarUnit, last: Int)
    case emptyCommand

    // Brackets.
    case unclosedBracket(expected: Symbol, found: Found)
    case mismatchedBracket(expected: Symbol, found: Symbol)
    case unmatchedCloser(Symbol)
    case emptyFilter
    case severalFilters
    case clauseInBrackets(Keyword)
    case pipeInBrackets
    case listInSquareBrackets

    // Expressions.
    case missingOperand(after: String?, found: Found)
    case chainedComparison(first: String, second: String)
    case chainedRange
    case nestedTooDeeply(limit: Int)
    case tooManyOperators(limit: Int)
    case nameAfterDot(found: Found)
    case missingThen(found: Found)
    case perWithoutCall
    /// A member or a filter behind `ago` or `per`, which end an operand.
    case memberBehind(word: String)
    case countOnThis(RelativeSpan)
    case unitExpected(RelativeSpan, found: Found)
    /// A row is given by a whole number from 1.
    case rowNumber
    case repetitionBound(found: Found)
    case repetitionOrder(lower: Int, upper: Int)
    case repetitionLowerMissing
    case starArgument(function: String)
    case foreignNull(String)

    // Questions and clauses.
    case statementStart(found: Found)
    case clauseNeeds(Keyword, what: String, found: Found)
    /// `clausesCanFollow` tells whether a word here may have been meant as a clause.
    case unexpected(found: Found, nearest: String?, clausesCanFollow: Bool)
    case missingComma(found: Found)
    case habit(Habit)
    case allColumns
    case distinctInSelect
    case formatUnknown(String, meant: OutputFormat?)
    case formatMissing(found: Found)
    case chartUnknown(String)
    case fileMissing(found: Found)
    case deliveredTwice(String)
    case clauseAfterPipe(Keyword, command: String)

    // Declarations.
    case nameExpected(what: String, found: Found)
    case symbolExpected(Symbol, in: String, found: Found)
    case wordExpected(String, in: String, found: Found)
    case textExpected(what: String, found: Found)
    case typeExpected(found: Found)
    case questionInDefinition(Keyword)
    case parameterNeedsName(found: Found)
    /// Something else than what says what words mean.
    case notInPerspective
    /// The words with which an entry of a relationship or a goal begins.
    case entryExpected([String], found: Found, nearest: String?)
    case entryTwice(String)
    case entryMissing(String, in: String)
    case comparesDefinition
}

/// What stands where something else was expected, in words.
enum Found: Sendable {
    case end
    case lineEnd
    case word(String)
    case text
    case value(String)
    case symbol(String)
    case pipe

    var wording: String {
        switch self {
        case .end: "the end of the text"
        case .lineEnd: "the end of the line"
        case .word(let word): "`\(word)`"
        case .text: "a text"
        case .value(let text): "`\(text)`"
        case .symbol(let symbol): "`\(symbol)`"
        case .pipe: "a pipe"
        }
    }
}

/// What people write who come from SQL and its kin.
enum Habit: Sendable {
    case from(source: String?)
    case groupBy, orderBy, limit, offset, having, join, on, like, isNull, isNotNull, between, descending, ascending, caseWhen
    case union, exists, sortBy
    case alias(String)
    case changesData(String)
}
