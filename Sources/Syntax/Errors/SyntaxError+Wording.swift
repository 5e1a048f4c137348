/// What is said about a mistake.
private struct Wording {
    var code: String
    var message: String
    var help: [String]

    init(_ code: String, _ message: String, help: String?...) {
        self.code = code
        self.message = message
        self.help = help.compactMap(\.self)
    }
}

extension SyntaxError {
    func diagnostic(at span: Span, notes: [Diagnostic.Note] = []) -> Diagnostic {
        let wording = self.wording
        return Diagnostic(.error, code: wording.code, wording.message, at: span, notes: notes, help: wording.help)
    }

    private var wording: Wording {
        switch self {
        case .unexpectedCharacter, .typographicQuote, .typographicDash, .foreignComment, .foreignOperator, .unclosedText,
            .unclosedQuotedName, .emptyQuotedName, .unknownEscape, .invalidUnicodeEscape, .malformedNumber,
            .unknownNumberSuffix, .numberTooLarge, .invalidDate, .malformedDate, .invalidTime, .invalidPeriod, .emptyCommand:
            tokenWording
        case .unclosedBracket, .mismatchedBracket, .unmatchedCloser, .emptyFilter, .severalFilters, .clauseInBrackets,
            .pipeInBrackets, .listInSquareBrackets:
            bracketWording
        case .missingOperand, .chainedComparison, .chainedRange, .nestedTooDeeply, .tooManyOperators, .nameAfterDot,
            .missingThen, .perWithoutCall, .memberBehind, .countOnThis, .unitExpected, .repetitionBound, .rowNumber,
            .repetitionOrder, .repetitionLowerMissing, .starArgument, .foreignNull:
            expressionWording
        case .habit(let habit):
            habit.wording
        case .statementStart, .clauseNeeds, .unexpected, .missingComma, .allColumns, .distinctInSelect, .formatUnknown,
            .formatMissing, .chartUnknown, .fileMissing, .deliveredTwice, .clauseAfterPipe:
            questionWording
        case .nameExpected, .symbolExpected, .wordExpected, .textExpected, .typeExpected, .questionInDefinition,
            .parameterNeedsName, .notInPerspective, .entryExpected, .entryTwice, .entryMissing, .comparesDefinition:
            declarationWording
        }
    }

    private var tokenWording: Wording {
        switch self {
        case .unexpectedCharacter(let text):
            Wording(
                "unexpected-character", "`\(text)` means nothing here", help: "a name with other characters goes in backquotes")
        case .typographicQuote(let quote):
            Wording("typographic-quote", "`\(quote)` is a typographic quote", help: "use plain quotes: \"gold\"")
        case .typographicDash(let dash):
            Wording("typographic-dash", "`\(dash)` is a typographic dash", help: "use the plain minus sign: -")
        case .foreignComment(let marker):
            Wording("foreign-comment", "`\(marker)` does not begin a comment", help: "comments begin with --")
        case .foreignOperator("||", _):
            Wording("foreign-operator", "there is no `||`", help: "conditions are joined with `or`, texts with `&`")
        case .foreignOperator(let found, let instead):
            Wording("foreign-operator", "there is no `\(found)`", help: "write `\(instead)`")
        case .unclosedText(let quote):
            Wording("unclosed-text", "this text is never closed", help: "it ends with `\(quote)`")
        case .unclosedQuotedName:
            Wording("unclosed-name", "this name in backquotes is not closed on its line")
        case .emptyQuotedName:
            Wording("empty-name", "a name cannot be empty")
        case .unknownEscape(let text):
            Wording(
                "unknown-escape", "`\(text)` is no escape",
                help: "there are \\n \\t \\r \\\\ \\\" \\' and \\u{1F600}; a plain \\ is \\\\")
        case .invalidUnicodeEscape(let text):
            Wording("invalid-escape", "`\(text)` names no character", help: "such as \\u{e9} or \\u{1F600}")
        case .malformedNumber(let text):
            Wording("malformed-number", "`\(text)` is no number", help: "such as 1_000, 1.5, 50k, 2M or 90%")
        case .unknownNumberSuffix(let number, let suffix):
            suffixWording(number: number, suffix: suffix)
        case .numberTooLarge:
            Wording("number-too-large", "this number is too large")
        case .invalidDate(let text, let month, nil):
            Wording("invalid-date", "`\(text)` is no date: there is no month \(month)")
        case .invalidDate(let text, _, let days?):
            Wording("invalid-date", "`\(text)` is no date: that month has \(days) days")
        case .malformedDate(let text, let meant):
            Wording(
                "malformed-date", "`\(text)` is not how a date is written",
                help: meant.map { "write \($0)" } ?? "year, month, day: 2026-06-30")
        case .invalidTime(let text):
            Wording("invalid-time", "`\(text)` is no time", help: "such as 2026-06-30T14:05Z or 2026-06-30T14:05:30+02:00")
        case .invalidPeriod(let text, let unit, let last):
            Wording(
                "invalid-period", "`\(text)` is no \(unit): they go from 1 to \(last)",
                help: unit == .month ? "for a subtraction put spaces around the minus" : nil)
        case .emptyCommand:
            Wording("empty-command", "there is no command after `|`", help: "such as | less -S")
        default: preconditionFailure("not a mistake within a token")
        }
    }

