#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sorts texts by their bytes: by radix over eight bytes at a time, behind what all of a group have in common.
struct TextOrder {
    private let text: (Int) -> UnsafeBufferPointer<UInt8>
    private var order: [UInt32]

    /// The indexes `0..<count` in the order of their texts. The texts need not differ.
    static func sorted(_ count: Int, text: @escaping (Int) -> UnsafeBufferPointer<UInt8>) -> [UInt32] {
        var sorter = TextOrder(text: text, order: Array(0..<UInt32(count)))
        sorter.sort()
        return sorter.order
    }

    private mutating func sort() {
        // A list of what is still to be sorted instead of recursion: long texts with long common parts would nest deeply.
        var groups = [(lower: 0, upper: order.count)]
        while let group = groups.popLast() {
            if group.upper - group.lower < 32 {
                sortByComparing(group.lower, group.upper)
            } else {
                sortByRadix(group.lower, group.upper, &groups)
            }
        }
    }

    private mutating func sortByComparing(_ lower: Int, _ upper: Int) {
        let text = text
        order[lower..<upper].sort { TextOrder.isLess(text(Int($0)), text(Int($1))) }
    }

    static func isLess(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        let common = min(a.count, b.count)
        let result = common == 0 ? 0 : memcmp(a.baseAddress!, b.baseAddress!, common)
        return result != 0 ? result < 0 : a.count < b.count
    }

    private mutating func sortByRadix(_ lower: Int, _ upper: Int, _ groups: inout [(lower: Int, upper: Int)]) {
        let depth = commonPrefix(lower, upper)
        var entries: [(key: UInt64, index: UInt32)] = order[lower..<upper].map { (Self.key(text(Int($0)), depth), $0) }
        Self.sortByKey(&entries)
        var start = 0
        for position in 0..<entries.count {
            order[lower + position] = entries[position].index
            if position + 1 == entries.count || entries[position + 1].key != entries[position].key {
                if position > start { groups.append((lower + start, lower + position + 1)) }
                start = position + 1
            }
        }
        // Texts that are all alike, or differ in zero bytes at the end only, would come back for ever.
        if let last = groups.last, last.lower == lower, last.upper == upper {
            groups.removeLast()
            sortByComparing(lower, upper)
        }
    }

    private func commonPrefix(_ lower: Int, _ upper: Int) -> Int {
        let first = text(Int(order[lower]))
        var length = first.count
        for position in lower + 1..<upper {
            let other = text(Int(order[position]))
            length = min(length, other.count)
            var i = 0
            while i < length, first[i] == other[i] { i += 1 }
            length = i
            if length == 0 { break }
        }
        return length
    }

    /// The eight bytes behind `depth` as a number that compares as they do, padded with zeros.
    private static func key(_ text: UnsafeBufferPointer<UInt8>, _ depth: Int) -> UInt64 {
        let n = text.count - depth
        guard n > 0, let base = text.baseAddress else { return 0 }
        let word = UInt64(bigEndian: TextHash.load(base + depth))
        return n >= 8 ? word : word & ~(~0 >> UInt64(n * 8))
    }

    private static func sortByKey(_ entries: inout [(key: UInt64, index: UInt32)]) {
        if entries.count < 512 {
            entries.sort { $0.key < $1.key }
            return
        }
        let histograms = UnsafeMutablePointer<Int>.allocate(capacity: 8 * 256)
        defer { histograms.deallocate() }
        histograms.initialize(repeating: 0, count: 8 * 256)
        for entry in entries {
            for byte in 0..<8 { histograms[byte &* 256 &+ Int(entry.key >> UInt64(byte &* 8) & 0xff)] &+= 1 }
        }
        var spare = entries
        for byte in 0..<8 {
            let histogram = histograms + byte * 256
            // A byte that is the same everywhere sorts nothing.
            if histogram[Int(entries[0].key >> UInt64(byte * 8) & 0xff)] == entries.count { continue }
            var sum = 0
            for value in 0..<256 { (histogram[value], sum) = (sum, sum + histogram[value]) }
            for entry in entries {
                let value = Int(entry.key >> UInt64(byte &* 8) & 0xff)
                spare[histogram[value]] = entry
                histogram[value] &+= 1
            }
            swap(&entries, &spare)
        }
    }
}
