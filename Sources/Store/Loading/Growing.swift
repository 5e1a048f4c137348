#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Memory that grows, for scratch work while loading. An array would check bounds and ownership at every element.
final class Growing<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int
    /// How many elements are in use; kept by the owner.
    var count = 0

    /// Bytes past the last element that may be read (never meant), so that whole blocks can be loaded at the end.
    static var slack: Int { 64 }

    init(capacity: Int = 0) {
        self.capacity = max(capacity, 16)
        base = Self.allocate(self.capacity)
    }

    deinit { free(base) }

    private static func byteCount(_ capacity: Int) -> Int { capacity * MemoryLayout<Element>.stride + slack }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        guard let memory = malloc(byteCount(capacity)) else {
            fatalError("out of memory: \(byteCount(capacity)) bytes were asked for")
        }
        return memory.bindMemory(to: Element.self, capacity: capacity)
    }

    /// Makes room for `needed` elements in all, keeping those in use.
    @inline(__always)
    func reserve(_ needed: Int) {
        if needed > capacity { grow(needed) }
    }

    @inline(never)
    private func grow(_ needed: Int) {
        guard tryReserve(needed) else { fatalError("out of memory: \(Self.byteCount(needed)) bytes were asked for") }
    }

    /// Makes room, or returns false where there is not that much memory.
    func tryReserve(_ needed: Int) -> Bool {
        if needed <= capacity { return true }
        let larger = max(needed, capacity * 2)
        guard let memory = realloc(base, Self.byteCount(larger)) else { return false }
        base = memory.bindMemory(to: Element.self, capacity: larger)
        capacity = larger
        return true
    }

    @inline(__always)
    func append(_ element: Element) {
        reserve(count + 1)
        base[count] = element
        count += 1
    }

    /// Lends the elements in use. A pointer taken from `base` does not keep the memory alive; a call of a method does.
    @inline(never)
    func withElements<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeBufferPointer(start: base, count: count))
    }

    func append(contentsOf other: Growing) {
        other.withElements { append(contentsOf: $0) }
    }

    func append(contentsOf bytes: UnsafeBufferPointer<Element>) {
        reserve(count + bytes.count)
        if let source = bytes.baseAddress { (base + count).update(from: source, count: bytes.count) }
        count += bytes.count
    }
}
