import Types

/// What the header of a column says about where its values lead.
struct NameEvidence {
    /// How surely a header names an entity; the surest first.
    enum Grade: Comparable {
        /// `account_id` of account, or the very header of the key of the other table.
        case exact
        /// `customer_id` of an entity that is known as account.
        case synonym
        /// A role that a person or a record of the same entity plays: `parent`, `owner`.
        case role
        /// `billing_account_id`, `person_1_id`.
        case tail
        /// `account_name`.
        case labelName
        /// `cust_key` of customer.
        case abbreviation
        /// `ship_via` of shipper.
        case verb
    }
    var target: Int
    var grade: Grade
    /// The name of the link.
    var linkName: String
}

/// Reads headers against the names of all entities.
struct NameMatcher {
    private struct Names {
        /// The entity's own names, singular.
        var own: Set<String>
        /// Names that mean the same, unless another entity is called so.
        var synonyms: Set<String>
        /// The header of the key, where it says more than `id`.
        var keyHeader: String?
    }
    private let names: [Names]
    private let drafts: [EntityDraft]
    /// The entities that answer to `user` and to `person`.
    private let users: Int?
    private let people: Int?

    private static let prepositions: Set<String> = ["via", "by", "with", "to", "for", "of", "from", "at", "in", "through"]

    init(_ drafts: [EntityDraft]) {
        self.drafts = drafts
        let taken = Set(drafts.map(\.name))
        names = drafts.map { draft in
            let own = Set([draft.name, Plural.singular(SnakeCase.name(draft.tableName))])
            var synonyms: Set<String> = []
            for standard in [draft.name] + draft.standardNames {
                guard let group = StandardNames.group(of: standard) else { continue }
                synonyms.formUnion([group.standard] + group.synonyms)
            }
            let header = draft.reference.map { HeaderWords(draft.columns[$0].header, prefix: draft.headerPrefix) }
            let keyHeader = header.flatMap { $0.isGeneric ? nil : $0.name }
            return Names(own: own, synonyms: synonyms.subtracting(taken).subtracting(own), keyHeader: keyHeader)
        }
        users = Self.entity("user", drafts)
        people = Self.entity("person", drafts)
    }

    private static func entity(_ standard: String, _ drafts: [EntityDraft]) -> Int? {
        drafts.firstIndex { $0.name == standard } ?? drafts.firstIndex { $0.standardNames.contains(standard) }
    }

    /// All that a header may mean, the surest first.
    func evidence(_ header: HeaderWords, of source: Int) -> [NameEvidence] {
        var found: [NameEvidence] = []
        func add(_ target: Int, _ grade: NameEvidence.Grade, _ name: String) {
            if !found.contains(where: { $0.target == target && $0.grade <= grade }) {
                found.append(NameEvidence(target: target, grade: grade, linkName: name))
            }
        }
        let stems = [header.stem] + (header.gluedStem.map { [$0] } ?? [])
        for (position, stem) in stems.enumerated() where !stem.isEmpty {
            let name = stem.joined(separator: "_")
            let singular = Plural.singular(name)
            let isGlued = position == 1
            roles(singular, of: source) { add($0, .role, name) }
            for target in names.indices {
                if let grade = grade(stem, singular, header, target, isGlued: isGlued) {
                    let linkName = grade == .abbreviation ? drafts[target].name : singular
                    add(target, grade, linkName)
                }
            }
        }
        for target in names.indices where names[target].keyHeader == header.name && target != source {
            add(target, .exact, header.gluedStem == nil ? header.stemName : drafts[target].name)
        }
        return found.sorted { $0.grade < $1.grade }
    }

    /// The parts of `lead_or_contact`, where each names an entity.
    func alternatives(_ header: HeaderWords) -> [Int] {
        let parts = header.stem.split(separator: "or").map { Plural.singular($0.joined(separator: "_")) }
        guard parts.count > 1 else { return [] }
        let targets = parts.compactMap { part in names.firstIndex { $0.own.contains(part) || $0.synonyms.contains(part) } }
        return targets.count == parts.count ? targets : []
    }

    private func grade(
        _ stem: [String], _ name: String, _ header: HeaderWords, _ target: Int, isGlued: Bool
    ) -> NameEvidence.Grade? {
        let names = names[target]
        let isID = header.marker == .id || isGlued
        if names.own.contains(name) { return header.marker == .name ? .labelName : .exact }
        if names.synonyms.contains(name) { return header.marker == .name ? .labelName : .synonym }
        if let last = stem.last, last.count == 1 || last.allSatisfy(\.isNumber), stem.count > 1 {
            let rest = stem.dropLast().joined(separator: "_")
            if names.own.contains(rest) || names.synonyms.contains(rest) { return .tail }
        }
        // A plural at the end counts things rather than naming one: `units_on_orders`, `number_of_leads`.
        for start in stem.indices.dropFirst() {
            let tail = stem[start...].joined(separator: "_")
            let reading = isID ? Plural.singular(tail) : tail
            if names.own.contains(reading) || names.synonyms.contains(reading) {
                return header.marker == .name ? .labelName : .tail
            }
        }
        guard header.marker != .name, let first = stem.first, first.count >= 3 else { return nil }
        if isID, stem.count == 1, names.own.contains(where: { $0.hasPrefix(first) }) { return .abbreviation }
        if stem.count == 2, first.count >= 4, Self.prepositions.contains(stem[1]),
            names.own.contains(where: { $0.hasPrefix(first) })
        {
            return .verb
        }
        return nil
    }

    /// Calls `add` with the entities in which a role is looked for.
    private func roles(_ name: String, of source: Int, _ add: (Int) -> Void) {
        let holdsPeople = source == users || source == people
        if Roles.isOwn(name) || Roles.isReferrer(name) { add(source) }
        if Roles.isSuperior(name) {
            if holdsPeople || users == nil { add(source) } else if let users { add(users) }
        }
        let words = name.split(separator: "_").map(String.init)
        let tails = words.indices.map { words[$0...].joined(separator: "_") }
        if let users, tails.contains(where: Roles.user.contains) { add(users) }
    }
}
