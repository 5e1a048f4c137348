import Types

/// Finds the column that tells the records of an entity apart.
enum KeyInference {
    /// A column that would be the key but repeats or lacks values in at most this part of the rows still serves links.
    private static let toleratedFaults = 0.1

    /// Sets `key` and `reference`, and reports values that occur twice in what is otherwise the key.
    static func inferKeys(_ drafts: inout [EntityDraft], problems: inout [DataProblem]) {
        for index in drafts.indices where drafts[index].reference == nil {
            guard let found = candidate(drafts[index], among: drafts) else { continue }
            setKey(&drafts[index], found.column, isDoubtful: found.rank >= .firstID, problems: &problems)
        }
    }

    /// Makes a column the key, or where it is not unique, only the column that links look into.
    static func setKey(_ draft: inout EntityDraft, _ column: Int, isDoubtful: Bool = false, problems: inout [DataProblem]) {
        draft.reference = column
        let found = draft.columns[column]
        draft.isKeyDoubtful = isDoubtful
        if found.isUnique(rowCount: draft.rowCount) {
            draft.key = column
            return
        }
        let repeated = draft.rowCount - found.missingCount - found.distinctCount
        guard repeated > 0 else { return }
        var detail = "the first of them is taken"
        if let example = RepeatedKey.first(in: found.values) { detail = "\(example.wording), of which the first is taken" }
        problems.append(
            DataProblem(.duplicateKey, origin: draft.origin, column: found.header, count: repeated, detail: detail))
    }

    /// How much a header looks like that of the key; smaller is better.
    private enum Rank: Comparable {
        case declared, id, entityID, entityCode, entityItself, firstID, firstText
    }

    private static func candidate(_ draft: EntityDraft, among drafts: [EntityDraft]) -> (column: Int, rank: Rank)? {
        var best: (column: Int, rank: Rank)?
        for (index, column) in draft.columns.enumerated() where column.canRefer && !column.isDeclared {
            guard let rank = rank(index, column, draft, drafts) else { continue }
            let faults = draft.rowCount - column.distinctCount
            let tolerated = rank <= .entityID ? Int(Double(draft.rowCount) * toleratedFaults) : 0
            guard faults <= tolerated else { continue }
            if best.map({ rank < $0.rank }) ?? true { best = (index, rank) }
        }
        return best
    }

    private static func rank(
        _ index: Int, _ column: EntityDraft.Column, _ draft: EntityDraft, _ drafts: [EntityDraft]
    ) -> Rank? {
        if let primaryKey = draft.primaryKey, primaryKey == column.header { return .declared }
        if draft.foreignKeys.contains(where: { $0.column == column.header }) { return nil }
        let words = HeaderWords(column.header, prefix: draft.headerPrefix)
        let isID = words.marker == .id
        if isID, words.stem.isEmpty || (words.isGeneric && words.stemName == "record") { return .id }
        let own = [draft.name, draft.plural, Plural.singular(SnakeCase.name(draft.tableName))]
        if own.contains(words.stemName) {
            switch words.marker {
            case .id: return .entityID
            case .code: return .entityCode
            case .none: return .entityItself
            case .name: return nil
            }
        }
        if let glued = words.gluedStem?.joined(separator: "_"), own.contains(where: { $0 == glued || $0.hasPrefix(glued) }) {
            return .entityID
        }
        let namesAnother = drafts.contains { $0.origin != draft.origin && [$0.name, $0.plural].contains(words.stemName) }
        guard index == 0, !namesAnother, !repeatsAnother(column.header, draft, drafts) else { return nil }
        if isID || words.marker == .code { return .firstID }
        return column.type == .text ? .firstText : nil
    }

    /// Whether a table with more columns begins with the same header: then this one only adds to its records.
    private static func repeatsAnother(_ header: String, _ draft: EntityDraft, _ drafts: [EntityDraft]) -> Bool {
        let name = SnakeCase.name(header)
        return drafts.contains { other in
            guard other.origin != draft.origin, let first = other.columns.first, first.name == name else { return false }
            return first.isUnique(rowCount: other.rowCount) && other.columns.count > draft.columns.count
        }
    }
}
