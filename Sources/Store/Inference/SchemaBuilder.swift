import Columns
import Types

/// Puts together what was inferred and declared: gives every field and link its name, and builds the ways back.
///
/// Names within an entity are given out in this order: what a schema file declares, to-one links, fields, links within one entity
/// through pairs, ways back, other links through pairs. A field that loses its name to the link made from it is called `account_key`,
/// or `account_name` if it holds labels.
struct SchemaBuilder {
    private let drafts: [EntityDraft]
    private let linkDrafts: [LinkDraft]
    private let pairDrafts: [PairDraft]
    private var names: [UniqueNames]
    private var links: [Link] = []
    /// What makes the index of each link, and how many rows it goes through.
    private var indexes: [(rowCount: Int, make: @Sendable () -> LinkIndex)] = []
    /// The names of the fields, by entity and column.
    private var fieldNames: [[String]]

    init(_ drafts: [EntityDraft], links: [LinkDraft], pairs: [PairDraft]) {
        self.drafts = drafts
        linkDrafts = links
        pairDrafts = pairs
        names = drafts.map { _ in UniqueNames() }
        fieldNames = drafts.map { $0.columns.map(\.name) }
    }

    /// The finished schema, with an index for each of its links, which are made on several threads.
    mutating func build(threads: Int) -> (schema: Schema, indexes: [LinkIndex]) {
        for (entity, draft) in drafts.enumerated() {
            for column in draft.columns.indices where draft.columns[column].isDeclared {
                fieldNames[entity][column] = names[entity].take(draft.columns[column].name)
            }
        }
        for isDeclared in [true, false] { addToOne(isDeclared: isDeclared) }
        nameFields()
        // Positions do not depend on what is declared; only who gets a name first does.
        let early = pairDrafts.map { pair in
            pair.isDeclared || linkDrafts[pair.near].target == linkDrafts[pair.far].target ? takeNames(pair) : nil
        }
        addWaysBack()
        for (pair, names) in zip(pairDrafts, early) {
            if let names = names ?? takeNames(pair) { add(pair, names) }
        }
        return (finish(), makeIndexes(threads: threads))
    }

    private func makeIndexes(threads: Int) -> [LinkIndex] {
        let indexes = indexes
        let order = indexes.indices.sorted { (indexes[$1].rowCount, $0) < (indexes[$0].rowCount, $1) }
        let slots = Slots<LinkIndex>(indexes.count)
        let isWorthThreads = indexes.reduce(0) { $0 + $1.rowCount } > 1 << 16
        Parallel.forEach(order.count, threads: isWorthThreads ? threads : 1) { task, _ in
            slots[order[task]] = indexes[order[task]].make()
        }
        return indexes.indices.map { slots[$0]! }
    }

    private mutating func add(_ link: Link, rowCount: Int, _ index: @escaping @Sendable () -> LinkIndex) {
        links.append(link)
        indexes.append((rowCount, index))
    }

    /// The to-one links keep the positions of their drafts.
    private mutating func addToOne(isDeclared: Bool) {
        if links.isEmpty {
            for (position, draft) in linkDrafts.enumerated() {
                let field = FieldID(EntityID(draft.source), draft.column)
                let link = Link(
                    id: LinkID(position), name: draft.name, from: EntityID(draft.source), to: EntityID(draft.target),
                    isToOne: true,
                    origin: draft.reference.isByLabel ? .label(field) : .key(field), danglingCount: draft.reference.danglingCount,
                    isDeclared: draft.isDeclared)
                let rows = draft.reference.rows
                add(link, rowCount: 0) { .one(rows) }
                links[position].doc = draft.doc
            }
        }
        for (position, draft) in linkDrafts.enumerated() where draft.isDeclared == isDeclared {
            let target = drafts[draft.target].name
            links[position].name = names[draft.source].take(
                draft.name, draft.name == target ? "\(fieldNames[draft.source][draft.column])_link" : "\(draft.name)_\(target)")
        }
    }

    private mutating func nameFields() {
        for (entity, draft) in drafts.enumerated() {
            for column in draft.columns.indices where !draft.columns[column].isDeclared {
                let name = draft.columns[column].name
                let own = linkDrafts.indices.first { linkDrafts[$0].source == entity && linkDrafts[$0].column == column }
                let isLabel = own.map { linkDrafts[$0].reference.isByLabel } ?? (draft.columns[column].type == .text)
                let suffix = isLabel ? "name" : (own == nil ? "value" : "key")
                fieldNames[entity][column] = names[entity].take(name, "\(name)_\(suffix)")
            }
        }
    }

    // MARK: Ways back

    /// What the way back of a link would like to be called, the best first.
    private func wayBackWishes(_ position: Int) -> [String] {
        let draft = linkDrafts[position]
        if let declared = draft.wayBack { return [declared] }
        let plural = drafts[draft.source].plural
        let qualified = "\(plural)_by_\(links[position].name)"
        if draft.source == draft.target {
            let name = Roles.wayBack(ofOwn: links[position].name)
            return [name, "\(name)_by_\(links[position].name)"]
        }
        let rivals = linkDrafts.indices.filter {
            linkDrafts[$0].source == draft.source && linkDrafts[$0].target == draft.target && linkDrafts[$0].wayBack == nil
        }
        guard rivals.count > 1 else { return [plural, qualified] }
        // The link that bears its entity's name speaks for all of them: `account.tasks` are those of `task.account`.
        let targetNames = drafts[draft.target].namesWithSynonyms
        let primary = rivals.filter { targetNames.contains(linkDrafts[$0].name) && !Roles.user.contains(linkDrafts[$0].name) }
        return primary == [position] ? [plural, qualified] : [qualified]
    }

