import Columns
import Types

/// What puts rows into groups, and what adds up the rows of each.
func groupKernels(_ size: Size) -> [Kernel] {
    let count = size.rows
    let many = count / 4
    return [
        group("group by a word, \(size)", places: 12, count) { [Generated.codes(count, entries: 12)] },
        group("group by a record, \(many) of them, \(size)", places: many, count) {
            [Generated.records(Generated.integers(count, below: many))]
        },
        group("group by a word and a month, \(size)", places: 12 * 120, count) {
            [Generated.codes(count, entries: 12), periodOf(.month, .vector(Generated.dates(count)), count: count)]
        },
        group("group by wide numbers, \(size)", places: many, count) {
            let numbers = Generated.integers(count, below: many).map { Int64($0) * 7_919_000_000_003 }
            return [Vector(count: count, .decimal(.int64(Buffer(numbers)), scale: 0))]
        },
        Kernel("share rows out by a record, \(size)") {
            let keys = [Generated.records(Generated.integers(count, below: many))]
            return Prepared(rows: count, floor: .copy(bytes: count * 4)) { use(RowSharer(keys)?.shares(keys, count: count)) }
        },
        aggregate("sum of decimals", .sum, Generated.amounts, groups: 16, size),
        aggregate("sum of decimals", .sum, Generated.amounts, groups: many, size),
        aggregate("sum of doubles", .sum, Generated.doubles, groups: 16, size),
        aggregate("average of decimals", .average, Generated.amounts, groups: many, size),
        aggregate("maximum of dates", .maximum, Generated.dates, type: .date, groups: 16, size),
        aggregate("maximum of dates", .maximum, Generated.dates, type: .date, groups: many, size),
        aggregate("count of different words", .countDistinct, words, type: .text, groups: 16, size),
        aggregate("count of different numbers", .countDistinct, numbers, groups: many, size),
        aggregate("median of decimals", .median, Generated.amounts, groups: 16, size),
        Kernel("count of rows, \(many) groups, \(size)") {
            let groups = Generated.integers(count, below: many)
            let buffer = Buffer(groups)
            return Prepared(rows: count, floor: .scatter(places: groups, tableRows: many)) {
                use(buffer.histogram(groupCount: many))
            }
        },
    ]
}

private func words(_ count: Int, _ seed: UInt64) -> Vector { Generated.codes(count, entries: 5000, seed: seed) }
private func numbers(_ count: Int, _ seed: UInt64) -> Vector { Generated.wholeNumbers(count, below: 1 << 20, seed: seed) }

private func group(_ name: String, places: Int, _ count: Int, _ keys: @escaping () -> [Vector]) -> Kernel {
    Kernel(name) {
        let keys = keys()
        let types = keys.map { key -> ValueType in
            switch key.storage {
            case .coded: .text
            case .record(let entity, _): .record(entity)
            case .period(let unit, _): .period(unit)
            default: .number
            }
        }
        let floor = Floor.gather(places: Generated.integers(count, below: places), tableRows: places)
        return Prepared(rows: count, floor: floor) {
            use(Grouper(types: types, expectedRows: count, expectedGroups: places).assign(keys, count: count))
        }
    }
}

private func aggregate(
    _ name: String, _ kind: AggregateKind, _ values: @escaping (_ count: Int, _ seed: UInt64) -> Vector,
    type: ValueType = .number,
    groups groupCount: Int, _ size: Size
) -> Kernel {
    Kernel("\(name), \(groupCount) groups, \(size)") {
        let count = size.rows
        let values = values(count, 30)
        let places = Generated.integers(count, below: groupCount, seed: 31)
        let groups = Buffer(places)
        return Prepared(rows: count, floor: .scatter(places: places, tableRows: groupCount)) {
            let aggregator = makeAggregator(kind: kind, type: type)
            aggregator.update(values, groups: groups, groupCount: groupCount)
            use(aggregator.finish(groupCount: groupCount))
        }
    }
}
