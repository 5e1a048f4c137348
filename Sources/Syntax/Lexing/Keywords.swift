/// One word of the language, as completion and `describe` show it.
public struct KeywordEntry: Sendable {
    public enum Kind: String, Sendable { case clause, statement, source, `operator`, value }

    public let word: String
    public let kind: Kind
    /// How it is written: `where CONDITION`.
    public let form: String
    /// What it does, in one line.
    public let summary: String
    /// Whether it does something already; a word that is only reserved is not worth completing.
    public let isAvailable: Bool
}

/// All words of the language with what they do.
public enum Keywords {
    public static let clauses: [KeywordEntry] = [
        clause("where", "where CONDITION", "keeps the rows for which the condition holds"),
        clause("with", "with NAME = VALUE, …", "adds columns"),
        clause("select", "select VALUE, NAME = VALUE, …", "shows just these columns"),
        clause("summarize", "summarize NAME = AGGREGATE, … by KEY, …", "makes one row of each group"),
        clause("sort", "sort KEY, -KEY", "orders the rows; a minus puts the largest first"),
        clause("take", "take N", "keeps the first rows"),
        clause("skip", "skip N", "leaves out the first rows"),
        clause("distinct", "distinct", "keeps one of several equal rows"),
        clause("follow", "follow LINK, …", "goes on to the linked records; `follow LINK{1..3}` as far as that, with `hops`"),
        clause("pivot", "pivot KEY", "turns the values of a column into columns"),
        clause("format", "format FORMAT", "writes the answer as table, csv, tsv, json, jsonl, markdown, dot or mermaid"),
        clause("into", "into \"FILE\"", "writes the answer to a file"),
        clause("as of", "as of DATE", "answers the whole question as it would have been answered that day"),
        clause("chart", "chart line|bar|heat", "draws the answer: in the terminal, or with `into \"x.svg\"` as a picture"),
    ]

    public static let statements: [KeywordEntry] = [
        statement("define", "define ENTITY.NAME = VALUE", "gives a value a name"),
        statement("param", "param NAME: TYPE = DEFAULT \"DESCRIPTION\"", "declares what a script is given from outside"),
        statement("let", "let NAME = QUESTION", "keeps an answer under a name"),
        statement("use", "use PERSPECTIVE", "puts the definitions of a perspective before the others; `use none` ends that"),
        statement("question", "question NAME \"TITLE\" { QUESTION }", "saves a question"),
        statement("describe", "describe NAME", "tells what a thing is"),
        statement("explain", "explain QUESTION", "shows how a question is answered, with row counts and times"),
        statement("entity", "entity NAME (PLURAL) from \"FILE\" { FIELDS }", "declares a kind of record in a schema"),
        statement("link", "link ENTITY.NAME: ENTITY from \"FILE\" (FROM, TO)", "declares a link in a schema"),
        statement(
            "history", "history ENTITY.FIELD from \"FILE\" (RECORD, TIME, VALUE)", "names the changes of a field in a schema"),
        statement("perspective", "perspective NAME \"DESCRIPTION\" { DECLARATIONS }", "gathers what words mean to some people"),
        statement(
            "relationship",
            "relationship NAME \"DESCRIPTION\" { when CONDITION; needs \"…\"; worth VALUE; cost VALUE; experience \"…\" }",
            "declares a type of relationship; `relationships` shows what each brings"),
        statement(
            "goal", "goal NAME \"DESCRIPTION\" { measure VALUE; from VALUE on DATE; VALUE by DATE; target VALUE by DATE }",
            "declares what is to be achieved by when; `goals` shows how far it is"),
        statement("why", "why VALUE", "tells how a value came to be"),
    ]

    public static let sources: [KeywordEntry] = [
        source("for", "for NAME in SET, NAME in SET, …", "every combination of records"),
        source("ask", "ask QUESTION(VALUE, …)", "the answer of a saved question"),
        source("path", "path from SET to SET via LINK, … strongest by VALUE within N", "the best ways from record to record"),
        source("each", "each UNIT in PERIOD", "one row for each calendar period, evaluated as of its end"),
        source("duplicates", "duplicates of SET by FIELD, … above 85%", "pairs of records that are probably one"),
        source("rows", "rows N of COLUMN", "the records that make up a row of the last answer, or a column of it"),
        source(
            "compare", "compare ENTITY.NAME across PERSPECTIVE, …",
            "a definition as several perspectives have it, side by side; `across DATE, DATE` what has changed"),
    ]

    public static let operators: [KeywordEntry] = [
        `operator`("and", "A and B", "holds if both hold"),
        `operator`("or", "A or B", "holds if one of them holds"),
        `operator`("not", "not A", "holds if the condition does not"),
        `operator`("in", "A in B", "whether a value is in a list, a range, a period or a set; `in 30 days` is a date to come"),
        `operator`("matches", "A matches \"RE\"", "whether a text has a part that fits the regular expression"),
        `operator`("any", "any SET", "whether the set has a record"),
        `operator`("no", "no SET", "whether the set has no record"),
        `operator`("if", "if A then B else C", "one value or another"),
        `operator`("then", "if A then B else C", "the value if the condition holds"),
        `operator`("else", "if A then B else C", "the value if the condition does not hold"),
        `operator`("per", "AGGREGATE per KEY", "an aggregate over the rows that share a key; `per all` over all"),
        `operator`("by", "summarize … by KEY; first(SET by KEY)", "what to group or order by"),
        `operator`("ago", "DURATION ago", "so long before now"),
    ]

    public static let values: [KeywordEntry] = [
        value("true", "the value of a condition that holds"),
        value("false", "the value of a condition that does not hold"),
        value("none", "what is missing; equal only to itself"),
        value("it", "the last answer"),
    ]

    public static let all: [KeywordEntry] = clauses + statements + sources + operators + values

    /// The entry of a word, in any case.
    public static func entry(for word: String) -> KeywordEntry? {
        let wanted = word.lowercased()
        return all.first { $0.word == wanted }
    }

    private static func clause(_ word: String, _ form: String, _ summary: String, isAvailable: Bool = true) -> KeywordEntry {
        KeywordEntry(word: word, kind: .clause, form: form, summary: summary, isAvailable: isAvailable)
    }

    private static func statement(_ word: String, _ form: String, _ summary: String, isAvailable: Bool = true) -> KeywordEntry {
        KeywordEntry(word: word, kind: .statement, form: form, summary: summary, isAvailable: isAvailable)
    }

    private static func source(_ word: String, _ form: String, _ summary: String, isAvailable: Bool = true) -> KeywordEntry {
        KeywordEntry(word: word, kind: .source, form: form, summary: summary, isAvailable: isAvailable)
    }

    private static func `operator`(_ word: String, _ form: String, _ summary: String) -> KeywordEntry {
        KeywordEntry(word: word, kind: .operator, form: form, summary: summary, isAvailable: true)
    }

    private static func value(_ word: String, _ summary: String) -> KeywordEntry {
        KeywordEntry(word: word, kind: .value, form: word, summary: summary, isAvailable: true)
    }
}
