import Resolve
import Store
import Syntax
import Types

/// What can stand at the cursor, and which part of the text it would take the place of.
public struct CompletionList: Sendable {
    public struct Candidate: Sendable {
        public var text: String
        public var description: String?
        /// What follows once this is the only candidate left.
        public var suffix: String
    }
    /// The UTF-8 offsets of the text that a candidate replaces.
    public var replace: Range<Int>
    public var candidates: [Candidate]
}

extension Session {
    /// What can stand at a UTF-8 offset of an input.
    public func complete(_ text: String, cursor: Int) -> CompletionList {
        let place = cursorPlace(in: text, at: cursor)
        if case .expression(let expression)? = place.source, let name = expression.leadingName {
            try? bindCatalogue(name, isAsked: false)
        }
        var completer = Completer(session: self, place: place, scope: CursorScope(place, in: environment))
        completer.collect()
        return CompletionList(replace: place.typed.lower..<max(cursor, place.typed.lower), candidates: completer.candidates)
    }
}

/// Gathers candidates, in the order in which they are offered.
struct Completer {
    /// More than anyone looks through; the values of a field can be thousands.
    static let candidateLimit = 200
    static let valueLimit = 30

    let session: Session
    let place: CursorPlace
    let scope: CursorScope
    private(set) var candidates: [CompletionList.Candidate] = []
    private var seen: Set<String> = []
    /// Candidates in which the letters that were typed only occur in their order; offered if nothing begins with them.
    private var distant: [CompletionList.Candidate] = []

    init(session: Session, place: CursorPlace, scope: CursorScope) {
        self.session = session
        self.place = place
        self.scope = scope
    }

    var typed: String { place.typed.text }

    mutating func collect() {
        switch place.expectation {
        case .nothing: break
        case .statement(let continues): addStatement(continues: continues)
        case .source: addSources()
        case .operand: addOperands()
        case .comparand(let left, let op): addComparands(of: left, op)
        case .member(let base): for name in scope.members(of: base) { add(name) }
        case .continuation(let words, let clauses): addContinuation(words, clauses: clauses)
        case .link: for name in scope.links() { add(name) }
        case .words(let words): for word in words { add(word, description: nil, suffix: " ") }
        case .recordName(let set): addRecordNames(of: set)
        case .question: addQuestions()
        case .thing: addThings()
        case .entity: addEntityNames(suffix: ".")
        case .perspective: addPerspectives()
        case .definition(let perspective): addDefinitions(of: perspective)
        case .comparable(let set): addComparable(of: set)
        case .type:
            for word in ["text", "number", "bool", "date", "time", "duration", "period"] {
                add(word, description: nil, suffix: "")
            }
            addEntityNames(suffix: "")
        }
        if candidates.isEmpty { candidates = distant }
        if candidates.count > Self.candidateLimit { candidates.removeSubrange(Self.candidateLimit...) }
    }

    // MARK: Adding

    /// Adds what begins with what was typed, whatever the case, and remembers what only resembles it.
    mutating func add(_ text: String, description: @autoclosure () -> String?, suffix: String, matching: String? = nil) {
        let wanted = matching ?? text
        let isNear = wanted.hasPrefixIgnoringCase(typed)
        guard isNear || (candidates.isEmpty && typed.count > 1 && wanted.containsInOrder(typed)), seen.insert(text).inserted
        else {
            return
        }
        let candidate = CompletionList.Candidate(text: text, description: description(), suffix: suffix)
        if isNear { candidates.append(candidate) } else { distant.append(candidate) }
    }

    mutating func add(_ keyword: KeywordEntry) {
        guard keyword.isAvailable else { return }
        add(keyword.word, description: keyword.summary, suffix: keyword.word == "distinct" ? "" : " ")
    }

    mutating func add(_ name: VisibleName) {
        let scope = scope
        let isQuoted = place.typed.form == .quotedName
        let takesArguments = name.kind == .function || (name.kind == .definition && scope.takesArguments(name))
        add(
            isQuoted ? name.name : Printer.name(name.name), description: scope.detail(of: name),
            suffix: isQuoted ? "`" : takesArguments ? "(" : "", matching: name.name)
    }

    private mutating func addEntityNames(suffix: String) {
        for entity in session.store.schema.entities { add(Printer.name(entity.name), description: nil, suffix: suffix) }
    }

    // MARK: Words

    private mutating func addStatement(continues: Bool) {
        if continues {
            for keyword in Keywords.clauses { add(keyword) }
            addSources()
        } else {
            addSources()
            // Without an answer there is nothing that a clause could go on from.
            if session.lastAnswer != nil { for keyword in Keywords.clauses { add(keyword) } }
        }
        let ofSchemas = ["entity", "link", "history"]
        for keyword in Keywords.statements where !ofSchemas.contains(keyword.word) { add(keyword) }
        addFunctions()
    }

