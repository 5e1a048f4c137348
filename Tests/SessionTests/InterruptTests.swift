import Demo
import Foundation
import Output
import Session
import Store
import Synchronization
import Syntax
import Testing

import enum Session.ExitStatus

/// Ctrl-C ends a question soon, whatever it is doing.
@Suite(.serialized) struct InterruptTests {
    /// Questions that spend long in one place each: a search, a sort, groups, sets, links, texts, and the writing of the answer.
    private static let questions = [
        "touches sort subject, -at select id",
        "touches summarize n = count() by subject sort -n take 3",
        "touches where subject ~ \"renewal\" or subject matches \"(a|b)+c.*d$\" summarize count()",
        "people with r = count(knows{1..3}) summarize avg(r)",
        "people with r = count(knows+) summarize max(r)",
        "path from people[id < \"PER-5\"] to people[id > \"PER-9\"] via knows strongest by edge.strength take 5",
        "for a in people, b in a.knows, c in b.knows, d in c.knows where a in d.knows summarize count()",
        "accounts with n = count(distinct people.touches.subject) sort -n take 3",
        "touches with k = running(count()) per person summarize max(k)",
        "touches where person in accounts[tier = \"gold\"].people summarize count()",
        "touches select subject, at, kind format json",
        "touches select subject, at, kind format table",
    ]

    private final class Silence: AnswerOutput {
        func show(_ bytes: [UInt8], isTable: Bool) throws(OutputError) {}
        func tell(_ message: String) {}
    }

    /// A store of some hundred thousand rows; the tests are not optimized, so that this is much.
    private static let store: Store = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-interrupt-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        guard (try? writeDemo(to: folder.path, options: DemoOptions(scale: 0.03))) != nil,
            let store = try? openStore(paths: [folder.path], options: LoadOptions(threads: 2))
        else { fatalError("the demo data cannot be written") }
        return store
    }()

    private func run(_ question: String, isCancelled: @escaping @Sendable () -> Bool) -> ExitStatus {
        let session = Session(
            store: Self.store, clock: SessionClock(day: "2026-06-30")!, settings: Settings(), output: Silence(),
            isCancelled: isCancelled)
        return session.run(SourceText(name: "t", text: question))
    }

    /// The processor time of this thread, so that it does not matter what else the machine is doing.
    private static func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    @Test(arguments: questions)
    func isAskedOften(question: String) {
        _ = Self.store
        // When it was asked last, and the longest time that it was not.
        let asked = Mutex((last: Self.milliseconds(), longest: 0, count: 0))
        let start = Self.milliseconds()
        let status = run(question) {
            asked.withLock { asked in
                let now = Self.milliseconds()
                asked.longest = max(asked.longest, now - asked.last)
                asked.last = now
                asked.count += 1
            }
            return false
        }
        #expect(status == .success)
        let end = Self.milliseconds()
        let (longest, count) = asked.withLock { (max($0.longest, end - $0.last), $0.count) }
        // Without optimization all takes twenty times as long, or more.
        #expect(longest < 1500, "not asked for \(longest) of \(end - start) ms, \(count) times in all")
        let polls = Mutex(0)
        let interrupted = run(question) {
            polls.withLock { polls in
                polls += 1
                return polls > count / 2
            }
        }
        #expect(interrupted == .interrupted)
    }

    @Test func anotherThreadEndsAQuestion() {
        _ = Self.store
        let request = Request()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.2)
            request.make()
        }
        // Without an end of its own within a minute.
        let question = "for a in touches, b in touches where a.subject < b.subject and a.kind > b.kind summarize count()"
        #expect(run(question) { request.isMade } == .interrupted)
        #expect(request.age < .seconds(5))
    }

    /// A wish to stop, and when it came.
    private final class Request: Sendable {
        private let time = Mutex<ContinuousClock.Instant?>(nil)
        func make() { time.withLock { $0 = ContinuousClock.now } }
        var isMade: Bool { time.withLock { $0 != nil } }
        var age: Duration { time.withLock { $0.map { ContinuousClock.now - $0 } ?? .zero } }
    }
}