    private func suffixWording(number: String, suffix: String) -> Wording {
        let units = ["s": "seconds", "h": "hours", "d": "days", "w": "weeks", "y": "years", "q": "quarters", "mo": "months"]
        let help: String =
            switch suffix.lowercased() {
            case "m": "\(number)M is millions; for a duration write \(number) minutes or \(number) months"
            case "b", "bn": "billions are \(number)B"
            case let other:
                (units[other] ?? CalendarUnit(word: other).map { $0.rawValue + "s" }).map { "write \(number) \($0)" }
                    ?? "numbers end with k, M, B or %, and a name does not begin with a digit"
            }
        return Wording("number-suffix", "`\(suffix)` cannot stand right behind a number", help: help)
    }

    private var bracketWording: Wording {
        switch self {
        case .unclosedBracket(let expected, let found):
            Wording("unclosed-bracket", "`\(expected.rawValue)` is missing before \(found.wording)")
        case .mismatchedBracket(let expected, let found):
            Wording("mismatched-bracket", "`\(found.rawValue)` closes nothing here; `\(expected.rawValue)` is expected")
        case .unmatchedCloser(let closer):
            Wording("unmatched-bracket", "`\(closer.rawValue)` closes nothing")
        case .emptyFilter:
            Wording("empty-filter", "the brackets hold no condition", help: "such as deals[stage = \"won\"]")
        case .severalFilters:
            Wording("several-conditions", "only one condition stands in brackets", help: "join them with `and`")
        case .clauseInBrackets(let keyword):
            Wording(
                "clause-in-brackets", "a clause such as `\(keyword)` cannot stand within brackets",
                help: keyword == .where ? "the records of a set that matter: deals[stage = \"won\"]" : nil)
        case .pipeInBrackets:
            Wording("pipe-in-brackets", "a pipe cannot stand within brackets")
        case .listInSquareBrackets:
            Wording("list-in-brackets", "lists stand in parentheses", help: "such as stage in (\"won\", \"lost\")")
        default: preconditionFailure("not a mistake with brackets")
        }
    }

