import Types

/// Finds the column with what a person calls the records of an entity.
///
/// The label is one column. Where first and last names stand apart, it is the last name: the better of the two to tell people apart,
/// and the one that reports sort by.
enum LabelInference {
    /// A column that is mostly empty names too few of the records.
    private static let missingPart = 0.5
    /// A column that only ends in `name` is taken if at least this part of its values differ.
    private static let distinctPart = 0.8

    /// `others` are the other entities, since a column that is named after one of them names that one's records.
    static func label(_ draft: EntityDraft, others: [EntityDraft]) -> Int? {
        let texts = draft.columns.indices.filter {
            draft.columns[$0].type == .text && Double(draft.columns[$0].missingCount) < Double(draft.rowCount) * missingPart
        }
        let headers = draft.columns.map { HeaderWords($0.header, prefix: draft.headerPrefix).name }
        func find(_ wanted: String) -> Int? { texts.first { headers[$0] == wanted } }
        let isPerson = find("last_name") != nil || find("lastname") != nil
        let own = draft.namesWithSynonyms
        let foreign = Set(others.filter { $0.origin != draft.origin }.flatMap(\.namesWithSynonyms)).subtracting(own)
        var wishes = ["name"] + own.map { $0 + "_name" } + ["full_name", "display_name"]
        if !isPerson { wishes += ["title"] + own.map { $0 + "_title" } }
        wishes += ["subject", "label"]
        wishes += own + own.map { $0 + "_description" } + ["last_name", "lastname", "summary"]
        if let found = wishes.lazy.compactMap(find).first { return found }
        // The company of a supplier is the supplier; the company of an order, which occurs again and again, is another.
        let named = texts.first {
            guard headers[$0].hasSuffix("_name") else { return false }
            if foreign.contains(String(headers[$0].dropLast("_name".count))) {
                return draft.columns[$0].isUnique(rowCount: draft.rowCount)
            }
            return isNearlyUnique(draft.columns[$0], draft)
        }
        if let named { return named }
        if let email = find("email"), isNearlyUnique(draft.columns[email], draft) { return email }
        // A key that is a word of its own, such as the name of a sales agent, is its own label.
        guard let key = draft.key, draft.columns[key].type == .text else { return nil }
        return HeaderWords(draft.columns[key].header, prefix: draft.headerPrefix).marker == .none ? key : nil
    }

    private static func isNearlyUnique(_ column: EntityDraft.Column, _ draft: EntityDraft) -> Bool {
        Double(column.distinct.estimate) >= Double(draft.rowCount) * distinctPart
    }
}
