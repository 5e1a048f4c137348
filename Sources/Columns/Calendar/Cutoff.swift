import Types

/// What was known of moments at the end of a day.
extension Vector {
    /// A bit for each row whose moment is not after a day, or missing; none where that is so of every row.
    public func notAfter(_ day: Int32) -> Bitmap? {
        let late = isLater(than: day)
        guard let late, !late.isEmpty else { return nil }
        return late.not()
    }

    /// The moments up to a day; later ones are missing.
    public func withoutMoments(after day: Int32) -> Vector {
        guard let kept = notAfter(day) else { return self }
        return Vector(count: count, storage, validity: validity.map { $0.and(kept) } ?? kept)
    }

    /// Whether any moment is after a day.
    public func goesBeyond(_ day: Int32) -> Bool { isLater(than: day).map { !$0.isEmpty } ?? false }

    /// A bit for each row whose moment is after a day; none where the values are no moments.
    private func isLater(than day: Int32) -> Bitmap? {
        let late: Bitmap
        switch storage {
        case .date(let days):
            let source = days.base
            late = packedWhere(count: count) { source[$0] > day }
        case .time(let instants):
            let source = instants.base
            let end = (Int64(day) + 1) * Calendar.microsecondsPerDay
            late = packedWhere(count: count) { source[$0] >= end }
        default: return nil
        }
        return validity.map { late.and($0) } ?? late
    }

    /// The moments in microseconds since 1970-01-01T00:00Z, those of a date at its beginning; of missing ones whatever stands there.
    public func instants() -> Buffer<Int64>? {
        switch storage {
        case .date(let days):
            let source = days.base
            return mapped(count: count) { Int64(source[$0]) &* Calendar.microsecondsPerDay }
        case .time(let instants): return instants
        default: return nil
        }
    }
}

extension Buffer where Element == Int32 {
    /// Where a to-one link leads, and -1 from rows and to rows whose bit is not set; no bitmap stands for all bits set.
    public func keeping(_ rows: Bitmap?, leadingTo targets: Bitmap?) -> Buffer<Int32> {
        guard rows != nil || targets != nil else { return self }
        precondition(rows.map { $0.count == count } ?? true)
        let source = base
        return mapped(count: count) { row in
            let target = source[row]
            if target < 0 || !(rows?[row] ?? true) || !(targets?[Int(target)] ?? true) { return -1 }
            return target
        }
    }
}

/// Whether the record that each row leads to has no time, or one that lies on the day of the row's own time or before it. Moments that are
/// no moments count as missing. O(rows).
public func isNeverLater(_ far: Vector, than near: Vector, _ targets: Buffer<Int32>) -> Bool {
    precondition(near.count == targets.count)
    guard let farMoments = far.instants() else { return true }
    let nearMoments = near.instants()
    for row in 0..<targets.count where targets.base[row] >= 0 {
        let target = Int(targets.base[row])
        guard far.isPresent(target) else { continue }
        guard let nearMoments, near.isPresent(row) else { return false }
        let (late, early) = (farMoments.base[target], nearMoments.base[row])
        if late > early, Calendar.day(ofInstant: late) > Calendar.day(ofInstant: early) { return false }
    }
    return true
}
