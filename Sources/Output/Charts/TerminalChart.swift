import Syntax

/// Draws a chart in characters, as wide as the terminal.
struct TerminalChart {
    let width: Int
    let color: Bool
    private static let height = 16
    /// Points of the series, where several have to be told apart without colours.
    private static let markers: [Character] = ["●", "■", "▲", "◆", "○", "□", "△", "◇"]
    private static let colors = [34, 33, 32, 35, 36, 31, 90, 37]

    func lines(_ layout: ChartLayout) -> [String] {
        let drawn =
            switch layout.kind {
            case .line: lineChart(layout)
            case .bar: TerminalBars(width: width, paint: paint).lines(layout)
            case .heat: TerminalHeat(width: width, color: color).lines(layout)
            }
        return (layout.title.map { [$0] } ?? []) + drawn + layout.notes.map { "(\($0))" }
    }

    func paint(_ text: String, _ series: Int) -> String {
        color ? "\u{1B}[\(Self.colors[series % Self.colors.count])m\(text)\u{1B}[0m" : text
    }

    private func lineChart(_ layout: ChartLayout) -> [String] {
        let labelWidth = layout.values.ticks.map { DisplayWidth.of($0.label) }.max() ?? 0
        var canvas = BrailleCanvas(width: max(10, width - labelWidth - 2), height: Self.height)
        let isMarked = layout.data.series.count > 1
        var marks: [Int: (Character, Int)] = [:]
        for (index, series) in layout.data.series.enumerated() {
            for run in layout.runs(series) {
                for (from, to) in zip(run, run.dropFirst()) { canvas.line(from: from, to: to, owner: index) }
                // A single dot of a braille character would hardly be seen.
                guard isMarked || run.count == 1 else { continue }
                for point in run {
                    let cell = canvas.cell(point)
                    marks[cell.row * canvas.width + cell.column] = (Self.markers[index % Self.markers.count], index)
                }
            }
        }
        var rowLabels: [Int: String] = [:]
        for tick in layout.values.ticks {
            rowLabels[canvas.cell(ChartLayout.Point(x: 0, y: layout.values.place(tick.value))).row] = tick.label
        }
        var lines: [String] = []
        for row in 0..<canvas.height {
            let label = rowLabels[row] ?? ""
            var line = String(repeating: " ", count: labelWidth - DisplayWidth.of(label)) + label + (label.isEmpty ? " │" : " ┤")
            for column in 0..<canvas.width {
                let cell = row * canvas.width + column
                if let (mark, series) = marks[cell] {
                    line += paint(String(mark), series)
                } else if let character = canvas.character(column, row) {
                    line += paint(String(character), canvas.owners[cell] ?? 0)
                } else {
                    line += " "
                }
            }
            lines.append(trimmed(line))
        }
        lines += placeAxis(layout, canvas.width, indent: labelWidth + 1)
        if layout.hasLegend {
            lines += TerminalLegend.lines(
                layout.data.series.enumerated().map { index, series in
                    (paint(String(Self.markers[index % Self.markers.count]), index), series.name)
                }, width: width)
        }
        return lines
    }

    /// The axis below the chart: marks and their labels, as far as they do not touch.
    private func placeAxis(_ layout: ChartLayout, _ width: Int, indent: Int) -> [String] {
        var axis = Array(repeating: Character("─"), count: width)
        var labels = Array(repeating: Character(" "), count: width + 12)
        var free = 0
        for tick in layout.places?.ticks ?? [] {
            let place = layout.places?.place(tick.value) ?? 0
            let column = min(width - 1, max(0, Int((place * Double(width - 1)).rounded())))
            axis[column] = "┬"
            let start = max(0, min(column - tick.label.count / 2, width - tick.label.count))
            guard start >= free else { continue }
            for (offset, character) in tick.label.enumerated() where start + offset < labels.count {
                labels[start + offset] = character
            }
            free = start + tick.label.count + 1
        }
        let space = String(repeating: " ", count: indent)
        return [space + "└" + String(axis), trimmed(space + " " + String(labels))]
    }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
