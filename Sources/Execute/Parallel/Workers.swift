import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The threads that questions share their work over. They are started when they are first needed and then wait for the next piece of
/// work: waking one takes a few microseconds, starting one many times that.
final class Workers: @unchecked Sendable {
    static let shared = Workers()

    /// Guards everything below.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let wake: UnsafeMutablePointer<pthread_cond_t>
    private let idle: UnsafeMutablePointer<pthread_cond_t>
    private var threadCount = 0
    private var isBusy = false
    /// What the helpers are to do; none where they are not to begin.
    private var work: ((Int) -> Void)?
    /// The number of the next helper that begins, and how many may.
    private var nextHelper = 0
    private var helperCount = 0
    private var runningCount = 0

    private init() {
        mutex = .allocate(capacity: 1)
        wake = .allocate(capacity: 1)
        idle = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        wake.initialize(to: pthread_cond_t())
        idle.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(wake, nil)
        pthread_cond_init(idle, nil)
    }

    /// Calls `body` with the numbers of up to `count` workers at once, 0 on this thread and others as threads become free; they share out
    /// among themselves what there is to do. Some may never be called: where all threads are taken, only 0 is. Returns when all are done.
    func run(_ count: Int, _ body: (_ worker: Int) -> Void) {
        guard count > 1, begin(helpers: count - 1) else { return body(0) }
        withoutActuallyEscaping(body) { body in
            post(body)
            body(0)
            finish()
        }
    }

    private func begin(helpers: Int) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isBusy { return false }
        while threadCount < helpers, start() { threadCount += 1 }
        guard threadCount > 0 else { return false }
        isBusy = true
        helperCount = min(helpers, threadCount)
        return true
    }

    private func post(_ body: @escaping (Int) -> Void) {
        pthread_mutex_lock(mutex)
        work = body
        nextHelper = 1
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(mutex)
    }

    /// Lets no further helper begin, and waits for those that have.
    private func finish() {
        pthread_mutex_lock(mutex)
        work = nil
        while runningCount > 0 { pthread_cond_wait(idle, mutex) }
        isBusy = false
        pthread_mutex_unlock(mutex)
    }

    private func help() {
        pthread_mutex_lock(mutex)
        while true {
            guard let body = work, nextHelper <= helperCount else {
                pthread_cond_wait(wake, mutex)
                continue
            }
            let number = nextHelper
            nextHelper += 1
            runningCount += 1
            pthread_mutex_unlock(mutex)
            body(number)
            pthread_mutex_lock(mutex)
            runningCount -= 1
            if runningCount == 0 { pthread_cond_signal(idle) }
        }
    }

    private func start() -> Bool {
        let argument = Unmanaged.passUnretained(self).toOpaque()
        #if canImport(Glibc)
            var thread = pthread_t()
            let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
                Unmanaged<Workers>.fromOpaque(argument!).takeUnretainedValue().help()
                return nil
            }
        #else
            var thread: pthread_t?
            let entry: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
                Unmanaged<Workers>.fromOpaque(argument).takeUnretainedValue().help()
                return nil
            }
        #endif
        guard pthread_create(&thread, nil, entry, argument) == 0 else { return false }
        #if canImport(Glibc)
            pthread_detach(thread)
        #else
            if let thread { pthread_detach(thread) }
        #endif
        return true
    }
}

/// Hands out the numbers `0..<count` to workers, each once, in order.
final class TaskCounter: Sendable {
    private let taken = Atomic<Int>(0)
    let count: Int
    init(count: Int) { self.count = count }

    /// The next number, or none where all are taken.
    func next() -> Int? {
        let number = taken.add(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }

    /// Leaves nothing to be taken.
    func stop() { taken.store(count, ordering: .relaxed) }
}

extension Workers {
    /// Calls `body` once for each task, on up to `threads` threads, with the number of the worker that does it; the first error, by the
    /// order of the tasks, ends it and is thrown.
    func forEach(_ count: Int, threads: Int, _ body: (_ task: Int, _ worker: Int) throws -> Void) throws {
        let counter = TaskCounter(count: count)
        let failure = Mutex<(task: Int, error: any Error)?>(nil)
        run(min(threads, count)) { worker in
            while let task = counter.next() {
                do {
                    try body(task, worker)
                } catch {
                    counter.stop()
                    failure.withLock { if $0.map({ $0.task > task }) ?? true { $0 = (task, error) } }
                }
            }
        }
        if let failed = failure.withLock({ $0 }) { throw failed.error }
    }
}

/// What tasks made; every task writes to a place of its own.
final class TaskResults<Element>: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<[Element]>

    init(count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: [])
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    func append(_ element: Element, _ task: Int) { places[task].append(element) }
    /// In the order of the tasks.
    var all: [Element] { places.flatMap { $0 } }
    subscript(_ task: Int) -> [Element] { places[task] }
}
