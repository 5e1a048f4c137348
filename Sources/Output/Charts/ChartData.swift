import Columns
import Syntax
import Types

/// Why an answer cannot be drawn.
public enum ChartError: Error, Sendable, Equatable {
    case noNumbers
    case noRows
    /// A heat map of an answer with one dimension only.
    case needsTwoDimensions

    public var message: String {
        switch self {
        case .noNumbers: "a chart needs a column of numbers"
        case .noRows: "there is nothing to draw: the answer has no rows"
        case .needsTwoDimensions: "`chart heat` needs two columns to cross and one of numbers, or several columns of numbers"
        }
    }
}

/// What an answer gives to draw: a value for each place along an axis, of one series or several.
///
/// The axis is the first column with dates, else the first without numbers, else the numbers of the first of several columns. Numbers are
/// series, each column one; where a further column without numbers is there and one of numbers, each of its values is a series.
struct ChartData {
    enum Places {
        /// Days since 1970-01-01, the day's fractions included.
        case moments([Double])
        case numbers([Double])
        case categories
    }
    struct Series {
        var name: String
        /// One a place; none where nothing is known.
        var values: [Double?]
    }

    /// What the axis is of.
    var axisName: String
    var places: Places
    /// One a place, as a person reads it.
    var labels: [String]
    var series: [Series]
    /// What the values are of, where that is not said by the names of the series.
    var valueName: String?
    /// What of the answer is not drawn.
    var notes: [String] = []

    init(_ answer: Answer) throws(ChartError) {
        guard answer.rowCount > 0 else { throw .noRows }
        let numbers = answer.columns.indices.filter { answer.columns[$0].type.isDrawn }
        let others = answer.columns.indices.filter { !numbers.contains($0) }
        guard !numbers.isEmpty else { throw .noNumbers }
        let axis = others.first { answer.columns[$0].type.isMoment } ?? others.first ?? (numbers.count > 1 ? numbers[0] : nil)
        let drawn = numbers.filter { $0 != axis }
        let rest = others.filter { $0 != axis }
        let labels = (0..<answer.rowCount).map { row in axis.map { answer.columns[$0].text(row) } ?? "\(row + 1)" }
        self.labels = labels
        axisName = axis.map { answer.columns[$0].name } ?? "row"
        places = .categories
        series = []
        let shownRows: [Int]
        if let split = rest.first, drawn.count == 1 {
            shownRows = spread(answer, by: split, values: drawn[0])
            if rest.count > 1 {
                notes.append("not drawn: " + rest.dropFirst().map { answer.columns[$0].name }.joined(separator: ", "))
            }
        } else {
            shownRows = Array(0..<answer.rowCount)
            series = drawn.map { index in
                Series(name: answer.columns[index].name, values: shownRows.map { answer.columns[index].number($0) })
            }
            if drawn.count == 1 { valueName = series[0].name }
            if !rest.isEmpty { notes.append("not drawn: " + rest.map { answer.columns[$0].name }.joined(separator: ", ")) }
        }
        guard let axis else { return }
        place(shownRows.map { answer.columns[axis].number($0) }, isMoment: answer.columns[axis].type.isMoment)
    }

    /// Makes a series of each value of a column; answers a row for each place of the axis.
    private mutating func spread(_ answer: Answer, by split: Int, values: Int) -> [Int] {
        var places: [String: Int] = [:]
        var rows: [Int] = []
        var names: [String: Int] = [:]
        for row in 0..<answer.rowCount {
            let label = labels[row]
            if places[label] == nil {
                places[label] = rows.count
                rows.append(row)
            }
            let name = answer.columns[split].text(row)
            if names[name] == nil {
                names[name] = series.count
                series.append(Series(name: name, values: []))
            }
        }
        for index in series.indices { series[index].values = Array(repeating: nil, count: rows.count) }
        for row in 0..<answer.rowCount {
            guard let series = names[answer.columns[split].text(row)], let place = places[labels[row]] else { continue }
            self.series[series].values[place] = answer.columns[values].number(row)
        }
        labels = rows.map { labels[$0] }
        valueName = answer.columns[values].name
        return rows
    }

    /// Puts the places on an axis of moments or numbers, in order, without those that have none.
    private mutating func place(_ values: [Double?], isMoment: Bool) {
        let known = values.indices.filter { values[$0] != nil }
        guard known.count > 1 || isMoment && !known.isEmpty else { return }
        if known.count < values.count {
            notes.append("\(values.count - known.count) without \(axisName) not drawn")
        }
        let order = known.sorted { (values[$0]!, $0) < (values[$1]!, $1) }
        labels = order.map { labels[$0] }
        for index in series.indices { series[index].values = order.map { series[index].values[$0] } }
        let placed = order.map { values[$0]! }
        places = isMoment ? .moments(placed) : .numbers(placed)
    }

    /// The least and the greatest value of all series; none where nothing is known.
    var range: ClosedRange<Double>? {
        let known = series.flatMap { $0.values.compactMap { $0 } }
        guard let least = known.min(), let greatest = known.max() else { return nil }
        return least...greatest
    }
}

extension ValueType {
    fileprivate var isMoment: Bool {
        switch self {
        case .date, .time, .period: true
        default: false
        }
    }

    /// Whether values are drawn as amounts.
    fileprivate var isDrawn: Bool { self == .number || self == .duration }
}

extension Answer.Column {
    fileprivate func text(_ row: Int) -> String {
        var bytes: [UInt8] = []
        appendCell(values, row, to: &bytes)
        return bytes.isEmpty ? "–" : String(decoding: bytes, as: UTF8.self)
    }

    /// A number, a length of time in days, or a moment in days since 1970-01-01; a period lies at its first day.
    fileprivate func number(_ row: Int) -> Double? {
        guard values.isPresent(row) else { return nil }
        let perDay = Double(Calendar.microsecondsPerDay)
        let number: Double? =
            switch values.value(at: row) {
            case .number(let number): number.doubleValue
            case .duration(let duration): duration.approximateMicroseconds / perDay
            case .date(let day): Double(day)
            case .time(let instant): Double(instant) / perDay
            case .period(let period): Double(period.firstDay)
            default: nil
            }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}
