import Testing
import Types

@testable import Columns

struct ArithmeticTests {
    /// The exact result where 64 bits hold it, otherwise the nearest double; none where there is no finite one.
    private func naive(_ operation: Arithmetic, _ a: Value, _ b: Value) -> Value {
        guard case .number(let x) = a, case .number(let y) = b else { return .none }
        if operation != .divide, case .decimal(let left, let leftScale) = x, case .decimal(let right, let rightScale) = y {
            let scale = max(leftScale, rightScale)
            let wideLeft = Int128(left) * Int128(Number.powersOfTen[scale - leftScale])
            let wideRight = Int128(right) * Int128(Number.powersOfTen[scale - rightScale])
            let (units, resultScale): (Int128, Int)
            switch operation {
            case .add: (units, resultScale) = (wideLeft + wideRight, scale)
            case .subtract: (units, resultScale) = (wideLeft - wideRight, scale)
            case .multiply: (units, resultScale) = (Int128(left) * Int128(right), leftScale + rightScale)
            default:
                if wideRight == 0 { return .none }
                (units, resultScale) = (wideLeft % wideRight, scale)
            }
            if let exact = Int64(exactly: units) { return .number(.decimal(units: exact, scale: resultScale)) }
        }
        let (left, right) = (x.doubleValue, y.doubleValue)
        let result: Double
        switch operation {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide: result = left / right
        case .remainder: result = left.truncatingRemainder(dividingBy: right)
        }
        return result.isFinite ? .number(.double(result)) : .none
    }

    private func close(_ a: Value, _ b: Value) -> Bool {
        guard case .number(let x) = a, case .number(let y) = b else { return a == b }
        let (left, right) = (x.doubleValue, y.doubleValue)
        return Number.compare(x, y) == 0 || (left - right).magnitude <= 1e-12 * max(1, left.magnitude, right.magnitude)
    }