    private mutating func addWaysBack() {
        let order =
            linkDrafts.indices.filter { linkDrafts[$0].wayBack != nil }
            + linkDrafts.indices.filter { linkDrafts[$0].wayBack == nil }
        for position in order {
            let draft = linkDrafts[position]
            let wishes = wayBackWishes(position)
            let id = LinkID(links.count)
            let link = Link(
                id: id, name: names[draft.target].take(wishes), from: EntityID(draft.target), to: EntityID(draft.source),
                isToOne: false,
                origin: .inverse(LinkID(position)), inverse: LinkID(position), isDeclared: draft.wayBack != nil)
            links[position].inverse = id
            let toOne = draft.reference.rows
            let targetCount = drafts[draft.target].rowCount
            add(link, rowCount: toOne.count) {
                let (segments, rows) = inverted(toOne, targetCount: targetCount)
                return .many(segments, rows: rows, edges: nil)
            }
        }
    }

    // MARK: Pairs

    /// Whether a pair counts in both directions, so that it is its own way back.
    private func isSymmetric(_ pair: PairDraft) -> Bool {
        pair.bothWays && linkDrafts[pair.near].target == linkDrafts[pair.far].target
    }

    /// Names for a link through a table of pairs and the link that leads back; none where an inferred name is taken already.
    private mutating func takeNames(_ pair: PairDraft) -> (forward: String, back: String)? {
        let near = linkDrafts[pair.near].target
        let far = linkDrafts[pair.far].target
        if !pair.isDeclared {
            guard names[near].isFree(pair.name), names[far].isFree(pair.wayBack) else { return nil }
        }
        let forward = names[near].take(pair.name)
        return (forward, isSymmetric(pair) ? forward : names[far].take(pair.wayBack))
    }

    private mutating func add(_ pair: PairDraft, _ names: (forward: String, back: String)) {
        let near = linkDrafts[pair.near]
        let far = linkDrafts[pair.far]
        let edge = EntityID(pair.edge)
        let id = LinkID(links.count)
        let back = isSymmetric(pair) ? id : LinkID(links.count + 1)
        var forward = Link(
            id: id, name: names.forward, from: EntityID(near.target), to: EntityID(far.target), isToOne: false,
            origin: .pairs(edge: edge, near: LinkID(pair.near), far: LinkID(pair.far), bothWays: isSymmetric(pair)),
            inverse: back,
            isDeclared: pair.isDeclared)
        forward.doc = pair.doc
        let nearRows = near.reference.rows
        let farRows = far.reference.rows
        let (nearCount, farCount) = (drafts[near.target].rowCount, drafts[far.target].rowCount)
        let bothWays = isSymmetric(pair)
        add(forward, rowCount: nearRows.count * 2) {
            PairIndex.make(near: nearRows, far: farRows, nearCount: nearCount, bothWays: bothWays)
        }
        guard !isSymmetric(pair) else { return }
        let backward = Link(
            id: back, name: names.back, from: EntityID(far.target), to: EntityID(near.target), isToOne: false,
            origin: .pairs(edge: edge, near: LinkID(pair.far), far: LinkID(pair.near), bothWays: false), inverse: id,
            isDeclared: pair.isDeclared)
        add(backward, rowCount: nearRows.count * 2) {
            PairIndex.make(near: farRows, far: nearRows, nearCount: farCount, bothWays: false)
        }
    }

    // MARK: The whole

    private func finish() -> Schema {
        var schema = Schema()
        schema.links = links
        for (index, draft) in drafts.enumerated() {
            let fields = draft.columns.indices.map { column in
                let found = draft.columns[column]
                let made = linkDrafts.indices.filter { linkDrafts[$0].source == index && linkDrafts[$0].column == column }
                var field = Types.Field(
                    name: fieldNames[index][column], header: found.header, type: found.type, doc: found.doc,
                    links: made.map(LinkID.init))
                field.isNearlyUnique = found.isNearlyUnique(rowCount: draft.rowCount)
                return field
            }
            var entity = Entity(
                id: EntityID(index), name: draft.name, plural: draft.plural, origin: draft.origin, fields: fields,
                rowCount: draft.rowCount)
            entity.key = draft.key
            entity.reference = draft.reference
            entity.label = draft.label
            entity.time = draft.time
            entity.doc = draft.doc
            entity.links = links.filter { $0.from == entity.id }.map(\.id)
            entity.aliases = aliases(draft)
            schema.entities.append(entity)
        }
        var aliases = LinkAliases(schema)
        aliases.assign()
        return aliases.schema
    }

    private func aliases(_ draft: EntityDraft) -> [String] {
        var found: [String] = []
        for name in draft.standardNames + draft.standardNames.map(Plural.plural) {
            let isOwn = drafts.contains { $0.name == name || $0.plural == name }
            if !isOwn, !found.contains(name) { found.append(name) }
        }
        return found
    }
}
