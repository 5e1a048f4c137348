import Testing
import Types

@testable import Columns

struct PathFinderTests {
    private struct Step: Hashable {
        var from: Int32
        var to: Int32
    }

    /// Every path without a circle, by trying all of them; the best first.
    private static func all(
        _ steps: [Step: Double], from starts: Set<Int32>, to ends: Set<Int32>, within limit: Int
    ) -> [FoundPath] {
        var found: [FoundPath] = []
        func go(_ path: [Int32], _ cost: Double) {
            guard let last = path.last else { return }
            if ends.contains(last) { found.append(FoundPath(nodes: path, cost: cost)) }
            if path.count > limit { return }
            for (step, own) in steps where step.from == last && !path.contains(step.to) { go(path + [step.to], cost + own) }
        }
        for start in starts { go([start], 0) }
        return found.sorted { $0.cost < $1.cost }
    }

    /// Two entities of random size with links within and between them, some of whose steps cannot be taken.
    private static func graph(_ random: inout Random, isWeighted: Bool) -> (ways: [PathWay], nodes: Int, steps: [Step: Double]) {
        let sizes = [random.int(1...6), random.int(0...4)]
        let ranges = [0..<sizes[0], sizes[0]..<(sizes[0] + sizes[1])]
        var steps: [Step: Double] = [:]
        var ways: [PathWay] = []
        for (near, far) in [(0, 0), (0, 1), (1, 0)] where random.chance(80) {
            let rows = (0..<sizes[near]).map { _ in
                Set((0..<random.int(0...2)).compactMap { _ in sizes[far] > 0 ? Int32(random.int(0...(sizes[far] - 1))) : nil })
                    .sorted()
            }
            let index = LinkIndex.many(Segments(lengths: rows.map(\.count)), rows: Buffer(rows.flatMap { $0 }), edges: nil)
            var costs: [Double] = []
            for (row, targets) in rows.enumerated() {
                for target in targets {
                    let cost = isWeighted ? Double(random.int(-1...4)) : 1
                    costs.append(cost)
                    let step = Step(from: Int32(ranges[near].lowerBound + row), to: Int32(ranges[far].lowerBound) + target)
                    if cost >= 0 { steps[step] = min(steps[step] ?? .infinity, cost) }
                }
            }
            ways.append(
                PathWay(link: index, back: nil, costs: isWeighted ? Buffer(costs) : nil, near: ranges[near], far: ranges[far]))
        }
        return (ways, sizes[0] + sizes[1], steps)
    }

    @Test(arguments: [false, true])
    func findsTheBestOfAllPaths(isWeighted: Bool) throws {
        var random = Random(seed: isWeighted ? 601 : 602)
        for round in 0..<1500 {
            let (ways, nodes, steps) = Self.graph(&random, isWeighted: isWeighted)
            if ways.isEmpty { continue }
            let starts = Set((0..<random.int(1...4)).map { _ in Int32(random.int(0...(nodes - 1))) })
            let ends = Set((0..<random.int(1...2)).map { _ in Int32(random.int(0...(nodes - 1))) })
            let limit = random.chance(50) ? nil : random.int(0...4)
            let expected = Self.all(steps, from: starts, to: ends, within: limit ?? nodes)
            let finder = PathFinder(ways, nodeCount: nodes, within: limit) {}
            let count = random.int(1...6)
            let found = try finder.best(count, from: starts.sorted(), to: ends.sorted())
            #expect(found.map(\.cost) == expected.prefix(count).map(\.cost), "round \(round)")
            #expect(Set(found.map(\.nodes)).count == found.count)
            for path in found {
                #expect(Set(path.nodes).count == path.nodes.count)
                #expect(expected.contains(path), "round \(round): \(path)")
            }
        }
    }

    @Test func aSearchCanBeStopped() {
        struct Stop: Error {}
        let chain = LinkIndex.one(Buffer((0..<5000).map { Int32($0 + 1 < 5000 ? $0 + 1 : -1) }))
        for costs in [nil, Buffer(repeating: 1.0, count: 5000)] {
            let way = PathWay(link: chain, back: nil, costs: costs, near: 0..<5000, far: 0..<5000)
            var asked = 0
            let finder = PathFinder([way], nodeCount: 5000, within: nil) {
                asked += 1
                if asked == 3 { throw Stop() }
            }
            #expect(throws: Stop.self) { try finder.best(1, from: [0], to: [4999]) }
        }
    }

    @Test func stepsOfStrengthsAndCosts() {
        let values = VectorBuilder.numbers([nil, 0, 0.5, 1])
        let strengths = stepCosts(values, areStrengths: true)
        #expect(strengths.wrong == nil && strengths.costs.array[...1] == [-1, -1] && strengths.costs[3] == 0)
        #expect(abs(strengths.costs[2] - 0.6931471805599453) < 1e-15)
        #expect(stepCosts(VectorBuilder.numbers([0.5, 1.5, 2]), areStrengths: true).wrong == 1)
        #expect(stepCosts(values, areStrengths: false).costs.array == [-1, 0, 0.5, 1])
        #expect(stepCosts(VectorBuilder.numbers([0, -0.5]), areStrengths: false).wrong == 1)
    }
}

extension VectorBuilder {
    fileprivate static func numbers(_ values: [Double?]) -> Vector {
        var builder = VectorBuilder(type: .number)
        for value in values { builder.append(value.map { .number(.double($0)) } ?? .none) }
        return builder.finish()
    }
}
