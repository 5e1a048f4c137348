import Columns
import Plan
import Resolve
import Types

/// Sets with very many elements, as those of all records of an entity, are gone through in parts: by several workers where there are
/// some, and each part within the processor's cache.
extension Evaluator {
    /// An aggregate over the sets or lists of a frame's rows, computed by several workers; none where that does not pay, or where the
    /// order of the elements matters.
    func aggregatedTogether(_ kind: AggregateKind, _ operand: NodeID, in frame: Frame) throws -> Vector? {
        if kind.dependsOnOrder { return nil }
        let type = elementType(of: operand)
        guard makeAggregator(kind: kind, type: type).canMerge else { return nil }
        let aggregators = (0..<options.threads).map { _ in makeAggregator(kind: kind, type: type) }
        let isShared = try forEachPart(of: operand, in: frame) { evaluator, part, worker in
            let list = try evaluator.valueList(operand, in: part)
            try evaluator.update(aggregators[worker], list, rowCount: part.count)
            return aggregators[worker].canMerge
        }
        guard isShared, aggregators.allSatisfy(\.canMerge) else { return nil }
        let rows = Buffer<Int32>.counting(from: 0, to: frame.count)
        for other in aggregators.dropFirst() { aggregators[0].merge(other, groups: rows, groupCount: frame.count) }
        return aggregators[0].finish(groupCount: frame.count)
    }

    /// Whether each row's set has an element, found out by several workers; none where that does not pay.
    func occupiedTogether(_ set: NodeID, in frame: Frame) throws -> Bitmap? {
        // Each part occupies few of the rows, so that bits for all of them are kept for each worker, not made for each part.
        let found = (0..<options.threads).map { _ in OccupiedRows(count: frame.count) }
        let isShared = try forEachPart(of: set, in: frame) { evaluator, part, worker in
            found[worker].note(try evaluator.recordSet(set, in: part).membership)
            return true
        }
        return isShared ? found.dropFirst().reduce(found[0].bitmap) { $0.or($1.bitmap) } : nil
    }

    /// Calls `body` with frames that have the same rows, but each only a part of the elements of the set on which a node is built by
    /// filters and maps. False where sharing does not pay, or where the first call of `body`, which comes before the others, says so.
    private func forEachPart(
        of node: NodeID, in frame: Frame, _ body: (_ evaluator: Evaluator, _ part: Frame, _ worker: Int) throws -> Bool
    ) throws -> Bool {
        // Terms inside may read frames further out, which only one thread may do.
        guard !isWorker, frame.outer == nil, graph[node].level == frame.level else { return false }
        var path: [NodeID] = []
        var base = node
        while let inner = graph[base].operation.filteredOrMapped {
            path.append(base)
            base = inner
        }
        guard !path.isEmpty, case .set = graph[base].type, graph[base].level == frame.level else { return false }
        let set = try recordSet(base, in: frame)
        let count = set.rows.count
        // A part's columns should stay within a processor's cache.
        let partSize = options.batchSize * 2
        let partCount = (count + partSize - 1) / partSize
        // Each worker has a value for every row, which have to be merged.
        guard options.parallelMinimum == 0 || (partCount > 2 && count >= frame.count * 2) else { return false }
        let parents = set.membership.parents
        func part(_ task: Int, of frame: Frame) -> Frame {
            let range = (task * partSize)..<min(count, (task + 1) * partSize)
            let part = Frame(of: frame, forgetting: path)
            part[base] = .set(set.part(range, parents: parents))
            return part
        }
        // What the first part has computed for whole entities is then there for all.
        guard try body(self, part(0, of: frame), 0) else { return false }
        if options.threads > 1, partCount > 1 { note("shared among \(options.threads) threads") }
        let evaluators = (0..<options.threads).map { $0 == 0 ? self : Evaluator(sharing: self) }
        // This evaluator may go on to remember values in the frame, where it is that of a whole entity; others read a copy.
        let known = Frame(of: frame, forgetting: path)
        try Workers.shared.forEach(partCount - 1, threads: options.threads) { task, worker in
            try cancellation.check()
            _ = try body(evaluators[worker], part(task + 1, of: known), worker)
        }
        return true
    }
}

extension RecordSet {
    /// A run of the elements; each belongs to the row that it belonged to.
    fileprivate func part(_ range: Range<Int>, parents: Buffer<Int32>) -> RecordSet {
        let rows: Rows =
            switch self.rows {
            case .range(let all): .range((all.lowerBound + range.lowerBound)..<(all.lowerBound + range.upperBound))
            case .list(let list): .list(list.slice(range.lowerBound, range.upperBound))
            }
        let own = Membership(parents: parents.slice(range.lowerBound, range.upperBound), rowCount: membership.rowCount)
        return RecordSet(
            entity: entity, rows: rows, membership: own, edges: edges?.slice(range.lowerBound, range.upperBound),
            isDisjoint: isDisjoint, isOrdered: isOrdered)
    }
}

extension Operation {
    /// The set or list that a filter or a map goes through.
    fileprivate var filteredOrMapped: NodeID? {
        switch self {
        case .filter(let set, _, _), .map(let set, _, _): set
        default: nil
        }
    }
}

/// The rows whose sets one worker has found an element of.
private final class OccupiedRows {
    private var words: [UInt64]
    private let count: Int

    init(count: Int) {
        self.count = count
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    func note(_ membership: Membership) { membership.parents.noteOccurrences(in: &words) }
    var bitmap: Bitmap { Bitmap(words: Buffer(words), count: count) }
}
