import Columns
import Syntax
import Types

/// Puts the declarations of a schema file over what is inferred. What they declare holds; what they leave out stays inferred.
///
/// Mistakes are gathered, so that all of them are told at once.
struct SchemaOverrides {
    let file: SchemaFile?
    /// The position of the entity that each declaration is about.
    private var targets: [Int?] = []
    /// Links that fields declare, until all entities have their names: entity, column, declaration.
    private var linkFields: [(entity: Int, column: Int, field: EntityDeclaration.Field)] = []
    private var errors: [Diagnostic] = []

    init(_ file: SchemaFile?) { self.file = file }

    func throwErrors() throws(SchemaFileError) {
        if !errors.isEmpty { throw SchemaFileError(diagnostics: errors) }
    }

    mutating func report(_ error: SchemaError, at span: Span) {
        errors.append(error.diagnostic(at: span))
    }

    // MARK: Entities

    /// Names the entities that are declared.
    mutating func applyEntities(_ drafts: inout [EntityDraft]) {
        var taken = UniqueNames()
        for declared in file?.entities ?? [] {
            let declaration = declared.declaration
            guard let index = Self.table(declaration.file, or: declaration.name.text, drafts) else {
                let name = declaration.file ?? declaration.name.text
                report(.unknownFile(name, exist: drafts.map(\.origin)), at: declaration.fileSpan ?? declaration.name.span)
                targets.append(nil)
                continue
            }
            let plural = declaration.plural?.text ?? Plural.plural(declaration.name.text)
            if targets.contains(index) {
                report(.declaredTwice(declaration.name.text), at: declaration.name.span)
            } else if !taken.isFree(declaration.name.text) || !taken.isFree(plural) {
                report(.nameTaken(declaration.name.text), at: declaration.name.span)
            } else {
                _ = taken.take(declaration.name.text)
                if plural != declaration.name.text { _ = taken.take(plural) }
            }
            drafts[index].name = declaration.name.text
            drafts[index].plural = plural
            drafts[index].doc = declared.doc
            drafts[index].isDeclared = true
            targets.append(index)
        }
    }

