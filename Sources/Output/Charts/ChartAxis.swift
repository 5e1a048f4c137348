import Syntax
import Types

/// An axis with marks at round places.
struct ChartAxis {
    struct Tick {
        var value: Double
        var label: String
    }
    var lower: Double
    var upper: Double
    var ticks: [Tick]

    /// Where a value lies, from 0 at the lower end to 1 at the upper.
    func place(_ value: Double) -> Double { upper > lower ? (value - lower) / (upper - lower) : 0.5 }

    /// An axis of numbers whose ends are marks themselves; with zero on it, where that is not far from the values.
    static func numbers(_ range: ClosedRange<Double>, withZero: Bool, limit: Int) -> ChartAxis {
        var lower = range.lowerBound
        var upper = range.upperBound
        let isNearZero = lower > 0 && lower < upper * 0.6 || upper < 0 && upper > lower * 0.6
        if withZero || isNearZero { (lower, upper) = (min(lower, 0), max(upper, 0)) }
        if lower == upper { (lower, upper) = lower == 0 ? (0, 1) : (min(lower, 0), max(upper, 0)) }
        let step = niceStep((upper - lower) / Double(max(limit, 2)))
        let first = (lower / step).rounded(.down)
        let last = (upper / step).rounded(.up)
        let greatest = max(abs(first), abs(last)) * step
        let ticks = stride(from: first, through: last, by: 1).map { mark in
            Tick(value: mark * step, label: label(mark * step, step: step, greatest: greatest))
        }
        return ChartAxis(lower: first * step, upper: last * step, ticks: ticks)
    }

    /// The least of 1, 2, 2.5 and 5 times a power of ten that is not below a length.
    static func niceStep(_ length: Double) -> Double {
        guard length > 0, length.isFinite else { return 1 }
        var power = 1.0
        while power * 10 <= length { power *= 10 }
        while power > length { power /= 10 }
        return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= length * (1 - 1e-9) } ?? 10 * power
    }

    /// A number with as many decimals as its step needs: `0.25`, `1,500`, `50k`, `2.5M`.
    static func label(_ value: Double, step: Double, greatest: Double) -> String {
        let scales: [(limit: Double, factor: Double, suffix: String)] = [
            (1e10, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k"), (0, 1, ""),
        ]
        let scale = scales.first { greatest >= $0.limit } ?? (0, 1, "")
        if abs(value) < step / 1000 { return "0" }
        var decimals = 0
        var rest = step / scale.factor
        while decimals < 6, abs(rest - rest.rounded()) > 1e-6 * max(1, rest) {
            rest *= 10
            decimals += 1
        }
        return decimal(value / scale.factor, decimals) + scale.suffix
    }

    /// A number with so many decimals, its whole part in groups of three.
    static func decimal(_ value: Double, _ decimals: Int) -> String {
        let power = Number.powersOfTen[decimals]
        let units = (abs(value) * Double(power)).rounded()
        guard units < 1e15 else { return "\(value)" }
        let whole = Int64(units) / power
        var text = "\(whole)"
        var place = text.count - 3
        while place > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: place))
            place -= 3
        }
        if decimals > 0 {
            let fraction = "\(Int64(units) % power)"
            text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
        }
        return (value < 0 && units > 0 ? "-" : "") + text
    }

    /// An axis of days with marks at the beginnings of calendar periods, as long as are needed for so few marks.
    static func moments(_ range: ClosedRange<Double>, limit: Int) -> ChartAxis {
        let first = Int32(range.lowerBound.rounded(.down))
        let last = Int32(range.upperBound.rounded(.up))
        let steps: [(unit: CalendarUnit, every: Int32)] = [
            (.day, 1), (.day, 2), (.week, 1), (.week, 2), (.month, 1), (.month, 2), (.quarter, 1), (.quarter, 2), (.year, 1),
            (.year, 2), (.year, 5), (.year, 10), (.year, 25), (.year, 100),
        ]
        for (unit, every) in steps {
            let periods = (Period(unit: unit, containing: first).index...Period(unit: unit, containing: last).index).filter {
                let epochYear: Int32 = 1970
                let index = unit == .year ? $0 + epochYear : $0
                return index % every == 0 && Period(unit: unit, index: $0).firstDay >= first
            }
            guard periods.count <= max(limit, 2) else { continue }
            let ticks = periods.map { index in
                let day = Period(unit: unit, index: index).firstDay
                return Tick(value: Double(day), label: text(day, unit))
            }
            return ChartAxis(lower: range.lowerBound, upper: range.upperBound, ticks: ticks)
        }
        return ChartAxis(lower: range.lowerBound, upper: range.upperBound, ticks: [])
    }

    private static func text(_ day: Int32, _ unit: CalendarUnit) -> String {
        let date = Calendar.civil(day)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch unit {
        case .year: return "\(date.year)"
        case .month, .quarter: return "\(date.year)-\(two(date.month))"
        default: return "\(date.year)-\(two(date.month))-\(two(date.day))"
        }
    }
}
