import Columns

/// Counts the distinct values of a stored column; missing ones are not counted.
enum DistinctCount {
    static func of(_ values: Vector) -> Int {
        let validity = values.validity
        switch values.storage {
        case .bool(let bits):
            var seen = (false, false)
            for row in 0..<values.count where validity?[row] ?? true {
                if bits[row] { seen.1 = true } else { seen.0 = true }
                if seen.0 && seen.1 { break }
            }
            return (seen.0 ? 1 : 0) + (seen.1 ? 1 : 0)
        case .decimal(.int8(let buffer), _): return integers(buffer, validity)
        case .decimal(.int16(let buffer), _): return integers(buffer, validity)
        case .decimal(.int32(let buffer), _): return integers(buffer, validity)
        case .decimal(.int64(let buffer), _): return integers(buffer, validity)
        case .date(let buffer): return integers(buffer, validity)
        case .time(let buffer): return instants(buffer, validity)
        case .double(let buffer):
            return hashed(buffer.count, validity) { row in
                // Zero has two signs.
                buffer.base[row] == 0 ? 0 : buffer.base[row].bitPattern
            }
        case .text(let storage): return exactly(storage, validity)
        case .coded(_, let dictionary): return dictionary.count
        case .numbered(let numbers, _): return of(Vector(count: values.count, .decimal(numbers, scale: 0), validity: validity))
        default: return 0
        }
    }

    @inline(__always)
    private static func integers<Element: FixedWidthInteger>(_ buffer: Buffer<Element>, _ validity: Bitmap?) -> Int {
        let base = buffer.base
        let words = validity?.words.base
        // Keys mostly ascend in exports.
        if words == nil, buffer.count > 0, (1..<buffer.count).allSatisfy({ base[$0 - 1] < base[$0] }) { return buffer.count }
        var minimum = Element.max
        var maximum = Element.min
        for row in 0..<buffer.count where words == nil || words![row >> 6] &>> UInt64(row & 63) & 1 != 0 {
            minimum = min(minimum, base[row])
            maximum = max(maximum, base[row])
        }
        guard minimum <= maximum else { return 0 }
        let low = Int64(truncatingIfNeeded: minimum)
        let (range, overflow) = Int64(truncatingIfNeeded: maximum).subtractingReportingOverflow(low)
        // A bit for each possible value, unless that is far more than there are rows.
        guard !overflow, range < max(1 << 16, Int64(buffer.count) * 128) else {
            return hashed(buffer.count, validity) { UInt64(bitPattern: Int64(truncatingIfNeeded: base[$0])) }
        }
        let wordCount = Int(range) / 64 + 1
        let block = Block(byteCount: wordCount * 8)
        defer { withExtendedLifetime(block) {} }
        let bits = block.base.bindMemory(to: UInt64.self, capacity: wordCount)
        bits.initialize(repeating: 0, count: wordCount)
        for row in 0..<buffer.count where words == nil || words![row >> 6] &>> UInt64(row & 63) & 1 != 0 {
            let offset = Int(truncatingIfNeeded: Int64(truncatingIfNeeded: base[row]) &- low)
            bits[offset >> 6] |= 1 &<< UInt64(offset & 63)
        }
        return (0..<wordCount).reduce(0) { $0 + bits[$1].nonzeroBitCount }
    }

    /// Instants are mostly whole seconds, and then few enough for a bit each.
    private static func instants(_ buffer: Buffer<Int64>, _ validity: Bitmap?) -> Int {
        let base = buffer.base
        guard buffer.count > 1 << 12, (0..<buffer.count).allSatisfy({ base[$0] % 1_000_000 == 0 }) else {
            return integers(buffer, validity)
        }
        let seconds = Buffer<Int64>(capacity: buffer.count) { memory in
            for row in 0..<buffer.count { memory[row] = base[row] / 1_000_000 }
            return buffer.count
        }
        return integers(seconds, validity)
    }

