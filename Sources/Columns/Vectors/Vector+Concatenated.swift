import Syntax
import Types

extension Vector {
    /// Vectors of one type one after another, in one representation: the largest scale that fits, otherwise doubles; one dictionary, or
    /// plain text where a common dictionary would cost more than the rows; times where dates and times meet and the type is not date.
    ///
    /// A type of `none` means: whatever the vectors hold. O(rows), for text O(bytes).
    public static func concatenated(_ parts: [Vector], type: ValueType) -> Vector {
        if parts.count == 1, Operand.vector(parts[0]).kind != .none { return parts[0] }
        let count = parts.reduce(0) { $0 + $1.count }
        guard let sample = parts.first(where: { Operand.vector($0).kind != .none }) else {
            return allMissing(count: count, type: type)
        }
        let validity = joinedValidity(parts)
        switch sample.storage {
        case .none: return .missing(count: count)
        case .bool: return Vector(count: count, .bool(joinedBits(parts)), validity: validity)
        case .decimal, .double: return joinedNumbers(parts, count: count, validity)
        case .coded, .text, .numbered: return joinedTexts(parts, count: count, validity)
        case .date, .time: return joinedMoments(parts, count: count, type: type, validity)
        case .duration:
            let storage = Storage.duration(
                months: joined(parts, filler: Int32(0)) { if case .duration(let months, _) = $0.storage { months } else { nil } },
                microseconds: joined(parts, filler: Int64(0)) {
                    if case .duration(_, let rest) = $0.storage { rest } else { nil }
                })
            return Vector(count: count, storage, validity: validity)
        case .period: return joinedPeriods(parts, count: count, type: type, validity)
        case .record(let entity, _):
            let rows = joined(parts, filler: Int32(-1)) { if case .record(_, let rows) = $0.storage { rows } else { nil } }
            return Vector(count: count, .record(entity, rows))
        case .set(let entity, _, _):
            let rows = joined(parts, filler: 0) { part -> Buffer<Int32>? in
                if case .set(_, let segments, let rows) = part.storage {
                    rows.slice(0, segments.elementCount)
                } else {
                    Buffer([])
                }
            }
            return Vector(count: count, .set(entity, joinedSegments(parts), rows))
        case .list:
            let values = parts.compactMap { if case .list(_, let values) = $0.storage { values } else { Vector?.none } }
            var elementType = ValueType.none
            if case .list(let element) = type { elementType = element }
            return Vector(count: count, .list(joinedSegments(parts), concatenated(values, type: elementType)))
        case .table(_, let columns):
            let joinedColumns = columns.indices.map { index in
                let pieces = parts.compactMap { part -> Vector? in
                    if case .table(_, let columns) = part.storage { columns[index].values } else { nil }
                }
                return (name: columns[index].name, values: concatenated(pieces, type: .none))
            }
            return Vector(count: count, .table(joinedSegments(parts), joinedColumns))
        }
    }

    /// No value in any row; for sets, lists and tables, empty ones.
    static func allMissing(count: Int, type: ValueType) -> Vector {
        if type.isScalar, type != .none, case .record = type {} else if type.isScalar { return .missing(count: count) }
        var builder = VectorBuilder(type: type)
        for _ in 0..<count { builder.append(.none) }
        return builder.finish()
    }

    /// The elements of all parts; rows of a part that has none, because all its values are missing, are filled.
    @inline(__always)
    private static func joined<Element: BitwiseCopyable & Sendable>(
        _ parts: [Vector], filler: Element, _ values: (Vector) -> Buffer<Element>?
    ) -> Buffer<Element> {
        let pieces = parts.map { part in values(part) ?? Buffer(repeating: filler, count: part.count) }
        return Buffer(capacity: pieces.reduce(0) { $0 + $1.count }) { memory in
            var position = 0
            for piece in pieces where piece.count > 0 {
                (memory.baseAddress! + position).update(from: piece.base, count: piece.count)
                position += piece.count
            }
            return position
        }
    }

