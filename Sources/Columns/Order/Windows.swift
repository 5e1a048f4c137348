import Types

/// The place of each row in its group, in the order of the rows: 1 for the first; neighbours of a group that agree in every key share the
/// place of the first of them, and the next place is counted as if they did not (1, 1, 3). Without keys every row has a place of its own.
public func rank(_ keys: [Vector], groups: Buffer<Int32>, groupCount: Int) -> Vector {
    checkGroups(groups, groupCount, nil)
    let count = groups.count
    let ties = keys.isEmpty ? nil : Grouper(types: keys.map(\.type)).assign(keys, count: count)
    var seen = [Int64](repeating: 0, count: groupCount)
    var lastTie = [Int32](repeating: -1, count: groupCount)
    var places = [Int64](repeating: 0, count: groupCount)
    let ranks: Buffer<Int64> = mapped(count: count) { row in
        let group = Int(groups.base[row])
        seen[group] += 1
        let tie = ties?.base[row] ?? -1
        if tie < 0 || tie != lastTie[group] { places[group] = seen[group] }
        lastTie[group] = tie
        return places[group]
    }
    return Vector(count: count, .decimal(.int64(ranks), scale: 0))
}

/// The sum over the rows so far of the same group, the row itself included. A missing value adds nothing.
///
/// Decimals are summed exactly while 64 bits hold every sum, otherwise as doubles, with Neumaier's compensation as in `sum`.
public func runningSum(_ values: Vector, groups: Buffer<Int32>, groupCount: Int) -> Vector {
    checkGroups(groups, groupCount, values)
    let presence = PresenceReader(values)
    let count = values.count
    if case .duration(let months, let microseconds) = values.storage {
        var totals = [Duration](repeating: Duration(), count: groupCount)
        return durations(count: count, nil) { row in
            let group = Int(groups.base[row])
            if presence.at(row) {
                totals[group].months &+= months.base[row]
                totals[group].microseconds &+= microseconds.base[row]
            }
            return totals[group]
        }
    }
    if case .column(let units)? = Operand.vector(values).decimals()?.units, case .decimal(_, let scale) = values.storage {
        var totals = [Int64](repeating: 0, count: groupCount)
        var overflowed = false
        let sums: Buffer<Int64> = mapped(count: count) { row in
            let group = Int(groups.base[row])
            let (total, overflow) = totals[group].addingReportingOverflow(presence.at(row) ? units.base[row] : 0)
            overflowed = overflowed || overflow
            totals[group] = total
            return total
        }
        if !overflowed { return Vector(count: count, .decimal(.int64(sums), scale: scale)) }
    }
    guard case .column(let doubles) = Operand.vector(values).doubles() else {
        return Vector(count: count, .decimal(.int8(Buffer(repeating: 0, count: count)), scale: 0))
    }
    var totals = CompensatedSums()
    totals.grow(to: groupCount)
    return finite(
        mapped(count: count) { row in
            let group = Int(groups.base[row])
            if presence.at(row) { totals.add(doubles.base[row], to: group) }
            return totals.total(group)
        }, nil)
}

/// The row before each row within its group, or -1 for the first of a group: `values.gathered(previousRow(…))` is `previous(x)`.
public func previousRow(groups: Buffer<Int32>, groupCount: Int) -> Buffer<Int32> {
    checkGroups(groups, groupCount, nil)
    var last = [Int32](repeating: -1, count: groupCount)
    return mapped(count: groups.count) { row in
        let group = Int(groups.base[row])
        defer { last[group] = Int32(truncatingIfNeeded: row) }
        return last[group]
    }
}
