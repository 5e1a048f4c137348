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
        guard let search = try searcher(steps, entity, rowCount: domain) else { return nil }
        let sizes: Buffer<Int32>
        if let known = closureSizes[steps.nodes] {
            sizes = known
        } else {
            sizes = try Columns.closureSizes(search.links, domain: domain) { try cancellation.check() }
            closureSizes[steps.nodes] = sizes
            searchNotes.append("what repeated links lead to was counted for all \(store.schema[entity].plural) at once")
        }
        let itself: Int32 = hops.lower == 0 ? 0 : 1
        let records = try rows(start, in: frame).buffer
        return Buffer(records.composed(with: sizes).array.map { $0 < 0 ? 0 : $0 - itself })
    }

    /// Counting for all pays once so large a part of the records is asked for.
    private static let closureShare = 8
}
