#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a piece of memory alive: an allocation of our own, or a mapped file.
public protocol MemoryOwner: AnyObject, Sendable {}

/// Memory from `malloc`, freed with the object.
final class Allocation: MemoryOwner, @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    init(byteCount: Int) {
        // An empty allocation still needs an address that can be stored.
        guard let memory = LargeMemory.allocate(byteCount) else { fatalError("out of memory: \(byteCount) bytes were asked for") }
        base = memory
    }
    deinit { free(base) }
}

/// A fixed, shared, read-only run of plain elements. Copies share the memory; a mapped snapshot is used in place.
///
/// Elements are read through `span` or, where indexes were checked beforehand, through `base`.
public struct Buffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    public let owner: any MemoryOwner
    public let base: UnsafePointer<Element>
    public let count: Int

    /// Elements in memory that `owner` keeps alive.
    public init(owner: any MemoryOwner, base: UnsafePointer<Element>, count: Int) {
        self.owner = owner
        self.base = base
        self.count = count
    }

    /// Room for `capacity` elements, filled by `fill`, which returns how many it wrote (from the start, without gaps).
    public init(capacity: Int, fill: (UnsafeMutableBufferPointer<Element>) throws -> Int) rethrows {
        let allocation = Allocation(byteCount: capacity * MemoryLayout<Element>.stride)
        let pointer = allocation.base.bindMemory(to: Element.self, capacity: max(capacity, 1))
        let written = try fill(UnsafeMutableBufferPointer(start: pointer, count: capacity))
        precondition(written <= capacity)
        self.init(owner: allocation, base: UnsafePointer(pointer), count: written)
    }

    public init(_ elements: some Collection<Element>) {
        self.init(capacity: elements.count) { memory in
            _ = memory.initialize(from: elements)
            return memory.count
        }
    }

    public init(repeating element: Element, count: Int) {
        self.init(capacity: count) { memory in
            memory.initialize(repeating: element)
            return count
        }
    }

    /// Bounds-checked.
    @inlinable
    public subscript(_ index: Int) -> Element {
        precondition(index >= 0 && index < count)
        return base[index]
    }

    public var pointer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

    /// Elements `lower..<upper`, sharing the memory.
    public func slice(_ lower: Int, _ upper: Int) -> Buffer {
        precondition(lower >= 0 && lower <= upper && upper <= count)
        return Buffer(owner: owner, base: base + lower, count: upper - lower)
    }

    public var array: [Element] { Array(pointer) }
}