    private static func joinedValidity(_ parts: [Vector]) -> Bitmap? {
        let presences = parts.map { Operand.vector($0).presence(count: $0.count) }
        guard presences.contains(where: { $0 != nil }) else { return nil }
        var builder = BitmapBuilder()
        for (part, presence) in zip(parts, presences) { builder.append(presence ?? Bitmap(repeating: true, count: part.count)) }
        return builder.finish()
    }

    private static func joinedBits(_ parts: [Vector]) -> Bitmap {
        var builder = BitmapBuilder()
        for part in parts { builder.append(Operand.vector(part).bits(count: part.count)) }
        return builder.finish()
    }

    private static func joinedSegments(_ parts: [Vector]) -> Segments {
        var offsets: [Int32] = [0]
        for part in parts {
            switch part.storage {
            case .set(_, let segments, _), .list(let segments, _), .table(let segments, _):
                let base = offsets[offsets.count - 1]
                offsets.append(contentsOf: segments.offsets.pointer.dropFirst().lazy.map { base + $0 })
            default: offsets.append(contentsOf: repeatElement(offsets[offsets.count - 1], count: part.count))
            }
        }
        return Segments(offsets: Buffer(offsets))
    }

    private static func joinedNumbers(_ parts: [Vector], count: Int, _ validity: Bitmap?) -> Vector {
        let decimals = parts.map { Operand.vector($0).decimals() }
        let isExact = zip(parts, decimals).allSatisfy { part, decimal in decimal != nil || Operand.vector(part).kind == .none }
        if isExact {
            let scale = decimals.reduce(0) { max($0, $1?.scale ?? 0) }
            let units = zip(parts, decimals).map { part, decimal -> Buffer<Int64>? in
                guard let decimal else { return Buffer(repeating: 0, count: part.count) }
                guard case .column(let units)? = rescaled(decimal, to: scale) else { return nil }
                return units
            }
            if units.allSatisfy({ $0 != nil }) {
                var index = -1
                let all = joined(parts, filler: 0) { _ -> Buffer<Int64>? in
                    index += 1
                    return units[index]
                }
                return Vector(count: count, .decimal(.int64(all), scale: scale), validity: validity)
            }
        }
        let doubles = joined(parts, filler: 0) { part -> Buffer<Double>? in
            if case .column(let values) = Operand.vector(part).doubles() { values } else { nil }
        }
        return Vector(count: count, .double(doubles), validity: validity)
    }

    private static func joinedMoments(_ parts: [Vector], count: Int, type: ValueType, _ validity: Bitmap?) -> Vector {
        let hasTime = parts.contains { Operand.vector($0).kind == .time }
        if type == .date || (type != .time && !hasTime) {
            let days = joined(parts, filler: Int32(0)) {
                if case .column(let days) = Operand.vector($0).days() { days } else { nil }
            }
            return Vector(count: count, .date(days), validity: validity)
        }
        let instants = joined(parts, filler: Int64(0)) {
            if case .column(let all) = Operand.vector($0).instants() { all } else { nil }
        }
        return Vector(count: count, .time(instants), validity: validity)
    }

    /// Periods of one unit; where units meet, the first decides and the others count as the one that holds their first day.
    private static func joinedPeriods(_ parts: [Vector], count: Int, type: ValueType, _ validity: Bitmap?) -> Vector {
        var unit = parts.lazy.compactMap { Operand.vector($0).periods()?.unit }.first ?? .day
        if case .period(let declared?) = type { unit = declared }
        let indexes = joined(parts, filler: 0) { part -> Buffer<Int32>? in
            guard let periods = Operand.vector(part).periods(), case .column(let own) = periods.indexes else { return nil }
            if periods.unit == unit { return own }
            return mapped(count: own.count) {
                Period(unit: unit, containing: Period(unit: periods.unit, index: own.base[$0]).firstDay).index
            }
        }
        return Vector(count: count, .period(unit, indexes), validity: validity)
    }
}
