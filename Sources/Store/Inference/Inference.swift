import Columns
import Syntax
import Types

/// Turns loaded tables into a store: names, keys, labels, times and links, inferred by name and by value.
///
/// The order matters: names come before keys (a key is called after its entity), keys before standard names (a table keyed by
/// `opportunity_id` holds deals), and all of them before links. What a schema file declares is put in before each step, which then
/// only fills the gaps.
public func inferStore(
    _ tables: [LoadedTable], schemaFile: SchemaFile? = nil, problems: [DataProblem] = [], threads: Int = 1
) throws(SchemaFileError) -> Store {
    var problems = problems
    var drafts = tables.map(EntityDraft.init(table:))
    var overrides = SchemaOverrides(schemaFile)
    overrides.applyEntities(&drafts)
    EntityNaming.name(&drafts)
    overrides.applyFields(&drafts, problems: &problems)
    KeyInference.inferKeys(&drafts, problems: &problems)
    dropMistakenKeys(&drafts)
    describe(&drafts)
    let values = ValueEvidence(drafts)
    let declared = overrides.links(drafts, values)
    var inference = LinkInference(drafts, declared: declared, values: values)
    inference.inferAll()
    var links = inference.links
    let declaredPairs = overrides.pairs(drafts, values, &links)
    overrides.linkHistories(drafts, values, &links)
    try overrides.throwErrors()
    // The order of the columns makes the same schema whichever way a link came about.
    let order = links.indices.sorted { (links[$0].source, links[$0].column, $0) < (links[$1].source, links[$1].column, $1) }
    let sortedLinks = order.map { links[$0] }
    let pairs =
        declaredPairs.map { moved($0, order) }
        + LinkTables(drafts: drafts, links: sortedLinks)
        .pairs(declaredEdges: Set(declaredPairs.map(\.edge)))
    var builder = SchemaBuilder(drafts, links: sortedLinks, pairs: pairs.sorted { $0.edge < $1.edge })
    var (schema, indexes) = builder.build(threads: threads)
    overrides.applyHistories(&schema, drafts)
    try overrides.throwErrors()
    problems += danglingProblems(schema)
    // What the schema file links is settled, whatever inference made of it.
    let doubtful = inference.suggestions.filter { suggestion in
        !links.contains { $0.source == suggestion.source && $0.column == suggestion.column }
    }
    return Store(
        schema: schema, columns: drafts.map { $0.columns.map(\.values) }, linkIndexes: indexes, problems: problems,
        suggestions: doubtful.map(suggestion))
}

/// Finds what depends on names and keys alone: standard names, labels and times.
private func describe(_ drafts: inout [EntityDraft]) {
    EntityNaming.assignStandardNames(&drafts)
    for index in drafts.indices {
        drafts[index].label = drafts[index].label ?? LabelInference.label(drafts[index], others: drafts)
        drafts[index].time = drafts[index].time ?? TimeInference.time(drafts[index])
    }
}

/// A key that was only guessed, and that turns out to refer to another entity, is no key. This is tried on a copy, since names and links
/// must not rest on a key that is none.
private func dropMistakenKeys(_ drafts: inout [EntityDraft]) {
    guard drafts.contains(where: \.isKeyDoubtful) else { return }
    var trial = drafts
    describe(&trial)
    var inference = LinkInference(trial, declared: [], values: ValueEvidence(trial))
    inference.inferDoubtfulKeys()
    for index in drafts.indices where drafts[index].isKeyDoubtful {
        drafts[index].isKeyDoubtful = false
        guard inference.links.contains(where: { $0.source == index }) else { continue }
        drafts[index].key = nil
        drafts[index].reference = nil
    }
}

private func moved(_ pair: PairDraft, _ order: [Int]) -> PairDraft {
    var pair = pair
    pair.near = order.firstIndex(of: pair.near) ?? pair.near
    pair.far = order.firstIndex(of: pair.far) ?? pair.far
    return pair
}

/// One problem for each column with values that lead nowhere, however many links were made of it.
private func danglingProblems(_ schema: Schema) -> [DataProblem] {
    var reported: Set<FieldID> = []
    return schema.links.compactMap { link in
        guard link.danglingCount > 0 else { return nil }
        switch link.origin {
        case .key(let field), .label(let field):
            guard reported.insert(field).inserted else { return nil }
            let entity = schema[link.from]
            return DataProblem(
                .danglingLink, origin: entity.origin, column: schema[field].header, count: link.danglingCount,
                detail: "no such \(schema[link.to].name)")
        case .inverse, .pairs: return nil
        }
    }
}

private func suggestion(_ draft: SuggestionDraft) -> LinkSuggestion {
    LinkSuggestion(
        field: FieldID(EntityID(draft.source), draft.column), target: EntityID(draft.target), name: draft.name,
        presentCount: draft.presentCount, hitCount: draft.hitCount, reason: draft.reason)
}
