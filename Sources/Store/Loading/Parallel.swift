import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs tasks on a few threads. Plain threads rather than Dispatch: the library costs start-up time even where nothing is loaded.
public enum Parallel {
    /// Calls `body` once for every task in `0..<count`; threads take the next task as they become free. `thread` is in `0..<threads`
    /// and never used by two calls at once, so that it can select scratch memory. Returns when all is done.
    public static func forEach(_ count: Int, threads: Int, _ body: @escaping @Sendable (_ task: Int, _ thread: Int) -> Void) {
        let helpers = min(threads, count) - 1
        let crew = Crew(count: count, body: body)
        var started: [pthread_t] = []
        for _ in 0..<max(0, helpers) {
            // A thread that cannot be started is no error: the others do its share.
            if let thread = start(crew) { started.append(thread) }
        }
        crew.work()
        for thread in started { pthread_join(thread, nil) }
    }

    private static func start(_ crew: Crew) -> pthread_t? {
        let argument = Unmanaged.passRetained(crew)
        #if canImport(Glibc)
            var thread = pthread_t()
            let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
                Unmanaged<Crew>.fromOpaque(argument!).takeRetainedValue().work()
                return nil
            }
        #else
            var thread: pthread_t?
            let entry: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
                Unmanaged<Crew>.fromOpaque(argument).takeRetainedValue().work()
                return nil
            }
        #endif
        guard pthread_create(&thread, nil, entry, argument.toOpaque()) == 0 else {
            argument.release()
            return nil
        }
        return thread
    }

    /// The work that the threads share.
    private final class Crew: Sendable {
        let count: Int
        let body: @Sendable (Int, Int) -> Void
        let nextTask = Atomic<Int>(0)
        let nextThread = Atomic<Int>(0)

        init(count: Int, body: @escaping @Sendable (Int, Int) -> Void) {
            self.count = count
            self.body = body
        }

        func work() {
            let thread = nextThread.add(1, ordering: .relaxed).oldValue
            while true {
                let task = nextTask.add(1, ordering: .relaxed).oldValue
                guard task < count else { return }
                body(task, thread)
            }
        }
    }
}
