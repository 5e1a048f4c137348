import Types

/// One row for each group, wherever in all batches it was, and the values there.
struct RememberedRows {
    private let type: ValueType
    private var batches: [Vector] = []
    private var places: [(batch: Int32, row: Int32)] = []

    init(type: ValueType) { self.type = type }

    mutating func grow(to groupCount: Int) { places.grow(to: groupCount, filler: (-1, -1)) }
    mutating func begin(_ batch: Vector) { batches.append(batch) }

    func place(of group: Int) -> (batch: Int, row: Int)? {
        let place = places[group]
        return place.batch < 0 ? nil : (Int(place.batch), Int(place.row))
    }

    /// A row of the batch begun last.
    mutating func remember(_ row: Int, for group: Int) { places[group] = (Int32(batches.count - 1), Int32(row)) }

    /// The remembered values. Only the remembered rows of each batch are put together.
    mutating func values(groupCount: Int) -> Vector {
        grow(to: groupCount)
        var rows = [[Int32]](repeating: [], count: batches.count)
        var positions = [Int32](repeating: -1, count: groupCount)
        for group in 0..<groupCount where places[group].batch >= 0 {
            let batch = Int(places[group].batch)
            positions[group] = Int32(rows[batch].count)
            rows[batch].append(places[group].row)
        }
        var base: Int32 = 0
        let bases = rows.map { rows -> Int32 in
            defer { base += Int32(rows.count) }
            return base
        }
        for group in 0..<groupCount where places[group].batch >= 0 { positions[group] += bases[Int(places[group].batch)] }
        let pieces = zip(batches, rows).map { batch, rows in batch.gathered(Buffer(rows)) }
        return Vector.concatenated(pieces, type: type).gathered(Buffer(positions))
    }
}

/// The first or the last value that is there, in the order of the rows.
final class PickAggregator: Aggregator {
    private let isLast: Bool
    private var rows: RememberedRows

    init(isLast: Bool, type: ValueType) {
        self.isLast = isLast
        rows = RememberedRows(type: type)
    }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) {
        checkGroups(groups, groupCount, values)
        rows.grow(to: groupCount)
        guard let values else { return }
        rows.begin(values)
        let presence = PresenceReader(values)
        for row in 0..<values.count where presence.at(row) {
            let group = Int(groups.base[row])
            if isLast || rows.place(of: group) == nil { rows.remember(row, for: group) }
        }
    }

    func finish(groupCount: Int) -> Vector { rows.values(groupCount: groupCount) }
}

/// Keeps every value that is there, to be put together by groups in the end.
struct CollectedValues {
    private let type: ValueType
    private var batches: [Vector] = []
    private var groups: [Int32] = []

    init(type: ValueType) { self.type = type }

    mutating func append(_ values: Vector?, _ batchGroups: Buffer<Int32>, _ groupCount: Int) {
        checkGroups(batchGroups, groupCount, values)
        guard let values else { return }
        if let presence = Operand.vector(values).presence(count: values.count) {
            let rows = presence.rows()
            batches.append(values.gathered(rows))
            groups.append(contentsOf: rows.pointer.lazy.map { batchGroups.base[Int($0)] })
        } else {
            batches.append(values)
            groups.append(contentsOf: batchGroups.pointer)
        }
    }

    /// The values of each group, in the order of the rows.
    func grouped(groupCount: Int) -> (Segments, Vector) {
        let (segments, rows) = inverted(Buffer(groups), targetCount: groupCount)
        let all = Vector.concatenated(batches, type: type)
        return (segments, all.gathered(rows))
    }
}

/// The values as a list, in the order of the rows.
final class ListAggregator: Aggregator {
    private var collected: CollectedValues

    init(type: ValueType) { collected = CollectedValues(type: type) }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) { collected.append(values, groups, groupCount) }

    func finish(groupCount: Int) -> Vector {
        let (segments, values) = collected.grouped(groupCount: groupCount)
        return Vector(count: groupCount, .list(segments, values))
    }
}

/// The values as one text, in the order of the rows.
final class JoinAggregator: Aggregator {
    private let separator: [UInt8]
    private var collected = CollectedValues(type: .none)

    init(separator: String) { self.separator = Array(separator.utf8) }

    func update(_ values: Vector?, groups: Buffer<Int32>, groupCount: Int) { collected.append(values, groups, groupCount) }

    func finish(groupCount: Int) -> Vector {
        let (segments, values) = collected.grouped(groupCount: groupCount)
        let writer = CellWriter(values)
        var texts = TextStorageBuilder(capacity: groupCount)
        for group in 0..<groupCount {
            texts.append { bytes in
                for element in segments.range(group) {
                    if element > segments.range(group).lowerBound { bytes.append(contentsOf: separator) }
                    writer.append(element, to: &bytes)
                }
            }
        }
        return Vector(count: groupCount, .text(texts.finish()), validity: segments.isOccupied())
    }
}
