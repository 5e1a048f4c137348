/// Names entities after their tables, and tells which of them answer to a standard name.
enum EntityNaming {
    /// Gives every entity that has no name yet a singular and a plural of its own, in the order of the tables.
    static func name(_ drafts: inout [EntityDraft]) {
        var names = UniqueNames(drafts.flatMap { $0.name.isEmpty ? [] : [$0.name, $0.plural] })
        let bare = drafts.map { withoutNumbers(SnakeCase.words($0.tableName)) }
        for index in drafts.indices where drafts[index].name.isEmpty {
            let isOnlyOne = bare.filter { Plural.singular($0) == Plural.singular(bare[index]) }.count == 1
            let full = SnakeCase.name(drafts[index].tableName)
            let base = isOnlyOne ? bare[index] : full
            let singular = base.isEmpty ? "table" : Plural.singular(base)
            name(&drafts[index], singular, Plural.plural(singular), &names)
        }
    }

    private static func name(_ draft: inout EntityDraft, _ singular: String, _ plural: String, _ names: inout UniqueNames) {
        if names.isFree(singular), names.isFree(plural) {
            draft.name = names.take(singular)
            draft.plural = singular == plural ? singular : names.take(plural)
            return
        }
        var number = 2
        while !names.isFree("\(singular)_\(number)") || !names.isFree("\(plural)_\(number)") { number += 1 }
        draft.name = names.take("\(singular)_\(number)")
        draft.plural = singular == plural ? draft.name : names.take("\(plural)_\(number)")
    }

    /// Leaves out dates and counters behind the name of an export, such as `orders-2026-01` or `accounts (1)`.
    private static func withoutNumbers(_ words: [String]) -> String {
        var kept = words
        while kept.count > 1, let last = kept.last, last.allSatisfy(\.isNumber) || last == "export" || last == "exports" {
            kept.removeLast()
        }
        return kept.joined(separator: "_")
    }

    /// How well an entity fits a standard name; smaller is better.
    private enum Fit: Comparable {
        case synonym(Int)
        /// The key is called `opportunity_id`, or the name ends so: `support_case`.
        case keyName(Int)
        case lastWord(Int)
    }

    /// Gives standard names to the entities that fit best: to one entity each, and to none where an entity is called so itself.
    static func assignStandardNames(_ drafts: inout [EntityDraft]) {
        let own = Set(drafts.flatMap { [$0.name, $0.plural] })
        for group in StandardNames.entities where !own.contains(group.standard) {
            var best: (index: Int, fit: Fit)?
            for index in drafts.indices where drafts[index].standardNames.isEmpty {
                guard let fit = fit(drafts[index], group, drafts) else { continue }
                if best.map({ fit < $0.fit }) ?? true { best = (index, fit) }
            }
            if let best { drafts[best.index].standardNames.append(group.standard) }
        }
    }

    private static func fit(_ draft: EntityDraft, _ group: StandardNames.Group, _ drafts: [EntityDraft]) -> Fit? {
        if let rank = group.synonyms.firstIndex(of: draft.name) { return .synonym(rank) }
        if StandardNames.entities.contains(where: { $0.standard == draft.name || $0.synonyms.contains(draft.name) }) { return nil }
        let names = [group.standard] + group.synonyms
        if let key = draft.reference {
            let stem = HeaderWords(draft.columns[key].header, prefix: draft.headerPrefix).stem
            let isAnotherEntity = drafts.contains { $0.name != draft.name && [$0.name] == stem }
            if !isAnotherEntity, let word = stem.last, let rank = names.firstIndex(of: word) { return .keyName(rank) }
        }
        let words = draft.name.split(separator: "_").map(String.init)
        guard words.count > 1, let word = words.last, let rank = names.firstIndex(of: word) else { return nil }
        let head = words.dropLast().joined(separator: "_")
        return drafts.contains { $0.name == head || $0.plural == head } ? nil : .lastWord(rank)
    }
}
