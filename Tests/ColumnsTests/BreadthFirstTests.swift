import Testing
import Types

@testable import Columns

struct BreadthFirstTests {
    /// Links within an entity: some lead to one record at most, others to any number.
    static func links(_ random: inout Random, _ domain: Int) -> [LinkIndex] {
        (0..<random.int(1...2)).map { _ in
            if random.chance(40) { return .one(Buffer((0..<domain).map { _ in Int32(random.int(-1...(domain - 1))) })) }
            let far = (0..<domain).map { _ in
                Set((0..<random.int(0...3)).map { _ in Int32(random.int(0...(domain - 1))) }).sorted()
            }
            return .many(Segments(lengths: far.map(\.count)), rows: Buffer(far.flatMap { $0 }), edges: nil)
        }
    }

    static func far(_ link: LinkIndex, from row: Int32) -> [Int32] {
        switch link {
        case .one(let targets): targets[Int(row)] < 0 ? [] : [targets[Int(row)]]
        case .many(let segments, let rows, _): segments.range(Int(row)).map { rows[$0] }
        }
    }

    /// Distances by relaxing every arc until nothing changes.
    static func distances(_ links: [LinkIndex], from starts: [Int32], domain: Int) -> [Int32: Int] {
        var known: [Int32: Int] = [:]
        for start in starts where start >= 0 { known[start] = 0 }
        var changes = true
        while changes {
            changes = false
            for row in 0..<Int32(domain) {
                guard let own = known[row] else { continue }
                for link in links {
                    for target in far(link, from: row) where known[target, default: .max] > own + 1 {
                        known[target] = own + 1
                        changes = true
                    }
                }
            }
        }
        return known
    }

    @Test func findsWhatRelaxingFinds() {
        var random = Random(seed: 501)
        for round in 0..<200 {
            let domain = random.pick([1, 2, 5, 30, 64, 65, 300])
            let links = Self.links(&random, domain)
            let search = BreadthFirst(links, domain: domain)
            let rows = (0..<random.int(1...4)).map { _ in
                (0..<random.int(0...3)).map { _ in Int32(random.int(-1...(domain - 1))) }
            }
            let lower = random.int(0...3)
            let upper = random.chance(30) ? Int.max : lower + random.int(0...4)
            let (segments, found) = search.reached(
                from: Segments(lengths: rows.map(\.count)), Buffer(rows.flatMap { $0 }), lower: lower, upper: upper
            ) { _ in }
            for (index, starts) in rows.enumerated() {
                let known = Self.distances(links, from: starts, domain: domain).filter { $0.value >= lower && $0.value <= upper }
                #expect(segments.range(index).map { found[$0] } == known.keys.sorted(), "round \(round)")
                let (nearest, hops) = search.reached(from: Buffer(starts), lower: lower, upper: upper) {}
                let expected = known.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
                #expect(nearest.array == expected.map(\.key) && hops.array == expected.map { Int32($0.value) })
            }
        }
    }

    @Test func canBeStoppedAndUsedAgain() {
        struct Stop: Error {}
        let chain = LinkIndex.one(Buffer((0..<200_000).map { Int32($0 + 1 < 200_000 ? $0 + 1 : -1) }))
        let own = Buffer.counting(from: 0, to: 200_000)
        let all = LinkIndex.many(.uniform(rowCount: 200_000, elementsPerRow: 1), rows: own, edges: nil)
        let search = BreadthFirst([chain, all], domain: 200_000)
        var asked = 0
        #expect(throws: Stop.self) {
            try search.reached(from: Buffer([0]), lower: 1, upper: .max) {
                asked += 1
                throw Stop()
            }
        }
        #expect(asked == 1)
        #expect(search.reached(from: Buffer([199_997]), lower: 0, upper: .max) {}.rows.array == [199_997, 199_998, 199_999])
    }
}