    private mutating func addSources() {
        for name in scope.entities() { add(name) }
        for name in scope.names() where name.kind == .relation { add(name) }
        for keyword in Keywords.sources { add(keyword) }
        for name in Session.catalogueNames { add(name, description: "the catalogue, as data", suffix: "") }
        for entity in session.store.schema.entities where !typed.isEmpty {
            add(Printer.name(entity.name), description: "one \(entity.name), by its name or key", suffix: " \"")
        }
        if case .source = place.expectation { addFunctions() }
    }

    private mutating func addFunctions() {
        for name in scope.names() where name.kind == .function || name.kind == .constant || name.kind == .parameter { add(name) }
    }

    mutating func addOperands() {
        for name in scope.names() { add(name) }
        for word in ["not", "any", "no", "if", "true", "false", "none", "it"] {
            guard let keyword = Keywords.entry(for: word) else { continue }
            add(keyword.word, description: keyword.summary, suffix: keyword.kind == .value ? "" : " ")
        }
        for entity in session.store.schema.entities where !typed.isEmpty {
            add(Printer.name(entity.name), description: "one \(entity.name), by its name or key", suffix: " \"")
        }
    }

    private mutating func addContinuation(_ words: [String], clauses: Bool) {
        if typed.isEmpty, words.contains("and") {
            for sign in ["=", "!=", "<", "<=", ">", ">=", "~"] { add(sign, description: Self.signs[sign], suffix: " ") }
        }
        for word in words { add(word, description: Keywords.entry(for: word)?.summary, suffix: " ") }
        guard clauses else { return }
        for keyword in Keywords.clauses { add(keyword) }
    }

    private static let signs = [
        "=": "is", "!=": "is not", "<": "less than", "<=": "at most", ">": "more than", ">=": "at least",
        "~": "contains, whatever the case",
    ]

    private mutating func addQuestions() {
        for (name, question) in session.environment.questions.sorted(by: { $0.key < $1.key }) {
            add(
                Printer.name(name), description: question.declaration.title ?? question.doc,
                suffix: question.declaration.parameters.isEmpty ? "" : "(")
        }
    }

    private mutating func addPerspectives() {
        let environment = session.environment
        for name in environment.perspectiveNames {
            add(Printer.name(name), description: environment.perspectives[name]?.description, suffix: "")
        }
    }

    private mutating func addComparable(of set: Expression) {
        let names = scope.comparable(of: set)
        for name in names { add(Printer.name(name), description: nil, suffix: " ") }
    }

    private mutating func addDefinitions(of perspective: String) {
        guard let found = session.environment.perspectives[perspective]?.declarations else { return }
        for name in found.definitionNames {
            let last = name.split(separator: ".").last.map(String.init) ?? name
            add(Printer.name(last), description: name == last ? nil : "of \(name.dropLast(last.count + 1))", suffix: "")
        }
    }

    private mutating func addThings() {
        let scope = scope
        for entity in session.store.schema.entities { add(Printer.name(entity.name), description: entity.plural, suffix: "") }
        for name in scope.names() where name.kind != .entity {
            add(Printer.name(name.name), description: scope.detail(of: name), suffix: "")
        }
        addQuestions()
        for name in session.environment.perspectiveNames { add(Printer.name(name), description: "a perspective", suffix: "") }
        for keyword in Keywords.all where keyword.isAvailable { add(keyword.word, description: keyword.summary, suffix: "") }
    }
}

extension String {
    /// Whether a text begins with another, whatever the case. ASCII letters are folded byte by byte, because whole columns of values
    /// are looked through at a keystroke.
    func hasPrefixIgnoringCase(_ prefix: String) -> Bool {
        var mine = utf8.makeIterator()
        for wanted in prefix.utf8 {
            guard let byte = mine.next() else { return false }
            if byte >= 0x80 || wanted >= 0x80 {
                return lowercased().hasPrefix(prefix.lowercased())
            }
            guard byte == wanted || (byte | 0x20 == wanted | 0x20 && (97...122).contains(byte | 0x20)) else { return false }
        }
        return true
    }

    /// Whether all characters of another text occur in this one in their order, the first of them at its start or after an underscore
    /// or a space.
    func containsInOrder(_ other: String) -> Bool {
        var wanted = other.lowercased()[...]
        var isAtStart = true
        var hasBegun = false
        for character in lowercased() {
            if let next = wanted.first, character == next, hasBegun || isAtStart {
                hasBegun = true
                wanted.removeFirst()
                if wanted.isEmpty { return true }
            }
            isAtStart = character == "_" || character == " "
        }
        return wanted.isEmpty
    }
}
