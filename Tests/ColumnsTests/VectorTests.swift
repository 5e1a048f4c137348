import Testing
import Types

@testable import Columns

struct VectorTests {
    @Test func valuesSurviveTheBuilder() {
        var random = Random(seed: 1)
        for type in scalarTypes + [.set(EntityID(1)), .list(.number), .list(.text)] {
            for size in sizes {
                let values = random.values(type, size)
                let vector = random.vector(type, values)
                let expected = type.isScalar ? values : values.map { $0 == .none ? empty(type) : $0 }
                #expect(same(vector.values, expected))
                #expect(vector.isSound)
                let presence = vector.isPresentBitmap()
                #expect(presence.isSound && presence.bools == expected.map { $0 != .none })
            }
        }
    }

    private func empty(_ type: ValueType) -> Value {
        if case .set(let entity) = type { .set(entity, rows: []) } else { .list([]) }
    }

    @Test func gatheringTakesRowsInAnyOrderAndMinusOneAsMissing() {
        var random = Random(seed: 2)
        for type in scalarTypes + [.set(EntityID(1)), .list(.text)] {
            for size in sizes {
                let values = random.values(type, size)
                let vector = random.vector(type, values)
                let rows = (0..<random.int(0...200)).map { _ in Int32(random.int(-1...(size - 1))) }
                let gathered = vector.gathered(Buffer(rows))
                let missing = type.isScalar ? Value.none : empty(type)
                let expected = rows.map { $0 < 0 ? missing : vector.value(at: Int($0)) }
                #expect(same(gathered.values, expected))
                #expect(gathered.isSound)
            }
        }
    }

    @Test func rangesAreWhatTheySay() {
        var random = Random(seed: 3)
        for type in scalarTypes + [.set(EntityID(1)), .list(.text)] {
            for size in sizes {
                let vector = random.vector(type, random.values(type, size))
                let lower = random.int(0...size)
                let upper = random.int(lower...size)
                let cut = vector.range(lower, upper)
                #expect(same(cut.values, Array(vector.values[lower..<upper])))
                #expect(cut.isSound)
                // A cut of a cut, so that offsets that do not begin at 0 are met.
                if cut.count > 1 { #expect(same(cut.range(1, cut.count).values, Array(cut.values[1...]))) }
            }
        }
    }

    @Test func concatenationUnifiesRepresentations() {
        var random = Random(seed: 4)
        for type in scalarTypes + [.set(EntityID(1)), .list(.text)] {
            for _ in 0..<30 {
                let parts = (0..<random.int(0...4)).map { _ in
                    let values = random.values(type, random.pick(sizes))
                    return type.isScalar && random.chance(10) ? Vector.missing(count: values.count) : random.vector(type, values)
                }
                let all = Vector.concatenated(parts, type: type)
                #expect(same(all.values, parts.flatMap(\.values)))
                #expect(all.isSound)
            }
        }
    }

    @Test func concatenationOfNumbersFallsToDoublesOnlyWhereNoScaleFits() {
        let large = makeVector(.number, [.number(.decimal(units: .max, scale: 0))])
        let small = makeVector(.number, [.number(.decimal(units: 5, scale: 1))])
        guard case .double = Vector.concatenated([large, small], type: .number).storage else {
            Issue.record("no scale holds both")
            return
        }
        let whole = makeVector(.number, [.number(Number(7))])
        guard case .decimal = Vector.concatenated([whole, small], type: .number).storage else {
            Issue.record("scale 1 holds both")
            return
        }
    }

    @Test func constantsAreEverywhere() {
        var random = Random(seed: 5)
        for type in scalarTypes + [.set(EntityID(1)), .list(.text)] {
            for size in sizes {
                let value = random.value(type)
                #expect(same(Vector.constant(value, count: size).values, Array(repeating: value, count: size)))
            }
        }
        #expect(Vector.constant(.none, count: 3).values == [.none, .none, .none])
        #expect(Vector.constant(.number(.double(.infinity)), count: 2).values == [.none, .none])
    }

    @Test func bitmapsCombineAsBoolsDo() {
        var random = Random(seed: 6)
        for size in sizes {
            for percent in [0, 5, 50, 95, 100] {
                let a = (0..<size).map { _ in random.chance(percent) }
                let b = (0..<size).map { _ in random.chance(50) }
                let (x, y) = (Bitmap(a), Bitmap(b))
                #expect(x.and(y).bools == zip(a, b).map { $0 && $1 })
                #expect(x.or(y).bools == zip(a, b).map { $0 || $1 })
                #expect(x.xor(y).bools == zip(a, b).map { $0 != $1 })
                #expect(x.andNot(y).bools == zip(a, b).map { $0 && !$1 })
                #expect(x.not().bools == a.map { !$0 } && x.not().isSound)
                #expect(x.popCount == a.count { $0 })
                #expect(x.rows().array == a.indices.filter { a[$0] }.map { Int32($0) })
                let lower = random.int(0...size)
                let upper = random.int(lower...size)
                #expect(x.range(lower, upper).bools == Array(a[lower..<upper]) && x.range(lower, upper).isSound)
                var builder = BitmapBuilder()
                builder.append(x)
                builder.append(true)
                builder.append(y.range(lower, upper))
                #expect(builder.finish().bools == a + [true] + b[lower..<upper] && builder.finish().isSound)
                let ranks = RankedBitmap(x)
                for row in 0...size { #expect(Int(ranks.rank(row)) == a[..<row].count { $0 }) }
            }
        }
    }

    @Test func choosingAndCoalescingTakeEachRowFromItsSide() {
        var random = Random(seed: 7)
        for type in scalarTypes {
            for size in sizes {
                let (a, b) = (random.operand(type, size), random.operand(type, size))
                let condition = (0..<size).map { _ in random.chance(50) }
                let chosen = choose(Bitmap(condition), then: a, else: b, count: size, type: type)
                let (left, right) = (a.vector(count: size).values, b.vector(count: size).values)
                #expect(same(chosen.values, (0..<size).map { condition[$0] ? left[$0] : right[$0] }))
                let filled = coalesce(a, b, count: size, type: type)
                #expect(same(filled.values, (0..<size).map { left[$0] == .none ? right[$0] : left[$0] }))
                let greater = greatest(a, b, count: size, type: type).values
                for row in 0..<size {
                    let expected =
                        left[row] == .none
                        ? right[row]
                        : (right[row] == .none ? left[row] : (order(left[row], right[row])! >= 0 ? left[row] : right[row]))
                    #expect(same(greater[row], expected))
                }
            }
        }
    }
}

extension Random {
    /// A column or a constant, sometimes `none`.
    mutating func operand(_ type: ValueType, _ count: Int) -> Operand {
        switch int(0...9) {
        case 0: .constant(.none)
        case 1...3: .constant(value(type))
        default: .vector(vector(type, values(type, count)))
        }
    }
}
