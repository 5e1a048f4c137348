import Testing
import Types

@testable import Columns

struct OrderTests {
    @Test func sortingIsStableAndPutsMissingLast() {
        var random = Random(seed: 81)
        for size in sizes + [1000] {
            for _ in 0..<12 {
                let types = (0..<random.int(1...3)).map { _ in random.pick(scalarTypes) }
                let columns = types.map { (values: random.values($0, size), descending: random.chance(50)) }
                let keys = zip(types, columns).map { (values: random.vector($0, $1.values), descending: $1.descending) }
                let expected = (0..<Int32(size)).sorted { naivePrecedes(columns, $0, $1) }
                #expect(sortedRows(keys, count: size).array == expected, "\(types)")
                for limit in [0, 1, 7, size / 5, size, size + 5] {
                    #expect(topRows(keys, count: size, limit: limit).array == Array(expected.prefix(limit)), "\(types)")
                }
            }
        }
        #expect(sortedRows([], count: 100).array == (0..<100).map { Int32($0) })
    }

    @Test func extremesOfIntegersAndDoublesSort() {
        let decimals: [Int64] = [.max, .min, 0, -1, 1, .max - 1]
        let vector = Vector(
            count: 7, .decimal(.int64(Buffer(decimals + [.max])), scale: 0),
            validity: Bitmap([true, true, true, true, true, true, false]))
        let many = vector.gathered(Buffer((0..<140).map { Int32($0 % 7) }))
        for descending in [false, true] {
            let values = many.values
            let expected = (0..<Int32(140)).sorted { naivePrecedes([(values, descending)], $0, $1) }
            #expect(sortedRows([(many, descending)], count: 140).array == expected)
        }
        let doubles = [0.0, -0.0, -1e300, 1e300, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 2]
        let spread = Vector(count: 140, .double(Buffer((0..<140).map { doubles[$0 % 7] })))
        let values = spread.values
        let expected = (0..<Int32(140)).sorted { naivePrecedes([(values, true)], $0, $1) }
        #expect(sortedRows([(spread, true)], count: 140).array == expected)
    }

    @Test func picksPerRowAreThoseOfASort() {
        var random = Random(seed: 83)
        for size in sizes {
            for _ in 0..<6 {
                let types = (0..<random.int(0...2)).map { _ in random.pick(scalarTypes) }
                let columns = types.map { (values: random.values($0, size), descending: random.chance(50)) }
                let keys = zip(types, columns).map { (values: random.vector($0, $1.values), descending: $1.descending) }
                let parents = (0..<size).map { _ in Int32(random.int(-1...5)) }
                let sorted = (0..<Int32(size)).sorted { naivePrecedes(columns, $0, $1) }
                for last in [false, true] {
                    let found = picked(parents: Buffer(parents), rowCount: 7, keys: keys, last: last).array
                    let expected = (0..<Int32(7)).map { row in
                        let own = sorted.filter { parents[Int($0)] == row }
                        return (last ? own.last : own.first) ?? -1
                    }
                    #expect(found == expected, "\(types)")
                }
                let (segments, elements) = inverted(Buffer(parents), targetCount: 7)
                let inSegments = keys.map { (values: $0.values.gathered(elements), descending: $0.descending) }
                for (limit, fromEnd) in [(0, false), (1, true), (3, false), (3, true), (size, false)] {
                    let (kept, selection) = taken(segments, keys: inSegments, limit: limit, fromEnd: fromEnd)
                    for row in 0..<7 {
                        let own = sorted.filter { parents[Int($0)] == row }
                        let expected = Array(fromEnd ? own.suffix(limit) : own.prefix(limit))
                        #expect(kept.range(row).map { elements[Int(selection[$0])] } == expected, "\(types)")
                    }
                }
            }
        }
    }

    @Test func windows() {
        var random = Random(seed: 82)
        for size in sizes {
            let groups = (0..<size).map { _ in Int32(random.int(0...3)) }
            let buffer = Buffer(groups)
            let previous = previousRow(groups: buffer, groupCount: 4).array
            #expect(previous == (0..<size).map { row in Int32((0..<row).last { groups[$0] == groups[row] } ?? -1) })
            let keys = random.values(.number, size, missing: 20).sorted { a, b in
                if case .none = a { return false }
                if case .none = b { return true }
                return order(a, b)! < 0
            }
            let places = rank([random.vector(.number, keys)], groups: buffer, groupCount: 4).doubles
            let plain = rank([], groups: buffer, groupCount: 4).doubles
            var expected: [Double] = []
            for row in 0..<size {
                let before = (0..<row).filter { groups[$0] == groups[row] }
                #expect(plain[row] == Double(before.count + 1))
                if let last = before.last, holds(.equal, keys[last], keys[row]) {
                    expected.append(expected[last])
                } else {
                    expected.append(Double(before.count + 1))
                }
            }
            #expect(places == expected)
            let values = random.values(.number, size, missing: 20)
            let sums = runningSum(random.vector(.number, values), groups: buffer, groupCount: 4).doubles
            for row in 0..<size {
                let so = (0...row).filter { groups[$0] == groups[row] }.map { index -> Double in
                    if case .number(let number) = values[index] { number.doubleValue } else { 0 }
                }
                #expect((sums[row] - so.reduce(0, +)).magnitude <= 1e-6 * max(1, sums[row].magnitude))
            }
        }
        let durations = makeVector(.duration, [.duration(Duration(days: 1)), .none, .duration(Duration(months: 2))])
        #expect(runningSum(durations, groups: Buffer([0, 0, 0]), groupCount: 1).texts == ["1 day", "1 day", "2 months 1 day"])
        let large = makeVector(.number, [.number(.decimal(units: .max, scale: 0)), .number(Number(1))])
        #expect(
            runningSum(large, groups: Buffer([0, 0]), groupCount: 1).doubles == [
                9.223372036854775807e18, 9.223372036854775808e18,
            ])
    }
}
