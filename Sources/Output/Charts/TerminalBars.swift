import Syntax

/// Horizontal bars in eighths of a character, a line a category and series.
struct TerminalBars {
    let width: Int
    let paint: (String, Int) -> String
    private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    func lines(_ layout: ChartLayout) -> [String] {
        let texts = layout.data.series.map { series in series.values.map { $0.map { Self.text($0) } ?? "–" } }
        let valueWidth = texts.flatMap { $0 }.map(\.count).max() ?? 0
        let widest = layout.data.labels.map { DisplayWidth.of($0) }.max() ?? 0
        let labelWidth = min(widest, max(8, width / 3))
        let room = max(8, width - labelWidth - valueWidth - 4)
        let range = layout.data.range ?? 0...0
        let (lower, upper) = (min(range.lowerBound, 0), max(range.upperBound, 0))
        let span = upper > lower ? upper - lower : 1
        // The column at which bars begin; negative ones go to the left.
        let zero = Int((Double(room) * -lower / span).rounded(.up))
        var lines: [String] = []
        for (place, label) in layout.data.labels.enumerated() {
            for (index, series) in layout.data.series.enumerated() {
                let shown = index == 0 ? Self.fitted(label, labelWidth) : String(repeating: " ", count: labelWidth)
                let value = series.values[place]
                let bar =
                    value.map { Self.bar($0 / span * Double(room), zero: zero, room: room) }
                    ?? String(repeating: " ", count: room)
                let text = texts[index][place]
                let padding = String(repeating: " ", count: valueWidth - text.count)
                lines.append("\(shown) \(paint(bar, index))  \(padding)\(text)")
            }
        }
        if layout.hasLegend {
            lines += TerminalLegend.lines(layout.data.series.enumerated().map { (paint("█", $0), $1.name) }, width: width)
            if layout.data.series.count > 1 { lines.append("(in this order)") }
        }
        return lines
    }

    /// A bar of so many characters, from the zero column to the right or, below 0, to the left.
    private static func bar(_ length: Double, zero: Int, room: Int) -> String {
        if length < 0 {
            let halves = max(1, Int((-length * 2).rounded()))
            let body = (halves % 2 == 1 ? "▐" : "") + String(repeating: "█", count: halves / 2)
            return String(repeating: " ", count: max(0, zero - body.count)) + body
                + String(repeating: " ", count: room - max(zero, body.count))
        }
        let units = length > 0 ? max(1, Int((length * 8).rounded())) : 0
        var body = String(repeating: "█", count: min(units / 8, room - zero))
        if units % 8 > 0, body.count < room - zero { body.append(eighths[units % 8 - 1]) }
        return String(repeating: " ", count: zero) + body + String(repeating: " ", count: max(0, room - zero - body.count))
    }

    /// A value in at most three decimals, none where it is large.
    static func text(_ value: Double) -> String {
        var text = ChartAxis.decimal(value, abs(value) >= 1000 || value == value.rounded() ? 0 : abs(value) >= 10 ? 1 : 3)
        if text.contains(".") { while text.last == "0" { text.removeLast() } }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// A label of just so many columns, cut where it is longer.
    static func fitted(_ label: String, _ width: Int) -> String {
        if DisplayWidth.of(label) <= width { return label + String(repeating: " ", count: width - DisplayWidth.of(label)) }
        var cut = ""
        for character in label {
            if DisplayWidth.of(cut) + DisplayWidth.of(String(character)) > width - 1 { break }
            cut.append(character)
        }
        return cut + "…" + String(repeating: " ", count: width - 1 - DisplayWidth.of(cut))
    }
}