    @Test func numbersAgreeWithExactArithmetic() {
        var random = Random(seed: 21)
        for operation in Arithmetic.allCases {
            for size in sizes {
                for scale in [0, 2] {
                    let a = random.vector(.number, random.decimals(size, range: -500...500, scale: scale, missing: 10))
                    let b = random.vector(.number, random.decimals(size, range: -3...3, scale: 1, missing: 10))
                    let result = arithmetic(operation, .vector(a), .vector(b), count: size)
                    for row in 0..<size {
                        let expected = naive(operation, a.value(at: row), b.value(at: row))
                        // Exact results must be equal, not merely close.
                        #expect(
                            operation == .divide ? close(result.value(at: row), expected) : same(result.value(at: row), expected))
                    }
                }
                let (a, b) = (random.operand(.number, size), random.operand(.number, size))
                let (left, right) = (a.vector(count: size), b.vector(count: size))
                let result = arithmetic(operation, a, b, count: size)
                #expect(result.isSound)
                for row in 0..<size {
                    let expected = naive(operation, left.value(at: row), right.value(at: row))
                    #expect(operation == .remainder || close(result.value(at: row), expected), "\(operation)")
                }
            }
        }
    }

    @Test func overflowFallsToDoublesAndGarbageInMissingRowsDoesNot() {
        let big = Vector(count: 2, .decimal(.int64(Buffer([.max, 5])), scale: 0))
        let sum = arithmetic(.add, .vector(big), .constant(.number(Number(1))), count: 2)
        guard case .double = sum.storage else {
            Issue.record("must be doubles")
            return
        }
        #expect(sum.doubles == [9_223_372_036_854_775_808, 6])
        let masked = Vector(count: 2, .decimal(.int64(Buffer([.max, 5])), scale: 0), validity: Bitmap([false, true]))
        let kept = arithmetic(.add, .vector(masked), .constant(.number(Number(1))), count: 2)
        guard case .decimal = kept.storage else {
            Issue.record("must stay exact")
            return
        }
        #expect(kept.values == [.none, .number(Number(6))])
    }

    /// A row that is too large to be exact must not change what its neighbours equal.
    @Test func overflowLeavesOtherRowsWhatTheyAre() {
        let volumes = Vector(count: 3, .decimal(.int64(Buffer([9_000_000_000_000_000_000, 20_200, 1_100])), scale: 3))
        let scaled = arithmetic(.multiply, .vector(volumes), .constant(.number(.decimal(units: 11, scale: 1))), count: 3)
        #expect(scaled.doubles == [9.9e15, 22.22, 1.21])
        let rest = arithmetic(.remainder, .vector(volumes), .constant(.number(.decimal(units: 7, scale: 18))), count: 3)
        #expect(rest.doubles[1] == 2e-18)
    }

    @Test func zerosAtTheEndDoNotCostExactness() {
        let fine = Vector(count: 1, .decimal(.int64(Buffer([1_500_000_000_000])), scale: 12))
        let square = arithmetic(.multiply, .vector(fine), .vector(fine), count: 1)
        guard case .decimal = square.storage else {
            Issue.record("1.5 * 1.5 is exact")
            return
        }
        #expect(square.texts == ["2.25"])
    }

    @Test func quotients() {
        func text(_ a: String, _ operation: Arithmetic, _ b: String) -> String {
            let (x, y) = (parse(a), parse(b))
            return arithmetic(operation, .constant(x), .constant(y), count: 1).texts[0]
        }
        #expect(text("0.3", .divide, "0.1") == "3")
        #expect(text("1", .divide, "3") == "0.333333333333333")
        #expect(text("1", .divide, "0") == "")
        #expect(text("0", .divide, "0") == "")
        #expect(text("-7.5", .remainder, "2") == "-1.5")
        #expect(text("7.5", .remainder, "-2") == "1.5")
        #expect(text("7", .remainder, "0") == "")
        #expect(text("-9223372036854775808", .remainder, "-1") == "0")
        #expect(text("0.1", .add, "0.2") == "0.3")
    }

    private func parse(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { parseNumber($0) }.map(Value.number) ?? .none
    }

    @Test func datesAndTimesMove() {
        let day = Calendar.day(year: 2026, month: 1, day: 31)
        func moved(_ value: Value, _ operation: Arithmetic, _ duration: Duration) -> String {
            arithmetic(operation, .constant(value), .constant(.duration(duration)), count: 1).texts[0]
        }
        #expect(moved(.date(day), .add, Duration(months: 1)) == "2026-02-28")
        #expect(moved(.date(day), .subtract, Duration(months: 2)) == "2025-11-30")
        #expect(moved(.date(day), .add, Duration(days: 30)) == "2026-03-02")
        #expect(moved(.date(day), .add, Duration(microseconds: 3_600_000_000)) == "2026-01-31T01:00:00Z")
        #expect(moved(.date(day), .subtract, Duration(microseconds: 1)) == "2026-01-30T23:59:59.999999Z")
        #expect(moved(.time(0), .add, Duration(months: 13, microseconds: 5_000_000)) == "1971-02-01T00:00:05Z")
        #expect(moved(.date(.max), .add, Duration(days: 1)) == "")
        #expect(moved(.date(0), .add, Duration(months: .max)) == "")
        #expect(moved(.date(0), .subtract, Duration(months: .max)) == "")
        #expect(moved(.time(.max), .add, Duration(microseconds: 1)) == "")
    }

    @Test func differencesOfMoments() {
        let a = makeVector(.date, [.date(10), .none, .date(.max)])
        let b = makeVector(.date, [.date(3), .date(1), .date(.min)])
        #expect(arithmetic(.subtract, .vector(a), .vector(b), count: 3).values == [.duration(Duration(days: 7)), .none, .none])
        let noon = Operand.constant(.time(Calendar.microsecondsPerDay / 2))
        #expect(arithmetic(.subtract, noon, .constant(.date(0)), count: 1).texts == ["12 hours"])
        #expect(arithmetic(.subtract, .constant(.date(1)), noon, count: 1).texts == ["12 hours"])
    }

    @Test func periodsAndDurations() {
        func result(_ a: Value, _ operation: Arithmetic, _ b: Value) -> String {
            arithmetic(operation, .constant(a), .constant(b), count: 2).texts[1]
        }
        let june = Value.period(Period(unit: .month, index: 677))
        #expect(result(june, .subtract, .number(Number(5))) == "2026-01")
        #expect(result(.number(Number(1)), .add, june) == "2026-07")
        #expect(result(june, .subtract, .period(Period(unit: .month, index: 672))) == "5")
        #expect(result(june, .add, .number(.decimal(units: 15, scale: 1))) == "")
        #expect(result(june, .subtract, .period(Period(unit: .year, index: 56))) == "")
        let days = Value.duration(Duration(days: 90))
        #expect(result(days, .divide, .number(Number(3))) == "30 days")
        #expect(result(days, .divide, .number(Number(0))) == "")
        #expect(result(.duration(Duration(months: 49)), .divide, .number(Number(49))) == "1 month")
        #expect(result(.number(.decimal(units: 15, scale: 1)), .multiply, days) == "135 days")
        #expect(result(days, .divide, .duration(Duration(days: 60))) == "1.5")
        #expect(result(days, .add, .duration(Duration(months: 1))) == "1 month 90 days")
        #expect(result(days, .subtract, .duration(Duration(days: 91))) == "-1 day")
        #expect(result(.duration(Duration(microseconds: .max)), .add, .duration(Duration(microseconds: 1))) == "")
        #expect(result(.text("a"), .add, .number(Number(1))) == "")
    }

    @Test func rounding() {
        func rounded(_ text: String, _ digits: Int) -> String {
            round(.constant(parse(text)), .constant(.number(Number(digits))), count: 1).texts[0]
        }
        for (text, digits, expected) in [
            ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.345", 2, "2.35"), ("1250", -2, "1300"), ("-1250", -2, "-1300"),
            ("1249.99", -2, "1200"),
            ("0.004", 2, "0"), ("9223372036854775807", -18, "9e18"), ("9223372036854775807", -19, "0"), ("12", 5, "12"),
        ] { #expect(rounded(text, digits) == (expected == "9e18" ? "9000000000000000000" : expected)) }
        func double(_ value: Double, _ digits: Int) -> String {
            round(.constant(.number(.double(value))), .constant(.number(Number(digits))), count: 1).texts[0]
        }
        #expect(double(2.675, 2) == "2.68")
        #expect(double(-1.005, 2) == "-1.01")
        #expect(double(0.5, 0) == "1")
        #expect(double(0.49999999999999, 0) == "0")
        #expect(double(1e300, 2) == "1e300")
        #expect(double(12345.678, -2) == "12300")
        var random = Random(seed: 22)
        for _ in 0..<5_000 {
            // What is written with three digits must round as the decimal does.
            let units = Int64(random.int(-1_000_000...1_000_000))
            let digits = random.int(-2...3)
            let exact = round(.constant(.number(.decimal(units: units, scale: 3))), .constant(.number(Number(digits))), count: 1)
            #expect(exact.texts[0] == double(Double(units) / 1000, digits))
        }
        let perRow = makeVector(.number, [.number(Number(0)), .number(Number(1)), .none])
        #expect(round(.constant(parse("2.25")), .vector(perRow), count: 3).texts == ["2", "2.3", ""])
    }

    @Test func functionsOfNumbers() {
        func text(_ vector: Vector) -> String { vector.texts[0] }
        let negative = Operand.constant(parse("-1.5"))
        #expect(text(floor(negative, count: 1)) == "-2")
        #expect(text(ceil(negative, count: 1)) == "-1")
        #expect(text(floor(.constant(.number(.double(-1.5))), count: 1)) == "-2")
        #expect(text(abs(negative, count: 1)) == "1.5")
        #expect(text(negate(negative, count: 1)) == "1.5")
        #expect(text(negate(.constant(.duration(Duration(days: 2))), count: 1)) == "-2 days")
        #expect(
            sign(.vector(makeVector(.number, [parse("-3.5"), parse("0"), parse("2"), .none])), count: 4).texts == [
                "-1", "0", "1", "",
            ])
        #expect(text(sqrt(.constant(parse("9")), count: 1)) == "3")
        #expect(text(sqrt(negative, count: 1)) == "")
        #expect(text(ln(.constant(parse("0")), count: 1)) == "")
        #expect(text(ln(.constant(parse("1")), count: 1)) == "0")
        #expect(text(log10(.constant(parse("1000")), count: 1)) == "3")
        #expect(text(exp(.constant(parse("0")), count: 1)) == "1")
        #expect(text(exp(.constant(parse("1000")), count: 1)) == "")
        #expect(text(power(.constant(parse("2")), .constant(parse("10")), count: 1)) == "1024")
        #expect(text(power(negative, .constant(parse("0.5")), count: 1)) == "")
        #expect(text(bucket(.constant(parse("37")), .constant(parse("10")), count: 1)) == "30")
        #expect(text(bucket(.constant(parse("-0.1")), .constant(parse("0.25")), count: 1)) == "-0.25")
        #expect(text(bucket(.constant(parse("5")), .constant(parse("0")), count: 1)) == "")
        #expect(text(least(.constant(parse("3")), .constant(.none), count: 1, type: .number)) == "3")
        #expect(text(noneIf(.constant(parse("5.0")), .constant(parse("5")), count: 1, type: .number)) == "")
    }
}
