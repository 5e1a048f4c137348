import Testing
import Types

@testable import Columns

struct CompareTests {
    private let pairs: [(ValueType, ValueType)] =
        scalarTypes.map { ($0, $0) } + [
            (.date, .time), (.time, .date), (.date, .period(.month)), (.period(.week), .time), (.period(.week), .period(.month)),
            (.text, .number),
        ]

    @Test func everyComparisonAgreesWithTheRuleRowByRow() {
        var random = Random(seed: 11)
        for (typeA, typeB) in pairs {
            for size in sizes {
                for _ in 0..<3 {
                    let (a, b) = (random.operand(typeA, size), random.operand(typeB, size))
                    let (left, right) = (a.vector(count: size).values, b.vector(count: size).values)
                    for comparison in Comparison.allCases {
                        let result = compare(comparison, a, b, count: size)
                        #expect(
                            result.bools == (0..<size).map { holds(comparison, left[$0], right[$0]) },
                            "\(typeA) \(comparison) \(typeB)")
                        #expect(result.isSound)
                    }
                }
            }
        }
    }

    @Test func textsThatShareADictionaryCompareByCodes() {
        var random = Random(seed: 12)
        for _ in 0..<20 {
            let values = random.values(.text, 100)
            let vector = random.vector(.text, values)
            let rows = Buffer((0..<100).map { _ in Int32(random.int(0...99)) })
            let other = vector.gathered(rows)
            for comparison in Comparison.allCases {
                let expected = (0..<100).map { holds(comparison, vector.value(at: $0), other.value(at: $0)) }
                #expect(compare(comparison, .vector(vector), .vector(other), count: 100).bools == expected)
            }
        }
    }

    @Test func decimalsCompareExactlyAtAnyScaleAndWidth() {
        let interesting: [Number] = [
            .decimal(units: .max, scale: 0), .decimal(units: .min, scale: 0), .decimal(units: .max, scale: 18),
            .decimal(units: 1, scale: 18), .decimal(units: -1, scale: 18), .decimal(units: 0, scale: 5),
            .decimal(units: 127, scale: 0),
            .decimal(units: 128, scale: 0), .decimal(units: 1275, scale: 1), .decimal(units: -1285, scale: 1),
            .decimal(units: 9_007_199_254_740_993, scale: 0), .decimal(units: 9_007_199_254_740_992, scale: 0),
        ]
        for a in interesting {
            guard case .decimal(let units, let scale) = a else { continue }
            var columns: [Integers] = [.int64(Buffer([units]))]
            if let narrow = Int8(exactly: units) { columns.append(.int8(Buffer([narrow]))) }
            for b in interesting {
                for column in columns {
                    let vector = Vector(count: 1, .decimal(column, scale: scale))
                    for comparison in Comparison.allCases {
                        let expected = comparison.holds(Number.compare(a, b))
                        #expect(compare(comparison, .vector(vector), .constant(.number(b)), count: 1)[0] == expected)
                        #expect(
                            compare(comparison, .constant(.number(b)), .vector(vector), count: 1)[0]
                                == comparison.flipped.holds(Number.compare(a, b)))
                        let other = Vector.constant(.number(b), count: 1)
                        #expect(compare(comparison, .vector(vector), .vector(other), count: 1)[0] == expected)
                    }
                }
            }
        }
    }

    @Test func membershipIsEqualityWithOneOfTheList() {
        var random = Random(seed: 13)
        for type in scalarTypes {
            for size in sizes {
                for length in [0, 1, 3, 20] {
                    let list = random.values(type, length, missing: 10)
                    let operand = random.operand(type, size)
                    let values = operand.vector(count: size).values
                    let expected = values.map { value in list.contains { holds(.equal, value, $0) } }
                    #expect(isMember(operand, of: list, count: size).bools == expected)
                }
            }
        }
    }

    @Test func truthTakesMissingForFalse() {
        var random = Random(seed: 14)
        for size in sizes {
            let values = random.values(.bool, size, missing: 30)
            #expect(makeVector(.bool, values).truth().bools == values.map { $0 == .bool(true) })
        }
    }
}
