import CKernels

/// Which records are kept under a key. Buckets hold the records of all keys that share some bits; a filter before them turns most keys
/// away that nobody has.
struct KeyBlocks: Sendable {
    /// Of more records than this under one key only those are looked at that stand nearest in the order of the records.
    static let blockLimit = 200
    /// How many of them, on either side.
    static let windowSize = 50

    private let shift: UInt64
    private let starts: Buffer<Int32>
    private let hashes: Buffer<UInt64>
    private let records: Buffer<Int32>
    private let filter: Buffer<UInt64>
    private let filterShift: UInt64

    /// Nothing.
    init() {
        (shift, filterShift) = (60, 58)
        starts = Buffer(repeating: 0, count: 17)
        hashes = Buffer([])
        records = Buffer([])
        filter = Buffer(repeating: 0, count: 1)
    }

    /// `entries` ascend by their records. None where `isCancelled` says so.
    init?(_ entries: [(hash: UInt64, record: Int32)], isCancelled: () -> Bool) {
        var bits: UInt64 = 4
        while 1 << bits < entries.count, bits < 28 { bits += 1 }
        shift = 64 - bits
        filterShift = 64 - min(bits + 4, 31)
        var counts = [Int32](repeating: 0, count: (1 << Int(bits)) + 1)
        var filter = [UInt64](repeating: 0, count: 1 << Int(min(bits + 4, 31) - 6))
        for (place, entry) in entries.enumerated() {
            if place & 0xFFFF == 0, isCancelled() { return nil }
            counts[Int(entry.hash >> shift) + 1] += 1
            let bit = entry.hash >> filterShift
            filter[Int(bit >> 6)] |= 1 << (bit & 63)
        }
        for index in 1..<counts.count { counts[index] += counts[index - 1] }
        var next = counts
        var hashes = [UInt64](repeating: 0, count: entries.count)
        var records = [Int32](repeating: 0, count: entries.count)
        for (place, entry) in entries.enumerated() {
            if place & 0xFFFF == 0, isCancelled() { return nil }
            let bucket = Int(entry.hash >> shift)
            hashes[Int(next[bucket])] = entry.hash
            records[Int(next[bucket])] = entry.record
            next[bucket] += 1
        }
        starts = Buffer(counts)
        self.hashes = Buffer(hashes)
        self.records = Buffer(records)
        self.filter = Buffer(filter)
    }

    /// Leaves out keys that nobody has. Memory is asked for ahead, for all keys at once, since each lies somewhere else.
    func narrow(_ keys: inout [UInt64]) {
        for key in keys { crmq_prefetch(filter.base + Int((key >> filterShift) >> 6)) }
        var kept = 0
        for place in keys.indices {
            let key = keys[place]
            let bit = key >> filterShift
            guard filter.base[Int(bit >> 6)] >> (bit & 63) & 1 == 1 else { continue }
            crmq_prefetch(starts.base + Int(key >> shift))
            keys[kept] = key
            kept += 1
        }
        keys.removeLast(keys.count - kept)
        for key in keys { crmq_prefetch(hashes.base + Int(starts.base[Int(key >> shift)])) }
    }

    /// Calls `body` for the other records under a key, or for those nearest to `record` where they are many; where `isWhole`, a key that
    /// many have is passed over instead. The key must have been left by `narrow`.
    @inline(__always)
    func forEach(under hash: UInt64, near record: Int32, isWhole: Bool, _ body: (Int32) -> Void) {
        let bucket = Int(hash >> shift)
        let range = Int(starts.base[bucket])..<Int(starts.base[bucket + 1])
        if range.count <= Self.blockLimit {
            for index in range where hashes.base[index] == hash { body(records.base[index]) }
        } else if !isWhole {
            var low = range.lowerBound
            var high = range.upperBound
            while low < high {
                let middle = (low + high) / 2
                if records.base[middle] < record { low = middle + 1 } else { high = middle }
            }
            visit(stride(from: low - 1, through: range.lowerBound, by: -1), hash, record, body)
            visit(stride(from: low, through: range.upperBound - 1, by: 1), hash, record, body)
        }
    }

    private func visit(_ places: StrideThrough<Int>, _ hash: UInt64, _ record: Int32, _ body: (Int32) -> Void) {
        var left = Self.windowSize
        for (distance, index) in places.enumerated() {
            if left == 0 || distance > Self.windowSize * 8 { return }
            guard hashes.base[index] == hash, records.base[index] != record else { continue }
            body(records.base[index])
            left -= 1
        }
    }
}