    private var expressionWording: Wording {
        switch self {
        case .missingOperand(let word?, let found):
            Wording("missing-value", "a value is missing after `\(word)`, before \(found.wording)")
        case .missingOperand(nil, let found):
            Wording("missing-value", "a value is expected, not \(found.wording)")
        case .chainedComparison(let first, let second):
            Wording(
                "chained-comparison", "`\(first)` and `\(second)` cannot follow one another",
                help: "a < b < c is written a < b and b < c; a range is x in 10..20")
        case .chainedRange:
            Wording("chained-range", "a range has two ends only")
        case .nestedTooDeeply(let limit):
            Wording(
                "nested-too-deeply", "this is nested more than \(limit) levels deep",
                help: "give a part of it a name with `define`")
        case .tooManyOperators(let limit):
            Wording(
                "too-many-operators", "this expression has more than \(limit) operators",
                help: "many values of one field are x in (a, b, c)")
        case .nameAfterDot(let found):
            Wording("name-after-dot", "a name is expected after `.`, not \(found.wording)")
        case .missingThen(let found):
            Wording("missing-then", "`then` is expected, not \(found.wording)", help: "if CONDITION then A else B")
        case .perWithoutCall:
            Wording("per-without-aggregate", "`per` follows an aggregate", help: "such as sum(amount) per region")
        case .memberBehind(let word):
            Wording(
                "member-behind-\(word)", "what is in front of this ends with `\(word)`",
                help: word == "ago"
                    ? "a function of a date goes around it: year(90 days ago)"
                    : "put it in parentheses: (first(account) per stage).name")
        case .countOnThis(let word):
            Wording("count-on-this", "`\(word.rawValue)` takes no number", help: "such as this month, or last 3 months")
        case .unitExpected(let word, let found):
            Wording(
                "unit-expected", "`\(word.rawValue)` needs a unit of time, not \(found.wording)",
                help: "second minute hour day week month quarter year")
        case .rowNumber:
            Wording("row-number", "`rows` needs the number of a row, from 1", help: "such as `rows 3`, or `rows 3 of won`")
        case .repetitionBound(let found):
            Wording("repetition-bound", "how many steps is a whole number, not \(found.wording)", help: "such as knows{1..3}")
        case .repetitionOrder(let lower, let upper):
            Wording("repetition-order", "from \(lower) to \(upper) steps there is nothing", help: "such as knows{1..3}")
        case .repetitionLowerMissing:
            Wording("repetition-lower", "the least number of steps is missing", help: "{1..3}, or {0..3} with the start itself")
        case .starArgument(let function):
            Wording(
                "star-argument", "`*` is no value", help: function.lowercased() == "count" ? "rows are counted by count()" : nil)
        case .foreignNull(let word):
            Wording("foreign-null", "there is no `\(word)`", help: "what is missing is `none`")
        default: preconditionFailure("not a mistake in an expression")
        }
    }

    private var questionWording: Wording {
        switch self {
        case .statementStart(let found):
            Wording(
                "statement-start", "nothing begins with \(found.wording)",
                help: "a question begins with its source: accounts where …")
        case .clauseNeeds(let keyword, let what, let found):
            Wording("incomplete-clause", "`\(keyword == .as ? "as of" : keyword.rawValue)` needs \(what), not \(found.wording)")
        case .unexpected(let found, let nearest, let clausesCanFollow):
            Wording(
                "unexpected", "\(found.wording) was not expected here",
                help: nearest.map { "did you mean `\($0)`?" } ?? (clausesCanFollow ? found.helpWhereUnexpected : nil))
        case .missingComma(let found):
            Wording("missing-comma", "\(found.wording) was not expected here", help: "columns are separated by commas")
        case .allColumns:
            Wording("all-columns", "`*` is not needed", help: "without `select` every column is shown")
        case .distinctInSelect:
            Wording("distinct-in-select", "`distinct` is a clause of its own", help: "select COLUMNS distinct")
        case .formatUnknown(let word, let meant):
            Wording(
                "unknown-format", "there is no format `\(word)`", help: meant.map { "did you mean `\($0.rawValue)`?" },
                "there are \(OutputFormat.names)")
        case .chartUnknown(let word):
            Wording("unknown-chart", "there is no chart `\(word)`", help: "there are line, bar and heat")
        case .formatMissing(let found):
            Wording(
                "format-missing", "`format` needs a format, not \(found.wording)",
                help: "there are \(OutputFormat.names)")
        case .fileMissing(let found):
            Wording("file-missing", "`into` needs a file, not \(found.wording)", help: "into \"file.csv\"")
        case .deliveredTwice(let word):
            Wording("delivered-twice", "`\(word)` is given twice")
        case .clauseAfterPipe(let keyword, let command):
            Wording(
                "clause-after-pipe", "what follows `|` is a command for the shell, and `\(keyword)` is a clause",
                help: "leave out the `|`: \(command)")
        default: preconditionFailure("not a mistake in a question")
        }
    }

