import Types

/// Finds the to-one links of a store, column by column: what a database declares, then what the header names as far as the values bear
/// it out, then what the values alone say beyond doubt.
struct LinkInference {
    let drafts: [EntityDraft]
    let matcher: NameMatcher
    let values: ValueEvidence
    private(set) var links: [LinkDraft]
    private(set) var suggestions: [SuggestionDraft] = []

    /// `declared` are the links that a schema file names; nothing more is inferred from their columns.
    init(_ drafts: [EntityDraft], declared: [LinkDraft], values: ValueEvidence) {
        self.drafts = drafts
        self.values = values
        matcher = NameMatcher(drafts)
        links = declared
    }

    mutating func inferAll() {
        let declared = links
        for source in drafts.indices {
            // Names of records come last: they are not needed where an id leads to the same entity.
            let columns = drafts[source].columns.indices.filter { column in
                mayRefer(source, column) && !declared.contains { $0.source == source && $0.column == column }
            }
            let isName = columns.map { header(source, $0).marker == .name }
            for (column, isName) in zip(columns, isName) where !isName { infer(source, column) }
            for (column, isName) in zip(columns, isName) where isName { infer(source, column) }
        }
    }

    /// Only asks whether keys that were guessed are links.
    mutating func inferDoubtfulKeys() {
        for source in drafts.indices where drafts[source].isKeyDoubtful {
            if let column = drafts[source].reference { infer(source, column) }
        }
    }

    private func mayRefer(_ source: Int, _ column: Int) -> Bool {
        let draft = drafts[source]
        let found = draft.columns[column]
        guard found.canRefer, !found.isDeclared else { return false }
        if draft.foreignKeys.contains(where: { $0.column == found.header }) { return true }
        return column != draft.reference && column != draft.label
    }

    private func header(_ source: Int, _ column: Int) -> HeaderWords {
        HeaderWords(drafts[source].columns[column].header, prefix: drafts[source].headerPrefix)
    }

    private mutating func infer(_ source: Int, _ column: Int) {
        let header = header(source, column)
        if inferForeignKey(source, column, header) { return }
        if inferVarying(source, column, header) { return }
        let candidates = matcher.evidence(header, of: source).filter { isPossible($0, source, column, header) }
        var index = 0
        while index < candidates.count {
            let grade = candidates[index].grade
            let group = candidates[index...].prefix { $0.grade == grade }
            index = group.endIndex
            if decide(Array(group), source, column, header) { return }
        }
        let isNamed = candidates.contains { $0.grade < .role && !drafts[$0.target].columns.isEmpty }
        if !isNamed { inferByValues(source, column, header) }
    }

    /// A record does not refer to its own entity by the entity's name, only by a role (`parent`) or with one (`parent_account`).
    private func isPossible(_ candidate: NameEvidence, _ source: Int, _ column: Int, _ header: HeaderWords) -> Bool {
        if candidate.target == source {
            if column == drafts[source].reference { return false }
            return candidate.grade == .role || (candidate.grade == .tail && header.marker == .id)
        }
        if candidate.grade == .labelName {
            return !links.contains { $0.source == source && $0.target == candidate.target }
        }
        return true
    }

    /// What the database itself declares holds.
    private mutating func inferForeignKey(_ source: Int, _ column: Int, _ header: HeaderWords) -> Bool {
        let found = drafts[source].columns[column]
        guard let declared = drafts[source].foreignKeys.first(where: { $0.column == found.header }) else { return false }
        let database = drafts[source].origin.prefix { $0 != ":" }
        let target = drafts.firstIndex { $0.tableName == declared.table && $0.origin.hasPrefix(database) }
        guard let target, let referenced = drafts[target].column(named: declared.referencedColumn) else { return false }
        let reference =
            referenced == drafts[target].reference
            ? values.resolve(found, in: target)
            : ReferenceFinder(key: drafts[target].columns[referenced].values, label: nil).resolve(found.values)
        let name = header.isGeneric ? drafts[target].name : Plural.singular(header.stemName)
        links.append(LinkDraft(source: source, column: column, target: target, name: name, reference: reference))
        return true
    }

    /// Weighs entities that the header names equally surely. Whether a link came of it.
    private mutating func decide(_ candidates: [NameEvidence], _ source: Int, _ column: Int, _ header: HeaderWords) -> Bool {
        let found = drafts[source].columns[column]
        var accepted: [(evidence: NameEvidence, reference: Reference)] = []
        for candidate in candidates {
            let reference = values.resolve(found, in: candidate.target)
            let trial = LinkTrial(
                evidence: candidate, header: header, column: found, reference: reference,
                targetHasKey: drafts[candidate.target].reference != nil
            )
            if trial.isAccepted(coveredPart: { coveredPart(reference, candidate.target) }) {
                accepted.append((candidate, reference))
            } else if trial.isWorthSuggesting {
                suggest(source, column, candidate.target, candidate.linkName, reference, trial.suggestionReason)
            }
        }
        guard let best = accepted.max(by: { $0.reference.hitRate < $1.reference.hitRate }) else { return false }
        let rivals = accepted.filter {
            $0.evidence.target != best.evidence.target && $0.reference.hitRate == best.reference.hitRate
        }
        if !rivals.isEmpty {
            for rival in rivals + [best] {
                suggest(source, column, rival.evidence.target, rival.evidence.linkName, rival.reference, .severalFit)
            }
            return true
        }
        links.append(
            LinkDraft(
                source: source, column: column, target: best.evidence.target, name: best.evidence.linkName,
                reference: best.reference))
        return true
    }