    /// Counts words by open addressing.
    @inline(__always)
    static func hashed(_ count: Int, _ validity: Bitmap?, _ word: (Int) -> UInt64) -> Int {
        var capacity = 16
        while capacity < count * 2 { capacity *= 2 }
        let block = Block(byteCount: capacity * 8)
        defer { withExtendedLifetime(block) {} }
        let slots = block.base.bindMemory(to: UInt64.self, capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        let words = validity?.words.base
        let mask = UInt64(capacity - 1)
        var distinct = 0
        var sawZero = false
        for row in 0..<count where words == nil || words![row >> 6] &>> UInt64(row & 63) & 1 != 0 {
            let value = word(row)
            if value == 0 {
                // 0 marks a free slot.
                sawZero = true
                continue
            }
            var index = (value &* 0x9e37_79b9_7f4a_7c15) >> 20 & mask
            while slots[Int(truncatingIfNeeded: index)] != 0, slots[Int(truncatingIfNeeded: index)] != value {
                index = (index &+ 1) & mask
            }
            if slots[Int(truncatingIfNeeded: index)] == 0 {
                slots[Int(truncatingIfNeeded: index)] = value
                distinct += 1
            }
        }
        return distinct + (sawZero ? 1 : 0)
    }

    /// Whether more than so many of the integers differ, all of which lie in a range that is not large. Where that is so, a few rows mostly
    /// show it.
    static func isMore(than limit: Int, _ integers: Integers, _ validity: Bitmap?, _ range: ClosedRange<Int64>) -> Bool {
        switch integers {
        case .int8(let buffer): isMore(than: limit, buffer, validity, range)
        case .int16(let buffer): isMore(than: limit, buffer, validity, range)
        case .int32(let buffer): isMore(than: limit, buffer, validity, range)
        case .int64(let buffer): isMore(than: limit, buffer, validity, range)
        }
    }

    @inline(__always)
    private static func isMore<Element: FixedWidthInteger>(
        than limit: Int, _ buffer: Buffer<Element>, _ validity: Bitmap?, _ range: ClosedRange<Int64>
    ) -> Bool {
        if range.count <= limit { return false }
        let base = buffer.base
        let words = validity?.words.base
        let seen = Block(byteCount: range.count)
        defer { withExtendedLifetime(seen) {} }
        let marks = seen.base.bindMemory(to: UInt8.self, capacity: range.count)
        marks.initialize(repeating: 0, count: range.count)
        var left = limit
        for row in 0..<buffer.count where words == nil || words![row >> 6] &>> UInt64(row & 63) & 1 != 0 {
            let offset = Int(truncatingIfNeeded: Int64(truncatingIfNeeded: base[row]) &- range.lowerBound)
            left &-= Int(1 &- marks[offset])
            marks[offset] = 1
            if left < 0 { return true }
        }
        return false
    }

    /// From so many rows on, the distinct texts are estimated.
    private static let fewestEstimated = 1 << 17
    /// One text in so many is counted then.
    private static let samplingRate: UInt64 = 32

    /// About how many texts differ. Of many rows only those are counted whose hash is a multiple of the sampling rate, which takes in
    /// one in so many of the different texts, and all of their repetitions.
    static func estimate(_ storage: TextStorage, _ validity: Bitmap?) -> Int {
        guard storage.count >= fewestEstimated else { return exactly(storage, validity) }
        let offsets = storage.offsets.base
        let bytes = storage.bytes.base
        let sample = Growing<UInt64>(capacity: storage.count / Int(samplingRate))
        for row in 0..<storage.count where validity?[row] ?? true {
            let lower = Int(offsets[row])
            let hash = TextHash.hash(bytes + lower, Int(offsets[row + 1]) - lower)
            if hash % samplingRate == 0 { sample.append(hash) }
        }
        return sample.withElements { sampled in hashed(sampled.count, nil) { sampled[$0] } } * Int(samplingRate)
    }

    /// Counts texts, comparing those whose hashes are alike.
    static func exactly(_ storage: TextStorage, _ validity: Bitmap?) -> Int {
        let count = storage.count
        if validity == nil, ascends(storage) { return count }
        var capacity = 16
        while capacity < count * 2 { capacity *= 2 }
        // The upper half of a slot is of the hash, the lower is the row plus one.
        let block = Block(byteCount: capacity * 8)
        defer { withExtendedLifetime(block) {} }
        let slots = block.base.bindMemory(to: UInt64.self, capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        let mask = UInt64(capacity - 1)
        var distinct = 0
        for row in 0..<count where validity?[row] ?? true {
            let text = storage.bytes(at: row)
            let hash = TextHash.hash(text.baseAddress!, text.count) >> 32
            var index = hash & mask
            while true {
                let slot = slots[Int(truncatingIfNeeded: index)]
                if slot == 0 {
                    slots[Int(truncatingIfNeeded: index)] = hash << 32 | UInt64(row + 1)
                    distinct += 1
                    break
                }
                if slot >> 32 == hash {
                    let other = storage.bytes(at: Int(slot & 0xffff_ffff) - 1)
                    if other.count == text.count, TextHash.areEqual(other.baseAddress!, text.baseAddress!, text.count) { break }
                }
                index = (index + 1) & mask
            }
        }
        return distinct
    }

    /// Texts that ascend, as keys in exports mostly do, need no table.
    private static func ascends(_ storage: TextStorage) -> Bool {
        for row in 1..<max(1, storage.count) where !TextOrder.isLess(storage.bytes(at: row - 1), storage.bytes(at: row)) {
            return false
        }
        return true
    }
}