    /// The table that a declaration means: by its file, or else by a table of the entity's name.
    static func table(_ file: String?, or name: String, _ drafts: [EntityDraft]) -> Int? {
        if let file {
            return drafts.firstIndex { $0.origin == file } ?? drafts.firstIndex { $0.tableName == file }
                ?? drafts.firstIndex { $0.origin.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) == file }
        }
        return drafts.firstIndex { Plural.singular(SnakeCase.name($0.tableName)) == Plural.singular(name) }
    }

    // MARK: Fields

    /// Names and types the columns that are declared, and marks keys, labels and times.
    mutating func applyFields(_ drafts: inout [EntityDraft], problems: inout [DataProblem]) {
        for (declared, target) in zip(file?.entities ?? [], targets) {
            guard let target else { continue }
            var names = Set<String>()
            for field in declared.declaration.fields {
                if !names.insert(field.name.text).inserted {
                    report(.declaredTwice(field.name.text), at: field.name.span)
                } else {
                    apply(field, target, &drafts, &problems)
                }
            }
        }
        applyFacts(&drafts)
    }

    /// Types the facts of the pairs; that a fact has no column is told where the pair is made.
    private mutating func applyFacts(_ drafts: inout [EntityDraft]) {
        for declared in file?.links ?? [] {
            guard let edge = Self.table(declared.declaration.file, or: declared.declaration.file, drafts) else { continue }
            for fact in declared.declaration.facts {
                guard let type = Self.valueType(fact.type) else {
                    report(.unknownType(fact.type.text, entities: []), at: fact.type.span)
                    continue
                }
                guard let column = drafts[edge].column(named: fact.name.text) else { continue }
                retype(&drafts[edge].columns[column], to: type, fact.type)
                drafts[edge].columns[column].isDeclared = true
            }
        }
    }

    private static func valueType(_ name: Name) -> ValueType? {
        guard !name.quoted else { return nil }
        return switch name.text.lowercased() {
        case "text": .text
        case "number": .number
        case "bool": .bool
        case "date": .date
        case "time": .time
        default: nil
        }
    }

    private mutating func apply(
        _ field: EntityDeclaration.Field, _ entity: Int, _ drafts: inout [EntityDraft], _ problems: inout [DataProblem]
    ) {
        let type = Self.valueType(field.type)
        guard let column = column(of: field, isLink: type == nil, drafts[entity]) else {
            let headers = drafts[entity].columns.map(\.header)
            report(
                .unknownColumn(field.column ?? field.name.text, file: drafts[entity].origin, exist: headers), at: field.name.span)
            return
        }
        guard let type else {
            if let mark = field.marks.first { report(.markOnLink("\(field.name.text) \(mark.rawValue)"), at: field.name.span) }
            linkFields.append((entity, column, field))
            return
        }
        if let inverse = field.inverse { report(.wayBackOfValue(field.name.text), at: inverse.span) }
        if drafts[entity].columns[column].isDeclared {
            report(.columnUsedTwice(drafts[entity].columns[column].header), at: field.name.span)
            return
        }
        retype(&drafts[entity].columns[column], to: type, field.type)
        drafts[entity].columns[column].name = field.name.text
        drafts[entity].columns[column].isDeclared = true
        drafts[entity].columns[column].doc = field.doc
        mark(field, column, &drafts[entity], &problems)
    }

    /// The column of the header that is given; otherwise the one that the field is named after, which for a link may end in `_id`.
    private func column(of field: EntityDeclaration.Field, isLink: Bool, _ draft: EntityDraft) -> Int? {
        if let header = field.column { return draft.column(named: header) }
        if let found = draft.column(named: field.name.text) { return found }
        guard isLink else { return nil }
        return draft.columns.firstIndex { HeaderWords($0.header, prefix: draft.headerPrefix).stemName == field.name.text }
    }

    private mutating func retype(_ column: inout EntityDraft.Column, to type: ValueType, _ written: Name) {
        guard column.type != type else { return }
        let (values, unfit) = Retyping.convert(column.values, to: type)
        if unfit.count > 0 {
            let error = SchemaError.unfitValues(
                column: column.header, type: written.text, count: unfit.count, example: unfit.example ?? "")
            report(error, at: written.span)
            return
        }
        column.values = values
        column.distinct = DistinctValues(of: values)
        column.type = type
    }

    private mutating func mark(
        _ field: EntityDeclaration.Field, _ column: Int, _ draft: inout EntityDraft, _ problems: inout [DataProblem]
    ) {
        for mark in field.marks {
            switch mark {
            case .key: KeyInference.setKey(&draft, column, problems: &problems)
            case .label: draft.label = column
            case .time:
                let type = draft.columns[column].type
                if type == .date || type == .time {
                    draft.time = column
                } else {
                    report(.wrongTimeType(field.name.text), at: field.type.span)
                }
            }
        }
    }

    // MARK: Links

    func entity(_ name: Name, _ drafts: [EntityDraft]) -> Int? {
        drafts.firstIndex { $0.name == name.text || $0.plural == name.text }
            ?? drafts.firstIndex { $0.standardNames.contains { $0 == name.text || Plural.plural($0) == name.text } }
    }

    /// The to-one links that fields declare.
    mutating func links(_ drafts: [EntityDraft], _ values: ValueEvidence) -> [LinkDraft] {
        var links: [LinkDraft] = []
        for (source, column, field) in linkFields {
            guard let target = entity(field.type, drafts) else {
                report(.unknownType(field.type.text, entities: drafts.map(\.name)), at: field.type.span)
                continue
            }
            var reference = values.resolve(drafts[source].columns[column], in: target)
            // A column may lead to several entities; then a value is lost only if none of them has it.
            let siblings = linkFields.filter { $0.entity == source && $0.column == column }.compactMap {
                entity($0.field.type, drafts)
            }
            if Set(siblings).count > 1 {
                let hits = Set(siblings).reduce(0) { sum, sibling in
                    let found = values.resolve(drafts[source].columns[column], in: sibling)
                    return sum + found.presentCount - found.danglingCount
                }
                reference.danglingCount = max(0, reference.presentCount - hits)
            }
            links.append(
                LinkDraft(
                    source: source, column: column, target: target, name: field.name.text, reference: reference,
                    wayBack: field.inverse?.text, isDeclared: true, doc: field.doc))
        }
        return links
    }

    /// The links through tables of pairs. The columns of the pair become links of the table, where they are not already.
    mutating func pairs(_ drafts: [EntityDraft], _ values: ValueEvidence, _ links: inout [LinkDraft]) -> [PairDraft] {
        var pairs: [PairDraft] = []
        for declared in file?.links ?? [] {
            let declaration = declared.declaration
            guard let edge = Self.table(declaration.file, or: declaration.file, drafts) else {
                report(.unknownFile(declaration.file, exist: drafts.map(\.origin)), at: declaration.fileSpan)
                continue
            }
            let ends = [(declaration.entity, declaration.fromColumn), (declaration.target, declaration.toColumn)]
            let sides = ends.map { side($0.0, $0.1, edge, drafts, values, &links) }
            checkFacts(declaration, drafts[edge])
            guard let near = sides[0], let far = sides[1] else { continue }
            let name = declaration.name.text
            pairs.append(
                PairDraft(
                    edge: edge, near: near, far: far, name: name,
                    wayBack: declaration.inverse?.text ?? defaultWayBack(name, links[near], links[far], drafts),
                    bothWays: declaration.bothWays, isDeclared: true, doc: declared.doc))
        }
        return pairs
    }

    private func defaultWayBack(_ name: String, _ near: LinkDraft, _ far: LinkDraft, _ drafts: [EntityDraft]) -> String {
        near.target == far.target ? Roles.wayBack(ofPairs: name) : drafts[near.target].plural
    }

    /// One side of a pair: the link of the table that leads to an entity, made if it is not there yet.
    mutating func side(
        _ name: Name, _ column: Name, _ edge: Int, _ drafts: [EntityDraft], _ values: ValueEvidence, _ links: inout [LinkDraft]
    ) -> Int? {
        guard let target = entity(name, drafts) else {
            report(.unknownEntity(name.text, entities: drafts.map(\.name)), at: name.span)
            return nil
        }
        guard let found = drafts[edge].column(named: column.text) else {
            let headers = drafts[edge].columns.map(\.header)
            report(.unknownColumn(column.text, file: drafts[edge].origin, exist: headers), at: column.span)
            return nil
        }
        if let existing = links.firstIndex(where: { $0.source == edge && $0.column == found && $0.target == target }) {
            return existing
        }
        // Values that were inferred to lead elsewhere do not: the declaration holds.
        links.removeAll { $0.source == edge && $0.column == found && !$0.isDeclared }
        let header = HeaderWords(drafts[edge].columns[found].header, prefix: drafts[edge].headerPrefix)
        links.append(
            LinkDraft(
                source: edge, column: found, target: target, name: header.isGeneric ? drafts[target].name : header.stemName,
                reference: values.resolve(drafts[edge].columns[found], in: target)))
        return links.count - 1
    }

    private mutating func checkFacts(_ declaration: LinkDeclaration, _ edge: EntityDraft) {
        for fact in declaration.facts where edge.column(named: fact.name.text) == nil {
            report(.unknownColumn(fact.name.text, file: edge.origin, exist: edge.columns.map(\.header)), at: fact.name.span)
        }
    }
}
