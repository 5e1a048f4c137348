import Resolve
import Types

/// How a goal stands on a day. The first that holds counts.
enum GoalStatus: String {
    /// The day of its start is to come.
    case notStarted = "not started"
    /// The measure has no value, so that nothing can be said.
    case unknown
    /// The target is reached, whatever the day.
    case met
    /// The day of the target has gone by without that.
    case missed
    /// The measure is at or beyond what the line over the mile-markers asks for on that day.
    case onTrack = "on track"
    case behind

    /// Whether somebody should look after it.
    var isAlarming: Bool { self == .unknown || self == .missed || self == .behind }
}

/// What a goal asks for on a day, and how its measure compares with that.
struct GoalProgress {
    let status: GoalStatus
    /// On the straight line between the mile-markers around the day, rounded to two decimals more than they are written with; none before
    /// the start.
    let expected: Number?
    /// How far the measure is ahead of what is expected, or, below 0, behind it, whichever direction is the better one.
    let gap: Number?
    /// Where the measure would be on the day of the target if it went on from the start as it did until today; none on the first day and
    /// after the last.
    let forecast: Number?

    /// `points` are two or more, by rising days.
    init(_ points: [DeclaredGoal.Point], actual: Number?, today: Int32) {
        let (start, target) = (points[0], points[points.count - 1])
        let scale = Self.scale(of: points)
        let direction = Number.compare(target.value, start.value)
        let expected = Self.expected(points, on: today, scale: scale)
        self.expected = expected
        guard let actual else {
            status = today < start.day ? .notStarted : .unknown
            (gap, forecast) = (nil, nil)
            return
        }
        gap = expected.map { Self.rounded(Double(direction) * (actual.doubleValue - $0.doubleValue), scale) }
        forecast =
            today > start.day && today <= target.day
            ? Self.rounded(Self.line(from: start, to: DeclaredGoal.Point(day: today, value: actual), at: target.day), scale) : nil
        func isReached(_ value: Number) -> Bool { Number.compare(actual, value) * direction >= 0 }
        guard let expected else {
            status = .notStarted
            return
        }
        if isReached(target.value) {
            status = .met
        } else if today > target.day {
            status = .missed
        } else {
            status = isReached(expected) ? .onTrack : .behind
        }
    }

    private static func expected(_ points: [DeclaredGoal.Point], on today: Int32, scale: Int) -> Number? {
        guard let before = points.last(where: { $0.day <= today }) else { return nil }
        guard let after = points.first(where: { $0.day > today }), before.day < today else { return before.value }
        return rounded(line(from: before, to: after, at: today), scale)
    }

    /// The value on a day of the straight line through two points.
    private static func line(from: DeclaredGoal.Point, to: DeclaredGoal.Point, at day: Int32) -> Double {
        let part = Double(day - from.day) / Double(to.day - from.day)
        return from.value.doubleValue + (to.value.doubleValue - from.value.doubleValue) * part
    }

    /// Two decimals more than the values of a goal are written with.
    static func scale(of points: [DeclaredGoal.Point]) -> Int {
        let scales = points.map { point in
            if case .decimal(_, let scale) = point.value { return scale }
            return 4
        }
        return min((scales.max() ?? 0) + 2, 9)
    }

    /// A number to so many decimals, exactly where it fits.
    static func rounded(_ value: Double, _ scale: Int) -> Number {
        let units = (value * Double(Number.powersOfTen[scale])).rounded()
        return Int64(exactly: units).map { .decimal(units: $0, scale: scale) } ?? .double(value)
    }
}