    private var declarationWording: Wording {
        switch self {
        case .nameExpected(let what, let found):
            Wording("name-expected", "\(what) is expected, not \(found.wording)")
        case .symbolExpected(let symbol, let place, let found):
            Wording("symbol-expected", "`\(symbol.rawValue)` is expected in \(place), not \(found.wording)")
        case .wordExpected(let word, let place, let found):
            Wording("word-expected", "`\(word)` is expected in \(place), not \(found.wording)")
        case .textExpected(let what, let found):
            Wording("text-expected", "\(what) is expected, not \(found.wording)", help: "a text in quotes")
        case .typeExpected(let found):
            Wording(
                "type-expected", "a type is expected, not \(found.wording)",
                help: "text number bool date time duration period, an entity, `list of T` or `set of T`")
        case .questionInDefinition(let keyword):
            Wording(
                "question-in-definition", "a definition is a value, without clauses such as `\(keyword)`",
                help: "filter with brackets: deals[stage = \"won\"]", "a whole question is saved with `question NAME { … }`")
        case .parameterNeedsName(let found):
            Wording(
                "parameter-name", "the name of a parameter is expected, not \(found.wording)", help: "(days: duration = 90 days)")
        case .notInPerspective:
            Wording(
                "not-in-perspective", "only definitions, questions, relationships and goals stand in a perspective",
                help: "close the perspective with `}` before this")
        case .entryExpected(let words, let found, let nearest):
            Wording(
                "entry-expected",
                "\(words.dropLast().map { "`\($0)`" }.joined(separator: ", ")) or `\(words.last ?? "")` is expected, not \(found.wording)",
                help: nearest.map { "did you mean `\($0)`?" })
        case .entryTwice(let word): Wording("entry-twice", "`\(word)` stands here a second time", help: nil)
        case .entryMissing(let word, let place):
            Wording("entry-missing", "`\(word)` is missing", help: "it is written \(place)")
        case .comparesDefinition:
            Wording(
                "compares-definition", "`compare` goes over a definition of the records of an entity",
                help: "compare account.good across sales, service")
        default: preconditionFailure("not a mistake in a declaration")
        }
    }
}

extension Found {
    /// What may be meant by a word that stands where a clause could.
    fileprivate var helpWhereUnexpected: String? {
        guard case .word(let word) = self else { return nil }
        if CalendarUnit(word: word) != nil {
            return "a unit follows a plain number, such as 90 days; a computed one is n * 1 day"
        }
        return "what can follow is where, with, select, summarize, sort, take, skip, distinct, follow, pivot, format or into"
    }
}

extension Habit {
    fileprivate var wording: Wording {
        switch self {
        case .from(let source?):
            Wording("sql-from", "there is no `from`: a question begins with its source", help: "\(source) select …")
        case .from(nil):
            Wording("sql-from", "there is no `from`: a question begins with its source", help: "accounts where … select …")
        case .groupBy: Wording("sql-group-by", "there is no `group by`", help: "summarize n = count() by KEY")
        case .orderBy: Wording("sql-order-by", "there is no `order by`", help: "sort KEY, and sort -KEY for the largest first")
        case .limit: Wording("sql-limit", "there is no `limit`", help: "take N")
        case .offset: Wording("sql-offset", "there is no `offset`", help: "skip N")
        case .having: Wording("sql-having", "there is no `having`", help: "`where` can follow `summarize`")
        case .join:
            Wording("sql-join", "nothing has to be joined", help: "follow a link with a dot: owner.name, people.touches")
        case .on: Wording("sql-join", "`on` is not needed", help: "links are known: owner.name, people.touches")
        case .like:
            Wording("sql-like", "there is no `like`", help: "name ~ \"part\" finds a part, name matches \"^A.*z$\" a pattern")
        case .isNull: Wording("sql-is-null", "there is no `is null`", help: "field = none")
        case .isNotNull: Wording("sql-is-null", "there is no `is not null`", help: "field != none")
        case .between: Wording("sql-between", "there is no `between`", help: "amount in 10..20")
        case .descending: Wording("sql-descending", "there is no `desc`", help: "a minus before the key: sort -amount")
        case .ascending: Wording("sql-ascending", "`asc` is not needed", help: "sort KEY begins with the smallest")
        case .caseWhen: Wording("sql-case", "there is no `case`", help: "if CONDITION then A else B")
        case .union:
            Wording("sql-union", "answers cannot be put below one another", help: "`or` joins conditions: a where x or y")
        case .exists: Wording("sql-exists", "there is no `exists`", help: "any deals[won], no touches[at > 90 days ago]")
        case .sortBy: Wording("sort-by", "`by` is not needed", help: "sort KEY, and sort -KEY for the largest first")
        case .alias(let name):
            Wording("sql-as", "a column is not named with `as`", help: "its name stands before it: \(name) = …")
        case .changesData(let word):
            Wording("sql-changes", "there is no `\(word)`", help: "crmq asks and never changes data")
        }
    }
}
