import Syntax
import Testing
import Types

@testable import Columns

/// What kernels give for a column that is known to ascend is what they give for the same values when nothing is known of them.
struct AscendingTests {
    private static func days(_ count: Int, seed: UInt64, step: Int32) -> [Int32] {
        var state = seed
        var day: Int32 = 19_000
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            day += Int32(state >> 33) % (step + 1)
            return day
        }
    }

    private static let columns: [Vector] = [2, 63, 64, 65, 200, 1500].flatMap { count in
        [Int32(0), 1, 3, 40].flatMap { step in
            let days = days(count, seed: UInt64(count), step: step)
            let instants = days.map { Int64($0) * Calendar.microsecondsPerDay + Int64($0 % 7) * 3_600_000_000 }
            return [
                Vector(count: count, .date(Buffer(days))), Vector(count: count, .time(Buffer(instants.sorted()))),
            ]
        }
    }

    @Test func aColumnIsKnownToAscendWhereItDoes() {
        for column in Self.columns { #expect(column.notingOrder().ascends) }
        let falling = Vector(count: 3, .date(Buffer([1, 3, 2])))
        #expect(!falling.notingOrder().ascends)
        let missing = Vector(count: 2, .date(Buffer([1, 2])), validity: Bitmap([true, false]))
        #expect(!missing.notingOrder().ascends)
        var late = Array(repeating: Int64(5), count: 5000)
        late[4999] = 4
        #expect(!Vector(count: 5000, .time(Buffer(late))).notingOrder().ascends)
    }

    @Test func comparisonsAgree() {
        for column in Self.columns {
            let known = column.notingOrder()
            var constants: [Value] = [.date(18_000), .date(30_000), .time(0), .time(.max), .date(.max)]
            for row in [0, column.count / 2, column.count - 1] {
                let value = column.value(at: row)
                constants.append(value)
                if case .date(let day) = value { constants.append(.period(Period(unit: .quarter, containing: day))) }
                if case .time(let instant) = value {
                    constants += [.time(instant + 1), .time(instant - 1), .date(Calendar.day(ofInstant: instant))]
                }
            }
            for constant in constants {
                for comparison in Comparison.allCases {
                    let expected = compare(comparison, .vector(column), .constant(constant), count: column.count)
                    let found = compare(comparison, .vector(known), .constant(constant), count: column.count)
                    #expect(found.words.array == expected.words.array, "\(comparison) \(constant) of \(column.count)")
                }
            }
        }
    }

    @Test func periodsAgreeAndAscend() {
        for column in Self.columns {
            for unit in [CalendarUnit.day, .week, .month, .quarter, .year] {
                let expected = periodOf(unit, .vector(column), count: column.count)
                let found = periodOf(unit, .vector(column.notingOrder()), count: column.count)
                #expect((0..<column.count).allSatisfy { found.value(at: $0) == expected.value(at: $0) })
                #expect(found.ascends)
                let keys = DenseKeys(found)
                let plain = DenseKeys(expected)
                #expect(keys?.lowest == plain?.lowest && keys?.highest == plain?.highest)
            }
        }
    }

    @Test func aPartOfItAscendsToo() {
        for column in Self.columns where column.count > 10 {
            let part = column.notingOrder().range(3, column.count - 2)
            #expect(part.ascends)
            let bound = Operand.constant(column.value(at: column.count / 2))
            let expected = compare(.less, .vector(column.range(3, column.count - 2)), bound, count: part.count)
            #expect(compare(.less, .vector(part), bound, count: part.count).words.array == expected.words.array)
        }
    }

    @Test func theFirstAndTheLastInOrderAgree() {
        for column in Self.columns {
            let rowCount = 7
            let parents = Buffer((0..<column.count).map { Int32($0 * 31 % (rowCount + 1)) - 1 })
            for last in [false, true] {
                for descending in [false, true] {
                    let expected = picked(
                        parents: parents, rowCount: rowCount, keys: [(values: column, descending: descending)], last: last)
                    let found = picked(
                        parents: parents, rowCount: rowCount,
                        keys: [(values: column.notingOrder(), descending: descending)], last: last)
                    #expect(found.array == expected.array)
                }
            }
        }
    }
}
