import Columns
import Types

/// Finds tables that are links: whose rows say of two records that they belong together, and hold no more than facts about the pair.
///
/// The table stays an entity with its facts; it only gives its two neighbours a direct way to each other as well. A table with a key
/// of its own counts only if it is called a line, a detail or a membership of something: a touch between a person and a user is an
/// event, not a pair.
struct LinkTables {
    let drafts: [EntityDraft]
    let links: [LinkDraft]

    private static let factLimit = 8
    private static let pairWords: Set<String> = [
        "line", "item", "detail", "entry", "membership", "relation", "relationship", "link", "map", "mapping", "assignment",
        "association", "participant", "attendee", "role",
    ]

    func pairs(declaredEdges: Set<Int>) -> [PairDraft] {
        drafts.indices.compactMap { declaredEdges.contains($0) ? nil : pair(edge: $0) }
    }

    private func pair(edge: Int) -> PairDraft? {
        let draft = drafts[edge]
        let sides = links.indices.filter {
            links[$0].source == edge && links[$0].target != edge && !Roles.user.contains(links[$0].name)
        }
        guard sides.count == 2, links[sides[0]].column != links[sides[1]].column, draft.label == nil else { return nil }
        let ownKey = draft.key.map { $0 != links[sides[0]].column && $0 != links[sides[1]].column } ?? false
        if ownKey {
            guard let word = draft.name.split(separator: "_").last, Self.pairWords.contains(String(word)) else { return nil }
        } else {
            guard draft.columns.count - 2 <= Self.factLimit else { return nil }
        }
        // A table of nothing but two links says only that they belong together, however often; with facts, each pair has its own.
        guard draft.columns.count == 2 || areUnique(links[sides[0]].reference.rows, links[sides[1]].reference.rows) else {
            return nil
        }
        return links[sides[0]].target == links[sides[1]].target ? within(edge, sides) : between(edge, sides)
    }

    /// Whether hardly any pair of records occurs twice.
    private func areUnique(_ near: Buffer<Int32>, _ far: Buffer<Int32>) -> Bool {
        func pair(_ row: Int) -> Int64 { Int64(near[row]) << 32 | Int64(far[row]) }
        func isPresent(_ row: Int) -> Bool { near[row] >= 0 && far[row] >= 0 }
        let present = (0..<near.count).reduce(0) { $0 + (isPresent($1) ? 1 : 0) }
        var repeated = 0
        _ = KeySlots(
            count: near.count, hash: { isPresent($0) ? KeyHash.hash(pair($0)) : nil }, isSame: { pair($0) == pair($1) },
            repeated: { _, _ in repeated += 1 })
        return Double(repeated) <= Double(present) * 0.05
    }

    /// A table of pairs within one entity is named after itself: `person.knows`.
    private func within(_ edge: Int, _ sides: [Int]) -> PairDraft {
        let names = sides.map { links[$0].name.split(separator: "_").map(String.init) }
        let isTurned = Roles.sides.contains { side in names[0].contains(side.to) && names[1].contains(side.from) }
        let name = drafts[edge].plural
        return PairDraft(
            edge: edge, near: sides[isTurned ? 1 : 0], far: sides[isTurned ? 0 : 1], name: name,
            wayBack: Roles.wayBack(ofPairs: name))
    }

    /// A table of pairs between two entities is named after what it leads to: `employee.territories`, `territory.employees`.
    private func between(_ edge: Int, _ sides: [Int]) -> PairDraft {
        PairDraft(edge: edge, near: sides[0], far: sides[1], name: plural(links[sides[1]]), wayBack: plural(links[sides[0]]))
    }

    private func plural(_ link: LinkDraft) -> String {
        let target = drafts[link.target]
        return link.name == target.name ? target.plural : Plural.plural(link.name)
    }
}
