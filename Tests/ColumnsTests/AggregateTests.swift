import Testing
import Types

@testable import Columns

struct AggregateTests {
    /// Gives the rows to an aggregator in batches of random sizes.
    private func aggregate(
        _ kind: AggregateKind, _ type: ValueType, _ values: [Value], _ groups: [Int32], groupCount: Int, _ random: inout Random
    ) -> Vector {
        let aggregator = makeAggregator(kind: kind, type: type)
        // The end of the rows may be seen by another aggregator, which numbers its groups in its own way.
        let other = makeAggregator(kind: kind, type: type)
        let mapping: [Int32] = (0..<Int32(groupCount)).shuffled(using: &random)
        let isShared = random.chance(50)
        var split = values.count
        var start = 0
        repeat {
            if isShared, aggregator.canMerge, start > values.count / 2 { split = min(split, start) }
            let end = min(values.count, start + random.pick([1, 64, 100, 1000]))
            let batch = Array(groups[start..<end])
            let vector = random.vector(type, Array(values[start..<end]))
            if start < split {
                let known = Int((groups[..<end].max() ?? -1) + 1)
                aggregator.update(vector, groups: Buffer(batch), groupCount: known)
            } else {
                let own = batch.map { group in Int32(mapping.firstIndex(of: group)!) }
                other.update(vector, groups: Buffer(own), groupCount: groupCount)
            }
            start = end
        } while start < values.count
        guard split < values.count else { return aggregator.finish(groupCount: groupCount) }
        if other.canMerge {
            aggregator.merge(other, groups: Buffer(mapping), groupCount: groupCount)
        } else {
            // Doubles came up behind the split; they are for one aggregator that sees every row.
            let vector = random.vector(type, Array(values[split...]))
            aggregator.update(vector, groups: Buffer(Array(groups[split...])), groupCount: groupCount)
        }
        return aggregator.finish(groupCount: groupCount)
    }

