import Columns

/// Groups so many that looking for them in one table would wait for memory at nearly every row: the rows are shared out by their keys, and
/// each share is grouped by itself, in a table that stays in a cache. A group lies in one share whole, with its rows in their order, so
/// that workers take shares without having to merge anything.
///
/// This is the partitioned aggregation of Leis, Boncz, Kemper and Neumann, "Morsel-Driven Parallelism" (SIGMOD 2014), but that rows are
/// shared out as they come rather than groups when a first table is full.
final class SharedGroups {
    /// How many batches are kept at once.
    private static let batchesAtOnce = 256

    private let sharer: RowSharer
    private let shares: [GroupedRows<RowGrouper>]
    private let context: ExecutionContext
    /// How many rows each batch had.
    private var rowCounts: [Int] = []

    /// None where the keys of the first batches are not such that equal ones can be told by a hash.
    init?(first: [[EvaluatedRows]], makeRows: () -> GroupedRows<RowGrouper>, context: ExecutionContext) {
        guard let keys = first.lazy.joined().first?.keys, let sharer = RowSharer(keys) else { return nil }
        self.sharer = sharer
        self.context = context
        shares = (0..<RowShares.count).map { _ in makeRows() }
    }

    /// Takes in the first batches and all that follow; `readers` evaluate the terms for each worker.
    func collectAll(first: [[EvaluatedRows]], from workers: ParallelRows, readers: [RowReader]) throws {
        try take(first.map { try $0.map(shared) }, firstNumber: 0)
        while true {
            let start = workers.batchesTaken
            let batches = TaskResults<SharedRows>(count: Self.batchesAtOnce)
            let hasMore = try workers.consumeWave(atMost: Self.batchesAtOnce) { batch, number, worker in
                try readers[worker].read(batch) { batches.append(try shared($0), number - start) }
            }
            if !hasMore { return }
            try take((0..<workers.batchesTaken - start).map { batches[$0] }, firstNumber: start)
        }
    }

    private func shared(_ rows: EvaluatedRows) throws -> SharedRows {
        guard let shares = sharer.shares(rows.keys, count: rows.count) else { throw NeedsOrder() }
        return SharedRows(rows, shares)
    }

    /// Groups batches that were shared out; each may have come in parts.
    private func take(_ batches: [[SharedRows]], firstNumber: Int) throws {
        rowCounts += batches.map { $0.reduce(0) { $0 + $1.count } }
        try Workers.shared.forEach(shares.count, threads: context.options.threads) { share, _ in
            for (index, parts) in batches.enumerated() {
                try context.cancellation.check()
                for part in parts {
                    shares[share].take(
                        part[share], number: firstNumber + index, rowCount: part.count, at: part.places(share))
                }
            }
        }
        try context.checkRows(shares.reduce(0) { $0 + $1.groups.groupCount })
    }

    /// How groups were found, in plain words.
    var strategy: String {
        let own = StrategyLog()
        for share in shares { if let line = share.groups.strategy { own.note(line) } }
        // Windows of places differ from share to share; the first one stands for all.
        let table = own.lines.first.map { ", \($0) each" } ?? ""
        return "rows shared out by key into \(shares.count) parts\(table)"
    }

    /// The keys and the aggregates, a row a group, in the order in which the groups first appeared.
    func finish() throws -> GroupedColumns {
        let finished = TaskResults<GroupedColumns>(count: shares.count)
        try Workers.shared.forEach(shares.count, threads: context.options.threads) { share, _ in
            try finished.append(shares[share].finish(), share)
        }
        var starts: [Int] = []
        var rowCount = 0
        for count in rowCounts {
            starts.append(rowCount)
            rowCount += count
        }
        let order = GroupOrder.interleaved(shares.map(\.order), starts: starts, rowCount: rowCount)
        let all = finished.all
        let keyCount = all[0].keys.count
        let columns = TaskResults<Vector>(count: keyCount + all[0].aggregates.count)
        try Workers.shared.forEach(keyCount + all[0].aggregates.count, threads: context.options.threads) { column, _ in
            let pieces = all.filter { $0.groupCount > 0 }.map {
                column < keyCount ? $0.keys[column] : $0.aggregates[column - keyCount]
            }
            columns.append(Vector.joined(pieces).gathered(order), column)
        }
        return GroupedColumns(
            keys: Array(columns.all[..<keyCount]), aggregates: Array(columns.all[keyCount...]), groupCount: order.count)
    }
}

/// The rows of a batch, or of a part of one, share by share. They are put into that order at once, while they are in a cache.
private struct SharedRows {
    let count: Int
    private let shares: RowShares
    private let keys: [Vector]
    private let arguments: [AggregateArguments]
    /// For each aggregate whose arguments are not one a row: the shares of these.
    private let elements: [RowShares?]

    init(_ rows: EvaluatedRows, _ shares: RowShares) {
        count = rows.count
        self.shares = shares
        let order = shares.rows
        keys = rows.keys.map { $0.gathered(order) }
        elements = rows.arguments.map { $0.parents.map(shares.elements(ofRows:)) }
        let ranks = elements.contains { $0 != nil } ? shares.ranks() : Buffer([])
        arguments = zip(rows.arguments, elements).map { arguments, elements in
            guard let parents = arguments.parents, let elements = elements?.rows else {
                return AggregateArguments(values: arguments.values?.gathered(order))
            }
            return AggregateArguments(
                values: arguments.values?.gathered(elements), parents: elements.composed(with: parents).composed(with: ranks),
                records: arguments.records?.picked(at: elements))
        }
    }

    /// The rows of a share, by their numbers in the batch.
    func places(_ share: Int) -> Buffer<Int32> { shares.rows(share) }

    subscript(_ share: Int) -> EvaluatedRows {
        let rows = shares.range(share)
        let own = zip(arguments, elements).map { arguments, elements in
            let range = elements?.range(share) ?? rows
            return AggregateArguments(
                values: arguments.values?.range(range.lowerBound, range.upperBound),
                parents: arguments.parents?.slice(range.lowerBound, range.upperBound),
                records: arguments.records?.slice(range.lowerBound, range.upperBound))
        }
        return EvaluatedRows(count: rows.count, keys: keys.map { $0.range(rows.lowerBound, rows.upperBound) }, arguments: own)
    }
}
