import Types

/// Names entities after their tables, and tells which of them answer to a standard name.
enum EntityNaming {
    /// Gives every entity that has no name yet a singular and a plural of its own, in the order of the tables.
    static func name(_ drafts: inout [EntityDraft]) {
        var names = UniqueNames(drafts.flatMap { $0.name.isEmpty ? [] : [$0.name, $0.plural] })
        let shared = sharedWords(drafts.map { SnakeCase.words($0.tableName) })
        let bare = drafts.map { Plural.singular(parts($0.tableName, without: shared).name) }
        for index in drafts.indices where drafts[index].name.isEmpty {
            let isOnlyOne = bare.count { $0 == bare[index] } == 1
            let singular = bare[index].isEmpty ? "table" : bare[index]
            let suffix = isOnlyOne ? "" : parts(drafts[index].tableName, without: shared).suffix
            name(&drafts[index], singular + suffix, Plural.plural(singular) + suffix, &names)
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

    /// How many words all tables begin and end with, such as those of `crm_accounts_dump` and its like. They say nothing about any one
    /// of them. Two tables may share a word for a reason; three or more that all do were named by a machine.
    private static func sharedWords(_ names: [[String]]) -> (first: Int, last: Int) {
        guard names.count > 2, let shortest = names.map(\.count).min() else { return (0, 0) }
        let first = (0..<shortest).prefix { place in names.allSatisfy { $0[place] == names[0][place] } }.count
        let last = (0..<shortest).prefix { place in
            names.allSatisfy { $0[$0.count - 1 - place] == names[0][names[0].count - 1 - place] }
        }.count
        return first + last < shortest ? (first, last) : (0, 0)
    }

    /// Parts the name of an export from the date or counter behind it: `orders-2026-01`, `accounts (1)`. The suffix tells files apart that
    /// would otherwise be called the same.
    private static func parts(_ tableName: String, without shared: (first: Int, last: Int)) -> (name: String, suffix: String) {
        let words = Array(SnakeCase.words(tableName).dropFirst(shared.first).dropLast(shared.last))
        var kept = words
        while kept.count > 1, let last = kept.last, last.allSatisfy(\.isNumber) || last == "export" || last == "exports" {
            kept.removeLast()
        }
        return (kept.joined(separator: "_"), words[kept.count...].map { "_" + $0 }.joined())
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
        if StandardNames.entities.contains(where: { $0.standard == draft.name || $0.synonyms.contains(draft.name) }) {
            return nil
        }
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
