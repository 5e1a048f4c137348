import CKernels
import Columns

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gives each distinct text a number, in the order in which they come. A hash table with open addressing; not to be shared by threads.
final class TextCoder: @unchecked Sendable {
    /// The upper half of a slot is the hash, the lower the code plus one; 0 is free.
    private var slots: UnsafeMutablePointer<UInt64>
    private var slotMask: UInt64

    /// A text that has a code. Its first bytes stand here too: most texts are short, and are found without a look at `bytes`.
    private struct Entry: BitwiseCopyable {
        let head: TextHead
        let start: Int
        let length: Int
    }
    private let entries = Growing<Entry>(capacity: 64)
    private let bytes = Growing<UInt8>(capacity: 1024)
    private(set) var count = 0
    /// How many texts were not UTF-8.
    private(set) var repairedCount = 0
    private var lookupCount = 0
    /// How many rows the column is likely to have, with those that other coders see; none if that is not known.
    private let expectedRows: Int?
    /// Whether codes are likely to pay off; otherwise texts are better kept as they are.
    private(set) var isWorthwhile = true

    init(expectedRows: Int? = nil) {
        self.expectedRows = expectedRows
        slots = Self.freeSlots(256)
        slotMask = 255
    }

    deinit { free(slots) }

    private static func freeSlots(_ count: Int) -> UnsafeMutablePointer<UInt64> {
        guard let memory = LargeMemory.allocate(count * 8) else { fatalError("out of memory: \(count * 8) bytes were asked for") }
        let slots = memory.bindMemory(to: UInt64.self, capacity: count)
        slots.initialize(repeating: 0, count: count)
        return slots
    }

    @inline(__always)
    func text(_ code: Int) -> UnsafeBufferPointer<UInt8> {
        let entry = entries.base[code]
        return UnsafeBufferPointer(start: bytes.base + entry.start, count: entry.length)
    }

    /// Asks for the slot of a hash ahead of its use: in a large dictionary each look-up otherwise waits for memory.
    @inline(__always)
    func prefetch(_ hash: UInt64) { crmq_prefetch(slots + Int(truncatingIfNeeded: hash >> 32 & slotMask)) }

    /// Asks for the entry that is likely to have the hash, once its slot is there.
    @inline(__always)
    func prefetchEntry(_ hash: UInt64) {
        let slot = slots[Int(truncatingIfNeeded: hash >> 32 & slotMask)]
        if slot >> 32 == hash >> 32 { crmq_prefetch(entries.base + (Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1)) }
    }

    /// The code of a text; at least 16 bytes from `p` may be read.
    @inline(__always)
    func code(_ p: UnsafePointer<UInt8>, _ n: Int) -> UInt32 { code(p, n, TextHash.hash(p, n)) }

    /// The code of a text whose hash is known.
    @inline(__always)
    func code(_ p: UnsafePointer<UInt8>, _ n: Int, _ wholeHash: UInt64) -> UInt32 {
        let hash = wholeHash >> 32
        let head = TextHead(p, n)
        var index = hash & slotMask
        while true {
            let slot = slots[Int(truncatingIfNeeded: index)]
            if slot == 0 { return add(p, n, hash) }
            if slot >> 32 == hash {
                let code = Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1
                let entry = entries.base + code
                if entry.pointee.length == n, entry.pointee.head == head,
                    n <= 16 || memcmp(bytes.base + entry.pointee.start, p, n) == 0
                {
                    return UInt32(truncatingIfNeeded: code)
                }
            }
            index = (index &+ 1) & slotMask
        }
    }

    /// Up to so many distinct texts are always kept in a dictionary.
    static let mostAlwaysCoded = 4096

    /// Whether a dictionary would save little: it costs a sort, and each distinct text its offset.
    static func isMostlyDistinct(_ distinct: Int, of rows: Int) -> Bool {
        guard distinct > mostAlwaysCoded else { return false }
        return distinct > rows / 2 || (distinct > 1 << 18 && distinct > rows / 4)
    }

    /// To be called after a batch of `number` texts, `new` of which had not come before. Once no text has come twice among a good many, or
    /// a sixteenth of all have been seen, it is judged whether codes pay off.
    func noteLookups(_ number: Int, new: Int) {
        lookupCount += number
        guard lookupCount >= 16_384, number > 0 else { return }
        if count == lookupCount {
            isWorthwhile = false
        } else if let expectedRows, lookupCount >= expectedRows / 16 {
            let likely = likelyCount(of: expectedRows, newShare: Double(new) / Double(number))
            isWorthwhile = !Self.isMostlyDistinct(likely, of: expectedRows)
        }
    }

    /// How many distinct texts so many rows are likely to have, if their number grows as a power of the rows (Heaps' law, H. S. Heaps,
    /// Information Retrieval, 1978): the exponent is the share of texts that are new now, over the share that were new so far.
    private func likelyCount(of rows: Int, newShare: Double) -> Int {
        let exponent = min(1, newShare * Double(lookupCount) / Double(count))
        return Int(Double(count) * pow(Double(rows) / Double(lookupCount), exponent))
    }

    @inline(never)
    private func add(_ p: UnsafePointer<UInt8>, _ n: Int, _ hash: UInt64) -> UInt32 {
        if !UTF8Check.isValid(p, n) {
            // The broken text itself is not entered, so that all that are repaired alike share a code.
            repairedCount += 1
            let repaired = UTF8Check.repaired(p, n)
            return repaired.withElements { code($0.baseAddress!, $0.count) }
        }
        if UInt64(count) * 2 >= slotMask { enlarge() }
        var index = hash & slotMask
        while slots[Int(truncatingIfNeeded: index)] != 0 { index = (index &+ 1) & slotMask }
        count += 1
        slots[Int(truncatingIfNeeded: index)] = hash << 32 | UInt64(count)
        entries.append(Entry(head: TextHead(p, n), start: bytes.count, length: n))
        bytes.append(contentsOf: UnsafeBufferPointer(start: p, count: n))
        return UInt32(truncatingIfNeeded: count - 1)
    }

    private func enlarge() {
        let oldCount = Int(slotMask) + 1
        let newCount = oldCount * 4
        let larger = Self.freeSlots(newCount)
        let mask = UInt64(newCount - 1)
        for old in 0..<oldCount where slots[old] != 0 {
            var index = slots[old] >> 32 & mask
            while larger[Int(truncatingIfNeeded: index)] != 0 { index = (index &+ 1) & mask }
            larger[Int(truncatingIfNeeded: index)] = slots[old]
        }
        free(slots)
        slots = larger
        slotMask = mask
    }
}
