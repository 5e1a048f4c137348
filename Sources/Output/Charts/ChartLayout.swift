import Syntax

/// What is drawn where, in parts of a width and a height: the same for a terminal and for a picture.
struct ChartLayout {
    struct Point {
        /// From 0 at the left to 1 at the right, and from 0 at the lower end to 1 at the upper.
        var x: Double
        var y: Double
    }

    var kind: ChartKind
    var data: ChartData
    /// Along the places; of bars and heat maps, where places are categories, none.
    var places: ChartAxis?
    var values: ChartAxis
    /// What is left out, to be said below the chart.
    var notes: [String]
    /// More categories are not drawn.
    static let categoryLimit = 40
    static let seriesLimit = 8

    init(_ kind: ChartKind, _ data: ChartData, placeTicks: Int, valueTicks: Int) throws(ChartError) {
        guard let range = data.range else { throw .noNumbers }
        self.kind = kind
        self.data = data
        notes = data.notes
        values = .numbers(range, withZero: kind == .bar, limit: valueTicks)
        if kind == .line {
            switch data.places {
            case .moments(let moments): places = .moments(moments[0]...moments[moments.count - 1], limit: placeTicks)
            case .numbers(let numbers):
                places = .numbers(numbers[0]...numbers[numbers.count - 1], withZero: false, limit: placeTicks)
            case .categories: places = Self.categories(data.labels, limit: placeTicks)
            }
        }
        leaveOut()
    }

    private static func categories(_ labels: [String], limit: Int) -> ChartAxis {
        let every = max(1, (labels.count + limit - 1) / max(limit, 1))
        let ticks = labels.indices.filter { $0 % every == 0 }.map { ChartAxis.Tick(value: Double($0), label: labels[$0]) }
        return ChartAxis(lower: 0, upper: Double(max(labels.count - 1, 1)), ticks: ticks)
    }

    /// Leaves out what nobody could tell apart, and says so.
    private mutating func leaveOut() {
        if kind != .heat, data.series.count > Self.seriesLimit {
            notes.append("\(data.series.count - Self.seriesLimit) of \(data.series.count) series not drawn")
            data.series.removeLast(data.series.count - Self.seriesLimit)
        }
        if kind != .line, data.labels.count > Self.categoryLimit {
            notes.append(
                "\(data.labels.count - Self.categoryLimit) of \(data.labels.count) not drawn: sort and take those that matter")
            data.labels.removeLast(data.labels.count - Self.categoryLimit)
            for index in data.series.indices {
                data.series[index].values = Array(data.series[index].values.prefix(Self.categoryLimit))
            }
        }
    }

    /// The points of a series, in runs without gaps.
    func runs(_ series: ChartData.Series) -> [[Point]] {
        var runs: [[Point]] = [[]]
        for (index, value) in series.values.enumerated() {
            if let value, let places {
                runs[runs.count - 1].append(Point(x: places.place(position(index)), y: values.place(value)))
            } else if !runs[runs.count - 1].isEmpty {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }
    }

    private func position(_ index: Int) -> Double {
        switch data.places {
        case .moments(let all), .numbers(let all): all[index]
        case .categories: Double(index)
        }
    }

    /// Whether the series need names: one that the values are named after does not.
    var hasLegend: Bool { data.series.count > 1 || data.valueName != data.series.first?.name }

    /// What stands above the chart: what the values are.
    var title: String? { data.series.count == 1 && !hasLegend ? data.series[0].name : data.valueName }

    /// How dark a value is in a heat map, from 0 to 1.
    func shade(_ value: Double) -> Double { values.place(value) }
}
