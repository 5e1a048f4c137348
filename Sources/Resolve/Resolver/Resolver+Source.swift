import Syntax
import Types

extension Resolver {
    /// `clause` is what comes right behind the source.
    func resolveSource(_ source: Source, followedBy clause: Clause? = nil) throws(Diagnostic) {
        switch source {
        case .expression(let expression): try resolveSource(expression)
        case .combinations(let bindings): try resolveCombinations(bindings)
        case .ask(let perspective, let name, let arguments, let span): try ask(perspective, name, arguments, at: span)
        case .compare(let comparison): try resolveCompare(comparison)
        case .compareDays(let comparison): try resolveCompareDays(comparison)
        case .path(let path): try resolvePath(path, followedBy: clause)
        case .lastAnswer(let span):
            guard let relation = environment.relations["it"] else { throw NameError.noLastAnswer.at(span) }
            begin(with: relation, named: "it")
        case .rows(let number, let column, let span): try beginRows(number, of: column, at: span)
        case .duplicates(let set, let fields, let threshold, _): try beginDuplicates(of: set, by: fields, above: threshold)
        case .each(let each): try resolveEach(each)
        }
    }

    private func resolveSource(_ expression: Expression) throws(Diagnostic) {
        switch expression.kind {
        case .it:
            guard let relation = environment.relations["it"] else { throw NameError.noLastAnswer.at(expression.span) }
            return begin(with: relation, named: "it")
        case .name(let name):
            if let relation = environment.relations[name.text] { return begin(with: relation, named: name.text) }
        default: break
        }
        let term = try resolve(expression, in: Scope(layers: outerLayers))
        switch type(of: term) {
        case .set(let entity): return begin(withRecords: term, of: entity)
        case .record(let entity):
            if let set = asSet(term) { return begin(withRecords: set, of: entity) }
        case .list:
            if case .map(let set, let level, let body) = term, case .set(let entity) = type(of: set) {
                begin(withRecords: set, of: entity)
                return show([(valueHeader(expression), body)], level: level)
            }
        case .table:
            if case .table(let set, let level, let columns) = term, case .set(let entity) = type(of: set) {
                begin(withRecords: set, of: entity)
                return show(columns.map { ($0.name, $0.value) }, level: level)
            }
        default: break
        }
        let slot = newSlot()
        source = .value(term, slot: slot)
        slotTerms[slot] = term
        frame.columns = [Frame.Column(name: expression.canonicalText, slot: slot, type: type(of: term))]
    }

    /// What heads the values of `accounts.name`: the last name in it.
    private func valueHeader(_ expression: Expression) -> String {
        switch expression.kind {
        case .member(_, let name), .memberCall(_, let name, _): name.text
        case .mapped(_, let body): body.canonicalText
        default: expression.canonicalText
        }
    }

    func begin(withRecords set: Term, of entity: EntityID) {
        let slot = newSlot()
        source = .records(set, slot: slot)
        frame.record = (slot, entity)
        frame.showsRecord = true
    }

    /// Shows values that were meant for each record of a set as columns of the rows that these records have become.
    private func show(_ columns: [(name: String, value: Term)], level: Int) {
        guard let (slot, entity) = frame.record else { return }
        frame.columns = columns.map { column in
            let value = column.value.replacing { part in
                part == .element(level: level, .record(entity)) ? .slot(slot, .record(entity)) : nil
            }.shifted(above: level, by: -1)
            return Frame.Column(name: column.name, slot: materialize(value), type: type(of: value))
        }
        frame.showsRecord = false
        frame.fieldColumnCount = 0
    }

    func begin(with relation: BoundRelation, named name: String) {
        frame.columns = relation.columns.map { Frame.Column(name: $0.name, slot: newSlot(), type: $0.type) }
        var slots = frame.columns.map(\.slot)
        if let entity = relation.recordEntity {
            let slot = newSlot()
            slots.append(slot)
            frame.record = (slot, entity)
        }
        frame.fieldColumnCount = relation.fieldColumnCount
        source = .bound(name, slots: slots)
    }

    private func resolveCombinations(_ bindings: [Source.Binding]) throws(Diagnostic) {
        var sets: [(slot: SlotID, set: Term)] = []
        for binding in bindings {
            if frame.column(named: binding.name.text) != nil {
                throw ClauseError.variableTwice(binding.name.text).at(binding.name.span)
            }
            let term = try resolve(binding.source, in: rowScope)
            guard let entity = type(of: term).entity, let set = asSet(term) else {
                throw ClauseError.loopNeedsSet(binding.name.text, found: words(type(of: term))).at(binding.source.span)
            }
            let slot = newSlot()
            sets.append((slot, set))
            frame.columns.append(Frame.Column(name: binding.name.text, slot: slot, type: .record(entity)))
        }
        source = .combinations(sets)
    }

