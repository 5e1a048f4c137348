import Testing
import Types

@testable import Columns

struct SetTests {
    private func segments(_ random: inout Random, _ count: Int, longest: Int = 5) -> Segments {
        Segments(lengths: (0..<count).map { _ in random.int(0...longest) })
    }

    private func lists(_ segments: Segments, _ elements: Buffer<Int32>) -> [[Int32]] {
        (0..<segments.count).map { segments.range($0).map { elements[$0] } }
    }

    @Test func theWayBackOfALink() {
        var random = Random(seed: 71)
        for size in sizes {
            for targets in [1, 5, 100] {
                let links = (0..<size).map { _ in Int32(random.int(-1...(targets - 1))) }
                let (segments, rows) = inverted(Buffer(links), targetCount: targets)
                let expected = (0..<targets).map { target in links.indices.filter { links[$0] == Int32(target) }.map { Int32($0) }
                }
                #expect(lists(segments, rows) == expected)
            }
        }
        #expect(inverted(Buffer([]), targetCount: 0).0.count == 0)
    }

    @Test func rowsThatComePieceByPieceAreKeptOnce() {
        var random = Random(seed: 74)
        for (domain, pieces) in [(0, 1), (1, 3), (5_000, 2), (5_000, 9), (10_000_000, 3), (10_000_000, 40)] {
            var distinct = DistinctRows(domain: domain)
            var expected: Set<Int32> = []
            for _ in 0..<pieces {
                let rows = (0..<random.int(0...200)).map { _ in Int32(random.int(-1...(domain - 1))) }
                distinct.insert(Buffer(rows))
                expected.formUnion(rows.filter { $0 >= 0 })
            }
            #expect(distinct.rows().array == expected.sorted())
        }
    }

    @Test func rowsAreSortedByComparingOrByRadix() {
        var random = Random(seed: 75)
        for count in [0, 1, 199, 200, 5_000] {
            for largest in [0, 1, 2_047, 2_048, 5_000_000, Int(Int32.max)] {
                var rows = (0..<count).map { _ in Int32(random.int(0...largest)) }
                let expected = rows.sorted()
                rows.withUnsafeMutableBufferPointer { sortAscending($0) }
                #expect(rows == expected)
            }
        }
    }

    @Test func parentsAndLengths() {
        var random = Random(seed: 72)
        for size in sizes {
            let own = segments(&random, size)
            #expect(own.parents().array == (0..<size).flatMap { row in own.range(row).map { _ in Int32(row) } })
            #expect(own.lengths().array == (0..<size).map { Int32(own.range($0).count) })
            #expect(own.isOccupied().bools == (0..<size).map { !own.range($0).isEmpty })
        }
    }

    @Test func followingLinks() {
        var random = Random(seed: 73)
        for size in sizes {
            let rows = Buffer((0..<size).map { _ in Int32(random.int(-1...9)) })
            let targets = (0..<10).map { _ in Int32(random.int(-1...4)) }
            let (one, far, noEdges) = expand(rows, through: .one(Buffer(targets)))
            #expect(noEdges == nil)
            #expect(lists(one, far) == rows.array.map { $0 < 0 || targets[Int($0)] < 0 ? [] : [targets[Int($0)]] })
            let many = segments(&random, 10)
            let linked = Buffer((0..<many.elementCount).map { _ in Int32(random.int(0...6)) })
            let edges = Buffer((0..<many.elementCount).map { Int32($0) })
            let (expanded, reached, throughEdges) = expand(rows, through: .many(many, rows: linked, edges: edges))
            #expect(lists(expanded, reached) == rows.array.map { row in row < 0 ? [] : many.range(Int(row)).map { linked[$0] } })
            #expect(
                throughEdges.map { lists(expanded, $0) }
                    == rows.array.map { row in row < 0 ? [] : many.range(Int(row)).map { edges[$0] } })
            // A chain: each record once, in the order in which it is met.
            let sets = segments(&random, size)
            let members = Buffer((0..<sets.elementCount).map { _ in Int32(random.int(0...9)) })
            let (chained, met) = expand(sets, members, through: .many(many, rows: linked, edges: nil), domain: 7)
            let expected = (0..<size).map { row -> [Int32] in
                var seen: [Int32] = []
                for element in sets.range(row) {
                    for next in many.range(Int(members[element])) where !seen.contains(linked[next]) { seen.append(linked[next]) }
                }
                return seen
            }
            #expect(lists(chained, met) == expected)
        }
        #expect(expand(Buffer([-1, -1]), through: .one(Buffer([]))).0.elementCount == 0)
    }

    @Test func filteringAndTaking() {
        var random = Random(seed: 74)
        for size in sizes {
            let own = segments(&random, size)
            let keep = (0..<own.elementCount).map { _ in random.chance(60) }
            let (kept, selection) = own.filtered(keep: Bitmap(keep))
            #expect(lists(kept, selection) == (0..<size).map { own.range($0).filter { keep[$0] }.map { Int32($0) } })
            for limit in [0, 1, 3] {
                let (first, rows) = taken(own, keys: [], limit: limit)
                #expect(lists(first, rows) == (0..<size).map { own.range($0).prefix(limit).map { Int32($0) } })
                let (last, lastRows) = taken(own, keys: [], limit: limit, fromEnd: true)
                #expect(lists(last, lastRows) == (0..<size).map { own.range($0).suffix(limit).map { Int32($0) } })
                let values = random.values(.number, own.elementCount, missing: 20)
                let (best, bestRows) = taken(own, keys: [(random.vector(.number, values), true)], limit: limit)
                let expected = (0..<size).map { row in
                    own.range(row).map { Int32($0) }.sorted { naivePrecedes([(values, true)], $0, $1) }.prefix(limit).map { $0 }
                }
                #expect(lists(best, bestRows) == expected)
            }
        }
    }

    @Test func membershipInSets() {
        var random = Random(seed: 75)
        let entity = EntityID(0)
        for size in sizes {
            let own = segments(&random, size)
            let rows = Buffer((0..<own.elementCount).map { _ in Int32(random.int(0...20)) })
            for operand in [random.operand(.record(entity), size), .constant(.record(entity, row: 3)), .constant(.none)] {
                let records = operand.vector(count: size).values
                let expected = (0..<size).map { row in
                    if case .record(_, let wanted) = records[row] {
                        own.range(row).contains { rows[$0] == wanted }
                    } else {
                        false
                    }
                }
                #expect(contains(own, rows, operand, count: size).bools == expected)
            }
        }
    }
}

/// The order of rows as the language defines it: missing last either way, ties by row.
func naivePrecedes(_ keys: [(values: [Value], descending: Bool)], _ a: Int32, _ b: Int32) -> Bool {
    for (values, descending) in keys {
        let (x, y) = (values[Int(a)], values[Int(b)])
        if x == .none || y == .none {
            if x == y { continue }
            return y == .none
        }
        let order = order(x, y) ?? 0
        if order != 0 { return descending ? order > 0 : order < 0 }
    }
    return a < b
}
