import CKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// So many rows are looked up before new groups are made among them: reads that no branch waits for overlap, which a table larger than the
/// cache needs, and what was read is near when it is looked at again.
private let rowsAtOnce = 1024

private func allocated<Element>(_ count: Int, filler: Element) -> UnsafeMutablePointer<Element> {
    let byteCount = count * MemoryLayout<Element>.stride
    guard let memory = LargeMemory.allocate(byteCount) else { fatalError("out of memory: \(byteCount) bytes were asked for") }
    let places = memory.bindMemory(to: Element.self, capacity: count)
    places.initialize(repeating: filler, count: count)
    return places
}

/// The group of each place in an array: no hashing, one access a row.
final class PlaceArray {
    /// The group, or -1.
    private let table: UnsafeMutablePointer<Int32>

    init(count: Int) { table = allocated(count, filler: -1) }
    deinit { free(table) }

    /// The group of each row by its place; new ones are numbered from `groupCount`, and the rows that begin them are added to `firsts`.
    func groups(_ places: Buffer<Int32>, groupCount: Int, firsts: inout [Int32]) -> Buffer<Int32> {
        var next = Int32(truncatingIfNeeded: groupCount)
        let table = table
        return Buffer(capacity: places.count) { groups in
            for start in stride(from: 0, to: places.count, by: rowsAtOnce) {
                let rows = start..<min(start + rowsAtOnce, places.count)
                var lowest: Int32 = 0
                for row in rows {
                    let known = table[Int(places.base[row])]
                    groups[row] = known
                    lowest = min(lowest, known)
                }
                if lowest >= 0 { continue }
                for row in rows where groups[row] < 0 {
                    let place = Int(places.base[row])
                    if table[place] < 0 {
                        table[place] = next
                        firsts.append(Int32(truncatingIfNeeded: row))
                        next &+= 1
                    }
                    groups[row] = table[place]
                }
            }
            return places.count
        }
    }
}

/// The group of each place that has one, hashed. Open addressing with linear probing, half full at most; a place and its group share eight
/// bytes, so that a million groups take 16 MB. Amortised O(1) a row.
final class PlaceHashes {
    /// The place in the upper half, the group + 1 in the lower; 0 where free.
    private var slots: UnsafeMutablePointer<UInt64>
    private var slotCount: Int
    private var count = 0

    /// With room for so many groups at first.
    init(groupCount: Int) {
        slotCount = 1024
        while slotCount < groupCount * 2 { slotCount *= 2 }
        slots = allocated(slotCount, filler: 0)
    }
    deinit { free(slots) }

    @inline(__always)
    private static func slot(of place: UInt32, shift: UInt64) -> Int {
        // Fibonacci hashing (Knuth, volume 3, section 6.4): the upper bits of a product with 2^64 over the golden ratio.
        Int(truncatingIfNeeded: (UInt64(place) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    }

    /// How far a product is shifted to be a number of a slot.
    private static func shift(_ slotCount: Int) -> UInt64 { UInt64(slotCount.leadingZeroBitCount + 1) }

    /// The group of each row by its place; new ones are numbered from `groupCount`, and the rows that begin them are added to `firsts`.
    func groups(_ places: Buffer<Int32>, groupCount: Int, firsts: inout [Int32]) -> Buffer<Int32> {
        var next = UInt32(truncatingIfNeeded: groupCount)
        return Buffer(capacity: places.count) { groups in
            for start in stride(from: 0, to: places.count, by: rowsAtOnce) {
                let rows = start..<min(start + rowsAtOnce, places.count)
                while (count + rows.count) * 2 > slotCount { grow() }
                let slots = slots
                let mask = slotCount &- 1
                let shift = Self.shift(slotCount)
                for row in rows {
                    crmq_prefetch(slots + Self.slot(of: UInt32(bitPattern: places.base[row]), shift: shift))
                }
                let before = next
                for row in rows {
                    let place = UInt32(bitPattern: places.base[row])
                    var slot = Self.slot(of: place, shift: shift)
                    while slots[slot] != 0, UInt32(truncatingIfNeeded: slots[slot] &>> 32) != place { slot = (slot &+ 1) & mask }
                    if slots[slot] == 0 {
                        next &+= 1
                        slots[slot] = UInt64(place) &<< 32 | UInt64(next)
                        firsts.append(Int32(truncatingIfNeeded: row))
                    }
                    groups[row] = Int32(truncatingIfNeeded: UInt32(truncatingIfNeeded: slots[slot]) &- 1)
                }
                count += Int(next - before)
            }
            return places.count
        }
    }

    private func grow() {
        // Small tables grow fast: most of them either stay small or become large.
        let widerCount = slotCount * (slotCount < 1 << 20 ? 4 : 2)
        let wider = allocated(widerCount, filler: UInt64(0))
        let mask = widerCount - 1
        let shift = Self.shift(widerCount)
        for index in 0..<slotCount where slots[index] != 0 {
            let entry = slots[index]
            var slot = Self.slot(of: UInt32(truncatingIfNeeded: entry &>> 32), shift: shift)
            while wider[slot] != 0 { slot = (slot &+ 1) & mask }
            wider[slot] = entry
        }
        free(slots)
        slots = wider
        slotCount = widerCount
    }
}
