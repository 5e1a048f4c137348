import Testing
import Types

@testable import Columns

struct GraphTests {
    @Test func closureSizesAreThoseOfSearches() {
        var random = Random(seed: 701)
        for round in 0..<300 {
            let domain = random.pick([1, 2, 7, 40, 100])
            var links = BreadthFirstTests.links(&random, domain)
            // Trees, and forests with circles, are what is added up instead of being gone through.
            if random.chance(40) {
                let leaders = (0..<domain).map { row in random.int(-1...max(-1, random.chance(80) ? row - 1 : domain - 1)) }
                let parents = Buffer(leaders.map { Int32($0) })
                let (segments, rows) = inverted(parents, targetCount: domain)
                links = random.chance(50) ? [.many(segments, rows: rows, edges: nil)] : [.one(parents)]
            }
            let sizes = closureSizes(links, domain: domain) {}
            for row in 0..<Int32(domain) {
                let expected = BreadthFirstTests.distances(links, from: [row], domain: domain).count
                #expect(Int(sizes[Int(row)]) == expected, "round \(round), row \(row)")
            }
        }
    }

    @Test func forestsAreCountedAsSearchesFindThem() {
        var random = Random(seed: 704)
        for round in 0..<400 {
            let domain = random.pick([1, 2, 7, 40, 100])
            // Leaders before those whom they lead, behind them, and anywhere: with circles, and records that lead to themselves.
            let order = random.int(0...2)
            let leaders = (0..<domain).map { row -> Int32 in
                if random.chance(30) { return -1 }
                return switch order {
                case 0: Int32(random.int(-1...max(-1, row - 1)))
                case 1: Int32(random.int(row...(domain - 1)))
                default: Int32(random.int(0...(domain - 1)))
                }
            }
            let (segments, rows) = inverted(Buffer(leaders), targetCount: domain)
            let sizes = forestSizes(Buffer(leaders)) {}
            #expect(sizes.count == domain)
            #expect(
                sizes.array == closureSizes([.many(segments, rows: rows, edges: nil)], domain: domain) {}.array, "round \(round)")
            for row in 0..<Int32(domain) {
                let found = BreadthFirstTests.distances([.many(segments, rows: rows, edges: nil)], from: [row], domain: domain)
                #expect(Int(sizes[Int(row)]) == found.count, "round \(round), row \(row)")
            }
        }
        #expect(forestSizes(Buffer<Int32>([])) {}.count == 0)
    }

    @Test func aLongChainIsNoDeepRecursion() {
        let count = 300_000
        let chain = LinkIndex.one(Buffer((0..<count).map { Int32($0 + 1 < count ? $0 + 1 : -1) }))
        let sizes = closureSizes([chain], domain: count) {}
        #expect(sizes[0] == 300_000 && sizes[count - 1] == 1)
    }

    @Test func intersectionsAreWhatAllListsHave() {
        var random = Random(seed: 702)
        for round in 0..<300 {
            let domain = random.pick([1, 3, 20, 64, 130])
            let rowCount = random.int(0...30)
            let links = (0..<random.int(1...3)).flatMap { _ in BreadthFirstTests.links(&random, domain).prefix(1) }
            // Rows often share a list with the row before.
            let rows = links.map { _ in
                var last: Int32 = 0
                return (0..<rowCount).map { _ -> Int32 in
                    if random.chance(40) { last = Int32(random.int(-1...(domain - 1))) }
                    return last
                }
            }
            let above = (0..<random.int(0...2)).map { _ in (0..<rowCount).map { _ in Int32(random.int(-1...(domain - 1))) } }
            let below = (0..<random.int(0...1)).map { _ in (0..<rowCount).map { _ in Int32(random.int(-1...(domain - 1))) } }
            let (segments, found) = intersected(
                zip(links, rows).map { Neighbours($0, of: Buffer($1)) }, rowCount: rowCount, above: above.map { Buffer($0) },
                below: below.map { Buffer($0) }, domain: domain
            ) { _ in }
            for row in 0..<rowCount {
                let expected = (0..<Int32(domain)).filter { record in
                    zip(links, rows).allSatisfy { $1[row] >= 0 && BreadthFirstTests.far($0, from: $1[row]).contains(record) }
                        && above.allSatisfy { $0[row] >= 0 && record > $0[row] }
                        && below.allSatisfy { $0[row] >= 0 && record < $0[row] }
                }
                #expect(segments.range(row).map { found[$0] } == expected, "round \(round), row \(row)")
            }
        }
    }

    @Test func climbingKeepsOneOfTwoArcs() {
        var random = Random(seed: 703)
        for round in 0..<200 {
            let domain = random.pick([1, 2, 9, 40])
            var far = [Set<Int32>](repeating: [], count: domain)
            for _ in 0..<random.int(0...(3 * domain)) {
                let (a, b) = (random.int(0...(domain - 1)), random.int(0...(domain - 1)))
                far[a].insert(Int32(b))
                far[b].insert(Int32(a))
            }
            let link = LinkIndex.many(
                Segments(lengths: far.map(\.count)), rows: Buffer(far.flatMap { $0.sorted() }), edges: nil)
            let kept = climbing(link, domain: domain)
            for row in 0..<domain {
                let expected = far[row].sorted().filter { target in
                    (far[row].count, row) < (far[Int(target)].count, Int(target))
                }
                #expect(BreadthFirstTests.far(kept, from: Int32(row)) == expected, "round \(round), row \(row)")
                #expect(expected.count * expected.count <= far.reduce(0) { $0 + $1.count })
            }
        }
    }
}
