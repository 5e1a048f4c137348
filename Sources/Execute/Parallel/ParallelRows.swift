import Columns

/// Operators that work batch by batch, run over several batches at once: every worker has operators of its own, and what comes out is
/// given on in the order of the batches that went in.
///
/// The first batch is worked on alone. It tells how long the others will take, and leaves what was computed for whole entities to all
/// workers.
final class ParallelRows: RowOperator {
    typealias MakeOperator = (any RowOperator, ExecutionContext) -> any RowOperator

    private let input: any RowOperator
    private let context: ExecutionContext
    private let operators: [MakeOperator]
    /// The most rows of a batch; where rows become many, a few of them are work enough, and more might keep one worker busy while the
    /// others wait.
    private let pieceSize: Int
    private var unfinished: Batch?
    private var lanes: [Lane] = []
    private var ready: [Batch] = []
    private var position = 0
    private(set) var batchesTaken = 0
    private var rowsTaken = 0
    /// Nanoseconds that the input took.
    private let inputMeasured: Measured
    private(set) var hasHelp = false

    init(_ operators: [MakeOperator], multipliesRows: Bool, input: Measured, context: ExecutionContext) {
        self.input = input
        pieceSize = multipliesRows ? 512 : Int.max
        inputMeasured = input
        self.operators = operators
        self.context = context
        lanes = [Lane(operators, context: context)]
    }

    var expectedRows: Int? { input.expectedRows }

    func next() throws -> Batch? {
        while position == ready.count {
            ready = []
            position = 0
            let made = TaskResults<Batch>(count: waveSize)
            let first = batchesTaken
            guard try consumeWave({ batch, number, _ in made.append(batch, number - first) }) else { return nil }
            ready = made.all
        }
        position += 1
        return ready[position - 1]
    }

    /// How many rows will come out of the operators in all, where so many have so far and those to come are like them.
    func expectedResults(after count: Int) -> Int {
        Int(Double(max(rowsTaken, expectedRows ?? 0)) / Double(max(1, rowsTaken)) * Double(count))
    }

    /// The contexts of the workers; more of them once the first batch is done.
    var contexts: [ExecutionContext] { lanes.map(\.context) }

    /// How many batches are worked on before what they gave is asked for. Waves grow, so that a `take` behind does not have everything
    /// computed that it then drops.
    var waveSize: Int { hasHelp ? lanes.count * min(32, max(4, batchesTaken)) : 1 }

    /// Gives the batches that come out of the next ones, as many as a wave has or as are asked for, to `consume`, with the number of the
    /// batch that went in and the worker that made it, on the worker's thread. False where there are no more.
    func consumeWave(
        atMost limit: Int? = nil, _ consume: (_ batch: Batch, _ number: Int, _ worker: Int) throws -> Void
    ) throws -> Bool {
        var batches: [Batch] = []
        let wanted = hasHelp ? limit ?? waveSize : 1
        while batches.count < wanted, let batch = try nextPiece() {
            try context.cancellation.check()
            batches.append(batch)
        }
        if batches.isEmpty { return false }
        let first = batchesTaken
        batchesTaken += batches.count
        rowsTaken += batches.reduce(0) { $0 + $1.count }
        if !hasHelp {
            try alone(batches[0]) { try consume($0, first, 0) }
            return true
        }
        for lane in lanes { lane.context.evaluator.expect(rows: max(rowsTaken, expectedRows ?? 0), afterRows: rowsTaken) }
        try Workers.shared.forEach(batches.count, threads: lanes.count) { task, worker in
            try context.cancellation.check()
            try lanes[worker].run(batches[task]) { try consume($0, first + task, worker) }
        }
        return true
    }

    private func nextPiece() throws -> Batch? {
        guard let batch = try unfinished ?? input.next() else { return nil }
        unfinished = batch.count > pieceSize ? context.evaluator.part(batch, pieceSize..<batch.count) : nil
        return context.evaluator.part(batch, 0..<min(pieceSize, batch.count))
    }

    private func alone(_ batch: Batch, _ consume: (Batch) throws -> Void) throws {
        let expected = expectedRows ?? 0
        context.evaluator.expect(rows: max(rowsTaken, expected), afterRows: rowsTaken)
        let start = ContinuousClock.now
        try lanes[0].run(batch, consume)
        let duration = nanoseconds(from: start)
        let left = max(0, expected - rowsTaken)
        let estimate = Double(duration) / Double(max(1, batch.count)) * Double(left)
        guard context.options.threads > 1, left > 0, estimate >= Double(context.options.parallelMinimum) else { return }
        hasHelp = true
        while lanes.count < context.options.threads { lanes.append(Lane(operators, context: context.forWorker())) }
    }

    private func nanoseconds(from start: ContinuousClock.Instant) -> UInt64 { Execute.nanoseconds(ContinuousClock.now - start) }

    /// What each operator did: time is the mean over the workers, which is what the question waited for.
    var statistics: [(rows: Int, nanoseconds: UInt64, strategies: [String])] {
        operators.indices.map { index in
            let rows = lanes.reduce(0) { $0 + $1.stages[index + 1].rows }
            let time = lanes.reduce(UInt64(0)) { $0 + $1.ownNanoseconds(index + 1) }
            let strategies = StrategyLog()
            for lane in lanes { for line in lane.stages[index + 1].strategies { strategies.note(line) } }
            return (rows, time / UInt64(lanes.count), strategies.lines)
        }
    }

    /// How long the operators and the input took together.
    var nanoseconds: UInt64 { inputMeasured.nanoseconds + statistics.reduce(0) { $0 + $1.nanoseconds } }
}

/// One worker's operators.
private final class Lane: @unchecked Sendable {
    let context: ExecutionContext
    private let feeder = Feeder()
    let stages: [Measured]

    init(_ operators: [ParallelRows.MakeOperator], context: ExecutionContext) {
        self.context = context
        let feeder = feeder
        var stages = [Measured(context) { feeder }]
        for make in operators { stages.append(Measured(context) { make(stages[stages.count - 1], context) }) }
        self.stages = stages
    }

    /// Gives what is made of a batch to `body`.
    func run(_ batch: Batch, _ body: (Batch) throws -> Void) throws {
        feeder.batch = batch
        while let made = try stages[stages.count - 1].next() {
            if made.count > 0 { try body(made) }
        }
    }

    func ownNanoseconds(_ index: Int) -> UInt64 {
        let own = stages[index].nanoseconds
        return own - min(own, stages[index - 1].nanoseconds)
    }

    /// Gives one batch and then none, until it has another.
    private final class Feeder: RowOperator {
        var batch: Batch?
        func next() throws -> Batch? {
            defer { batch = nil }
            return batch
        }
    }
}

extension ExecutionContext {
    /// A context for another thread: an evaluator of its own, which knows what this one has computed for whole entities.
    func forWorker() -> ExecutionContext {
        ExecutionContext(
            store: store, evaluator: Evaluator(sharing: evaluator), options: options, cancellation: cancellation, bound: bound,
            notesStrategies: notesStrategies)
    }
}
