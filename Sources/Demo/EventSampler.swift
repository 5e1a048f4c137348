/// When something can happen at an account, and how much of it.
struct Activity {
    var weight: Double
    var from: Int
    var to: Int
}

/// Draws events in the order of time: row by row the day and the account, without keeping any row.
///
/// A day gets as many rows as its season and the accounts active on it call for, so growth and churn of the accounts
/// show in the totals; the account is drawn by weight among those active on the day.
struct EventSampler {
    private let activities: [Activity]
    private let table: AliasTable
    private let firstDay: Int
    /// How much has happened up to the end of each day.
    private var sums: [Double] = []
    private let rows: Int
    private var index = 0
    /// How many days before an account leaves its events become rarer or more frequent.
    static let finalDays = 120

    init(rows: Int, activities: [Activity], season: (Int) -> Double) {
        self.rows = rows
        self.activities = activities
        table = AliasTable(activities.map(\.weight))
        firstDay = Day.start
        var changes = [Double](repeating: 0, count: Day.last - Day.start + 2)
        for activity in activities where activity.weight > 0 && activity.to >= max(activity.from, Day.start) {
            changes[max(activity.from, Day.start) - Day.start] += activity.weight
            changes[min(activity.to, Day.last) - Day.start + 1] -= activity.weight
        }
        var active = 0.0
        var sum = 0.0
        for day in Day.start...Day.last {
            active += changes[day - Day.start]
            sum += max(0, active) * season(day)
            sums.append(sum)
        }
    }

    /// The day of `row`; rows must be asked for in ascending order.
    @inline(__always)
    mutating func day(of row: Int) -> Int {
        let target = (Double(row) + 0.5) / Double(rows) * sums[sums.count - 1]
        while index < sums.count - 1 && sums[index] < target { index += 1 }
        return firstDay + index
    }

    /// An account that was active on `day`.
    ///
    /// `usual` and `final` are the parts of the draws that count in general and in the last months before an account left.
    @inline(__always)
    func account(on day: Int, usual: Double, final: Double, _ dice: inout Dice) -> Int {
        for _ in 0..<64 {
            let row = table.pick(&dice)
            let activity = activities[row]
            guard activity.from <= day, day <= activity.to else { continue }
            let isFinal = activity.to < Day.last && day > activity.to - EventSampler.finalDays
            let part = isFinal ? final : usual
            if part >= 1 || dice.chance(part) { return row }
        }
        return nextActive(from: dice.below(activities.count), on: day)
    }

    /// The first account is active throughout, so the search finds one.
    private func nextActive(from start: Int, on day: Int) -> Int {
        for step in 0..<activities.count {
            let row = (start + step) % activities.count
            let activity = activities[row]
            if activity.weight > 0 && activity.from <= day && day <= activity.to { return row }
        }
        return 0
    }
}
