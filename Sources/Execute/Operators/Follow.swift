import Columns
import Resolve
import Types

/// The records that the rows' records lead to, each once, in the order of their entity.
final class Follow: CollectingOperator {
    private let from: SlotID
    private let links: [LinkID]
    private let into: SlotID
    private let target: EntityID
    private var reached: DistinctRows

    init(from: SlotID, links: [LinkID], into: SlotID, input: any RowOperator, context: ExecutionContext) {
        self.from = from
        self.links = links
        self.into = into
        let schema = context.store.schema
        target = links.last.map { schema[$0].to } ?? EntityID(0)
        reached = DistinctRows(domain: schema[target].rowCount)
        super.init(input: input, context: context)
    }

    override func collect(_ batch: Batch) throws {
        let rows = context.evaluator.rows(batch.slots[from] ?? .constant(.none), count: batch.count).buffer
        for link in links { reached.insert(try records(link, from: rows)) }
    }

    private func records(_ link: LinkID, from rows: Buffer<Int32>) throws -> Buffer<Int32> {
        if context.store.schema[link].isToOne { return context.store.targets(of: link, from: rows) }
        if let found = context.store.members(of: link, from: rows) {
            context.evaluator.note("\(context.evaluator.text(of: link)) of a few read from the snapshot")
            try context.evaluator.checkElements(found.rows.count)
            return found.rows
        }
        context.evaluator.note("\(context.evaluator.text(of: link)) gathered")
        return switch context.store.index(of: link) {
        case .one(let targets): rows.composed(with: targets)
        case .many(let segments, let targets, _): try members(segments, targets, of: rows)
        }
    }

    private func members(_ segments: Segments, _ targets: Buffer<Int32>, of rows: Buffer<Int32>) throws -> Buffer<Int32> {
        try context.evaluator.checkElements(segments.total(of: rows))
        return targets.picked(at: segments.gathered(rows).elements)
    }

    override func finish() throws -> any RowOperator {
        let rows = reached.rows()
        let records = Evaluated.vector(context.evaluator.record(target, rows))
        return KeptRows(Batch(count: rows.count, slots: [into: records]), context: context)
    }
}
