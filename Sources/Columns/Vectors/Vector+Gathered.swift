import CKernels
import Types

extension Vector {
    /// The values at the given rows, in their order; a row of -1 gives a missing value, or an empty set, list or table.
    ///
    /// The rows are checked against the vector once, before any loop. O(rows), and for sets, lists and tables O(elements).
    public func gathered(_ rows: Buffer<Int32>) -> Vector {
        let bounds = extremes(of: rows)
        precondition(rows.count == 0 || (bounds.lowest >= -1 && Int(bounds.highest) < count))
        let hasAbsent = rows.count > 0 && bounds.lowest < 0
        if count == 0 { return allAbsent(rows.count) }
        var newValidity = validity.map { $0.gathered(rows, absent: false) }
        if newValidity == nil, hasAbsent {
            let index = rows.base
            newValidity = packedWhere(count: rows.count) { index[$0] >= 0 }
        }
        let total = rows.count
        switch storage {
        case .none: return .missing(count: total)
        case .bool(let bits): return Vector(count: total, .bool(bits.gathered(rows, absent: false)), validity: newValidity)
        case .decimal(let integers, let scale):
            return Vector(count: total, .decimal(integers.gathered(rows), scale: scale), validity: newValidity)
        case .double(let values): return Vector(count: total, .double(gather(values, rows)), validity: newValidity)
        case .coded(let codes, let dictionary):
            return Vector(count: total, .coded(codes.gathered(rows), dictionary), validity: newValidity)
        case .text(let texts): return Vector(count: total, .text(texts.gathered(rows)), validity: newValidity)
        case .numbered(let numbers, let form):
            return Vector(count: total, .numbered(numbers.gathered(rows), form), validity: newValidity)
        case .date(let days): return Vector(count: total, .date(gather(days, rows)), validity: newValidity)
        case .time(let instants): return Vector(count: total, .time(gather(instants, rows)), validity: newValidity)
        case .duration(let months, let microseconds):
            let storage = Storage.duration(months: gather(months, rows), microseconds: gather(microseconds, rows))
            return Vector(count: total, storage, validity: newValidity)
        case .period(let unit, let indexes):
            return Vector(count: total, .period(unit, gather(indexes, rows)), validity: newValidity)
        case .record(let entity, let records):
            return Vector(count: total, .record(entity, gatherRows(records, rows)))
        case .set(let entity, let segments, let records):
            let (newSegments, elements) = segments.gathered(rows)
            return Vector(count: total, .set(entity, newSegments, gather(records, elements)))
        case .list(let segments, let values):
            let (newSegments, elements) = segments.gathered(rows)
            return Vector(count: total, .list(newSegments, values.gathered(elements)))
        case .table(let segments, let columns):
            let (newSegments, elements) = segments.gathered(rows)
            return Vector(
                count: total, .table(newSegments, columns.map { (name: $0.name, values: $0.values.gathered(elements)) }))
        }
    }

    /// As many rows without a value, of the same type where the type has no missing value of its own.
    private func allAbsent(_ total: Int) -> Vector {
        switch storage {
        case .record(let entity, _): Vector(count: total, .record(entity, Buffer(repeating: -1, count: total)))
        case .set(let entity, _, let rows): Vector(count: total, .set(entity, .empty(count: total), rows))
        case .list(_, let values): Vector(count: total, .list(.empty(count: total), values))
        case .table(_, let columns): Vector(count: total, .table(.empty(count: total), columns))
        default: .missing(count: total)
        }
    }

    /// Rows `lower..<upper`. Fixed-width values share the memory; bitmaps and offsets are copied.
    public func range(_ lower: Int, _ upper: Int) -> Vector {
        precondition(lower >= 0 && lower <= upper && upper <= count)
        if lower == 0 && upper == count { return self }
        let storage: Storage
        switch self.storage {
        case .none: storage = .none
        case .bool(let bits): storage = .bool(bits.range(lower, upper))
        case .decimal(let integers, let scale): storage = .decimal(integers.slice(lower, upper), scale: scale)
        case .double(let values): storage = .double(values.slice(lower, upper))
        case .coded(let codes, let dictionary): storage = .coded(codes.slice(lower, upper), dictionary)
        case .text(let texts): storage = .text(texts.range(lower, upper))
        case .numbered(let numbers, let form): storage = .numbered(numbers.slice(lower, upper), form)
        case .date(let days): storage = .date(days.slice(lower, upper))
        case .time(let instants): storage = .time(instants.slice(lower, upper))
        case .duration(let months, let microseconds):
            storage = .duration(months: months.slice(lower, upper), microseconds: microseconds.slice(lower, upper))
        case .period(let unit, let indexes): storage = .period(unit, indexes.slice(lower, upper))
        case .record(let entity, let records): storage = .record(entity, records.slice(lower, upper))
        case .set(let entity, let segments, let rows):
            let elements = segments.elementRange(lower, upper)
            storage = .set(entity, segments.range(lower, upper), rows.slice(elements.lowerBound, elements.upperBound))
        case .list(let segments, let values):
            let elements = segments.elementRange(lower, upper)
            storage = .list(segments.range(lower, upper), values.range(elements.lowerBound, elements.upperBound))
        case .table(let segments, let columns):
            let elements = segments.elementRange(lower, upper)
            let cut = columns.map { (name: $0.name, values: $0.values.range(elements.lowerBound, elements.upperBound)) }
            storage = .table(segments.range(lower, upper), cut)
        }
        return Vector(count: upper - lower, storage, validity: validity?.range(lower, upper), ascends: ascends)
    }

