import Synchronization
import Testing

@testable import Execute

struct WorkersTests {
    private struct Failure: Error, Equatable { let task: Int }

    @Test func everyTaskIsDoneOnce() throws {
        for (count, threads) in [(0, 2), (1, 4), (2, 2), (100, 1), (100, 2), (1000, 5)] {
            let done = Mutex([Int](repeating: 0, count: count))
            try Workers.shared.forEach(count, threads: threads) { task, worker in
                #expect(worker < threads)
                done.withLock { $0[task] += 1 }
            }
            #expect(done.withLock { $0 } == Array(repeating: 1, count: count))
        }
    }

    /// Whoever finds all threads taken does the work alone.
    @Test func workMayBeSharedOutWithinWork() throws {
        let total = Mutex(0)
        try Workers.shared.forEach(10, threads: 3) { outer, _ in
            try Workers.shared.forEach(10, threads: 3) { inner, _ in total.withLock { $0 += outer * inner } }
        }
        #expect(total.withLock { $0 } == 2025)
    }

    @Test func theFirstErrorIsThrown() {
        for round in 0..<50 {
            #expect(throws: Failure.self) {
                try Workers.shared.forEach(200, threads: 2) { task, _ in if task >= round { throw Failure(task: task) } }
            }
        }
        // All is well again afterwards.
        #expect(throws: Never.self) { try Workers.shared.forEach(3, threads: 2) { _, _ in } }
    }
}