    private func check(
        _ seed: UInt64, _ kind: AggregateKind, _ types: [ValueType], tolerance: Double = 0,
        _ expected: (_ all: [Value], _ present: [Value]) -> Value
    ) {
        var random = Random(seed: seed)
        for type in types {
            for size in sizes {
                let values = random.values(type, size)
                let groups = (0..<size).map { _ in Int32(random.int(0...6)) }
                let result = aggregate(kind, type, values, groups, groupCount: 8, &random)
                #expect(result.count == 8 && result.isSound)
                for group in 0..<8 {
                    let own = values.indices.filter { groups[$0] == Int32(group) }.map { values[$0] }
                    let wanted = expected(own, own.filter { $0 != .none })
                    let found = result.value(at: group)
                    #expect(
                        same(found, wanted) || close(found, wanted, tolerance), "\(kind) of \(type): \(found) is not \(wanted)")
                }
            }
        }
    }

    private func close(_ a: Value, _ b: Value, _ tolerance: Double) -> Bool {
        guard case .number(let x) = a, case .number(let y) = b else { return false }
        return (x.doubleValue - y.doubleValue).magnitude <= tolerance * max(1, y.doubleValue.magnitude)
    }

    private func doubles(_ values: [Value]) -> [Double] {
        values.map { if case .number(let number) = $0 { number.doubleValue } else { 0 } }
    }

    @Test func counts() {
        check(101, .count, scalarTypes) { all, _ in .number(Number(all.count)) }
        check(102, .countPresent, scalarTypes) { _, present in .number(Number(present.count)) }
        check(103, .countTrue, [.bool]) { all, _ in .number(Number(all.count { $0 == .bool(true) })) }
        check(104, .countDistinct, scalarTypes) { _, present in
            var different: [Value] = []
            for value in present where !different.contains(where: { holds(.equal, $0, value) }) { different.append(value) }
            return .number(Number(different.count))
        }
        check(105, .anyTrue, [.bool]) { _, present in .bool(present.contains(.bool(true))) }
        check(106, .allTrue, [.bool]) { _, present in .bool(!present.contains(.bool(false))) }
        check(107, .share, [.bool]) { all, _ in
            all.isEmpty ? .none : .number(.double(Double(all.count { $0 == .bool(true) }) / Double(all.count)))
        }
    }

    @Test func sumsAndMeans() {
        check(111, .sum, [.number], tolerance: 1e-12) { _, present in .number(.double(doubles(present).reduce(0, +))) }
        check(112, .average, [.number], tolerance: 1e-9) { _, present in
            present.isEmpty ? .none : .number(.double(doubles(present).reduce(0, +) / Double(present.count)))
        }
        check(113, .sum, [.duration]) { _, present in
            .duration(
                present.reduce(into: Duration()) { total, value in
                    if case .duration(let duration) = value {
                        total.months += duration.months
                        total.microseconds += duration.microseconds
                    }
                })
        }
        check(114, .standardDeviation, [.number], tolerance: 1e-6) { _, present in
            guard present.count > 1 else { return .none }
            let numbers = doubles(present)
            let mean = numbers.reduce(0, +) / Double(numbers.count)
            return .number(
                .double((numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(numbers.count - 1)).squareRoot()))
        }
    }

    @Test func extremesAndPicks() {
        check(121, .minimum, scalarTypes) { _, present in present.min { order($0, $1)! < 0 } ?? .none }
        check(122, .maximum, scalarTypes) { _, present in present.max { order($0, $1)! < 0 } ?? .none }
        check(123, .first, scalarTypes) { _, present in present.first ?? .none }
        check(124, .last, scalarTypes) { _, present in present.last ?? .none }
    }

    @Test func listsAndTexts() {
        check(131, .list, scalarTypes) { _, present in .list(present) }
        check(132, .join(separator: "; "), scalarTypes.filter { $0 != .number }) { _, present in
            var text: [UInt8] = []
            for (index, value) in present.enumerated() {
                if index > 0 { text += Array("; ".utf8) }
                appendText(of: value, to: &text)
            }
            return present.isEmpty ? .none : .text(String(decoding: text, as: UTF8.self))
        }
    }

    @Test func quantiles() {
        for (seed, part) in [(141, 0.0), (142, 0.1), (143, 0.25), (144, 0.5), (145, 0.9), (146, 1.0)] as [(UInt64, Double)] {
            check(seed, .percentile(part), [.number], tolerance: 1e-9) { _, present in
                guard !present.isEmpty else { return .none }
                let numbers = doubles(present).sorted()
                let place = part * Double(numbers.count - 1)
                let below = Int(place)
                let above = min(below + 1, numbers.count - 1)
                return .number(.double(numbers[below] + (numbers[above] - numbers[below]) * (place - Double(below))))
            }
        }
        check(147, .median, [.date, .time, .period(.month)]) { _, present in
            guard !present.isEmpty else { return .none }
            return present.sorted { order($0, $1)! < 0 }[present.count / 2]
        }
    }

    private func single(_ kind: AggregateKind, _ type: ValueType, _ values: [Value]) -> String {
        let aggregator = makeAggregator(kind: kind, type: type)
        aggregator.update(makeVector(type, values), groups: Buffer(repeating: 0, count: values.count), groupCount: 1)
        return aggregator.finish(groupCount: 1).texts[0]
    }

    @Test func examples() {
        func numbers(_ values: [Double]) -> [Value] { values.map { .number(.decimal(units: Int64($0 * 10), scale: 1)) } }
        #expect(single(.percentile(0.9), .number, numbers([1, 2, 3, 4, 5])) == "4.6")
        #expect(single(.median, .number, numbers([1, 10, 2, 3])) == "2.5")
        #expect(single(.sum, .number, numbers([1.5, 2, 3])) == "6.5")
        #expect(single(.average, .number, numbers([1, 2])) == "1.5")
        #expect(single(.standardDeviation, .number, numbers([1, 3])) == "1.4142135623731")
        #expect(single(.median, .duration, [.duration(Duration(days: 1)), .duration(Duration(days: 2))]) == "1 day 12 hours")
        #expect(single(.average, .duration, [.duration(Duration(days: 1)), .duration(Duration(days: 4))]) == "2 days 12 hours")
    }

    @Test func sumsAreExactBeyond64BitsAndCompensated() {
        let large: [Value] = [
            .number(.decimal(units: .max, scale: 0)), .number(.decimal(units: .max, scale: 0)),
            .number(.decimal(units: -.max, scale: 0)),
        ]
        #expect(single(.sum, .number, large) == "9223372036854775807")
        #expect(single(.average, .number, Array(large.prefix(2))) == "9.22337203685478e18")
        let tenths: [Value] = Array(repeating: .number(.decimal(units: 1, scale: 1)), count: 1000)
        #expect(single(.sum, .number, tenths) == "100")
        let doubles: [Value] = [1e16, 1, -1e16].map { .number(.double($0)) }
        #expect(single(.sum, .number, doubles) == "1")
    }

    @Test func aGroupThatNoRowFellIntoAndNoRowsAtAll() {
        for kind: AggregateKind in [.sum, .count, .countPresent, .countTrue, .countDistinct] {
            #expect(makeAggregator(kind: kind, type: .number).finish(groupCount: 2).texts == ["0", "0"])
        }
        for kind: AggregateKind in [.average, .median, .minimum, .maximum, .standardDeviation, .first, .last, .share] {
            #expect(makeAggregator(kind: kind, type: .number).finish(groupCount: 2).values == [.none, .none])
        }
        #expect(makeAggregator(kind: .sum, type: .duration).finish(groupCount: 1).texts == ["0 days"])
        #expect(makeAggregator(kind: .list, type: .text).finish(groupCount: 1).values == [.list([])])
        #expect(makeAggregator(kind: .join(separator: ","), type: .text).finish(groupCount: 1).values == [.none])
        #expect(makeAggregator(kind: .minimum, type: .record(EntityID(0))).finish(groupCount: 1).values == [.none])
    }

    @Test func sumsDoNotDependOnBatches() {
        var random = Random(seed: 151)
        let values = (0..<500).map { _ in Value.number(.double(Double(random.int(-1_000_000...1_000_000)) / 7)) }
        let groups = (0..<500).map { _ in Int32(random.int(0...2)) }
        let once = makeAggregator(kind: .sum, type: .number)
        once.update(makeVector(.number, values), groups: Buffer(groups), groupCount: 3)
        let whole = once.finish(groupCount: 3)
        for _ in 0..<20 { #expect(aggregate(.sum, .number, values, groups, groupCount: 3, &random).values == whole.values) }
    }
}