    private func coveredPart(_ reference: Reference, _ target: Int) -> Double {
        Double(values.distinctCount(reference, in: target)) / Double(max(drafts[target].rowCount, 1))
    }

    private mutating func suggest(
        _ source: Int, _ column: Int, _ target: Int, _ name: String, _ reference: Reference, _ reason: LinkSuggestion.Reason
    ) {
        suggestions.append(
            SuggestionDraft(
                source: source, column: column, target: target, name: name, presentCount: reference.presentCount,
                hitCount: reference.presentCount - reference.danglingCount, reason: reason))
    }
}

// MARK: - By values

extension LinkInference {
    /// The part of the values that must be found where nothing but the values speaks for a link; the rest may be slips.
    private static let nearlyAll = 0.99

    /// Follows the values where the header says nothing.
    private mutating func inferByValues(_ source: Int, _ column: Int, _ header: HeaderWords) {
        let found = drafts[source].columns[column]
        guard found.type == .text else { return suggestByNumbers(source, column, header) }
        let matches = values.matches(found, of: source, atLeast: Self.nearlyAll).filter { match in
            match.target != source || !leadsToItself(match.reference)
        }
        let byKey = matches.filter { !$0.reference.isByLabel && $0.isDistinctive }
        let telling = byKey.isEmpty ? matches.filter(\.isDistinctive) : byKey
        let name = header.stem.isEmpty ? header.name : Plural.singular(header.stemName)
        if telling.count == 1, let match = telling.first, header.marker != .name, !isSameAttribute(match, header) {
            links.append(
                LinkDraft(source: source, column: column, target: match.target, name: name, reference: match.reference))
            return
        }
        if matches.isEmpty {
            if header.marker == .id { _ = inferAlternatives(source, column, header, among: Array(drafts.indices)) }
            return
        }
        let isReference = header.marker == .id || header.marker == .code
        for match in telling.isEmpty && isReference ? matches : telling {
            suggest(source, column, match.target, name, match.reference, telling.count > 1 ? .severalFit : .onlyValues)
        }
    }

    /// Whether a column holds labels under their own header: the e-mail address of a lead is not a reference to the contact who has it too.
    private func isSameAttribute(_ match: ValueEvidence.Match, _ header: HeaderWords) -> Bool {
        guard match.reference.isByLabel, let label = drafts[match.target].label else { return false }
        return self.header(match.target, label).name == header.name
    }

    /// Whether a column only repeats what its own row is called.
    private func leadsToItself(_ reference: Reference) -> Bool {
        var own = 0
        for row in 0..<reference.rows.count where reference.rows[row] == Int32(row) { own += 1 }
        return own * 2 >= reference.presentCount
    }

    /// Integers are found among the keys of many entities by chance, so that they never link without a name; where the header says
    /// that it is an identifier and just one entity has all of them, this is worth a hint.
    private mutating func suggestByNumbers(_ source: Int, _ column: Int, _ header: HeaderWords) {
        guard header.marker == .id, !header.stem.isEmpty else { return }
        let found = drafts[source].columns[column]
        var fitting: [(target: Int, reference: Reference)] = []
        for target in drafts.indices where target != source && drafts[target].reference != nil {
            let reference = values.resolve(found, in: target)
            if reference.presentCount > 0, reference.danglingCount == 0 { fitting.append((target, reference)) }
        }
        guard fitting.count == 1 else { return }
        suggest(source, column, fitting[0].target, header.stemName, fitting[0].reference, .onlyValues)
    }
}

// MARK: - Columns that lead to several entities

extension LinkInference {
    /// `lead_or_contact_id`, `who_id`: a link to each entity of which keys occur, named by the header and the entity.
    private mutating func inferVarying(_ source: Int, _ column: Int, _ header: HeaderWords) -> Bool {
        let named = matcher.alternatives(header)
        if Set(named).count > 1 { return inferAlternatives(source, column, header, among: named) }
        guard Roles.varying.contains(header.stemName), header.marker == .id else { return false }
        return inferAlternatives(source, column, header, among: Array(drafts.indices), isOneEnough: true)
    }

    /// Makes a link to each of several entities, if together they have nearly all values and no value twice.
    private mutating func inferAlternatives(
        _ source: Int, _ column: Int, _ header: HeaderWords, among targets: [Int], isOneEnough: Bool = false
    ) -> Bool {
        let found = drafts[source].columns[column]
        guard found.type == .text else { return false }
        let matches = values.matches(found, of: source, atLeast: 0).filter {
            targets.contains($0.target) && $0.reference.hitRate > 0 && !$0.reference.isByLabel
        }
        let covered = matches.reduce(0) { $0 + $1.reference.hitRate }
        guard matches.count > 1 || (isOneEnough && matches.count == 1), covered > 0.95, covered < 1.01 else { return false }
        for match in matches {
            let name = "\(header.stemName)_\(drafts[match.target].name)"
            var reference = match.reference
            reference.danglingCount = danglingEverywhere(matches)
            links.append(LinkDraft(source: source, column: column, target: match.target, name: name, reference: reference))
        }
        return true
    }

    /// A value is only lost if none of the entities has it.
    private func danglingEverywhere(_ matches: [ValueEvidence.Match]) -> Int {
        guard let first = matches.first else { return 0 }
        let hits = matches.reduce(0) { $0 + $1.reference.presentCount - $1.reference.danglingCount }
        return max(0, first.reference.presentCount - hits)
    }
}
