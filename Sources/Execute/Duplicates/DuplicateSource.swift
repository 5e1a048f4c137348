import Columns
import Resolve
import Store
import Synchronization
import Types

/// `duplicates of`: pairs of records of a set that are probably one, with their score, the likeliest first.
func duplicates(
    of set: NodeID, by values: [NodeID], threshold: Double, slots: DuplicateSlots, context: ExecutionContext
) throws -> any RowOperator {
    let evaluator = context.evaluator
    let once = Frame(rowCount: 1)
    let records = evaluator.ordered(try evaluator.recordSet(set, in: once))
    let rows = records.rows.buffer
    let columns = try values.map { node in
        let list = evaluator.ordered(try evaluator.valueList(node, in: once))
        return evaluator.vector(list.values, count: list.membership.elementCount)
    }
    try context.cancellation.check()
    let cancellation = context.cancellation
    let finder = DuplicateFinder(columns, count: rows.count, threshold: threshold) { cancellation.isRequested }
    try cancellation.check()
    let pairs = try duplicatePairs(finder, context: context)
    try context.checkRows(pairs.count)
    let (first, second) = (pairs.map { rows[Int($0.a)] }, pairs.map { rows[Int($0.b)] })
    let scores = Vector(count: pairs.count, .decimal(.int32(Buffer(pairs.map(\.score))), scale: 3))
    let batch = Batch(
        count: pairs.count,
        slots: [
            slots.a: .vector(evaluator.record(records.entity, Buffer(first))),
            slots.b: .vector(evaluator.record(records.entity, Buffer(second))), slots.score: .vector(scores),
        ])
    return KeptRows(batch, context: context)
}

/// How many records a thread takes at a time; between two the person may have asked to stop.
private let chunkSize = 2048

private func duplicatePairs(_ finder: DuplicateFinder, context: ExecutionContext) throws -> [DuplicatePair] {
    let chunks = (finder.count + chunkSize - 1) / chunkSize
    let threads = max(1, min(context.options.threads, chunks))
    let found = Mutex<[DuplicatePair]>([])
    let scratches = Mutex<[DuplicateFinder.Scratch]>([])
    let cancellation = context.cancellation
    Parallel.forEach(chunks, threads: threads) { chunk, _ in
        if cancellation.isRequested { return }
        var scratch = scratches.withLock { $0.popLast() } ?? DuplicateFinder.Scratch(finder)
        var own: [DuplicatePair] = []
        finder.appendPairs(of: chunk * chunkSize..<min(finder.count, (chunk + 1) * chunkSize), to: &own, &scratch)
        found.withLock { $0 += own }
        scratches.withLock { $0.append(scratch) }
    }
    try cancellation.check()
    return ranked(found.withLock { $0 })
}
