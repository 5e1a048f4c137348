#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the memory alone takes: no kernel that does the same reads and writes can be faster than about this, on any machine.
enum Floor {
    /// Reads so many bytes in their order.
    case read(bytes: Int)
    /// Reads so many bytes in their order and writes as many.
    case copy(bytes: Int)
    /// Reads a 32-bit number of a table for each row, at the places that the kernel itself reads.
    case gather(places: [Int32], tableRows: Int)
    /// Adds to a 64-bit number of a table for each row, at the places to which the kernel itself adds.
    case scatter(places: [Int32], tableRows: Int)

    /// A run of it, over memory of its own.
    func prepared() -> () -> Void {
        switch self {
        case .read(let bytes):
            let memory = [UInt64](repeating: 1, count: bytes / 8 + 1)
            return { use(sumOfWords(memory)) }
        case .copy(let bytes):
            let source = [UInt8](repeating: 1, count: bytes)
            let target = Target(byteCount: bytes)
            return { copyBytes(source, target) }
        case .gather(let places, let tableRows):
            let table = [Int32](repeating: 1, count: tableRows)
            return { use(sumOfPlaces(table, places)) }
        case .scatter(let places, let tableRows):
            let target = Target(byteCount: tableRows * 8)
            return { addToPlaces(target, places) }
        }
    }

    var word: String {
        switch self {
        case .read: "read"
        case .copy: "copy"
        case .gather: "gather"
        case .scatter: "scatter"
        }
    }
}

/// Memory that is written again and again.
private final class Target {
    let base: UnsafeMutableRawPointer

    init(byteCount: Int) {
        base = .allocate(byteCount: max(byteCount, 8), alignment: 64)
        memset(base, 0, max(byteCount, 8))
    }

    deinit { base.deallocate() }
}

@inline(never)
private func sumOfWords(_ memory: [UInt64]) -> UInt64 {
    memory.withUnsafeBufferPointer { memory in
        var sum: UInt64 = 0
        for word in memory { sum &+= word }
        return sum
    }
}

@inline(never)
private func copyBytes(_ source: [UInt8], _ target: Target) {
    source.withUnsafeBytes { source in
        if let base = source.baseAddress { memcpy(target.base, base, source.count) }
    }
}

@inline(never)
private func sumOfPlaces(_ table: [Int32], _ places: [Int32]) -> Int32 {
    table.withUnsafeBufferPointer { table in
        let base = table.baseAddress!
        var sum: Int32 = 0
        for place in places { sum &+= base[Int(place)] }
        return sum
    }
}

@inline(never)
private func addToPlaces(_ target: Target, _ places: [Int32]) {
    let base = target.base.assumingMemoryBound(to: UInt64.self)
    for place in places { base[Int(place)] &+= 1 }
}
