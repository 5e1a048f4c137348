import Testing
import Types

@testable import Columns

/// Measures of networks, against numbers that networkx 3.6 gives for the same graphs (`scripts/networkx-check` compares larger ones), and
/// against their definitions for random graphs.
struct NetworkTests {
    /// W. Zachary's karate club (1977): who of 34 members met outside of it.
    private static let club: [(Int32, Int32)] = [
        (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (0, 10), (0, 11), (0, 12), (0, 13), (0, 17),
        (0, 19), (0, 21), (0, 31), (1, 2), (1, 3), (1, 7), (1, 13), (1, 17), (1, 19), (1, 21), (1, 30), (2, 3),
        (
            2,
            7
        ), (2, 8), (2, 9), (2, 13), (2, 27), (2, 28), (2, 32), (3, 7), (3, 12), (3, 13), (4, 6), (4, 10), (5, 6),
        (5, 10), (5, 16), (6, 16), (8, 30), (8, 32), (8, 33), (9, 33), (13, 33), (14, 32), (14, 33), (15, 32),
        (
            15,
            33
        ), (18, 32), (18, 33), (19, 33), (20, 32), (20, 33), (22, 32), (22, 33), (23, 25), (23, 27), (23, 29),
        (23, 32), (23, 33), (24, 25), (24, 27), (24, 31), (25, 31), (26, 29), (26, 33), (27, 33), (28, 31),
        (
            28,
            33
        ), (29, 32), (29, 33), (30, 32), (30, 33), (31, 32), (31, 33), (32, 33),
    ]

    private static func network(_ edges: [(Int32, Int32)], count: Int, bothWays: Bool) -> Network {
        var targets = [[Int32]](repeating: [], count: count)
        for (a, b) in edges {
            targets[Int(a)].append(b)
            if bothWays { targets[Int(b)].append(a) }
        }
        var offsets: [Int32] = [0]
        for index in targets.indices {
            targets[index] = Set(targets[index]).sorted()
            offsets.append(offsets[index] + Int32(targets[index].count))
        }
        return Network(
            [.many(Segments(offsets: Buffer(offsets)), rows: Buffer(targets.flatMap(\.self)), edges: nil)], domain: count)
    }

    private static func betweenness(_ network: Network, arcLimit: Int = .max) -> [Double] {
        let sources = BetweennessSources(network, arcLimit: arcLimit)
        let search = BetweennessSearch(network)
        var sums = [Double](repeating: 0, count: network.count)
        for source in sources.records { search.add(from: source, to: &sums) }
        return sources.normalized(sums, count: network.count).array
    }

    private static func isNear(_ found: [Double], _ expected: [Double], within tolerance: Double = 1e-6) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }
    }

    @Test func theKarateClubIsAsNetworkxHasIt() {
        let club = Self.network(Self.club, count: 34, bothWays: true)
        #expect(club.arcCount == 156)
        let ranks: [Double] = [
            0.096997285, 0.052876924, 0.057078509, 0.035859858, 0.021977952, 0.029111155, 0.029111155,
            0.024490497, 0.029766056, 0.014309397, 0.021977952, 0.009564745, 0.014644892, 0.029536456,
            0.014535994, 0.014535994, 0.016784005, 0.014558677, 0.014535994, 0.019604636, 0.014535994,
            0.014558677, 0.014535994, 0.031522515, 0.021076034, 0.021006197, 0.015044038, 0.025639767,
            0.019573459, 0.026288538, 0.024590155, 0.037158087, 0.071693226, 0.100919182,
        ]
        #expect(Self.isNear(pageRanks(club) {}.array, ranks))
        let between: [Double] = [
            0.437635281, 0.053936688, 0.143656806, 0.011909271, 0.000631313, 0.029987374, 0.029987374, 0,
            0.055926828, 0.000847763, 0.000631313, 0, 0, 0.045863396, 0, 0, 0, 0, 0, 0.032475048, 0, 0, 0,
            0.017613636, 0.002209596, 0.003840488, 0, 0.022333454, 0.001794733, 0.002922078, 0.014411977,
            0.138275613, 0.145247114, 0.304074976,
        ]
        #expect(Self.isNear(Self.betweenness(club), between))
        let triangles: [Int32] = [
            18, 12, 11, 10, 2, 3, 3, 6, 5, 0, 2, 0, 1, 6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1, 4, 3, 3,
            13, 15,
        ]
        #expect(triangleCounts(club) {}.array == triangles)
        let shares: [Double] = [
            0.15, 0.333333333, 0.244444444, 0.666666667, 0.666666667, 0.5, 0.5, 1, 0.5, 0, 0.666666667, 0, 1,
            0.6, 1, 1, 1, 1, 1, 0.333333333, 1, 1, 1, 0.4, 0.333333333, 0.333333333, 1, 0.166666667,
            0.333333333, 0.666666667, 0.5, 0.2, 0.196969697, 0.110294118,
        ]
        // One member knows a single other, who makes no pair; networkx says 0 there.
        let found = clustering(club) {}
        let known = (0..<34).map { record -> Double in
            guard case .number(let share) = found.value(at: record) else { return 0 }
            return share.doubleValue
        }
        #expect(Self.isNear(known, shares) && !found.isPresent(11))
        #expect(components(club) {}.array == [Int32](repeating: 1, count: 34))
        let circles = communities(club) {}
        #expect(modularity(club, circles) > 0.41)
        #expect(Set(circles.array).count == 4)
    }

    @Test func arcsLeadOneWayOnly() {
        let edges: [(Int32, Int32)] = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 3), (5, 5), (0, 5)]
        let network = Self.network(edges, count: 7, bothWays: false)
        #expect(network.arcCount == 6)
        let ranks = [
            0.156586459024, 0.140752488885, 0.193842859352, 0.219659216254, 0.0742032438, 0.140752488885, 0.0742032438,
        ]
        #expect(Self.isNear(pageRanks(network) {}.array, ranks))
        #expect(Self.isNear(Self.betweenness(network), [0.1, 0.0666666667, 0.1333333333, 0, 0, 0, 0]))
        #expect(components(network) {}.array == [1, 1, 1, 1, 1, 1, 2])
        #expect(triangleCounts(network.undirected()) {}.array == [1, 1, 1, 0, 0, 0, 0])
    }

    @Test func randomGraphsAreMeasuredAsTheyAreDefined() {
        var random = Random(seed: 811)
        for round in 0..<60 {
            let count = random.pick([1, 2, 3, 8, 20])
            let edges = (0..<random.int(0...count * 2)).map { _ in
                (Int32(random.int(0...count - 1)), Int32(random.int(0...count - 1)))
            }
            let directed = Self.network(edges, count: count, bothWays: false)
            let network = directed.undirected()
            func joined(_ a: Int, _ b: Int) -> Bool { network[a].contains(Int32(b)) }
            for record in 0..<count {
                for target in directed[record] { #expect(joined(record, Int(target)) && joined(Int(target), record)) }
                #expect(network[record].allSatisfy { directed[record].contains($0) || directed[Int($0)].contains(Int32(record)) })
            }
            let counts = triangleCounts(network) {}
            let component = components(directed) {}
            for a in 0..<count {
                let pairs = (0..<count).flatMap { b in (0..<b).map { ($0, b) } }
                #expect(pairs.count { joined(a, $0) && joined(a, $1) && joined($0, $1) } == Int(counts[a]), "round \(round)")
                var reached: Set<Int> = [a]
                while true {
                    let further = Set(reached.flatMap { from in (0..<count).filter { joined(from, $0) } }).subtracting(reached)
                    if further.isEmpty { break }
                    reached.formUnion(further)
                }
                #expect((0..<count).allSatisfy { reached.contains($0) == (component[a] == component[$0]) }, "round \(round)")
            }
            #expect(abs(pageRanks(directed) {}.array.reduce(0, +) - 1) < 1e-9)
            let found = communities(network) {}
            #expect(modularity(network, found) >= modularity(network, Buffer((0..<count).map { Int32($0) })) - 1e-12)
            #expect((0..<count).allSatisfy { a in network[a].allSatisfy { component[a] == component[Int($0)] } })
        }
    }

    @Test func communitiesAreThoseThatWerePlanted() {
        var random = Random(seed: 812)
        var edges: [(Int32, Int32)] = []
        for a in 0..<Int32(120) {
            for b in 0..<a where random.chance(a / 30 == b / 30 ? 40 : 1) { edges.append((a, b)) }
        }
        let found = communities(Self.network(edges, count: 120, bothWays: true)) {}.array
        for group in 0..<4 { #expect(Set(found[group * 30..<(group + 1) * 30]).count == 1) }
        #expect(Set(found).count == 4)
    }

    @Test func aSampleIsNearTheWhole() {
        var random = Random(seed: 813)
        let edges = (0..<1200).map { _ in (Int32(random.int(0...399)), Int32(random.int(0...random.int(1...399)))) }
        let network = Self.network(edges, count: 400, bothWays: true)
        let whole = Self.betweenness(network)
        let sources = BetweennessSources(network, arcLimit: network.arcCount * 200)
        #expect(sources.isSample && sources.records.count == 200 && Set(sources.records).count == 200)
        let estimate = Self.betweenness(network, arcLimit: network.arcCount * 200)
        #expect(Self.isNear(estimate, whole, within: 0.01))
        let foremost = whole.indices.max { whole[$0] < whole[$1] }
        #expect(estimate.indices.max { estimate[$0] < estimate[$1] } == foremost)
    }
}