    /// The question of a name: the one of a perspective if one is named, else what can be asked here.
    private func question(_ perspective: Name?, _ name: Name) throws(Diagnostic) -> DeclaredQuestion {
        let questions = try perspective.map { (holder) throws(Diagnostic) in
            try environment.perspective(holder).declarations.questions
        }
        if let found = (questions ?? environment.questions)[name.text] { return found }
        let holder = (perspective?.text ?? environment.perspectiveInUse).flatMap { environment.perspectives[$0] }
        if let lacking = holder?.unavailable.first(where: { $0.name == name.text }) {
            throw NameError.unavailableQuestion(name.text, lack: lacking.lack).at(name.span)
        }
        let names = (questions ?? environment.questions).keys.sorted()
        var error = NameError.unknownQuestion(name.text, near: nearest(to: name.text, among: names), there: names).at(name.span)
        let elsewhere = environment.everything.filter { $0.declarations.questions[name.text] != nil }.map { holder in
            "`ask \(holder.perspective.map { "\($0)::" } ?? "")\(name.text)` asks "
                + (holder.perspective.map { "the one of the perspective `\($0)`" } ?? "the one outside of perspectives")
        }
        error.help = elsewhere + error.help
        throw error
    }

    /// `ask quiet_gold(60 days)`: the question with its parameters bound; clauses behind it go on from its rows.
    private func ask(_ perspective: Name?, _ name: Name, _ arguments: [Argument], at span: Span) throws(Diagnostic) {
        let question = try question(perspective, name)
        let key = "question " + (perspective.map { "\($0.text)::" } ?? "") + name.text
        if inlining.contains(key) { throw DeclarationError.recursion(name.text).at(span) }
        let declaration = question.declaration
        let head = DeclaredDefinition(
            definition: Definition(
                entity: nil, name: declaration.name, parameters: declaration.parameters, hasParameterList: true, result: nil,
                body: nil),
            doc: nil, span: question.span, isLibrary: false, viewpoint: question.viewpoint)
        let values = try bind(arguments, to: head, in: Scope(layers: outerLayers), at: span)
        let outer = outerLayers
        outerLayers = [.parameters(values.reduce(into: [:]) { $0[$1.name] = BoundTerm(term: $1.term, depth: 0) })]
        inlining.append(key)
        defer {
            outerLayers = outer
            inlining.removeLast()
        }
        do throws(Diagnostic) {
            try seen(from: question.viewpoint) { () throws(Diagnostic) in
                try goBack(declaration.body.clauses, source: declaration.body.source)
                try resolveSource(declaration.body.source, followedBy: declaration.body.clauses.first)
                for clause in declaration.body.clauses { try resolveClause(clause) }
            }
        } catch {
            var moved = error
            moved.span = span
            moved.notes.append(Diagnostic.Note("in the question `\(name.text)`", at: error.span ?? question.span))
            throw moved
        }
    }

    // MARK: The answer

    /// The question as resolved. Default columns are computed only now, when nothing can take them away any more.
    func finish() -> ResolvedQuestion {
        var columns: [AnswerColumn] = []
        var own = frame.columns
        var fieldColumnCount = frame.fieldColumnCount
        if frame.showsRecord, let (slot, entity) = frame.record {
            for (name, term) in defaultColumns(of: .slot(slot, .record(entity)), entity) {
                if let index = own.firstIndex(where: { $0.name == name }) {
                    let column = own.remove(at: index)
                    columns.append(AnswerColumn(name: name, slot: column.slot, type: column.type))
                } else {
                    columns.append(AnswerColumn(name: name, slot: materialize(term), type: type(of: term)))
                }
            }
            fieldColumnCount = columns.count
        }
        columns += own.map { AnswerColumn(name: $0.name, slot: $0.slot, type: $0.type) }
        var question = ResolvedQuestion(
            source: source ?? .value(.constant(.none, .none), slot: newSlot()), steps: steps, columns: columns,
            record: frame.record?.slot, recordEntity: frame.record?.entity, fieldColumnCount: fieldColumnCount, day: day)
        question.shapes = shapes
        question.each = each
        return question
    }

    /// What a record shows by itself: its fields in their order, a column that refers to a record as that record.
    private func defaultColumns(of record: Term, _ entity: EntityID) -> [(String, Term)] {
        schema[entity].fields.indices.map { index in
            let field = schema[entity].fields[index]
            if let link = field.links.first { return (schema[link].name, .toOne(record, link)) }
            return (field.name, .field(record, FieldID(entity, index)))
        }
    }
}