    /// One bit a row: whether the value is there.
    public func isPresentBitmap() -> Bitmap {
        switch storage {
        case .none: return Bitmap(repeating: false, count: count)
        case .record(_, let rows):
            let index = rows.base
            return packedWhere(count: count) { index[$0] >= 0 }
        default: return validity ?? Bitmap(repeating: true, count: count)
        }
    }

    /// The rows for which a column of conditions holds; a missing condition does not.
    public func truth() -> Bitmap {
        guard case .bool(let bits) = storage else { return Bitmap(repeating: false, count: count) }
        return validity.map { bits.and($0) } ?? bits
    }
}

/// The least and the greatest; (0, 0) for none at all.
func extremes(of rows: Buffer<Int32>) -> (lowest: Int32, highest: Int32) {
    guard rows.count > 0 else { return (0, 0) }
    var lowest = Int32.max
    var highest = Int32.min
    crmq_extremes(rows.base, rows.count, &lowest, &highest)
    return (lowest, highest)
}

/// Elements at rows that are known to lie within the buffer, which is not empty; -1 reads the first, to be masked by validity.
@inline(__always)
func gather<Element>(_ values: Buffer<Element>, _ rows: Buffer<Int32>) -> Buffer<Element> {
    let source = values.base
    let index = rows.base
    return mapped(count: rows.count) { source[Int(index[$0] & ~(index[$0] &>> 31))] }
}

/// As `gather`, for row numbers themselves, where -1 stays -1.
@inline(__always)
func gatherRows(_ values: Buffer<Int32>, _ rows: Buffer<Int32>) -> Buffer<Int32> {
    let source = values.base
    let index = rows.base
    return mapped(count: rows.count) { source[Int(index[$0] & ~(index[$0] &>> 31))] | (index[$0] &>> 31) }
}

extension Integers {
    func gathered(_ rows: Buffer<Int32>) -> Integers {
        switch self {
        case .int8(let values): .int8(gather(values, rows))
        case .int16(let values): .int16(gather(values, rows))
        case .int32(let values): .int32(gather(values, rows))
        case .int64(let values): .int64(gather(values, rows))
        }
    }
}

extension Codes {
    func gathered(_ rows: Buffer<Int32>) -> Codes {
        switch self {
        case .uint8(let codes): .uint8(gather(codes, rows))
        case .uint16(let codes): .uint16(gather(codes, rows))
        case .uint32(let codes): .uint32(gather(codes, rows))
        }
    }
}

extension TextStorage {
    /// The texts at the given rows; -1 gives an empty one.
    func gathered(_ rows: Buffer<Int32>) -> TextStorage {
        let source = offsets.base
        var total: Int64 = 0
        let newOffsets = Buffer<Int64>(capacity: rows.count + 1) { memory in
            memory[0] = 0
            for (position, row) in rows.pointer.enumerated() {
                total &+= row < 0 ? 0 : source[Int(row) &+ 1] &- source[Int(row)]
                memory[position + 1] = total
            }
            return memory.count
        }
        let newBytes = Buffer<UInt8>(capacity: Int(total)) { memory in
            for (position, row) in rows.pointer.enumerated() where row >= 0 {
                let text = bytes(at: Int(row))
                if text.count > 0 {
                    (memory.baseAddress! + Int(newOffsets.base[position])).update(from: text.baseAddress!, count: text.count)
                }
            }
            return memory.count
        }
        return TextStorage(offsets: newOffsets, bytes: newBytes)
    }

    func range(_ lower: Int, _ upper: Int) -> TextStorage {
        let source = offsets.base + lower
        let first = source[0]
        return TextStorage(
            offsets: mapped(count: upper - lower + 1) { source[$0] &- first },
            bytes: bytes.slice(Int(first), Int(offsets[upper])))
    }
}

extension Segments {
    /// The segments at the given rows, in their order, and which elements make them up; -1 gives an empty segment.
    public func gathered(_ rows: Buffer<Int32>) -> (Segments, elements: Buffer<Int32>) {
        let source = offsets.base
        var total: Int32 = 0
        let newOffsets = Buffer<Int32>(capacity: rows.count + 1) { memory in
            memory[0] = 0
            for (position, row) in rows.pointer.enumerated() {
                precondition(Int(row) < count)
                // Overflow traps: an answer beyond 2^31 elements cannot be held.
                total += row < 0 ? 0 : source[Int(row) &+ 1] &- source[Int(row)]
                memory[position + 1] = total
            }
            return memory.count
        }
        let elements = Buffer<Int32>(capacity: Int(total)) { memory in
            var position = 0
            for row in rows.pointer where row >= 0 {
                for element in source[Int(row)]..<source[Int(row) &+ 1] {
                    memory[position] = element
                    position &+= 1
                }
            }
            return position
        }
        return (Segments(offsets: newOffsets), elements)
    }
}
