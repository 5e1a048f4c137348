import Columns
import Resolve
import Types

extension Evaluator {
    /// How many records repeated links lead to without an end, for a good part of the entity's records at once: what one of them leads to
    /// is then part of the sum of another, instead of being gone through again for each. None where that does not pay.
    func closureCounts(_ set: NodeID, in frame: Frame) throws -> Buffer<Int32>? {
        guard case .repeated(let start, let steps, let hops) = graph[set].operation, hops.upper == nil, hops.lower <= 1,
            steps.areFixed, case .record(let entity) = graph[start].type
        else { return nil }
        let domain = store.schema[entity].rowCount
        guard frame.count * Self.closureShare >= domain, frame.count > 1 else { return nil }
        guard let sizes = try closureSizes(steps, entity, domain: domain) else { return nil }
        note("what repeated links lead to counted for all \(store.schema[entity].plural) at once")
        let itself: Int32 = hops.lower == 0 ? 0 : 1
        return try rows(start, in: frame).buffer.composed(with: sizes, less: itself)
    }

    private func closureSizes(_ steps: Steps, _ entity: EntityID, domain: Int) throws -> Buffer<Int32>? {
        if let known = closureSizes[steps.nodes] { return known }
        let check = { [cancellation] in try cancellation.check() }
        let sizes: Buffer<Int32>
        if let links = steps.links, links.count == 1, let leaders = wayBack(of: links[0]) {
            sizes = try forestSizes(leaders, check: check)
        } else {
            guard let search = try searcher(steps, entity, rowCount: domain) else { return nil }
            sizes = try Columns.closureSizes(search.links, domain: domain, check: check)
        }
        closureSizes[steps.nodes] = sizes
        return sizes
    }

    /// Counting for all pays once so large a part of the records is asked for.
    private static let closureShare = 8
}
