import Types

/// The rows whose value is one of a list, by the rules of `=`; `none` is in the list where the list has it.
///
/// Coded texts: a bit for each entry of the dictionary. Long lists of days, instants, records or exact numbers: bisection in the sorted
/// list. Otherwise one comparison for each value of the list.
public func isMember(_ a: Operand, of values: [Value], count: Int) -> Bitmap {
    checkCount(a, count)
    if case .vector(let vector) = a {
        if case .coded(let codes, let dictionary) = vector.storage {
            return codedMembers(vector, codes, dictionary, values, count: count)
        }
        if values.count > 8, let members = sortedMembers(vector, values) { return members }
    }
    var result = Bitmap(repeating: false, count: count)
    for value in values { result = result.or(compare(.equal, a, .constant(value), count: count)) }
    return result
}

private func codedMembers(
    _ vector: Vector, _ codes: Codes, _ dictionary: TextDictionary, _ values: [Value], count: Int
) -> Bitmap {
    var verdicts = [UInt8](repeating: 0, count: dictionary.count)
    for case .text(let text) in values {
        if let code = dictionary.code(of: text) { verdicts[code] = 1 }
    }
    let members = codes.looked(up: Buffer(verdicts))
    guard let validity = vector.validity else { return members }
    let present = members.and(validity)
    return values.contains(.none) ? present.or(validity.not()) : present
}

/// Membership by bisection, where column and list can be put into one order of integers.
private func sortedMembers(_ vector: Vector, _ values: [Value]) -> Bitmap? {
    var wanted: [Int64] = []
    let column: Buffer<Int64>
    switch vector.storage {
    case .date(let days):
        column = converted(days)
        for value in values where value != .none {
            guard case .date(let day) = value else { return nil }
            wanted.append(Int64(day))
        }
    case .time(let instants):
        column = instants
        for value in values where value != .none {
            guard case .time(let instant) = value else { return nil }
            wanted.append(instant)
        }
    case .record(_, let rows):
        column = converted(rows)
        for value in values {
            switch value {
            case .record(_, let row): wanted.append(Int64(row))
            case .none: wanted.append(-1)
            default: return nil
            }
        }
    case .decimal(let integers, let scale):
        column = integers.widened()
        for value in values where value != .none {
            guard case .number(.decimal(let units, let ownScale)) = value else { return nil }
            let short = shortened(units, ownScale)
            // A number that the column's scale cannot hold is none of its values.
            if let unit = Number.rescale(short.units, from: short.scale, to: scale) { wanted.append(unit) }
        }
    case .numbered(let numbers, let form):
        column = numbers.widened()
        for case .text(let text) in values {
            if let number = form.number(of: text) { wanted.append(number) }
        }
    default: return nil
    }
    wanted.sort()
    let list = Buffer(wanted)
    let members = packedWhere(count: column.count) { contains(list, column.base[$0]) }
    guard let validity = vector.validity else { return members }
    let present = members.and(validity)
    return values.contains(.none) ? present.or(validity.not()) : present
}

@inline(__always)
private func contains(_ sorted: Buffer<Int64>, _ value: Int64) -> Bool {
    var lower = 0
    var upper = sorted.count
    while lower < upper {
        let middle = (lower &+ upper) &>> 1
        if sorted.base[middle] < value { lower = middle &+ 1 } else { upper = middle }
    }
    return lower < sorted.count && sorted.base[lower] == value
}
